/** Fictional content for the panel: a Book and a product that exist nowhere. */
import type { Block, BookState, ContextView, Hit, Inline, PageView, RuleState, SearchParams, SearchResult, ThingKind } from '../../../src/server/protocol';

type Asked = Omit<SearchParams, 'uri'>;

const page = (path: string, anchor = ''): Hit['place'] => ({ kind: 'page', book: 'kobo', path, anchor });
const text = (words: string): Inline => ({ kind: 'text', text: words });

interface Thing {
  readonly kind: ThingKind;
  readonly title: string;
  readonly where: string;
  readonly snippet: string;
  readonly place: Hit['place'];
  readonly staleDays?: number;
  readonly phase?: string;
}

const things: readonly Thing[] = [
  { kind: 'page', title: '切り戻しの条件と判断時刻', where: 'リリース › リリース計画の書き方', snippet: '切り戻しは「何が起きたら」「何時までに」「だれが」決めるかを、作業の前に 1 行で書きます。当日に相談を始めると、戻せる時刻を過ぎてしまうからです。', place: page('pages/release/rollback.md', '書き方'), phase: 'release' },
  { kind: 'rule', title: 'リリース計画に切り戻しと判断時刻がある', where: 'ルール CMP-016 · このプロダクトで指摘 1 件', snippet: '切り戻しの節に、時刻か条件のどちらも書かれていないときに指摘します。', place: page('rules/CMP-016') },
  { kind: 'template', title: 'リリース計画・手順', where: 'テンプレート v2.2 · リリース判定', snippet: '手順ごとに 時刻・担当・確認方法。切り戻しの条件と判断時刻の欄つき。', place: page('templates/release-plan.md'), phase: 'release' },
  { kind: 'term', title: '切り戻し', where: '用語 · rollback／切戻し／ロールバック', snippet: '変更を元の状態に戻すこと。', place: page('terms/切り戻し') },
  { kind: 'document', title: 'D-014 切り戻しの判断時刻は 4:30', where: 'シフトナビ › 議事録 2026-11-20 › 決定事項', snippet: '切り戻しの判断時刻は 12 月 10 日 4:30、判断者は水野とする。', place: { kind: 'file', uri: 'file:///shift-navi/docs/minutes/2026-11-20.md', line: 41 } },
  { kind: 'page', title: '移行リハーサルで確かめること', where: 'テスト › 移行計画', snippet: '切り戻しにかかる時間を測り、判断時刻から逆算できるようにします。', place: page('pages/test/rehearsal.md'), staleDays: 41, phase: 'test' },
  { kind: 'page', title: 'リリース判定会の進め方', where: 'リリース › 判定', snippet: '判定会では、切り戻しの条件が書かれているかを最初に確かめます。', place: page('pages/release/decision.md'), phase: 'release' },
];

function bodyThings(): readonly Thing[] {
  const many = Array.from({ length: 120 }, (_, n) => ({
    kind: 'page' as const, title: `議事録の書き方 その ${n + 1}`, where: '会議 › 議事録', snippet: '議事録は決定事項から書きます。', place: page(`pages/minutes/${n + 1}.md`),
  }));
  return [...things, ...many];
}

function ranges(words: readonly string[], content: string): [number, number][] {
  const found: [number, number][] = [];
  for (const word of words) {
    for (let at = content.indexOf(word); at >= 0; at = content.indexOf(word, at + word.length)) found.push([at, at + word.length]);
  }
  return found.sort((a, b) => a[0] - b[0]);
}

/** A search that is good enough to drive the panel: every word must be a part of the title or the passage. */
export function search(asked: Asked, progress: SearchResult['progress'] = null): SearchResult {
  const words = asked.text.replace('rollback', '切り戻し').split(/[\s\u3000]+/u).filter((word) => word !== '' && word !== 'いつ');
  const matching = bodyThings().filter((thing) => words.every((word) => thing.title.includes(word) || thing.snippet.includes(word)));
  const counts = { page: 0, rule: 0, template: 0, kit: 0, term: 0, gate: 0, document: 0 };
  const phased = matching.filter((thing) => asked.phases.length === 0 || asked.phases.includes(thing.phase ?? ''));
  for (const thing of phased) counts[thing.kind]++;
  const found = phased.filter((thing) => asked.kinds.length === 0 || asked.kinds.includes(thing.kind));
  const phase = (value: string): number => matching.filter((thing) => thing.phase === value).length;
  const marksOf = asked.text.includes('いつ') ? [...words, '判断時刻', '何時'] : words;
  const hits = found.slice(asked.offset, asked.offset + asked.limit).map((thing) => ({
    kind: thing.kind, title: thing.title, titleHighlights: ranges(marksOf, thing.title), where: thing.where, snippet: thing.snippet,
    highlights: ranges(marksOf, thing.snippet), place: thing.place, staleDays: thing.staleDays ?? 0, template: thing.kind === 'template' ? 'release-plan' : '',
  }));
  return {
    number: asked.number, hits, total: found.length, counts,
    facets: {
      phases: [{ value: 'release', label: 'リリース', count: phase('release') }, { value: 'test', label: 'テスト', count: phase('test') }],
      audiences: [{ value: 'coordinator', label: 'コーディネーター', count: 4 }],
      tags: [{ value: 'risk', label: 'リスク', count: 2 }],
    },
    didYouMean: found.length === 0 ? [{ text: '経費精算　海外出張', total: 3 }] : [],
    nearTerms: found.length === 0 ? [{ text: '立替払い', path: 'terms/立替払い' }, { text: '旅費規程', path: 'terms/旅費規程' }] : [],
    progress, tookMs: 1,
  };
}

function paragraph(words: string, query: string): Block {
  if (query === '' || !words.includes(query)) return { kind: 'paragraph', inlines: [text(words)] };
  const parts = words.split(query);
  const inlines: Inline[] = [];
  parts.forEach((part, index) => {
    if (index > 0) inlines.push({ kind: 'mark', text: query });
    if (part !== '') inlines.push(text(part));
  });
  return { kind: 'paragraph', inlines };
}

function cell(words: string): readonly Inline[] {
  return [text(words)];
}

export function readPage(path: string, query: string): PageView | null {
  if (path === 'pages/gone.md') return null;
  const title = things.find((thing) => thing.place.kind === 'page' && thing.place.path === path)?.title ?? `${path} のページ`;
  const word = query.split(' ')[0] ?? '';
  const filler = Array.from({ length: 12 }, (_, n) => paragraph(`${n + 1}. 判断時刻は「元に戻すのにかかる時間」を朝の業務開始から引いて決めます。リハーサルで測った時間を使ってください。`, word));
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 1, anchor: 'top', inlines: word !== '' && title.startsWith(word) ? [{ kind: 'mark', text: word }, text(title.slice(word.length))] : [text(title)] },
    paragraph('切り戻しは「何が起きたら」「何時までに」「だれが」決めるかを、作業の前に 1 行で書きます。当日に相談を始めると、戻せる時刻を過ぎてしまうからです。', word),
    { kind: 'heading', level: 2, anchor: '書き方', inlines: [text('書き方')] },
    {
      kind: 'table', header: [cell('条件'), cell('判断時刻'), cell('判断する人')],
      rows: [
        [cell('打刻の登録が 5 分続けて失敗'), cell('4:30'), cell('サービスオーナー')],
        [cell('移行件数が 0.1% 以上ちがう'), cell('3:45'), cell('PM')],
      ],
    },
    {
      kind: 'list', ordered: false, start: 1,
      items: [
        { checked: true, blocks: [paragraph('切り戻しの手順を机の上で確かめた', word)] },
        { checked: false, blocks: [paragraph('連絡先を手順に書いた', word)] },
      ],
    },
    {
      kind: 'paragraph',
      inlines: [
        text('くわしくは '),
        { kind: 'link', target: { kind: 'page', path: 'pages/test/rehearsal.md', anchor: '' }, inlines: [text('移行リハーサルで確かめること')] },
        text(' と '),
        { kind: 'link', target: { kind: 'web', url: 'https://example.com/rollback' }, inlines: [text('外の資料')] },
        text(' と '),
        { kind: 'link', target: { kind: 'dead' }, inlines: [text('開けないもの')] },
        text('。コマンドは '), { kind: 'code', text: 'kobo check' }, text(' です。'),
      ],
    },
    { kind: 'quote', blocks: [paragraph('迷ったら、戻します。', word)] },
    { kind: 'code', language: 'text', text: '03:30 移行開始\n04:30 判断 …… とても長い行はこの箱の中だけで横に動き、パネルは横に動きません。' },
    ...filler,
  ];
  const matches = word === '' ? 0 : JSON.stringify(blocks).split('"kind":"mark"').length - 1;
  return {
    kind: 'page', book: 'kobo', path, title, breadcrumb: ['リリース', 'リリース計画の書き方'], language: 'ja', owner: '全社PMO', reviewed: '2026-08-18', nextReview: '2027-02-18',
    staleDays: path === 'pages/test/rehearsal.md' ? 41 : 0, blocks, matches,
    rules: [
      { id: 'CMP-016', title: 'リリース計画に切り戻しと判断時刻がある', state: 'findings', findings: 1, severity: 2, until: '', place: { kind: 'page', book: 'kobo', path: 'rules/CMP-016', anchor: '' }, first: { uri: 'file:///shift-navi/docs/release-plan.md', line: 23, label: 'リリース計画.md 24 行目' } },
      { id: 'NUM-008', title: '時系列が順番どおり', state: 'passes', findings: 0, severity: 0, until: '', place: { kind: 'page', book: 'kobo', path: 'rules/NUM-008', anchor: '' }, first: null },
      { id: 'GAT-004', title: '条件付き承認に担当と期限', state: 'waived', findings: 0, severity: 0, until: '2026-12-31', place: { kind: 'page', book: 'kobo', path: 'rules/GAT-004', anchor: '' }, first: null },
    ],
    markdown: '',
    template: { id: 'release-plan', title: 'リリース計画・手順', kind: 'document' },
    related: [
      { title: 'リリース判定会の進め方', place: page('pages/release/decision.md'), staleDays: 0 },
      { title: '移行リハーサルで確かめること', place: page('pages/test/rehearsal.md'), staleDays: 41 },
    ],
    link: '[切り戻しの条件と判断時刻](kobo-book:/kobo/pages/release/rollback.md)',
  };
}

const risks = 'file:///shift-navi/docs/risks.md';
const guide = (title: string, summary: string, path: string) => ({ title, summary, place: page(path) });

const rule = (id: string, title: string, state: RuleState['state'], findings: number, severity = 0): RuleState => ({
  id, title, state, findings, severity, until: state === 'waived' ? '2026-12-31' : '', place: page(`rules/${id}`), first: null,
});

export const withDocument: ContextView = {
  document: { uri: risks, name: 'risks.md', type: 'risk-register', typeTitle: 'リスク登録簿', filled: 9, total: 10, phaseTitle: 'テスト' },
  section: { title: 'リスク一覧', guides: [guide('リスクは「原因 → 事象 → 影響」で書く', '1 行に 1 件。起きたことは課題管理表へ。', 'pages/risk/write.md'), guide('リスクへの備え方（対応策の書き方）', '', 'pages/risk/plan.md')] },
  findings: [
    { message: 'R-007 に対応策がありません', severity: 1, uri: risks, line: 24, character: 40, fixable: true },
    { message: 'R-007 の所有者が 2 人います', severity: 2, uri: risks, line: 24, character: 60, fixable: true },
    { message: 'R-007 の期限を 4 営業日過ぎています', severity: 2, uri: risks, line: 24, character: 70, fixable: true },
  ],
  findingCount: 5,
  rules: [rule('PLN-002', 'リスクには対応策がある', 'findings', 1, 1), rule('PLN-004', '期限を過ぎたリスクがない', 'findings', 1, 2), rule('CMP-010', 'リスクには所有者がいる', 'waived', 0), rule('NUM-003', '評価点は確率と影響の積', 'passes', 0)],
  missing: [{ label: '見直し記録に 11/24 の行がありません', edit: { uri: risks, version: null, edits: [] } }],
  actions: [
    { label: 'リスクの行を足す（次は R-009）', icon: 'add', command: 'kobo.addRow', argument: risks },
    { label: '起きたリスクを課題へ移す', icon: 'arrow-swap', command: 'kobo.toIssue', argument: risks },
  ],
  examples: [{ title: 'デスクナビ リスク登録簿', detail: '水準 L3 自走', place: { kind: 'file', uri: 'file:///desk-navi/docs/risks.md', line: 0 } }],
  tryQueries: [], gate: null,
};

export const withoutDocument: ContextView = {
  document: null, section: null, findings: [], findingCount: 0, rules: [], missing: [], actions: [], examples: [],
  tryQueries: ['切り戻し いつ', '種別:テンプレート 議事録', '課題とリスクの違い'],
  gate: { title: 'シフトナビ · テスト工程', guides: [guide('G4 テスト完了で確かめること', '12/4（金）まで · あと 5 件', 'gates/G4')] },
};

export const ready: BookState = { id: 'kobo', name: 'コボブック', uri: 'file:///book', language: 'ja', phase: 'ready', done: 3078, total: 3078, pages: 3078, message: '' };
export const loading: BookState = { ...ready, phase: 'loading', done: 1240 };
export const broken: BookState = { ...ready, phase: 'failed', pages: 0, message: 'kobo.yaml の book が指すフォルダー「../kobo-book」がありません。' };
