import type { Browser, Page } from 'playwright-core';

export function startBrowser(): Promise<Browser>;
export function windowUrl(server: { readonly url: string }, folder: string, payload?: readonly (readonly [string, string])[]): string;
export function collectCspMessages(page: Page): string[];
