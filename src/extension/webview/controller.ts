/** Keeps the state, draws it and carries out what follows from an event. */
import { Announcer } from './announce';
import { el, patch, type View } from './dom';
import type { Look } from './look';
import type { FromPanel } from './messages';
import { anchorId } from './render-blocks';
import { renderHome } from './render-home';
import { isBroken, isLoading, renderNotice } from './render-notice';
import { renderPage } from './render-page';
import { countWords, renderResults } from './render-results';
import { renderSearch } from './render-search';
import { savedOf, type Saved } from './saved';
import { named } from './strings';
import { screenOf, step, type Effect, type PanelEvent, type PanelState } from './state';

/** Milliseconds without a key before the number of hits is said aloud. */
const quietBeforeSpeech = 600;
/** Milliseconds an empty answer must stand before its words are written down as unanswered. */
const quietBeforeNote = 1500;

/** The way to the extension. */
export interface Host {
  send(message: FromPanel): void;
  save(saved: Saved): void;
}

export class Controller {
  readonly #root: HTMLElement;
  readonly #host: Host;
  readonly #announcer: Announcer;
  readonly #live: HTMLElement;
  #state: PanelState;
  #words: Look | undefined;
  #look: Look | undefined;
  #note: ReturnType<typeof setTimeout> | undefined;
  #converting = false;

  constructor(root: HTMLElement, host: Host, state: PanelState) {
    this.#root = root;
    this.#host = host;
    this.#state = state;
    this.#live = document.createElement('div');
    this.#live.className = 'spoken';
    this.#live.setAttribute('role', 'status');
    this.#live.setAttribute('aria-live', 'polite');
    root.after(this.#live);
    this.#announcer = new Announcer(this.#live, quietBeforeSpeech);
  }

  get state(): PanelState {
    return this.#state;
  }

  get look(): Look | undefined {
    return this.#look;
  }

  setLook(look: Look): void {
    this.#words = look;
    this.#nameBook();
  }

  #nameBook(): void {
    const words = this.#words;
    if (words === undefined) return;
    const name = this.#state.book?.name ?? '';
    this.#look = { ...words, strings: named(words.strings, name === '' ? words.strings.bookName : name) };
  }

  /** Takes an event in: new state, new picture, then the effects in their order. */
  handle(event: PanelEvent): void {
    const [state, effects] = step(this.#state, event);
    if (event.kind === 'typed') this.#announcer.typed();
    const changed = state !== this.#state;
    const renamed = state.book?.name !== this.#state.book?.name;
    this.#state = state;
    if (renamed) this.#nameBook();
    if (changed) {
      if (event.kind !== 'scrolled') this.#draw();
      this.#host.save(savedOf(state));
    }
    for (const effect of effects) this.#carryOut(effect);
    if (event.kind === 'typed' || event.kind === 'results') this.#planNote();
  }

  /** A conversion of the input method began or ended: half-converted words are no words to note. */
  set converting(converting: boolean) {
    this.#converting = converting;
    this.#planNote();
  }

  stopIndexing(): void {
    this.#host.send({ kind: 'stopIndexing' });
  }

  query(): HTMLInputElement | null {
    return this.#root.querySelector<HTMLInputElement>('#query');
  }

  focus(on: 'box' | 'title'): void {
    if (on === 'title') this.#root.querySelector<HTMLElement>('#page-title')?.focus({ preventScroll: true });
    else this.query()?.focus({ preventScroll: true });
  }

  /** Marks of the page in the order of reading. */
  marks(): HTMLElement[] {
    return Array.from(this.#root.querySelectorAll<HTMLElement>('#page-body mark'));
  }

  #draw(): void {
    const look = this.#look;
    if (look === undefined) return;
    const state = this.#state;
    const screen = screenOf(state);
    const listed = state.text.trim() !== '';
    const loading = isLoading(state);
    const main: (View | false)[] = [
      renderSearch(state, look),
      renderNotice(state, look),
      ...(listed ? renderResults(state, look) : []),
      !listed && !isBroken(state) && el('div', { key: 'home', class: 'home', id: 'home' }, renderHome(state, look)),
      listed && this.#foot(look, loading),
    ];
    patch(this.#root, [
      loading ? el('vscode-progress-bar', { key: 'line', class: 'line', indeterminate: true, 'aria-hidden': 'true' }) : el('div', { key: 'no-line', class: 'line' }),
      el(
        'div',
        { key: 'panel', class: 'panel', 'data-screen': screen },
        el('div', { key: 'main', class: 'main' }, main),
        renderPage(state, look),
      ),
    ]);
    this.#syncBox();
    this.#markCurrent();
  }

  #foot(look: Look, loading: boolean): View {
    const { strings } = look;
    if (loading) return el('div', { key: 'foot', class: 'foot' }, strings.workOn);
    const hint = (keys: string, words: string): View => el('span', { class: 'hint' }, el('kbd', {}, keys), words);
    return el(
      'div',
      { key: 'foot', class: 'foot hints', 'aria-hidden': 'true' },
      hint('↓', strings.keyResults),
      hint('Enter', strings.keyRead),
      hint(look.mac ? '⌘Enter' : 'Ctrl+Enter', strings.keySide),
      hint('Esc', strings.keyBox),
    );
  }

  /** The box is the person's while they type in it: it is written to only when something else changed the text. */
  #syncBox(): void {
    const query = this.query();
    if (query !== null && query.value !== this.#state.text) query.value = this.#state.text;
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send':
        this.#host.send(effect.message);
        return;
      case 'focus':
        this.focus(effect.on);
        return;
      case 'scroll':
        this.#scroller(effect.on)?.scrollTo({ top: effect.top, behavior: 'instant' });
        return;
      case 'showActive':
        this.#root.querySelector('.option.active')?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        return;
      case 'showMatch':
        this.#markCurrent();
        this.marks()[this.#state.match]?.scrollIntoView({ block: 'center', behavior: 'instant' });
        return;
      case 'showAnchor':
        this.#showAnchor(effect.anchor);
        return;
      case 'announce': {
        const { answer } = this.#state;
        if (answer !== undefined && this.#look !== undefined) this.#announcer.say(countWords(answer, this.#look));
        return;
      }
    }
  }

  #scroller(on: 'list' | 'page'): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(on === 'list' ? '#results' : '#page-body');
  }

  /** Scrolls to a section and makes the first match from there on the current one. */
  #showAnchor(anchor: string): void {
    const heading = anchor === '' ? null : document.getElementById(anchorId(anchor));
    heading?.scrollIntoView({ block: 'start', behavior: 'instant' });
    if (heading !== null) {
      const after = this.marks().findIndex(
        (mark) => heading.contains(mark) || (heading.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
      );
      if (after > 0) this.handle({ kind: 'matchAt', index: after });
    }
    this.#markCurrent();
  }

  #markCurrent(): void {
    this.marks().forEach((mark, index) => mark.classList.toggle('current', index === this.#state.match));
  }

  #planNote(): void {
    clearTimeout(this.#note);
    const { answer, text, noted } = this.#state;
    const words = text.trim();
    if (this.#converting || answer?.text !== text || answer.result.total > 0 || answer.result.progress !== null || words === '' || noted === words) return;
    this.#note = setTimeout(() => {
      this.#host.send({ kind: 'note', text: words });
    }, quietBeforeNote);
  }
}
