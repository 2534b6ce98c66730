/** Takes pictures of the panel's states in several themes, widths and languages: `out/panel-shots/*.png`. */
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { HarnessBrowser } from './drive';

const folder = 'out/panel-shots';

const type = (words: string) => async (page: Page) => {
  await page.locator('#query').fill(words);
  await page.locator('.results .option, .empty').first().waitFor();
};
const read = async (page: Page): Promise<void> => {
  await type('切り戻し')(page);
  await page.keyboard.press('Enter');
  await page.locator('.page-text').waitFor();
};
const states: Readonly<Record<string, { readonly query?: string; readonly act?: (page: Page) => Promise<void> }>> = {
  home: {},
  start: { query: '&document=no' },
  typing: {
    act: async (page) => {
      await type('切り戻し いつ')(page);
      await page.locator('#filter').click();
      await page.locator('.choice').first().click();
      await page.locator('#filter').click();
      await page.locator('#query').focus();
    },
  },
  filters: {
    act: async (page) => {
      await type('切り戻し')(page);
      await page.locator('#filter').click();
    },
  },
  reading: { act: read },
  ending: {
    act: async (page) => {
      await read(page);
      await page.locator('.page-body .group').last().scrollIntoViewIfNeeded();
    },
  },
  empty: {
    act: async (page) => {
      await type('経費せいさん　海外出張')(page);
      await page.locator('.note.info').waitFor();
    },
  },
  loading: { query: '&book=loading', act: type('切り戻し') },
  broken: { query: '&book=broken' },
  many: {
    act: async (page) => {
      await type('議事録')(page);
      await page.keyboard.press('End');
    },
  },
};

async function main(): Promise<void> {
  const [themes = 'light,dark,contrast', widths = '250,300,420,760', languages = 'ja,en', only = ''] = process.argv.slice(2);
  await mkdir(folder, { recursive: true });
  const browser = await HarnessBrowser.start();
  try {
    for (const language of languages.split(',')) {
      for (const theme of themes.split(',')) {
        for (const width of widths.split(',').map(Number)) {
          for (const [name, { query = '', act }] of Object.entries(states)) {
            if (only !== '' && !only.split(',').includes(name)) continue;
            const panel = await browser.open({ query, width, theme, language: language === 'en' ? 'en' : 'ja' });
            await act?.(panel.page);
            await panel.page.screenshot({ path: `${folder}/${name}-${language}-${theme}-${width}.png` });
            await panel.close();
            for (const complaint of panel.complaints) process.stdout.write(`${name} ${width}: ${complaint}\n`);
          }
        }
      }
    }
  } finally {
    await browser.close();
  }
}

await main();
