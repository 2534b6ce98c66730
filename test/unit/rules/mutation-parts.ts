import { cellOf, fieldMutant, freshDay, headMutant, headOf, isOldRecord, isType, item, lineAt, mutant, pick, rewrite, rowMutant, rowsOf, say, sectionOf, textOf, withoutSection, written, type Edit, type Kind, type RowPlace } from './mutation';

const always = (): boolean => true;
const living = 'living';

function figures(place: RowPlace, values: Readonly<Record<string, number>>): readonly Edit[] {
  return Object.entries(values).flatMap(([column, value]) => {
    const cell = cellOf(place, column);
    return cell === undefined ? [] : [written(place, cell, String(value))];
  });
}

/** Fields, headings, approvals, figures. */
export const partKinds: readonly Kind[] = [
  {
    kind: 'required field gone', rule: 'CMP-001', also: ['CMP-007'],
    inject: (d, r) => {
      const names = d.type?.fields.filter((field) => field.required).map((field) => field.id) ?? [];
      return isType(d, 'minutes') || isOldRecord(d) ? undefined : fieldMutant(d, pick(r, names.filter((name) => name !== 'title')) ?? '', undefined);
    },
  },
  {
    kind: 'type misspelt', rule: 'CMP-002',
    inject: (d, r) => {
      const id = d.type?.id ?? '';
      const at = 1 + Math.floor(r() * (id.length - 1));
      return d.document.format === 'markdown' ? fieldMutant(d, 'type', r() < 0.5 ? id.slice(0, at) + id.slice(at + 1) : id.slice(0, at) + id.charAt(at - 1) + id.slice(at)) : undefined;
    },
  },
  {
    kind: 'required heading gone', rule: 'CMP-003', also: ['OWN-009', 'CMP-009', 'VAG-003'],
    inject: (d, r) => (isType(d, 'postmortem', 'adr') || isOldRecord(d) ? undefined
      : withoutSection(d, pick(r, [...d.sections.values()].filter((each) => each.type.required && each.indexes.length === 1).map((each) => each.type.id)) ?? '')),
  },
  {
    kind: 'required heading with nothing below', rule: 'CMP-004', also: ['REG-001', 'CMP-009', 'TRC-001', 'TRC-008', 'TRC-009', 'CMP-014', 'APR-003', 'XDC-002', 'GAT-009'],
    inject: (d, r) => {
      const ids = [...d.sections.values()].filter((each) => each.type.required && each.indexes.length === 1).map((each) => each.type.id);
      const section = sectionOf(d, pick(r, ids) ?? '');
      return section === undefined || d.document.format !== 'markdown' || isOldRecord(d) ? undefined : mutant(d, [{ start: section.bodySpan.start, end: section.bodySpan.end, text: '\n' }], section.titleSpan.start);
    },
  },
  {
    kind: 'two top headings', rule: 'CMP-007',
    inject: (d) => {
      const end = d.document.text.length;
      return d.document.format === 'markdown' && d.document.paragraphs.length > 0 ? mutant(d, [{ start: end, end, text: '\n# もう1つの題名\n' }], headOf(d)) : undefined;
    },
  },
  {
    kind: 'heading that is not the title', rule: 'CMP-007',
    inject: (d) => {
      const span = d.document.sections[0]?.titleSpan;
      return span !== undefined && d.document.format === 'markdown' && d.document.paragraphs.length > 0 && isType(d, living, 'register') ? mutant(d, [{ ...span, text: '別の題名' }], span.start) : undefined;
    },
  },
  { kind: 'nothing out of scope', rule: 'CMP-008', inject: (d) => (isType(d, 'project-charter', 'scope-statement', 'requirements', 'project-plan') ? withoutSection(d, 'out_of_scope') : undefined) },
  {
    kind: 'goal without figures', rule: 'CMP-009',
    inject: (d) => {
      const section = isType(d, 'project-charter', 'kpi', 'quality-plan') ? sectionOf(d, 'goals') : undefined;
      return section === undefined ? undefined : mutant(d, [{ ...section.bodySpan, text: '\n店長に喜ばれるものにする。\n\n' }], section.titleSpan.start);
    },
  },
  {
    kind: 'minutes without decisions', rule: 'CMP-010', also: ['XDC-001'],
    inject: (d) => {
      const section = isType(d, 'minutes') ? sectionOf(d, 'decisions') : undefined;
      return section === undefined ? undefined : mutant(d, [{ ...section.span, text: '' }], headOf(d));
    },
  },
  {
    kind: 'minutes without attendees', rule: 'CMP-011',
    inject: (d) => {
      const field = isType(d, 'minutes') ? d.document.fields.find((each) => each.name === '参加者') : undefined;
      return field === undefined ? undefined : mutant(d, [lineAt(d, field.nameSpan.start)], headOf(d));
    },
  },
  {
    kind: 'postmortem lacks a part', rule: 'CMP-012', also: ['CMP-004'],
    inject: (d, r) => (isType(d, 'postmortem') ? withoutSection(d, pick(r, ['summary', 'impact', 'detection', 'timeline', 'cause', 'response', 'prevention', 'lessons']) ?? '') : undefined),
  },
  { kind: 'decision record lacks a part', rule: 'CMP-013', inject: (d, r) => (isType(d, 'adr') ? withoutSection(d, pick(r, ['context', 'decision', 'consequences']) ?? '', freshDay(d)) : undefined) },
  {
    kind: 'too few risks', rule: 'CMP-014', also: ['XDC-001'],
    inject: (d) => {
      const place = isType(d, 'risk-register') && d.document.format === 'markdown' ? rowsOf(d)[0] : undefined;
      const rows = place?.table.table.rows ?? [];
      const [, , third] = rows;
      return place === undefined || third === undefined ? undefined : mutant(d, [{ start: third.span.start, end: rows[rows.length - 1]?.span.end ?? 0, text: '' }], place.table.table.span.start);
    },
  },
  {
    kind: 'step without a check', rule: 'CMP-015',
    inject: (d, r) => {
      const step = isType(d, 'runbook') ? pick(r, d.document.items.filter((each) => each.kind === 'step')) : undefined;
      return step === undefined ? undefined : mutant(d, [{ ...step.span, text: '`systemctl restart delivery` を実行する。' }], step.span.start);
    },
  },
  {
    kind: 'no way back', rule: 'CMP-016', also: ['CMP-003', 'CMP-004'],
    inject: (d) => {
      const section = isType(d, 'release-plan') ? sectionOf(d, 'rollback') : undefined;
      return section === undefined ? undefined : mutant(d, [{ ...section.bodySpan, text: '\n山田が前の版に戻す。\n\n' }], headOf(d));
    },
  },
  { kind: 'tests without start or end', rule: 'CMP-017', inject: (d, r) => (isType(d, 'test-plan') ? withoutSection(d, r() < 0.5 ? 'entry_criteria' : 'exit_criteria') : undefined) },
  {
    kind: 'report of no period', rule: 'CMP-018', also: ['NAM-001'],
    inject: (d, r) => {
      const period = isType(d, 'status-report') ? d.document.fields.find((each) => each.name === 'period') : undefined;
      const to = pick(r, ['docs/reports/週報.md', 'docs/reports/status.md']) ?? '';
      return period === undefined ? undefined : mutant(d, [lineAt(d, period.nameSpan.start), ...['title'].flatMap((name) => {
        const title = d.document.fields.find((each) => each.name === name);
        return title === undefined ? [] : [{ ...title.valueSpan, text: 'お知らせ便 週報' }];
      }), ...d.document.sections.slice(0, 1).map((each) => ({ ...each.titleSpan, text: 'お知らせ便 週報' }))], headOf(d), to);
    },
  },
  { kind: 'review overdue', rule: 'FRS-005', inject: (d, r) => fieldMutant(d, 'reviewed', pick(r, ['2025-11-01', '2026-01-15', '2024-04-01']) ?? '') },
  { kind: 'left as a proposal', rule: 'FRS-010', inject: (d) => (isType(d, 'adr') ? fieldMutant(d, 'status', '提案', d.document.fields.find((each) => each.name === 'date')?.nameSpan.start) : isType(d, 'decision-log') ? rowsOf(d, ['status']).map((place) => rewrite(place, { status: '提案中' }, 'date'))[0] : undefined) },
  { kind: 'approved by nobody', rule: 'APR-001', inject: (d, r) => (isType(d, living) ? fieldMutant(d, pick(r, ['approver', 'approved']) ?? '', undefined) : undefined) },
  { kind: 'approver left blank', rule: 'APR-001', inject: (d, r) => (isType(d, living) ? fieldMutant(d, pick(r, ['approver', 'approved']) ?? '', '') : undefined) },
  {
    kind: 'version without history', rule: 'APR-003',
    inject: (d, r) => {
      const last = rowsOf(d, ['version', 'date']).filter((place) => place.table.id === 'history').at(-1);
      const cell = last === undefined ? undefined : cellOf(last, 'version');
      return cell === undefined ? undefined : fieldMutant(d, 'version', pick(r, ['2.0', '1.9', '3']) ?? '', cell.span.start);
    },
  },
  {
    kind: 'history out of order', rule: 'APR-004', also: ['APR-003'],
    inject: (d, r) => {
      const rows = d.tables.filter((table) => table.id === 'history').flatMap((table) => table.table.rows);
      const second = pick(r, rows.slice(1));
      const first = rows[0];
      if (first === undefined || second === undefined) return undefined;
      const [one = '', two = ''] = [first, second].map(({ span }) => d.document.text.slice(span.start, span.end));
      return mutant(d, [{ ...first.span, text: two }, { ...second.span, text: one }], second.span.start);
    },
  },
  { kind: 'obsolete without successor', rule: 'APR-005', also: ['GAT-002'], inject: (d) => (isType(d, living) ? fieldMutant(d, 'status', '廃止', headOf(d)) : undefined) },
  { kind: 'old template', rule: 'APR-007', network: true, inject: (d) => (d.document.format === 'markdown' && d.type?.template !== undefined ? headMutant(d, `template: ${d.type.template}\ntemplate_version: 0.0.1\n`, 'line') : undefined) },
  { kind: 'nobody answers for the document', rule: 'OWN-001', inject: (d) => (d.document.format === 'markdown' ? fieldMutant(d, 'owner', '木村、清水') : undefined) },
  { kind: 'written and approved by one', rule: 'OWN-007', inject: (d) => (isType(d, living) && d.document.format === 'markdown' && d.fields.get('approver')?.written === true ? fieldMutant(d, 'approver', `${d.fields.get('approver')?.value.text ?? ''}\nauthor: ${d.fields.get('approver')?.value.text ?? ''}`) : undefined) },
  {
    kind: 'contacts that are names', rule: 'OWN-009',
    inject: (d, r) => {
      const section = isType(d, 'runbook', 'ops-handover') ? sectionOf(d, 'contacts') : undefined;
      const changed = section === undefined ? undefined : mutant(d, [{ ...section.bodySpan, text: `\n${pick(r, ['池田さん（内線で呼ぶ）', '山田さんと池田さん', '担当：橋本']) ?? ''}\n\n` }], section.bodySpan.start);
      return changed === undefined ? undefined : { ...changed, expected: changed.expected.map(({ path, line }) => ({ path, line: line + 1 })) };
    },
  },
  { kind: 'who may read it is not said', rule: 'SEC-008', inject: (d, r) => (r() < 0.5 ? fieldMutant(d, 'confidentiality', undefined) : fieldMutant(d, 'confidentiality', '内輪')) },
  {
    kind: 'condition without owner', rule: 'GAT-004', also: ['OWN-001'],
    inject: (d, r) => {
      const { text } = d.document;
      const [owner, due] = pick(r, [['', '2026-12-10'], ['山田', '']]) ?? [];
      if (!isType(d, 'gate-record') || owner === undefined || due === undefined) return undefined;
      const row = `| 再送の訓練を終える | ${owner} | ${due} | 未着手 |`;
      const table = `\n## 条件\n\n| 条件 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- |\n`;
      const decision = d.document.fields.find((each) => each.name === 'decision');
      const moved = mutant(d, [...(decision === undefined ? [] : [{ ...decision.valueSpan, text: '条件付き承認' }]), { start: text.length, end: text.length, text: `${table}${row}\n` }], headOf(d));
      return { ...moved, expected: [{ path: d.path, line: moved.text.split('\n').length - 2 }] };
    },
  },
  {
    kind: 'condition overdue', rule: 'GAT-005',
    inject: (d, r) => {
      const { text } = d.document;
      if (!isType(d, 'gate-record')) return undefined;
      const moved = mutant(d, [{ start: text.length, end: text.length, text: `\n## 条件\n\n| 条件 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- |\n| 再送の訓練を終える | 池田 | ${pick(r, ['2026-08-20', '2026-11-20']) ?? ''} | 対応中 |\n` }], headOf(d));
      return { ...moved, expected: [{ path: d.path, line: moved.text.split('\n').length - 2 }] };
    },
  },
  {
    kind: 'no check by the business', rule: 'GAT-009',
    inject: (d) => {
      const rows = isType(d, 'release-checklist') ? rowsOf(d, ['area']) : [];
      const edits = rows.flatMap((place) => {
        const area = cellOf(place, 'area');
        return area?.text === '業務' ? [written(place, area, '品質')] : [];
      });
      return edits.length === 0 ? undefined : mutant(d, edits, rows[0]?.table.table.span.start ?? 0);
    },
  },
  {
    kind: 'total that is wrong', rule: 'NUM-001', also: ['NUM-002', 'NUM-004', 'NUM-005'],
    inject: (d, r) => {
      const total = rowsOf(d).find((place) => textOf(place, 'item').startsWith('合計'));
      const column = isType(d, 'budget') ? pick(r, ['planned', 'actual', 'forecast']) : pick(r, ['planned', 'executed', 'passed']);
      return total === undefined || column === undefined ? undefined : rewrite(total, { [column]: String(Number(textOf(total, column).replaceAll(',', '')) + 13) });
    },
  },
  {
    kind: 'difference that is wrong', rule: 'NUM-002', also: ['NUM-001'],
    inject: (d, r) => rowMutant(d, r, ['planned', 'actual', 'variance'], (place) => (isType(d, 'budget') && !textOf(place, 'item').startsWith('合計')) || (isType(d, 'project-closure') && /^\d+件$/u.test(textOf(place, 'planned'))), { variance: isType(d, 'budget') ? '777' : '9件' }),
  },
  {
    kind: 'amounts of no unit', rule: 'NUM-003',
    inject: (d) => {
      if (!isType(d, 'budget')) return undefined;
      const edits = rowsOf(d).flatMap((place) => {
        const cell = cellOf(place, 'item');
        return cell === undefined ? [] : [written(place, cell, cell.text.replace('（千円、税抜）', ''))];
      });
      return mutant(d, edits, headOf(d));
    },
  },
  { kind: 'counts that do not add up', rule: 'NUM-004', also: ['NUM-001'], inject: (d, r) => (isType(d, 'test-report') ? rowMutant(d, r, ['passed'], (place) => !textOf(place, 'item').startsWith('合計'), { passed: '41' }, 'executed') : undefined) },
  {
    kind: 'over budget without a word', rule: 'NUM-005',
    inject: (d, r) => {
      const rows = isType(d, 'budget') ? rowsOf(d, ['planned', 'actual', 'variance', 'note', 'item']) : [];
      const place = pick(r, rows.filter((row) => textOf(row, 'note') === '' && !textOf(row, 'item').startsWith('合計')));
      const total = rows.find((row) => textOf(row, 'item').startsWith('合計'));
      const item = place === undefined ? undefined : cellOf(place, 'item');
      if (place === undefined || total === undefined || item === undefined) return undefined;
      const number = (row: RowPlace, column: string): number => Number(textOf(row, column));
      const spent = Math.round(number(place, 'planned') * (1.2 + r()));
      const more = spent - number(place, 'actual');
      const edits = [
        ...figures(place, { actual: spent, variance: number(place, 'planned') - spent }),
        ...figures(total, { actual: number(total, 'actual') + more, variance: number(total, 'variance') - more }),
      ];
      return mutant(d, edits, item.span.start);
    },
  },
  { kind: 'indicator that cannot be measured', rule: 'NUM-006', inject: (d, r) => (isType(d, 'kpi') ? rowMutant(d, r, ['metric'], always, { [pick(r, ['baseline', 'target', 'method']) ?? '']: '' }) : undefined) },
  { kind: 'objective without window', rule: 'NUM-007', inject: (d, r) => (isType(d, 'slo') ? rowMutant(d, r, ['metric'], always, { [pick(r, ['window', 'source']) ?? '']: '' }) : undefined) },
  {
    kind: 'times out of order', rule: 'NUM-008',
    inject: (d, r) => {
      const place = isType(d, 'postmortem', 'release-plan') ? pick(r, rowsOf(d, ['time']).slice(1)) : undefined;
      const before = place === undefined ? '' : textOf({ ...place, row: place.row - 1 }, 'time');
      const [hours = 0, minutes = 0] = before.split(':').map(Number);
      const earlier = hours * 60 + minutes - 1 - Math.floor(r() * 90);
      return place === undefined || place.row === 0 ? undefined : rewrite(place, { time: `${String(Math.floor(earlier / 60)).padStart(2, '0')}:${String(earlier % 60).padStart(2, '0')}` });
    },
  },
  {
    kind: 'full-width digits in a cell', rule: 'NUM-009', also: ['NUM-001'],
    inject: (d, r) => {
      const cells = rowsOf(d).flatMap((place) => place.table.columns.flatMap((column) => {
        const cell = column === undefined ? undefined : cellOf(place, column.id);
        return cell !== undefined && /^[^[\]]*[0-9]{2}[^[\]]*$/u.test(cell.text) && column?.kind !== 'id' ? [{ place, cell }] : [];
      }));
      const found = pick(r, cells);
      return found === undefined ? undefined : mutant(d, [written(found.place, found.cell, found.cell.text.replace(/[0-9]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)))], found.cell.span.start);
    },
  },
  {
    kind: 'wrong weekday', rule: 'FRS-004',
    inject: (d, r) => {
      const { text } = d.document;
      const found = pick(r, [...text.matchAll(/（[月火水木金土日]）/gu)].filter((match) => /(?:\d年\d{1,2}月\d{1,2}日)$/u.test(text.slice(0, match.index))));
      const right = found?.[0].charAt(1) ?? '';
      return found === undefined ? undefined : mutant(d, [{ start: found.index + 1, end: found.index + 2, text: pick(r, ['月', '火', '水', '木', '金', '土', '日'].filter((day) => day !== right)) ?? '' }], found.index + 1);
    },
  },
  { kind: 'will be looked into', rule: 'VAG-003', also: ['OWN-001', 'TRC-004'], inject: (d, r) => (isType(d, 'minutes', 'status-report') ? item(d, r, pick(r, ['費用を検討する', '窓口の案内を調整', '配信の数を確認する']) ?? '', ['decisions', 'actions', 'next']) : undefined) },
  { kind: 'soon', rule: 'VAG-004', inject: (d, r) => (isType(d, 'minutes', 'status-report') ? item(d, r, pick(r, ['清水が後日知らせる', '池田は、早急に案を出す', '木村が進め方を今後書く']) ?? '', ['decisions', 'actions', 'next']) : undefined) },
  { kind: 'open list in scope', rule: 'VAG-005', inject: (d, r) => (isType(d, 'scope-statement', 'requirements') ? item(d, r, pick(r, ['店長の確認など', '会員登録、検索等', '一覧、その他']) ?? '', ['in_scope', 'out_of_scope']) : undefined) },
  { kind: 'decision without actor', rule: 'VAG-008', also: ['VAG-003'], inject: (d, r) => (isType(d, 'minutes') ? item(d, r, pick(r, ['夜間の監視を始めることになった', '配信を8通までにすることとする']) ?? '', ['decisions']) : undefined) },
  {
    kind: 'prevention by appeal', rule: 'VAG-009', also: ['REG-014'],
    inject: (d, r) => (isType(d, 'postmortem') ? rowMutant(d, r, ['action'], always, { action: pick(r, ['確認を徹底する', '周知する', '注意する']) ?? '' }) : undefined),
  },
  { kind: 'guess for a fact', rule: 'VAG-007', inject: (d, r) => say(d, r, pick(r, ['設定の誤りと思われる。', '配信の数が多いのかもしれない。', '回線のはずである。']) ?? '', isType(d, 'adr', 'postmortem', 'status-report') ? ['decision', 'decisions', 'cause', 'summary'] : []) },
];
