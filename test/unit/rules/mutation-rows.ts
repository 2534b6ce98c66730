import { cellOf, isDone, isOpen, isType, lineAt, mutant, pick, rewrite, rowMutant, rowsOf, textOf, written, type Kind, type RowPlace } from './mutation';

const always = (): boolean => true;
const isRegister = (place: RowPlace): boolean => place.table.main && isType(place.document, 'register');
const score = (place: RowPlace): number => Number(textOf(place, 'score'));

/** Registers and the rows of other tables. */
export const rowKinds: readonly Kind[] = [
  { kind: 'row without id', rule: 'REG-003', also: ['XDC-001'], inject: (d, r) => (isType(d, 'register') ? rowMutant(d, r, ['id'], isRegister, { id: '' }) : undefined) },
  {
    kind: 'row copied with its id', rule: 'REG-004', network: true,
    inject: (d, r) => {
      if (!isType(d, 'register') || d.document.format === 'yaml') return undefined;
      const place = pick(r, rowsOf(d, ['id']).filter(isRegister));
      const cell = place === undefined ? undefined : cellOf(place, 'id');
      if (cell === undefined) return undefined;
      const line = lineAt(d, cell.span.start);
      const copied = mutant(d, [{ start: line.end, end: line.end, text: d.document.text.slice(line.start, line.end) }], cell.span.start);
      return { ...copied, expected: copied.expected.flatMap(({ path, line: at }) => [{ path, line: at }, { path, line: at + 1 }]) };
    },
  },
  {
    kind: 'id of another shape', rule: 'REG-005', also: ['XDC-001'],
    inject: (d, r) => (d.type?.idShape === undefined ? undefined : rowMutant(d, r, ['id'], isRegister, { id: pick(r, ['Z.1', '課題その1', 'X_12_b']) ?? '' })),
  },
  {
    kind: 'status of its own words', rule: 'REG-006', also: ['REG-011'],
    inject: (d, r) => (isType(d, 'register') ? rowMutant(d, r, ['status'], always, { status: pick(r, ['もうすこし', 'だいたい', '8割くらい', '順番に']) ?? '' }) : undefined),
  },
  {
    kind: 'level off the scale', rule: 'REG-007', also: ['REG-008'],
    inject: (d, r) => (isType(d, 'risk-register', 'issue-log', 'requirements')
      ? rowMutant(d, r, [], (place) => place.table.positions.has('priority') || place.table.positions.has('strategy'), isType(d, 'risk-register') ? { strategy: 'がんばる' } : { priority: pick(r, ['激高', 'ふつう', 'A+']) ?? '' })
      : undefined),
  },
  { kind: 'score that is no product', rule: 'REG-008', inject: (d, r) => rowMutant(d, r, ['score', 'probability'], always, { score: pick(r, ['7', '11', '1']) ?? '' }) },
  { kind: 'done without a day', rule: 'REG-009', inject: (d, r) => (isType(d, 'issue-log', 'wbs') ? rowMutant(d, r, ['closed', 'status'], isDone, { closed: '' }) : undefined) },
  {
    kind: 'closed but not done', rule: 'REG-010', also: ['REG-011', 'REG-019', 'FRS-001'],
    inject: (d, r) => (isType(d, 'issue-log', 'wbs') ? rowMutant(d, r, ['closed', 'status'], (place) => isDone(place) && textOf(place, 'closed') !== '', { status: pick(r, ['対応中', '未着手']) ?? '' }) : undefined),
  },
  { kind: 'done at less than 100 %', rule: 'REG-011', inject: (d, r) => (isType(d, 'wbs') ? rowMutant(d, r, ['progress', 'status'], isDone, { progress: pick(r, ['0%', '40%', '95%']) ?? '' }) : undefined) },
  { kind: 'over 100 %', rule: 'NUM-010', also: ['REG-011'], inject: (d, r) => (isType(d, 'wbs', 'status-report') ? rowMutant(d, r, ['progress'], always, { progress: pick(r, ['110%', '250%', '-5%']) ?? '' }) : undefined) },
  { kind: 'end before start', rule: 'REG-012', inject: (d, r) => rowMutant(d, r, ['start', 'end'], always, { end: '2025-12-12' }) },
  {
    kind: 'high risk without response', rule: 'REG-013',
    inject: (d, r) => rowMutant(d, r, ['probability', 'impact', 'score', 'response'], isOpen, { response: '', probability: '4', impact: '5', score: '20' }),
  },
  { kind: 'high risk emptied', rule: 'REG-013', inject: (d, r) => rowMutant(d, r, ['score', 'response'], (place) => isOpen(place) && score(place) >= 12, { response: '' }) },
  { kind: 'response that is an attitude', rule: 'REG-014', inject: (d, r) => (isType(d, 'risk-register') ? rowMutant(d, r, ['response'], always, { response: pick(r, ['注意する', '気をつける', '徹底する', '意識する']) ?? '' }) : undefined) },
  {
    kind: 'risk in one word', rule: 'REG-015',
    inject: (d, r) => (isType(d, 'risk-register') ? rowMutant(d, r, ['description'], always, { description: pick(r, ['遅れる', '要員不足', '予算が足りない', '品質の低下と日程の遅れと費用の増加']) ?? '' }) : undefined),
  },
  {
    kind: 'risk that has happened', rule: 'REG-016',
    inject: (d, r) => (isType(d, 'risk-register') ? rowMutant(d, r, ['description', 'status'], isOpen, { description: pick(r, ['委託先の交代により、画面の修正の遅れが発生した', '設定の誤りにより、夜間の配信が停止している']) ?? '' }) : undefined),
  },
  {
    kind: 'two things in a row', rule: 'REG-017',
    inject: (d, r) => (isType(d, 'risk-register', 'issue-log', 'requirements')
      ? rowMutant(d, r, [], always, isType(d, 'risk-register') ? { description: '配信の停止により、開店が遅れる可能性がある。また、要員の交代により、修正が遅れる可能性がある' }
        : isType(d, 'issue-log') ? { title: '一覧に8秒かかる。また、取り出した一覧の並びが違う' } : { requirement: '店長が依頼を見られる。また、依頼を印刷できる' })
      : undefined),
  },
  {
    kind: 'register not kept up', rule: 'REG-019',
    inject: (d, r) => (isType(d, 'risk-register', 'issue-log') ? rowMutant(d, r, ['updated', 'status'], isOpen, { updated: pick(r, ['2026-09-30', '2026-08-03', '2026年10月2日']) ?? '' }) : undefined),
  },
  {
    kind: 'two columns of one name', rule: 'REG-018', also: ['REG-015'],
    inject: (d, r) => {
      const table = d.tables.find((each) => each.main);
      if (!isType(d, 'register') || table === undefined || d.document.format === 'yaml') return undefined;
      const free = table.columns.flatMap((column, i) => (column?.kind === 'text' && !column.required ? [i] : []));
      const from = table.table.header.cells[pick(r, free) ?? -1];
      const kept = table.columns.flatMap((column, i) => (column?.kind === 'text' && column.required ? [i] : []));
      const to = table.table.header.cells[pick(r, kept) ?? -1];
      return from === undefined || to === undefined ? undefined : mutant(d, [{ ...from.span, text: to.text }], table.table.span.start);
    },
  },
  {
    kind: 'required column gone', rule: 'REG-001', also: ['REG-002', 'REG-005', 'VAG-003'],
    inject: (d, r) => {
      const table = d.tables.find((each) => each.main);
      if (!isType(d, 'minutes', 'register', 'checklist') || table === undefined || d.document.format !== 'markdown') return undefined;
      const required = table.columns.flatMap((column, i) => (column?.required === true && column.kind !== 'id' ? [i] : []));
      const at = pick(r, required);
      const header = table.table.header.cells[at ?? -1];
      return header === undefined ? undefined : mutant(d, [{ ...header.span, text: 'めも' }], table.table.span.start);
    },
  },
  {
    kind: 'cell too many', rule: 'REG-002',
    inject: (d, r) => {
      if (d.document.format === 'yaml') return undefined;
      const place = pick(r, rowsOf(d));
      const row = place?.table.table.rows[place.row];
      if (row === undefined) return undefined;
      return mutant(d, [{ start: row.span.end, end: row.span.end, text: d.document.format === 'csv' ? ',済み' : ' 済み |' }], row.span.start);
    },
  },
  { kind: 'overdue', rule: 'FRS-001', also: ['REG-022'], inject: (d, r) => (isType(d, 'register', 'minutes') && !d.path.includes('10-') ? rowMutant(d, r, ['due', 'status'], isOpen, { due: pick(r, ['2026-11-20', '2026-11-02', '2026年11月18日', '2026/10/30']) ?? '' }) : undefined) },
  { kind: 'due in two days', rule: 'FRS-002', inject: (d, r) => (isType(d, 'register') ? rowMutant(d, r, ['due', 'status'], isOpen, { due: pick(r, ['2026-11-25', '2026-11-26', '2026-11-27']) ?? '' }) : undefined) },
  {
    kind: 'due on a day off', rule: 'FRS-003',
    inject: (d, r) => (isType(d, 'register') ? rowMutant(d, r, [isType(d, 'wbs') ? 'end' : 'due'], (place) => !isDone(place), isType(d, 'wbs') ? { end: pick(r, ['2026-12-12', '2027-01-01', '2026-11-29']) ?? '' } : { due: pick(r, ['2026-12-12', '2027-01-01', '2026-12-20', '2027-01-11']) ?? '' }) : undefined),
  },
  {
    kind: 'day that does not exist', rule: 'FRS-007', also: ['REG-009', 'REG-012'],
    inject: (d, r) => {
      const dates = rowsOf(d).flatMap((place) => place.table.columns.flatMap((column) => (column?.kind === 'date' && textOf(place, column.id) !== '' ? [{ place, id: column.id }] : [])));
      const found = pick(r, dates);
      return found === undefined ? undefined : rewrite(found.place, { [found.id]: pick(r, ['2026-02-30', '2026-11-31', '2026年6月31日', '2026/04/31']) ?? '' });
    },
  },
  {
    kind: 'done in the future', rule: 'FRS-011',
    inject: (d, r) => (isType(d, 'wbs', 'issue-log') ? rowMutant(d, r, ['closed', 'status'], isDone, { closed: pick(r, ['2026-12-01', '2027-03-15']) ?? '' })
      : isType(d, 'schedule') ? rowMutant(d, r, ['actual'], always, { actual: '2026-12-25' }) : undefined),
  },
  { kind: 'day without a year', rule: 'FRS-012', inject: (d, r) => (isType(d, 'register') ? rowMutant(d, r, ['due', 'status'], isOpen, { due: pick(r, ['12/18', '12月18日']) ?? '' }) : undefined) },
  {
    kind: 'nobody responsible in a row', rule: 'OWN-001',
    inject: (d, r) => {
      const place = pick(r, rowsOf(d, ['owner']));
      return place === undefined || textOf(place, 'owner') === '' ? undefined : rewrite(place, { owner: pick(r, ['', '未定', '木村、清水', '-']) ?? '' });
    },
  },
  {
    kind: 'everybody responsible', rule: 'OWN-002', also: ['XDC-005'],
    inject: (d, r) => (isType(d, 'register', 'minutes', 'postmortem', 'retrospective') ? rowMutant(d, r, ['owner'], always, { owner: pick(r, ['全員', '各自', '関係者', 'チーム']) ?? '' }) : undefined),
  },
  { kind: 'change approved by its author', rule: 'OWN-007', inject: (d, r) => (isType(d, 'change-log') ? pick(r, rowsOf(d, ['author', 'approver']).map((place) => rewrite(place, { approver: textOf(place, 'author') }))) : undefined) },
  ...(['A', 'R'] as const).map((mark): Kind => ({
    kind: mark === 'A' ? 'two accountable' : 'nobody does it', rule: mark === 'A' ? 'OWN-003' : 'OWN-004', also: mark === 'A' ? [] : ['OWN-003'],
    inject: (d, r) => {
      const place = isType(d, 'raci') ? pick(r, rowsOf(d, ['task'])) : undefined;
      const cells = place?.table.table.rows[place.row]?.cells ?? [];
      if (place === undefined) return undefined;
      const at = cells.filter((cell, i) => i > 0 && (mark === 'A' ? ['C', 'I', '-'].includes(cell.text) : cell.text.includes('R')));
      const changed = mark === 'A' ? [pick(r, at)].filter((cell) => cell !== undefined) : at;
      return changed.length === 0 ? undefined : mutant(d, changed.map((cell) => written2(cell, mark === 'A' ? 'A' : cell.text === 'R/A' ? 'A' : 'C')), changed[0]?.span.start ?? 0);
    },
  })),
  {
    kind: 'mark that RACI does not have', rule: 'OWN-005', also: ['OWN-003', 'OWN-004'],
    inject: (d, r) => {
      const place = isType(d, 'raci') ? pick(r, rowsOf(d, ['task'])) : undefined;
      const cell = pick(r, (place?.table.table.rows[place.row]?.cells ?? []).slice(1));
      return cell === undefined ? undefined : mutant(d, [written2(cell, pick(r, ['X', '○', 'レビュー']) ?? '')], cell.span.start);
    },
  },
  { kind: 'passed without evidence', rule: 'GAT-006', inject: (d, r) => (isType(d, 'checklist') ? rowMutant(d, r, ['result', 'evidence'], (place) => textOf(place, 'result') === '合格', { evidence: '' }) : undefined) },
  {
    kind: 'not applicable without reason', rule: 'GAT-007',
    inject: (d, r) => (isType(d, 'checklist') ? rowMutant(d, r, ['result', 'note'], () => r() < 0.5, { result: '対象外', evidence: '', note: '' }) : undefined),
  },
  { kind: 'nobody took over', rule: 'CMP-019', inject: (d, r) => (isType(d, 'ops-handover') ? rowMutant(d, r, ['receiver', 'received'], always, r() < 0.5 ? { receiver: '' } : { received: '' }) : undefined) },
  { kind: 'result without plan or actual', rule: 'CMP-020', also: ['NUM-002'], inject: (d, r) => (isType(d, 'project-closure') ? rowMutant(d, r, ['planned', 'actual'], always, r() < 0.5 ? { planned: '' } : { actual: '' }) : undefined) },
  {
    kind: 'prevention without ticket', rule: 'TRC-007', network: true,
    inject: (d, r) => (isType(d, 'postmortem') ? rowMutant(d, r, ['action', 'ticket'], always, { ticket: '' }, 'action') : undefined),
  },
  {
    kind: 'risk that happened without issue', rule: 'TRC-006',
    inject: (d, r) => {
      const place = isType(d, 'risk-register') ? pick(r, rowsOf(d, ['status', 'category'])) : undefined;
      const header = place?.table.table.header.cells[place.table.positions.get('category') ?? -1];
      const status = place === undefined ? undefined : cellOf(place, 'status');
      if (place === undefined || header === undefined || status === undefined) return undefined;
      const emptied = rowsOf(d, ['category']).flatMap((row) => {
        const cell = cellOf(row, 'category');
        return cell === undefined ? [] : [written(row, cell, '')];
      });
      return mutant(d, [{ ...header.span, text: '課題番号' }, ...emptied, written(place, status, '顕在化')], status.span.start);
    },
  },
];

function written2(cell: { readonly span: { readonly start: number; readonly end: number } }, text: string) {
  return { start: cell.span.start, end: cell.span.end, text };
}
