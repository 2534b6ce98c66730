/** The script of the knowledge panel's page. */
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { click, runOnPage } from './clicks';
import { Controller } from './controller';
import { kindChoices } from './filters';
import { intentOf, type Intent, type KeyPlace, type KeyPress } from './keys';
import type { FromPanel, Run, Scope, ToPanel } from './messages';
import { restore, type Saved } from './saved';
import { screenOf } from './state';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void; getState(): unknown; setState(state: Saved): void };

/** A committing Enter that some systems report after the conversion comes within this time (milliseconds). */
const afterConversion = 50;

const api = acquireVsCodeApi();
const root = document.createElement('div');
root.className = 'root';
document.body.append(root);
const controller = new Controller(root, { send: (message) => api.postMessage(message), save: (saved) => api.setState(saved) }, restore(api.getState()));
const sendRun = (wish: Run): void => api.postMessage({ kind: 'run', run: wish });

window.addEventListener('message', (event: MessageEvent<ToPanel>) => {
  const message = event.data;
  switch (message.kind) {
    case 'snapshot': {
      document.documentElement.lang = message.language;
      const first = controller.look === undefined;
      controller.setLook({ strings: message.strings, language: message.language, mac: navigator.userAgent.includes('Mac OS') });
      controller.handle(message);
      if (first && document.hasFocus()) controller.focus(screenOf(controller.state) === 'page' ? 'title' : 'box');
      return;
    }
    case 'open':
      controller.handle({ kind: 'open', place: { kind: 'page', book: message.book, path: message.path, anchor: message.anchor }, query: message.query });
      return;
    case 'focus':
      controller.focus(screenOf(controller.state) === 'page' ? 'title' : 'box');
      return;
    default:
      controller.handle(message);
  }
});

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
  if (target === null) return;
  // Links are followed by the extension, not by the page.
  event.preventDefault();
  event.stopPropagation();
  if (target.hasAttribute('disabled') || (event.detail > 1 && target.dataset.do === 'option')) return;
  click(target, controller, sendRun);
});

document.addEventListener('mousedown', (event) => {
  // A click on an option leaves the focus in the box.
  if (event.target instanceof Element && event.target.closest('.results') !== null) {
    const scrollbar = event.target.classList.contains('results');
    if (!scrollbar) event.preventDefault();
  }
});

document.addEventListener('change', (event) => {
  // The event of the select does not bubble: it is caught on its way down.
  const select = event.target;
  if (!(select instanceof HTMLElement) || select.dataset.do !== 'scope' || !('value' in select)) return;
  const scope = (['product', 'company', 'all'] as readonly Scope[]).find((value) => value === select.value);
  if (scope !== undefined && scope !== controller.state.filters.scope) controller.handle({ kind: 'scope', scope });
}, true);

document.addEventListener('input', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.id === 'query') controller.handle({ kind: 'typed', text: event.target.value });
});

let conversionEnded = -Infinity;
document.addEventListener('compositionstart', () => {
  controller.converting = true;
});
document.addEventListener('compositionend', (event) => {
  controller.converting = false;
  conversionEnded = event.timeStamp;
});
document.addEventListener('keyup', () => {
  conversionEnded = -Infinity;
});

document.addEventListener('keydown', (event) => {
  const place = placeOf(event);
  const intent = intentOf(pressOf(event), place);
  if (intent === undefined || !carryOut(intent)) return;
  event.preventDefault();
  // VS Code hears every key that reaches the window; this one is used up.
  event.stopPropagation();
});

document.addEventListener(
  'scroll',
  (event) => {
    const element = event.target;
    if (!(element instanceof HTMLElement) || !element.checkVisibility()) return;
    if (element.id === 'results') controller.handle({ kind: 'scrolled', on: 'list', top: element.scrollTop });
    if (element.id === 'page-body') controller.handle({ kind: 'scrolled', on: 'page', top: element.scrollTop });
  },
  { capture: true, passive: true },
);

window.addEventListener('focus', () => {
  if (document.activeElement === null || document.activeElement === document.body) {
    controller.focus(screenOf(controller.state) === 'page' ? 'title' : 'box');
  }
});

function pressOf(event: KeyboardEvent): KeyPress {
  return {
    key: event.key,
    // 229 is the only sign of a key of the input method that every system gives.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    keyCode: event.keyCode,
    control: event.ctrlKey,
    command: event.metaKey,
    alt: event.altKey,
    shift: event.shiftKey,
    repeat: event.repeat,
    composing: event.isComposing,
    afterComposition: event.timeStamp - conversionEnded < afterConversion,
  };
}

function placeOf(event: KeyboardEvent): KeyPlace {
  const target = event.target instanceof Element ? event.target : document.body;
  const query = controller.query();
  const inBox = target === query;
  const start = query?.selectionStart ?? 0;
  const end = query?.selectionEnd ?? 0;
  return {
    in: inBox ? 'box' : roomOf(target),
    mac: controller.look?.mac ?? false,
    caretFirst: inBox && start === 0 && end === 0,
    caretLast: inBox && start === end && end === query.value.length,
    selection: inBox ? start !== end : (document.getSelection()?.toString() ?? '') !== '',
  };
}

function roomOf(target: Element): KeyPlace['in'] {
  if (target.closest('vscode-single-select') !== null) return 'other';
  if (target.closest('.kinds') !== null) return 'kinds';
  if (target.closest('.popup, .filter') !== null) return 'popup';
  if (target.closest('.results') !== null) return 'list';
  if (target.closest('.pane') !== null) return 'pane';
  if (target.closest('.home, .empty, .broken') !== null) return 'home';
  return 'other';
}

/** Does what a key asks for; false when there is nothing to do and the key may go its way. */
function carryOut(intent: Intent): boolean {
  const { state } = controller;
  const screen = screenOf(state);
  switch (intent) {
    case 'next':
    case 'previous':
      if (screen === 'home' || state.answer === undefined) return intent === 'next' && focusItem(0);
      controller.handle({ kind: 'move', by: intent === 'next' ? 1 : -1 });
      return true;
    case 'nextPage':
    case 'previousPage':
      if (state.answer === undefined) return false;
      controller.handle({ kind: 'move', by: intent === 'nextPage' ? optionsPerPage() : -optionsPerPage() });
      return true;
    case 'first':
    case 'last':
    case 'read':
      if (state.text.trim() === '') return false;
      controller.handle({ kind: intent });
      return true;
    case 'side':
      return onThing('openToSide');
    case 'insertLink':
    case 'copyLink':
      return onThing(intent);
    case 'escape':
      // On the closed filter button there is nothing to close: back to the box.
      if (document.activeElement !== controller.query() && !state.filtersOpen) controller.focus('box');
      else controller.handle({ kind: 'escape' });
      return true;
    case 'back':
    case 'forward':
      controller.handle({ kind: intent });
      return true;
    case 'toList':
      controller.handle({ kind: 'list' });
      return true;
    case 'nextMatch':
    case 'previousMatch':
      controller.handle({ kind: 'match', by: intent === 'nextMatch' ? 1 : -1, count: controller.marks().length });
      return true;
    case 'nextKind':
    case 'previousKind': {
      const at = kindChoices.indexOf(state.filters.kind) + (intent === 'nextKind' ? 1 : -1);
      const choice = kindChoices[(at + kindChoices.length) % kindChoices.length];
      if (choice === undefined) return false;
      controller.handle({ kind: 'kind', choice });
      root.querySelector<HTMLElement>('.kind[aria-checked="true"]')?.focus();
      return true;
    }
    case 'nextItem':
    case 'previousItem':
      return moveItem(intent === 'nextItem' ? 1 : -1);
    case 'toBox':
      controller.focus('box');
      return true;
  }
}

/** On the page being read where the focus is in the pane, else on the active hit. */
function onThing(kind: 'openToSide' | 'insertLink' | 'copyLink'): boolean {
  const { state } = controller;
  if (document.activeElement?.closest('.pane') !== null && state.at >= 0) {
    runOnPage(kind, controller, sendRun);
    return true;
  }
  const hit = state.answer?.hits[state.active];
  if (hit === undefined) return false;
  sendRun({ kind, place: hit.place, title: hit.title });
  return true;
}

function optionsPerPage(): number {
  const list = root.querySelector<HTMLElement>('#results');
  const option = root.querySelector<HTMLElement>('.option.active');
  return list === null || option === null ? 5 : Math.max(1, Math.floor(list.clientHeight / option.offsetHeight) - 1);
}

function items(): HTMLElement[] {
  return Array.from(root.querySelectorAll<HTMLElement>('.home .link, .home vscode-button, .empty .link, .empty vscode-button, .broken .link, .broken vscode-button'));
}

function focusItem(index: number): boolean {
  const item = items()[index];
  item?.focus();
  return item !== undefined;
}

function moveItem(by: number): boolean {
  const all = items();
  const at = all.findIndex((item) => item === document.activeElement) + by;
  if (at < 0) controller.focus('box');
  else all[at]?.focus();
  return true;
}

api.postMessage({ kind: 'ready' });
