import { createSearcher, type Searcher, type SearcherOptions } from '../../../src/core/search/searcher';
import type { SearchAnswer, SearchQuery, SearchSource } from '../../../src/core/search/search';

/** A page, with what a test wants otherwise. */
export function page(path: string, text: string, more: Partial<SearchSource> = {}): SearchSource {
  return {
    kind: 'page', path, title: '', text, aliases: [], tags: [], product: undefined, phase: [], audience: [], hash: String(text.length), ...more,
  };
}

export function query(text: string, more: Partial<SearchQuery> = {}): SearchQuery {
  return { text, limit: 10, offset: 0, kinds: [], products: [], phases: [], audiences: [], tags: [], typing: false, ...more };
}

/** A searcher whose texts live in a map that the test may change. */
export function emptySearcher(texts: Map<string, string>, options: Partial<SearcherOptions> = {}): Searcher {
  return createSearcher({ terms: [], read: (kind, path) => texts.get(`${kind}:${path}`), now: () => 0, ...options });
}

export async function searcherOver(sources: readonly SearchSource[], options: Partial<SearcherOptions> = {}): Promise<Searcher> {
  const searcher = emptySearcher(new Map(sources.map((source) => [`${source.kind}:${source.path}`, source.text])), options);
  await searcher.build(sources);
  return searcher;
}

export function paths(answer: SearchAnswer): string[] {
  return answer.hits.map((hit) => hit.path);
}

/** The marked pieces of a hit's passage. */
export function marked(answer: SearchAnswer, index = 0): string[] {
  const hit = answer.hits[index];
  return hit === undefined ? [] : hit.highlights.map(([from, to]) => hit.snippet.slice(from, to));
}

/** A small Book about running products. */
export const book: readonly SearchSource[] = [
  page('pages/risk.md', `---
title: リスク管理の進め方
tags: [リスク, 計画]
aliases: [危険管理]
summary: リスクを見つけて手を打つまで
---
# リスク管理の進め方

リスク登録簿に書き、毎週見直します。担当者と期限を必ず決めます。

## リスクの評価

影響度と発生確率で評価します。ＡＰＩ の停止は影響が大きいリスクです。

## 会議での見直し

週次会議で上位のリスクを見直します。
`, { phase: ['plan'], audience: ['developer'] }),
  page('pages/minutes.md', `# 議事録の書き方

会議の議事録は当日中に共有します。決定事項と宿題を分けて書きます。

## 決定事項

誰が何をいつまでに行うかを書きます。

| 項目 | 例 |
| --- | --- |
| 担当者 | 佐藤 |
| 期限 | 2026-07-01 |

\`\`\`yaml
type: minutes
recipient: kobo-team
\`\`\`
`, { tags: ['会議'] }),
  page('pages/expenses.md', `# 経費精算

領収書は月末までに提出します。サーバーの費用は emailAddr 宛に送られる請求書で精算します。
`),
  page('pages/release.md', `# リリース判定

ユーザー アカウントの移行が終わり、ﾃﾞｰﾀﾍﾞｰｽのﾊﾞｯｸｱｯﾌﾟが取れていること。R-001 と第 3 四半期の条件を確認します。
`, { product: 'shift-navi', phase: ['release'] }),
  page('rules/REG-013', '期限切れの課題を放置しない', { kind: 'rule', title: '期限切れの課題' }),
  page('templates/risk-register', 'リスク登録簿のひな形', { kind: 'template', title: 'リスク登録簿', tags: ['risk-register'] }),
  page('terms/ゲート', '工程の終わりに通る判定', { kind: 'term', title: 'ゲート', aliases: ['gate', '関門'] }),
];
