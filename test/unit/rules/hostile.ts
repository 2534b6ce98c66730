/** Texts made to break or to stall a reader, with the one finding that is due, where one is. */
export interface Hostile {
  readonly name: string;
  /** A path of the clean product, whose type its `kobo.yaml` knows. */
  readonly path: string;
  readonly text: () => string;
  /** All that must be said; left out: anything, so long as it is said. */
  readonly says?: readonly string[];
}

const repeated = (part: string, size: number): string => part.repeat(Math.floor(size / part.length));
const risks = (body: string): string => `---\ntype: risk-register\ntitle: リスク登録簿\nowner: 木村\nupdated: 2026-11-10\n---\n\n# リスク登録簿\n\n${body}\n`;
const header = '| ID | 内容 | 発生確率 | 影響度 | 評価点 | 対応策 | 所有者 | 期限 | 状態 | 更新日 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n';
const owner = (i: number): string => ['木村', '石川', '山田'][i % 3] ?? '';
const number = (i: number): string => String(i).padStart(3, '0');
const row = (i: number): string => `| R-${number(i)} | 要員の交代により、修正が遅れる可能性がある | 2 | 3 | 6 | 木村が資料を作る | ${owner(i)} | 2026-12-18 | 対応中 | 2026-11-10 |\n`;
const rows = (count: number, of: (i: number) => string): string => Array.from({ length: count }, (_, i) => of(i + 1)).join('');

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]', ...Array.from('bcdefghij', (name, i) => `${name}: &${name} [${Array<string>(9).fill(`*${'abcdefghi'.charAt(i)}`).join(', ')}]`), ''].join('\n');

/**
 * @param most UTF-16 units of the texts that one thing fills: 100,000 shows what is quadratic, 2,900,000 is nearly all that is read
 * @param mostRows rows of the registers
 */
export function hostiles(most: number, mostRows = 27_000): readonly Hostile[] {
  const many = mostRows.toLocaleString('en');
  const filled = (part: string): string => repeated(part, most);
  return [
    { name: 'quotes nested 10,000 deep', path: 'docs/risks.md', text: () => risks(`${'>'.repeat(10_000)} 深い\n`.repeat(20)) },
    { name: 'lists nested 1,000 deep', path: 'docs/risks.md', text: () => risks(rows(1000, (i) => `${' '.repeat(2 * i)}- 深い\n`)) },
    { name: `a register of ${many} rows`, path: 'docs/risks.md', text: () => risks(header + rows(mostRows, row)) },
    { name: `${many} rows with the same number`, path: 'docs/risks.md', text: () => risks(header + rows(mostRows, () => row(7))) },
    { name: `${many} rows in CSV`, path: 'docs/issues.csv', text: () => `ID,課題,担当,期限,状態,更新日\n${rows(mostRows, (i) => `I-${number(i)},一覧に8秒かかる,${owner(i)},2026-12-18,対応中,2026-11-18\n`)}` },
    { name: 'more than 3,000,000 characters', path: 'docs/risks.md', text: () => risks('あ'.repeat(3_000_001)), says: ['DOC-003'] },
    { name: '50 MB of CSV', path: 'docs/issues.csv', text: () => 'a,b\n'.repeat(12_500_000), says: ['DOC-003'] },
    { name: 'billion laughs', path: 'docs/schedule.yaml', text: () => laughs, says: ['DOC-004'] },
    { name: 'NUL bytes', path: 'docs/issues.csv', text: () => 'ID,課題\nI-001,\0\0\n', says: ['DOC-003'] },
    { name: 'lone surrogates', path: 'docs/risks.md', text: () => risks('\ud800\udc00\ud800 \udfff'.repeat(10_000)) },
    { name: 'a merge conflict', path: 'docs/risks.md', text: () => risks(`${header}<<<<<<< HEAD\n${row(1)}=======\n${row(2)}>>>>>>> main\n`), says: ['DOC-001'] },
    { name: 'garbled text', path: 'docs/risks.md', text: () => risks('\ufffd\ufffd\ufffd'), says: ['DOC-002'] },
    { name: 'setext headings', path: 'docs/risks.md', text: () => risks(filled('見出し\n===\n')) },
    { name: 'headings', path: 'docs/risks.md', text: () => risks(filled('## 見出し\n')) },
    { name: 'blank items', path: 'docs/risks.md', text: () => risks(filled('- \n')) },
    { name: 'reference links', path: 'docs/risks.md', text: () => risks(filled('[a][b] ') + '\n\n[b]: ./x.md\n') },
    { name: 'reference definitions', path: 'docs/risks.md', text: () => risks(filled('[a]: ./x.md\n')) },
    { name: 'a long escaped row', path: 'docs/risks.md', text: () => risks(`${header}| R-1 | ${filled('\\|')} | 2 |\n`) },
    { name: 'one long row', path: 'docs/risks.md', text: () => risks(`${header}| R-1 ${filled('| a ')}|\n`) },
    { name: 'one long line', path: 'docs/risks.md', text: () => risks(filled('長い')) },
    { name: 'numbers of records', path: 'docs/risks.md', text: () => risks(filled('R-1234 ')) },
    { name: 'dates', path: 'docs/risks.md', text: () => risks(filled('2026-11-24（火） ')) },
    { name: 'days in a task that have passed', path: 'docs/risks.md', text: () => risks(`- [ ] ${filled('（2026-11-24 佐藤より）')}`) },
    { name: 'digits', path: 'docs/risks.md', text: () => risks(filled('1234 5678 9012 3456 ')) },
    { name: 'names', path: 'docs/risks.md', text: () => risks(filled('佐藤さん、')) },
    { name: 'placeholders that never close', path: 'docs/risks.md', text: () => risks(filled('【記入')) },
    { name: 'waiver comments', path: 'docs/risks.md', text: () => risks(filled('<!-- kobo:waive VAG-010 -->\n')) },
    { name: 'quotes of CSV', path: 'docs/issues.csv', text: () => `ID,課題\n${filled('"a""\n')}` },
    { name: 'keys of YAML', path: 'docs/schedule.yaml', text: () => filled('a: b\n') },
    { name: 'YAML that is broken at its end', path: 'docs/schedule.yaml', text: () => `${filled('- a: b\n')}}` },

  ];
}
