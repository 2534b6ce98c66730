/** A rule of the Book as a row: its state here in a sign and in words, and where its first finding is. */
import type { RuleState } from '../../server/protocol';
import { el, icon, type View } from './dom';
import { count, link, placeData, row, severitySign, type Look } from './look';
import { fill } from './strings';

const ruleIcons: Readonly<Record<Exclude<RuleState['state'], 'findings'>, readonly [icon: string, tone: string]>> = {
  passes: ['pass', 'passes'],
  waived: ['eye-closed', ''],
  off: ['circle-slash', ''],
  not_judged: ['question', ''],
  no_product: ['law', ''],
};

export function ruleRow(rule: RuleState, look: Look): View {
  const { strings } = look;
  const words = ruleWords(rule, look);
  return row(rule.id, lead(rule, look), [
    rule.place === null ? el('span', {}, rule.title) : link('open', placeData(rule.place), rule.title),
    ' ',
    el('span', { class: 'detail' }, [rule.id, words].filter((part) => part !== '').join(' · ')),
    rule.first !== null &&
      el('div', { class: 'summary', lang: look.language }, fill(strings.ruleFindingsAt, { n: count(look, rule.findings) }), link('open', placeData({ kind: 'file', uri: rule.first.uri, line: rule.first.line }), rule.first.label)),
  ]);
}

/** A rule with findings shows how severe the worst of them is, as the findings themselves do. */
function lead({ state, severity }: RuleState, look: Look): View {
  return state === 'findings' ? severitySign(severity, look) : icon(...ruleIcons[state]);
}

function ruleWords(rule: RuleState, look: Look): string {
  const { strings } = look;
  switch (rule.state) {
    case 'passes':
      return strings.rulePasses;
    case 'findings':
      return rule.first === null ? fill(strings.ruleFindings, { n: count(look, rule.findings) }) : '';
    case 'waived':
      return rule.until === '' ? strings.ruleWaived : fill(strings.ruleWaivedUntil, { date: shortDay(rule.until) });
    case 'off':
      return strings.ruleOff;
    case 'not_judged':
      return strings.ruleNotJudged;
    case 'no_product':
      return '';
  }
}

/** `2026-12-31` as `12/31`, the form of dates in lists. */
function shortDay(day: string): string {
  const [, month, date] = day.split('-');
  return month === undefined || date === undefined ? day : `${Number(month)}/${Number(date)}`;
}
