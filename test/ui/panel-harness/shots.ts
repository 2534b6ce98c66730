/** Takes pictures of the panel's states in several themes, widths and languages: `out/panel-shots/*.png`. */
import { mkdir } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { serveHarness } from './serve';

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
  const server = await serveHarness();
  const browser = await chromium.launch({ executablePath: process.env['KOBO_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    for (const lang of languages.split(',')) {
      for (const theme of themes.split(',')) {
        for (const width of widths.split(',').map(Number)) {
          for (const [name, { query = '', act }] of Object.entries(states)) {
            if (only !== '' && !only.split(',').includes(name)) continue;
            const context = await browser.newContext({ viewport: { width, height: 760 } });
            const page = await context.newPage();
            page.on('console', (message) => process.stdout.write(`${name} ${width}: ${message.text()}\n`));
            page.on('pageerror', (error) => process.stdout.write(`${name} ${width}: ${error.message}\n`));
            await page.goto(`${server.url}?theme=${theme}&lang=${lang}${query}`);
            await page.locator('#query').waitFor();
            await act?.(page);
            await page.screenshot({ path: `${folder}/${name}-${lang}-${theme}-${width}.png` });
            await context.close();
          }
        }
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
