import type * as vscode from 'vscode';
import type { RecentPage } from '../webview/messages';

const recentKey = 'kobo.recentPages';
const recentKept = 20;
const unansweredKey = 'kobo.unanswered';
const unansweredKept = 500;

/** The last pages read in this workspace, newest first. */
export class RecentPages {
  readonly #store: vscode.Memento;

  constructor(store: vscode.Memento) {
    this.#store = store;
  }

  list(): readonly RecentPage[] {
    return this.#store.get<readonly RecentPage[]>(recentKey, []);
  }

  async add(page: RecentPage): Promise<void> {
    const others = this.list().filter((other) => other.book !== page.book || other.path !== page.path);
    await this.#store.update(recentKey, [page, ...others].slice(0, recentKept));
  }
}

/** A search that found nothing: its words, how often, and the ISO day of the last time. */
export interface UnansweredSearch {
  readonly text: string;
  readonly times: number;
  readonly last: string;
}

/** Searches that found nothing, newest first. They stay in the editor's own storage on this computer. */
export class UnansweredSearches {
  readonly #store: vscode.Memento;

  constructor(store: vscode.Memento) {
    this.#store = store;
  }

  list(): readonly UnansweredSearch[] {
    return this.#store.get<readonly UnansweredSearch[]>(unansweredKey, []);
  }

  async note(text: string, today: string): Promise<void> {
    const before = this.list().find((search) => search.text === text);
    const others = this.list().filter((search) => search.text !== text);
    await this.#store.update(unansweredKey, [{ text, times: (before?.times ?? 0) + 1, last: today }, ...others].slice(0, unansweredKept));
  }

  async forget(text: string): Promise<void> {
    await this.#store.update(unansweredKey, this.list().filter((search) => search.text !== text));
  }
}
