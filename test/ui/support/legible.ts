import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Theme } from './windows';

/** Least contrast of words with what lies behind them; the editor dims some of its own in the other themes. */
const least: Readonly<Record<Theme, number>> = { light: 3, dark: 3, 'high-contrast': 7 };

/** The words that elements show stand out from their ground, each element with words of its own for itself. */
export async function legible(theme: Theme, shown: Locator): Promise<void> {
  const dim = await shown.evaluateAll(async (elements, wanted) => {
    // What is being faded in is not there yet.
    const fading = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(fading.map((one) => one.finished));
    type Colour = readonly [number, number, number, number];
    const read = (css: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/gu) ?? []).map(Number);
      const whole = css.startsWith('color(') ? 255 : 1;
      return [r * whole, g * whole, b * whole, a];
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (i: 0 | 1 | 2): number => top[i] * top[3] + below[i] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const light = ([r, g, b]: Colour): number => {
      const part = (value: number): number => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const groundOf = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const own = read(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
    };
    const opacityOf = (element: Element | null): number => (element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement));
    const withWords = (root: Element): readonly Element[] =>
      [root, ...root.querySelectorAll('*')].filter((one) => one.checkVisibility() && Array.from(one.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== ''));
    return elements.flatMap(withWords).flatMap((element) => {
      const ground = groundOf(element);
      const [r, g, b, a] = read(getComputedStyle(element).color);
      const [one, other] = [light(over([r, g, b, a * opacityOf(element)], ground)), light(ground)];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return contrast < wanted ? [`${contrast.toFixed(1)}: ${element.textContent ?? ''}`] : [];
    });
  }, least[theme]);
  assert.deepEqual(dim, [], `hard to read in ${theme}`);
}

/** In high contrast, where no ground tells it, a line around a row says that it has the focus. */
export async function outlined(theme: Theme, row: Locator): Promise<void> {
  if (theme !== 'high-contrast') return;
  const line = await row.first().evaluate((element) => {
    const { outlineStyle, outlineWidth, outlineColor, borderTopStyle, borderTopWidth } = getComputedStyle(element);
    return { outline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1, outlineColor, border: borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1 };
  });
  assert.ok(line.outline || line.border, `no line says where the focus is: ${JSON.stringify(line)}`);
}

const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Words of the interface, those that are quoted from documents taken out, are in one language. */
export function inOneLanguage(locale: 'ja' | 'en', text: string, ...quoted: readonly string[]): void {
  const own = quoted.reduce((rest, quote) => rest.replaceAll(quote, ''), text);
  if (locale === 'en') assert.doesNotMatch(own, japanese);
  else assert.match(own, japanese);
}
