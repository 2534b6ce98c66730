/** What the panel shows while nothing is searched for: guidance for the document at hand, or ways to begin. */
import type { ContextView, GuideLink, Place } from '../../server/protocol';
import { el, icon, type View } from './dom';
import { button, count, group, kindIcons, link, placeData, row, severitySign, type Look } from './look';
import { ruleRow } from './rule-row';
import { placeKey, type PanelState } from './state';
import { fill } from './strings';

/** Findings and rules shown before "more". */
const findingsShown = 3;
const rulesShown = 3;

export function renderHome(state: PanelState, look: Look): readonly (View | false)[] {
  const { context } = state;
  if (context === undefined) return [];
  return context.document === null ? withoutDocument(state, context, look) : withDocument(state, context, look);
}

function withDocument(state: PanelState, context: ContextView, look: Look): readonly (View | false)[] {
  const { strings } = look;
  const { findings, findingCount, section } = context;
  const shown = findings.slice(0, findingsShown);
  const rest = findingCount - shown.length;
  return [
    head(context, look),
    section === null
      ? false
      : group('section', section.title === '' ? strings.whereOnly : fill(strings.where, { section: section.title }), guides(section.guides)),
    group(
      'findings',
      [strings.findingsHere, el('span', { class: 'group-count' }, count(look, findingCount))],
      shown.map((finding, index) =>
        row(
          `finding ${index}`,
          severitySign(finding.severity, look),
          link('open', { class: 'words', ...placeData({ kind: 'file', uri: finding.uri, line: finding.line }) }, finding.message),
          finding.fixable &&
            state.runs.has('fix') &&
            button('fix', strings.fix, undefined, false, { class: 'small', 'data-index': index, 'aria-label': fill(strings.fixName, { finding: finding.message }) }),
        ),
      ),
      rest > 0 && el('div', { class: 'after' }, link('showProblems', {}, fill(strings.moreFindings, { n: count(look, rest) }))),
    ),
    group(
      'rules-here',
      [strings.rulesHere, el('span', { class: 'group-count' }, count(look, context.rules.length))],
      context.rules.slice(0, rulesShown).map((rule) => ruleRow(rule, look)),
      context.rules.length > rulesShown &&
        state.runs.has('whyChecked') &&
        el('div', { class: 'after' }, link('whyChecked', {}, fill(strings.moreRules, { n: count(look, context.rules.length - rulesShown) }))),
    ),
    group(
      'missing',
      strings.missing,
      context.missing.map((part, index) =>
        row(
          `missing ${index}`,
          icon('circle-slash'),
          part.label,
          part.edit !== null && button('insertMissing', strings.insert, undefined, false, { class: 'small', 'data-index': index, 'aria-label': fill(strings.insertName, { part: part.label }) }),
        ),
      ),
    ),
    group(
      'actions',
      strings.actions,
      context.actions.map((action, index) => row(`action ${index}`, icon(action.icon === '' ? 'play' : action.icon), link('contextAction', { 'data-index': index }, action.label))),
    ),
    group(
      'examples',
      strings.examples,
      context.examples.map((example) =>
        row(placeKey(example.place), icon('file'), [link('open', placeData(example.place), example.title), ' ', example.detail !== '' && el('span', { class: 'detail' }, example.detail)]),
      ),
    ),
  ];
}

function head(context: ContextView, look: Look): View | false {
  const { document } = context;
  if (document === null) return false;
  const { strings } = look;
  const values = { filled: count(look, document.filled), total: count(look, document.total) };
  const facts = [
    document.total > 0 ? fill(strings.filled, values) : '',
    document.phaseTitle === '' ? '' : fill(strings.phaseOf, { phase: document.phaseTitle }),
  ].filter((fact) => fact !== '');
  return el(
    'section',
    { key: 'document', class: 'head' },
    el(
      'div',
      { class: 'head-title' },
      icon(document.type.endsWith('register') || document.type.endsWith('log') ? 'table' : 'file'),
      el('h2', { class: 'head-name', title: `${document.typeTitle} ${document.name}` }, el('b', {}, document.typeTitle), ' ', el('span', { class: 'detail' }, document.name)),
    ),
    document.total > 0 &&
      el('vscode-progress-bar', { class: 'thick', value: document.filled, max: document.total, 'aria-label': fill(strings.filledName, values) }),
    facts.length > 0 && el('div', { class: 'head-facts' }, facts.join(' · ')),
  );
}

function withoutDocument(state: PanelState, context: ContextView, look: Look): readonly (View | false)[] {
  const { strings } = look;
  return [
    group('try', strings.tryThese, context.tryQueries.map((query) => row(query, icon('search'), link('ask', { 'data-text': query }, query)))),
    group(
      'recent',
      strings.recent,
      state.recent.slice(0, 5).map((page) => {
        const place: Place = { kind: 'page', book: page.book, path: page.path, anchor: '' };
        return row(placeKey(place), icon(kindIcons.page), link('open', placeData(place), page.title));
      }),
    ),
    context.gate === null ? false : group('gate', context.gate.title, guides(context.gate.guides, kindIcons.gate)),
  ];
}

function guides(list: readonly GuideLink[], iconName: string = kindIcons.page): View[] {
  // Two sections of one page under the same title are one way to go.
  const distinct = list.filter((guide, index) => list.findIndex((other) => other.title === guide.title && other.summary === guide.summary) === index);
  return distinct.map((guide) =>
    row(placeKey(guide.place), icon(iconName), [link('open', placeData(guide.place), guide.title), guide.summary !== '' && el('div', { class: 'summary' }, guide.summary)]),
  );
}
