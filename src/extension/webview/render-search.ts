/** The search box with what refines it: kinds, scope, chips and the filter popup. */
import { el, icon, type View } from './dom';
import { activeCount, choicesOf, countOf, facetNames, kindChoices, type FacetName, type KindChoice } from './filters';
import { count, iconButton, type Look } from './look';
import { optionCount, screenOf, type PanelState } from './state';
import { fill } from './strings';

const choiceIcons: Readonly<Record<KindChoice, string>> = {
  all: '', page: 'book', rule: 'law', template: 'new-file', term: 'quote', document: 'file',
};

export function renderSearch(state: PanelState, look: Look): View {
  const listed = state.text.trim() !== '';
  return el(
    'div',
    { key: 'search', class: 'search', role: 'search', 'aria-label': look.strings.placeholder },
    box(state, look),
    listed && kinds(state, look),
    (listed || state.filtersOpen) && refine(state, look),
    state.filtersOpen && popup(state, look),
  );
}

function box(state: PanelState, look: Look): View {
  const { strings } = look;
  const open = state.text.trim() !== '' && optionCount(state) > 0;
  const filters = activeCount(state.filters);
  return el(
    'div',
    { key: 'box', class: 'box' },
    icon('search', 'box-icon'),
    el('input', {
      id: 'query', class: 'query', type: 'text', role: 'combobox', maxlength: 500, autocomplete: 'off', spellcheck: 'false', 'aria-autocomplete': 'list',
      'aria-label': strings.placeholder, placeholder: strings.placeholder, 'aria-expanded': String(open), 'aria-controls': 'results',
      'aria-activedescendant': open && state.active >= 0 && screenOf(state) !== 'home' ? `option-${state.active}` : undefined,
    }),
    iconButton('clear', 'close', strings.clear, { tabindex: -1, hidden: state.text === '' }),
    el(
      'button',
      {
        type: 'button', class: `icon-button filter${filters > 0 || state.filtersOpen ? ' on' : ''}`, 'data-do': 'toggleFilters', id: 'filter',
        'aria-expanded': String(state.filtersOpen), 'aria-controls': 'filters', title: strings.filter,
        'aria-label': filters > 0 ? fill(strings.filterActive, { n: filters }) : strings.filter,
      },
      icon(filters > 0 || state.filtersOpen ? 'filter-filled' : 'filter'),
      filters > 0 && el('vscode-badge', { variant: 'counter', class: 'filter-count', 'aria-hidden': 'true' }, String(filters)),
    ),
  );
}

function kindName(choice: KindChoice, look: Look): string {
  return look.strings[choice];
}

function kinds(state: PanelState, look: Look): View {
  const counts = state.answer?.result.counts;
  return el(
    'div',
    { key: 'kinds', class: 'kinds', role: 'radiogroup', 'aria-label': look.strings.kinds },
    kindChoices.map((choice) => {
      const chosen = choice === state.filters.kind;
      const found = count(look, countOf(choice, counts));
      const name = fill(look.strings.kindCount, { kind: kindName(choice, look), n: found });
      return el(
        'button',
        {
          key: choice, type: 'button', class: 'kind', role: 'radio', 'aria-checked': String(chosen), tabindex: chosen ? 0 : -1, 'aria-label': name, title: name,
          'data-do': 'kind', 'data-choice': choice,
        },
        choice !== 'all' && icon(choiceIcons[choice]),
        el('span', { class: 'kind-label' }, kindName(choice, look)),
        el('span', { class: 'kind-count' }, found),
      );
    }),
  );
}

export function facetName(facet: FacetName, look: Look): string {
  const { strings } = look;
  return facet === 'phases' ? strings.phase : facet === 'audiences' ? strings.audience : strings.tag;
}

function refine(state: PanelState, look: Look): View {
  const { strings } = look;
  const { scope, values } = state.filters;
  const scopes = [
    ['product', strings.scopeProduct],
    ['company', strings.scopeCompany],
    ['all', strings.scopeAll],
  ] as const;
  return el(
    'div',
    { key: 'refine', class: `refine${state.filtersOpen ? ' open' : ''}` },
    el(
      'vscode-single-select',
      { key: 'scope', class: 'scope', label: strings.scopeLabel, value: scope, 'data-do': 'scope' },
      scopes.map(([value, label]) =>
        el('vscode-option', { value, selected: value === scope }, fill(strings.chip, { facet: strings.scopeLabel, label })),
      ),
    ),
    values.map((chosen) => {
      const label = fill(strings.chip, { facet: facetName(chosen.facet, look), label: chosen.label });
      const name = fill(strings.removeFilter, { filter: label });
      return el(
        'button',
        { key: `${chosen.facet} ${chosen.value}`, type: 'button', class: 'chip', 'data-do': 'chip', 'data-facet': chosen.facet, 'data-value': chosen.value, 'aria-label': name, title: name },
        el('span', { class: 'chip-label' }, label),
        icon('close'),
      );
    }),
  );
}

function popup(state: PanelState, look: Look): View {
  const facets = facetNames.map((facet) => {
    const choices = choicesOf(facet, state.answer?.result.facets, state.filters);
    if (choices.length === 0) return false;
    const title = facetName(facet, look);
    return el(
      'div',
      { key: facet, class: 'facet', role: 'group', 'aria-label': title },
      el('div', { class: 'facet-title', 'aria-hidden': 'true' }, title),
      choices.map((choice) => {
        const checked = state.filters.values.some((v) => v.facet === facet && v.value === choice.value);
        return el(
          'button',
          {
            key: choice.value, type: 'button', class: 'choice', role: 'checkbox', 'aria-checked': String(checked), 'data-do': 'filter',
            'data-facet': facet, 'data-value': choice.value, 'data-label': choice.label,
            'aria-label': fill(look.strings.kindCount, { kind: choice.label, n: count(look, choice.count) }),
          },
          el('span', { class: 'check', 'aria-hidden': 'true' }, checked && icon('check')),
          el('span', { class: 'choice-label' }, choice.label),
          el('span', { class: 'choice-count' }, count(look, choice.count)),
        );
      }),
    );
  });
  const empty = facets.every((facet) => facet === false);
  return el(
    'div',
    { key: 'popup', id: 'filters', class: 'popup', role: 'group', 'aria-label': look.strings.filter },
    facets,
    empty && el('p', { class: 'quiet' }, look.strings.noFilters),
  );
}
