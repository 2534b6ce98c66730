import type { Place, ThingKind } from '../../server/protocol';
import { el, icon, type Attributes, type Child, type View } from './dom';
import type { PanelStrings } from './strings';

/** What every part of the panel needs to write words and numbers. */
export interface Look {
  readonly strings: PanelStrings;
  readonly language: string;
  readonly mac: boolean;
}

/** What a click asks for; the names stand in `data-do`. */
export type Action =
  | 'clear' | 'toggleFilters' | 'kind' | 'filter' | 'chip' | 'noFilters' | 'option' | 'side' | 'insertLink' | 'copyLink' | 'ask' | 'open' | 'scope'
  | 'fix' | 'insertMissing' | 'contextAction' | 'showProblems' | 'whyChecked' | 'back' | 'forward' | 'list' | 'nextMatch' | 'previousMatch' | 'closeMatches'
  | 'useTemplate' | 'web' | 'pageSide' | 'pageInsertLink' | 'pageCopyLink' | 'stop' | 'chooseBook' | 'useStarter' | 'readAgain' | 'openLog'
  | 'unanswered' | 'forget' | 'draftPage';

export function count(look: Look, value: number): string {
  return new Intl.NumberFormat(look.language).format(value);
}

/** One meaning, one icon. */
export const kindIcons: Readonly<Record<ThingKind, string>> = {
  page: 'book', rule: 'law', template: 'new-file', kit: 'package', term: 'quote', gate: 'milestone', document: 'file',
};

const severityIcons: readonly string[] = ['info', 'error', 'warning', 'info', 'lightbulb'];

function severityName(look: Look, severity: number): string {
  const { strings } = look;
  return [strings.severityInfo, strings.severityError, strings.severityWarning, strings.severityInfo, strings.severityHint][severity] ?? strings.severityInfo;
}

/** How severe a finding is: an icon in its colour, with a name for those who hear it. */
export function severitySign(severity: number, look: Look): View {
  return el('span', { class: `severity severity-${severity}`, role: 'img', 'aria-label': severityName(look, severity) }, icon(severityIcons[severity] ?? 'info'));
}

/** A button that is an icon: its name is spoken and shown as a tooltip. */
export function iconButton(action: Action, iconName: string, name: string, more: Attributes = {}): View {
  return el('button', { type: 'button', class: 'icon-button', 'data-do': action, 'aria-label': name, title: name, ...more }, icon(iconName));
}

/** Something to follow, in the colour of links. */
export function link(action: Action, attributes: Attributes, ...children: readonly Child[]): View {
  const { class: extra, ...others } = attributes;
  return el('button', { type: 'button', class: extra === undefined ? 'link' : `link ${String(extra)}`, 'data-do': action, ...others }, ...children);
}

/** A labelled button. `accent` is the one main thing to do. */
export function button(action: Action, label: string, iconName: string | undefined, accent: boolean, more: Attributes = {}): View {
  return el(
    'vscode-button',
    { 'data-do': action, secondary: !accent, ...more },
    iconName !== undefined && el('span', { slot: 'content-before', class: `codicon codicon-${iconName}`, 'aria-hidden': 'true' }),
    label,
  );
}

/** A row of a group: icon, words, and at most one thing to do at its end. */
export function row(key: string, lead: Child, words: Child, end: Child = false): View {
  return el('li', { key, class: 'row' }, lead, el('div', { class: 'row-words' }, words), end);
}

/** A titled group of rows; nothing when there are no rows. */
export function group(key: string, title: Child, rows: readonly View[], after: Child = false): View | false {
  if (rows.length === 0) return false;
  return el(
    'section',
    { key, class: 'group', 'aria-labelledby': `group-${key}` },
    el('h2', { id: `group-${key}`, class: 'group-title' }, title),
    el('ul', { class: 'rows' }, rows),
    after,
  );
}

/** A place as attributes, read back by the click handler. */
export function placeData(place: Place): Attributes {
  return place.kind === 'page'
    ? { 'data-book': place.book, 'data-path': place.path, 'data-anchor': place.anchor }
    : { 'data-uri': place.uri, 'data-line': place.line };
}
