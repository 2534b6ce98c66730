import { cellOf, fieldMutant, headMutant, headOf, isOpen, isType, lineOf, mutant, pick, rewrite, rowMutant, rowsOf, say, textOf, type Documents, type Expected, type Kind } from './mutation';
import type { TypedDocument } from '../../../src/core/product/meaning';

const always = (): boolean => true;
const places = (all: Documents, of: (document: TypedDocument) => readonly number[]): readonly Expected[] =>
  [...all.values()].flatMap((document) => of(document).map((at) => ({ path: document.path, line: lineOf(document.document.text, at) })));

/** Between documents. */
export const networkKinds: readonly Kind[] = [
  {
    kind: 'milestone of another day', rule: 'XDC-003', network: true, also: ['FRS-003'],
    inject: (d, r) => (isType(d, 'project-charter') || (isType(d, 'status-report') && d.path.includes('07-17'))
      ? rowMutant(d, r, ['planned', 'id'], (place) => place.table.id === 'milestones', { planned: pick(r, ['2026-08-05', '2026-09-02', '2026年8月6日']) ?? '' }) : undefined),
  },
  {
    kind: 'milestone moved in the schedule', rule: 'XDC-003', network: true,
    inject: (d, r, all) => {
      const place = isType(d, 'schedule') ? pick(r, rowsOf(d, ['planned'])) : undefined;
      const changed = place === undefined ? undefined : rewrite(place, { planned: '2026-08-06' });
      if (place === undefined || changed === undefined) return undefined;
      const id = textOf(place, 'id');
      const expected = places(all, (other) => (isType(other, 'project-charter', 'status-report') ? rowsOf(other, ['planned', 'id']).filter((row) => textOf(row, 'id') === id).flatMap((row) => cellOf(row, 'planned')?.span.start ?? []) : []));
      return { ...changed, expected };
    },
  },
  {
    kind: 'another name for a role', rule: 'XDC-004', network: true,
    inject: (d, r) => (isType(d, 'raci', 'project-plan') ? fieldMutant(d, pick(r, ['manager', 'sponsor']) ?? '', pick(r, ['山田', '池田']) ?? '') : undefined),
  },
  {
    kind: 'person not in the roster', rule: 'XDC-005', network: true,
    inject: (d, r) => {
      const cells = isType(d, 'register') && !isType(d, 'roster') ? rowsOf(d).flatMap((place) => place.table.columns.flatMap((column) => (column?.kind === 'person' && textOf(place, column.id) !== '' ? [{ place, id: column.id }] : []))) : [];
      const found = pick(r, cells);
      return found === undefined ? undefined : rewrite(found.place, { [found.id]: pick(r, ['佐々木', '木林', 'Suzuki', '高橋']) ?? '' });
    },
  },
  {
    kind: 'counts that the registers deny', rule: 'XDC-006', network: true,
    inject: (d, r) => (isType(d, 'status-report') ? say(d, r, pick(r, ['未完了の課題：17件', '未完了のリスク：9件']) ?? '', ['summary']) : undefined),
  },
  {
    kind: 'green in spite of the register', rule: 'XDC-007', network: true, also: ['FRS-001'],
    inject: (d, r, all) => {
      const place = isType(d, 'issue-log') ? pick(r, rowsOf(d, ['priority', 'due', 'status']).filter(isOpen)) : undefined;
      const changed = place === undefined ? undefined : rewrite(place, { priority: '高', due: '2026-11-20' });
      if (changed === undefined) return undefined;
      const expected = places(all, (other) => (other.path.includes('2026-07-24') ? other.document.fields.filter((field) => field.name === 'health').map((field) => field.nameSpan.start) : []));
      return { ...changed, expected };
    },
  },
  {
    kind: 'approved change not carried over', rule: 'XDC-008', network: true,
    inject: (d) => (isType(d, 'change-log') ? rowsOf(d, ['decided', 'target']).filter((place) => textOf(place, 'decision') === '承認').map((place) => rewrite(place, { decided: '2026-07-15' }, 'target'))[0] : undefined),
  },
  {
    kind: 'same words in two documents', rule: 'XDC-011', network: true, also: ['CMP-007', 'XDC-002', 'VAG-001', 'XDC-001'],
    inject: (d, r, all) => {
      const other = pick(r, [...all.values()].filter((each) => each !== d && isType(each, 'living') && each.document.format === 'markdown' && each.document.paragraphs.length > 4));
      const insert = isType(d, 'living') && d.document.format === 'markdown' ? d.document.text.length : undefined;
      if (other === undefined || insert === undefined) return undefined;
      const { text } = other.document;
      const long = other.document.paragraphs.map(({ span }) => ({ at: span.start, words: text.slice(span.start, span.end) })).filter(({ words }) => words.replace(/\s/gu, '').length >= 15);
      const from = long.findIndex((_, i) => i + 2 < long.length && long.slice(i, i + 3).every(({ words }) => words.length >= 26 && !words.includes('[')));
      const copied = long.slice(from, from + 3);
      if (from < 0) return undefined;
      const changed = mutant(d, [{ start: insert, end: insert, text: `\n## そのほか\n\n${copied.map(({ words }) => words).join('\n\n')}\n` }], insert);
      // Of two documents the later one by path is told.
      const expected = d.path > other.path
        ? [{ path: d.path, line: lineOf(changed.text, changed.text.lastIndexOf(copied[0]?.words ?? '')) }]
        : [{ path: other.path, line: lineOf(text, copied[0]?.at ?? 0) }];
      return { ...changed, expected };
    },
  },
  { kind: 'another phase', rule: 'XDC-012', network: true, inject: (d, r) => (isType(d, 'project-charter') ? headMutant(d, `phase: ${pick(r, ['開発', 'テスト', '企画']) ?? ''}\n`, 'line') : undefined) },
  {
    kind: 'owner who has left', rule: 'OWN-008', network: true,
    inject: (d, r, all) => {
      const place = isType(d, 'roster') ? pick(r, rowsOf(d)) : undefined;
      const name = place === undefined ? '' : (place.table.table.rows[place.row]?.cells[0]?.text ?? '');
      const state = place?.table.table.rows[place.row]?.cells[3];
      const expected = places(all, (other) => (isType(other, 'register') ? rowsOf(other, ['owner', 'status']).filter((row) => isOpen(row) && textOf(row, 'owner') === name).flatMap((row) => cellOf(row, 'owner')?.span.start ?? []) : []));
      return state === undefined || expected.length === 0 ? undefined : { ...mutant(d, [{ ...state.span, text: pick(r, ['異動', '退職']) ?? '' }], 0), expected };
    },
  },
  {
    kind: 'requirement that nothing tests', rule: 'TRC-001', network: true,
    inject: (d, r, all) => {
      const place = isType(d, 'test-plan') ? pick(r, rowsOf(d, ['requirement']).filter((row) => ['REQ-001', 'REQ-002', 'REQ-003', 'REQ-005'].includes(textOf(row, 'requirement')))) : undefined;
      const changed = place === undefined ? undefined : rewrite(place, { requirement: 'REQ-004' });
      if (place === undefined || changed === undefined) return undefined;
      const id = textOf(place, 'requirement');
      const expected = places(all, (other) => (isType(other, 'requirements') ? rowsOf(other, ['priority', 'id']).filter((row) => textOf(row, 'id') === id).flatMap((row) => cellOf(row, 'id')?.span.start ?? []) : []));
      return { ...changed, expected };
    },
  },
  { kind: 'test of no requirement', rule: 'TRC-002', network: true, also: ['TRC-001', 'XDC-001'], inject: (d, r) => (isType(d, 'test-plan') ? rowMutant(d, r, ['requirement'], always, { requirement: pick(r, ['', 'REQ-500']) ?? '' }) : undefined) },
  {
    kind: 'decision of no meeting', rule: 'TRC-003', network: true, also: ['TRC-001'],
    inject: (d, r) => {
      if (isType(d, 'decision-log')) return rowMutant(d, r, ['decision', 'meeting'], always, { meeting: '' }, 'id');
      if (!isType(d, 'adr')) return undefined;
      const ids = [...d.document.text.matchAll(/（REQ[^）]*）/gu)];
      return ids.length === 0 ? undefined : mutant(d, ids.map((match) => ({ start: match.index, end: match.index + match[0].length, text: '' })), headOf(d));
    },
  },
  { kind: 'action not carried over', rule: 'TRC-004', network: true, inject: (d, r) => (isType(d, 'minutes') ? rowMutant(d, r, ['ticket', 'status'], (place) => isOpen(place), { ticket: '' }, 'action') : undefined) },
  { kind: 'superseded by nothing', rule: 'TRC-005', network: true, inject: (d) => (isType(d, 'adr') ? fieldMutant(d, 'status', '廃止', headOf(d)) : undefined) },
  {
    kind: 'successor that does not know', rule: 'TRC-005', network: true,
    inject: (d) => {
      const changed = isType(d, 'adr') && d.path.includes('0001') ? fieldMutant(d, 'status', '廃止\nsuperseded_by: ADR-0002') : undefined;
      return changed === undefined ? undefined : { ...changed, expected: changed.expected.map(({ path, line }) => ({ path, line: line + 1 })) };
    },
  },
  {
    kind: 'no lesson kept', rule: 'TRC-008', network: true,
    inject: (d) => {
      const links = isType(d, 'project-closure', 'retrospective') ? d.document.links.filter((each) => each.target.includes('lessons/')) : [];
      return links.length === 0 ? undefined : mutant(d, links.map((link) => ({ ...link.span, text: link.text })), headOf(d));
    },
  },
  {
    kind: 'no lesson looked for', rule: 'TRC-009', network: true,
    inject: (d) => {
      const links = isType(d, 'project-charter') ? d.document.links.filter((each) => each.target.includes('lessons/')) : [];
      return links.length === 0 ? undefined : mutant(d, links.map((link) => ({ ...link.span, text: link.text })), headOf(d));
    },
  },
];
