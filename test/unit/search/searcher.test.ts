import assert from 'node:assert/strict';
import type { SearchSource } from '../../../src/core/search/search';
import { book, emptySearcher, marked, page, paths, query, searcherOver } from './support';

describe('searcher', () => {
  it('finds a page by what people type, spelled in any way', async () => {
    const searcher = await searcherOver(book);
    const wanted: readonly (readonly [string, string])[] = [
      ['リスク管理', 'pages/risk.md'],
      ['りすく管理', 'pages/risk.md'],
      ['ﾘｽｸ管理の進め方', 'pages/risk.md'],
      ['危険管理', 'pages/risk.md'],
      ['手を打つ', 'pages/risk.md'],
      ['経費精算', 'pages/expenses.md'],
      ['email', 'pages/expenses.md'],
      ['サーバの費用', 'pages/expenses.md'],
      ['expenses', 'pages/expenses.md'],
      ['ユーザーアカウント', 'pages/release.md'],
      ['データベース バックアップ', 'pages/release.md'],
      ['データベズ', 'pages/release.md'],
      ['reciepient', 'pages/minutes.md'],
      ['R-001', 'pages/release.md'],
      ['第3四半期', 'pages/release.md'],
      ['議事録', 'pages/minutes.md'],
      ['ぎじろく', 'pages/minutes.md'],
      ['minutes', 'pages/minutes.md'],
      ['佐', 'pages/minutes.md'],
      ['関門', 'terms/ゲート'],
      ['API', 'pages/risk.md'],
    ];
    for (const [text, path] of wanted) assert.equal(paths(await searcher.search(query(text)))[0], path, text);
  });

  it('answers with the best section, its anchor and a passage', async () => {
    const hit = (await (await searcherOver(book)).search(query('影響度と発生確率'))).hits[0]!;
    assert.deepEqual([hit.path, hit.heading, hit.anchor, hit.title], ['pages/risk.md', 'リスクの評価', 'リスクの評価', 'リスク管理の進め方']);
    assert.ok(hit.snippet.startsWith('影響度と発生確率で評価します。'));
  });

  it('gives no anchor for the top of a page', async () => {
    const hit = (await (await searcherOver(book)).search(query('領収書'))).hits[0]!;
    assert.deepEqual([hit.path, hit.anchor, hit.heading], ['pages/expenses.md', '', '']);
  });

  it('marks the original text, full-width and half-width too', async () => {
    const searcher = await searcherOver(book);
    assert.deepEqual(marked(await searcher.search(query('api'))), ['ＡＰＩ']);
    assert.deepEqual(marked(await searcher.search(query('データベース'))), ['ﾃﾞｰﾀﾍﾞｰｽ']);
    assert.deepEqual(marked(await searcher.search(query('サーバ'))), ['サーバー']);
    assert.deepEqual(marked(await searcher.search(query('ユーザーアカウント'))), ['ユーザー アカウント']);
    const hit = (await searcher.search(query('ギジロク 議事録'))).hits[0]!;
    assert.deepEqual(hit.titleHighlights.map(([from, to]) => hit.title.slice(from, to)), ['議事録']);
  });

  it('does not mark particles that fold to a katakana match', async () => {
    const answer = await (await searcherOver([page('a.md', '# 題\nプロジェクトをとを削除する。')])).search(query('プロジェクトを'));
    assert.deepEqual(marked(answer), ['プロジェクトを']);
  });

  it('keeps a passage short, whole at surrogate pairs, with marks inside', async () => {
    const long = `# 題\n${'前置きの文。'.repeat(60)}${'😀'.repeat(80)}目印の言葉${'𠮷'.repeat(200)}`;
    const hit = (await (await searcherOver([page('a.md', long)])).search(query('目印の言葉'))).hits[0]!;
    assert.ok(hit.snippet.length <= 124, String(hit.snippet.length));
    assert.equal(new TextDecoder().decode(new TextEncoder().encode(hit.snippet)), hit.snippet);
    assert.deepEqual(hit.highlights.map(([from, to]) => hit.snippet.slice(from, to)), ['目印の言葉']);
  });

  it('filters by kind, product, phase, audience and tag, in settings and in words', async () => {
    const searcher = await searcherOver(book);
    const found = async (text: string, more = {}): Promise<string[]> => paths(await searcher.search(query(text, more))).sort();
    assert.deepEqual(await found('リスク', { kinds: ['template'] }), ['templates/risk-register']);
    assert.deepEqual(await found('リスク 種別:テンプレート'), ['templates/risk-register']);
    assert.deepEqual(await found('リスク 種別：リスク'), ['pages/risk.md']);
    assert.deepEqual(await found('登録簿 種別:risk-register'), ['templates/risk-register']);
    assert.deepEqual(await found('確認 product:shift-navi'), ['pages/release.md']);
    assert.deepEqual(await found('', { products: ['shift-navi'] }), ['pages/release.md']);
    assert.deepEqual(await found('見直し', { phases: ['plan'] }), ['pages/risk.md']);
    assert.deepEqual(await found('見直し', { audiences: ['nobody'] }), []);
    assert.deepEqual(await found('会議 tag:会議'), ['pages/minutes.md']);
    assert.deepEqual(await found('tag:会議'), ['pages/minutes.md']);
  });

  it('takes a filter that nothing can pass for words', async () => {
    const searcher = await searcherOver([page('a.md', '# タグ：一覧の見方\n本文')]);
    assert.deepEqual(paths(await searcher.search(query('タグ：一覧の見方'))), ['a.md']);
  });

  it('counts facets over everything found, and total, counts and list agree', async () => {
    const pages = Array.from({ length: 40 }, (_, i) =>
      page(`p/${String(i)}.md`, `# 項目 ${String(i)}\n\n鯨波の説明。`, {
        tags: [i % 2 === 0 ? '偶数' : '奇数'], phase: i < 10 ? ['plan'] : [], audience: ['pm'], product: i < 5 ? 'navi' : undefined,
      }));
    const noise = Array.from({ length: 7 }, (_, i) => page(`n/${String(i)}.md`, `# 波 ${String(i)}\n\n鯨の話。`, { tags: ['雑音'] }));
    const rule = page('rules/X-1', '鯨波を確かめる', { kind: 'rule', title: '鯨波の決まり', tags: ['偶数'] });
    const searcher = await searcherOver([...pages, ...noise, rule]);
    const answer = await searcher.search(query('鯨波', { limit: 3 }));
    assert.equal(answer.total, 41);
    assert.deepEqual(answer.facets, {
      tags: [{ value: '偶数', count: 21 }, { value: '奇数', count: 20 }],
      phases: [{ value: 'plan', count: 10 }],
      audiences: [{ value: 'pm', count: 40 }],
      products: [{ value: 'navi', count: 5 }],
    });
    const onlyPages = await searcher.search(query('鯨波', { kinds: ['page'], limit: 100 }));
    assert.deepEqual([onlyPages.total, onlyPages.counts.page, onlyPages.counts.rule], [40, 40, 1]);
    assert.ok(onlyPages.hits.slice(0, onlyPages.total).every(({ path }) => path.startsWith('p/')), 'what holds little comes last');
    const filtered = await searcher.search(query('鯨波', { tags: ['偶数'], limit: 100 }));
    assert.deepEqual([filtered.total, filtered.facets.tags], [21, [{ value: '偶数', count: 21 }]]);
    const phrase = await searcher.search(query('"鯨波の説明"', { limit: 2 }));
    assert.deepEqual([phrase.total, phrase.facets.phases], [40, [{ value: 'plan', count: 10 }]]);
    const listed = await searcher.search(query('tag:雑音', { limit: 2 }));
    assert.deepEqual([listed.total, listed.facets.tags], [7, [{ value: '雑音', count: 7 }]]);
  });

  it('counts as found what holds the word that was typed, whatever other spellings it has', async () => {
    const searcher = await searcherOver([
      page('a.md', '# 障害\n\n障害 incident outage トラブル。'),
      page('b.md', '# 連絡網\n\n障害のときに見る。'),
      page('c.md', '# 予算\n\n経費の話。'),
    ], { terms: [{ preferred: '障害', reading: '', english: ['incident', 'outage'], aliases: ['トラブル'], variants: [] }] });
    const answer = await searcher.search(query('障害'));
    assert.deepEqual([answer.total, ...paths(answer)], [2, 'a.md', 'b.md']);
  });

  it('takes an English spelling of several words for a phrase', async () => {
    const searcher = await searcherOver([
      page('a.md', '# Plan\n\nThe back-out plan says how to return.'),
      page('b.md', '# Out of scope\n\nWhat this is not about.'),
      page('c.md', '# Come back\n\nA page.'),
      page('d.md', '# 切り戻し\n\n手順。'),
    ], { terms: [{ preferred: '切り戻し', reading: '', english: ['back-out'], aliases: [], variants: [] }] });
    const answer = await searcher.search(query('切り戻し'));
    assert.deepEqual(paths(answer), ['d.md', 'a.md']);
    assert.deepEqual(marked(answer, 1), ['back', 'out']);
  });

  it('counts by kind without the kind filter', async () => {
    const answer = await (await searcherOver(book)).search(query('リスク登録簿', { kinds: ['page'] }));
    assert.deepEqual(paths(answer), ['pages/risk.md']);
    assert.ok(answer.counts.template === 1 && answer.counts.page >= 1 && answer.counts.rule === 0);
    assert.equal(answer.total, answer.counts.page);
  });

  it('asks a phrase to stand as written, width and case apart', async () => {
    const searcher = await searcherOver([page('a.md', '# 一\n会議で決定した事項'), page('b.md', '# 二\n決定事項を書く'), page('c.md', '# 三\nopen ＡＰＩ Gateway')]);
    assert.deepEqual(paths(await searcher.search(query('"決定事項"'))), ['b.md']);
    assert.deepEqual(paths(await searcher.search(query('"api gateway"'))), ['c.md']);
    assert.deepEqual(paths(await searcher.search(query('"gateway api"'))), []);
  });

  it('leaves out pages with an excluded word', async () => {
    const searcher = await searcherOver(book);
    assert.ok(paths(await searcher.search(query('会議'))).includes('pages/risk.md'));
    assert.ok(!paths(await searcher.search(query('会議 -リスク'))).includes('pages/risk.md'));
    assert.ok(paths(await searcher.search(query('会議 -リスク'))).includes('pages/minutes.md'));
  });

  it('puts a page that tells how before a term or rule that is only named, and the term first where it is all that is asked', async () => {
    const terms = [{ preferred: 'インシデント', reading: 'いんしでんと', english: ['incident'], aliases: ['障害'], variants: [] }];
    const searcher = await searcherOver(
      [
        page('pages/incident.md', '# 障害対応の進め方\n\n知らせを受けた人が重大度を決めます。\n\n## 最初の15分\n\n起きたことを書き、担当を決め、次の連絡の時刻を言います。'),
        page('pages/secrets.md', '# 秘密の扱い\n\nパスワードは決められた金庫に書きます。文書には置き場所だけを書きます。'),
        page('terms/インシデント', '利用者に影響が出た出来事。', { kind: 'term', title: 'インシデント', aliases: ['障害', 'incident'] }),
        page('rules/SEC-002', '文書にパスワードや鍵を書かない', { kind: 'rule', title: 'パスワードを書かない', aliases: ['SEC-002'] }),
        page('templates/incident', '障害を知らせる', { kind: 'template', title: '速報' }),
      ],
      { terms },
    );
    const wanted: readonly (readonly [string, string])[] = [
      ['障害が起きたら最初に何をする', 'pages/incident.md'],
      ['パスワードはどこに書けばいい', 'pages/secrets.md'],
      ['インシデント', 'terms/インシデント'],
      ['障害', 'terms/インシデント'],
      ['incident', 'terms/インシデント'],
      ['障害とは？', 'terms/インシデント'],
      ['障害って何ですか', 'terms/インシデント'],
      ['障害の意味', 'terms/インシデント'],
      ['障害と不具合の違い', 'terms/インシデント'],
      ['what is an incident', 'terms/インシデント'],
      ['パスワードを書かない', 'rules/SEC-002'],
      ['パスワードのルール', 'rules/SEC-002'],
      ['sec-002', 'rules/SEC-002'],
      ['速報のテンプレート', 'templates/incident'],
    ];
    for (const [text, path] of wanted) assert.equal(paths(await searcher.search(query(text)))[0], path, text);
  });

  it('scores what is asked in hiragana alone, where no title has anything to compare', async () => {
    const searcher = await searcherOver([
      page('a.md', '# 水準\n\n## うまくいっているか\n\n数を見ます。'),
      page('b.md', '# 別のこと\n\n## うまく探す\n\n言葉を選びます。'),
    ]);
    const { hits } = await searcher.search(query('うまくいっているか'));
    assert.equal(hits[0]?.path, 'a.md');
    for (const { score } of hits) assert.ok(Number.isFinite(score), String(score));
  });

  it('takes the last word for a beginning while typing, and only then', async () => {
    const searcher = await searcherOver(book);
    assert.deepEqual(paths(await searcher.search(query('recip', { typing: true }))), ['pages/minutes.md']);
    assert.deepEqual(paths(await searcher.search(query('recip'))), []);
    // A word that the pages have is whole already: both ask for the same, in the same order.
    const pages = await searcherOver([page('a.md', '# Plan\n\nrelease'), page('b.md', '# Released\n\nreleased, released'), page('c.md', '# Releases of a plan\n\nplanned')]);
    const typed = await pages.search(query('plan release', { typing: true }));
    assert.deepEqual(typed.hits, (await pages.search(query('plan release'))).hits);
  });

  it('answers one kana alone with what begins with it', async () => {
    const searcher = await searcherOver([page('a.md', '# 一\n前のリリースを待つ。'), page('b.md', '# 二\n手順をクリックする。'), page('c.md', '# 三\n何もない。')]);
    for (const text of ['リ', 'ﾘ', 'り', ' リ ']) {
      for (const typing of [false, true]) {
        const answer = await searcher.search(query(text, { typing }));
        assert.deepEqual(paths(answer), ['a.md'], text);
        assert.deepEqual(marked(answer), ['リリース'], text);
      }
    }
    assert.deepEqual(paths(await searcher.search(query('ッ'))), ['b.md'], 'no word begins so: what holds it');
    assert.deepEqual(paths(await searcher.search(query('ヌ'))), []);
    assert.deepEqual(paths(await searcher.search(query('の 手順'))), ['b.md'], 'beside other words it asks for nothing');
  });

  it('lets the spellings of a term find each other', async () => {
    const terms = [{ preferred: '工房', reading: 'こうぼう', english: ['atelier'], aliases: ['作業場'], variants: ['アトリエ'] }];
    const searcher = await searcherOver([page('a.md', '# 案内\n工房の使い方'), page('b.md', '# ほか\n倉庫の使い方')], { terms });
    for (const text of ['atelier', 'アトリエ', '作業場', 'こうぼう']) assert.equal(paths(await searcher.search(query(text)))[0], 'a.md', text);
    assert.deepEqual(paths(await searcher.search(query('ateliers-not'))), []);
  });

  it('puts the title first that is the query, also when it was typed in hiragana or with a slip', async () => {
    const searcher = await searcherOver([
      page('a.md', '# リリースアクティビティ\n\nリリース アクティビティ リリース アクティビティの概要。'),
      page('b.md', '# リリースアクティビティの概要\n\n四半期ごとに読む。'),
      page('c.md', '# 一覧\n\n概要の一覧。'),
    ]);
    for (const text of ['りりーすあくてぃびてぃの概要', 'リリースアクテビィティの概要', 'リリースアクティビティの概要']) {
      assert.equal(paths(await searcher.search(query(text)))[0], 'b.md', text);
    }
  });

  it('follows the word that the pages use where the one typed is rare', async () => {
    const filler = (word: string, count: number): SearchSource[] =>
      Array.from({ length: count }, (_, i) => page(`z/${word}${String(i)}.md`, `# 項目 ${word === '印刷' ? '甲' : '乙'}${String(i)}\n\n${word}の話。`));
    const first = async (...pages: readonly SearchSource[]): Promise<string> => (await (await searcherOver(pages)).search(query('報告書 印刷'))).hits[0]?.snippet ?? '';
    assert.equal(await first(...filler('印刷', 41), ...filler('レポート', 21), ...filler('余白', 40)), 'レポートの話。');
    assert.equal(await first(page('b.md', '# 乙\n\nレポートの話。'), ...filler('印刷', 41), ...filler('報告書', 41), ...filler('余白', 20)), '報告書の話。');
  });

  it('prefers the page that introduces what was asked for', async () => {
    const searcher = await searcherOver([
      page('a.md', '# 作業台の掃除\n\n本文。'), page('b.md', '# 作業台の概要\n\n本文。'), page('c.md', '# 作業台の修理\n\n本文。'),
    ]);
    assert.equal(paths(await searcher.search(query('作業台')))[0], 'b.md');
  });

  it('says what may have been meant', async () => {
    const searcher = await searcherOver(book);
    assert.deepEqual((await searcher.search(query('reciepient'))).didYouMean, [{ text: 'recipient', total: 1 }]);
    assert.deepEqual((await searcher.search(query('reciepient', { kinds: ['rule'] }))).didYouMean, []);
    const none = await searcher.search(query('zzz"経費精算と領収"'));
    assert.ok(none.didYouMean.length <= 3);
  });

  it('pages through the same order', async () => {
    const many = Array.from({ length: 25 }, (_, i) => page(`p${String(i).padStart(2, '0')}.md`, '# 同じ題\n同じ本文'));
    const searcher = await searcherOver(many);
    const all = paths(await searcher.search(query('同じ本文', { limit: 25 })));
    assert.deepEqual(all, many.map(({ path }) => path));
    assert.deepEqual(paths(await searcher.search(query('同じ本文', { limit: 10, offset: 10 }))), all.slice(10, 20));
  });

  it('answers the empty query and hostile ones', async () => {
    const searcher = await searcherOver(book);
    for (const text of ['', '   ', '。', '-', '"', '"" ""', 'ー'.repeat(2000), 'あ'.repeat(5000), '\ud800', '\u0000']) {
      const answer = await searcher.search(query(text));
      assert.ok(answer.hits.length <= 10, text.slice(0, 20));
    }
    assert.deepEqual((await searcher.search(query(''))).hits, []);
  });

  it('still answers when a text cannot be read or has changed', async () => {
    const texts = new Map(book.map((source) => [`${source.kind}:${source.path}`, source.text]));
    const searcher = emptySearcher(texts);
    await searcher.build(book);
    texts.set('page:pages/risk.md', '前に足した文。\n# リスク管理の進め方\n\n## リスクの評価\n\n新しい評価の言葉。\n');
    assert.ok((await searcher.search(query('影響度と発生確率'))).hits[0]!.snippet.includes('新しい評価'));
    texts.clear();
    const hit = (await searcher.search(query('影響度と発生確率'))).hits[0]!;
    assert.deepEqual([hit.path, hit.snippet, hit.highlights], ['pages/risk.md', '', []]);
  });

  it('answers from what is read so far while it builds, tells progress and breathes', async () => {
    const sources = Array.from({ length: 700 }, (_, i) => page(`p${i}.md`, `# 題${i}\n目印の本文`));
    let clock = 0;
    let breaths = 0;
    let early = 0;
    const searcher = emptySearcher(new Map(), {
      now: () => (clock += 4),
      breath: async () => {
        breaths++;
        if (early === 0) early = (await searcher.search(query('目印'))).total;
      },
    });
    const seen: number[] = [];
    const result = await searcher.build(sources, { progress: (done) => void seen.push(done) });
    assert.deepEqual(result, { pages: 700, cancelled: false });
    assert.ok(breaths > 100);
    assert.ok(early > 0 && early < 700, String(early));
    assert.equal(seen.at(-1), 700);
    assert.equal((await searcher.search(query('目印'))).total, 700);
  });

  it('stops when cancelled: keeps what is read, or the index that was there', async () => {
    const sources = Array.from({ length: 50 }, (_, i) => page(`p${i}.md`, '# 題\n目印'));
    const cancellation = { isCancelled: false };
    const searcher = emptySearcher(new Map());
    const stopAt = { progress: (done: number) => void (cancellation.isCancelled = done >= 20), cancellation };
    assert.deepEqual(await searcher.build(sources, stopAt), { pages: 20, cancelled: true });
    assert.equal((await searcher.search(query('目印'))).total, 20);
    cancellation.isCancelled = false;
    await searcher.build(sources);
    await searcher.build([page('x.md', '別'), page('y.md', '別')], { progress: () => void (cancellation.isCancelled = true), cancellation });
    assert.equal((await searcher.search(query('目印'))).total, 50);
  });
});
