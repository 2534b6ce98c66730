import assert from 'node:assert/strict';
import { methods, type SearchParams, type SearchResult } from '../../src/server/protocol';
import { startSession, type Session } from './support';

describe('search of the language server', function () {
  this.timeout(30_000);
  let session: Session;
  before(async () => {
    session = await startSession();
    await session.open('docs/risks.md');
    await session.client.sendRequest(methods.checkAll, { folder: '' });
  });
  after(async () => session.stop());

  async function ask(text: string, more: Partial<SearchParams> = {}, method: string = methods.search): Promise<SearchResult> {
    const params = { number: 1, text, kinds: [], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 200, uri: session.uri('docs/risks.md'), ...more };
    for (let i = 0; i < 500; i++) {
      const result = await session.client.sendRequest<SearchResult>(method, params);
      if (result.progress === null) return result;
    }
    return assert.fail('the index is never complete');
  }

  it('gives as many hits as it says, of each kind', async () => {
    for (const text of ['切り戻し', 'リスク', '種別:リスク登録簿', '"期限"', 'リスク登録簿 -課題']) {
      const result = await ask(text);
      assert.ok(result.total > 0, text);
      assert.equal(result.hits.length, result.total, text);
      for (const [kind, count] of Object.entries(result.counts)) assert.equal(result.hits.filter((hit) => hit.kind === kind).length, count, `${text} ${kind}`);
      const first = await ask(text, { limit: 1 });
      assert.deepEqual([first.total, first.facets], [result.total, result.facets], text);
    }
    assert.ok((await ask('切り戻し')).hits.every(({ snippet, title }) => !/out of scope/i.test(`${title}${snippet}`)));
  });

  it('answers the palette as it answers the panel: in the same order', async () => {
    for (const text of ['障害が起きたら最初に何をする', '問い合わせはいつまでに返事？', '切り戻し', 'SLA', 'release plan', 'how to write a status report']) {
      const panel = await ask(text, { limit: 50 });
      const palette = await ask(text, { limit: 50 }, methods.palette);
      assert.deepEqual(palette.hits, panel.hits, text);
    }
  });

  it('finds what belongs to a type of document by its title and its id', async () => {
    const byTitle = await ask('種別:リスク登録簿');
    assert.ok(byTitle.hits.some((hit) => hit.kind === 'document'));
    assert.ok(byTitle.hits.some((hit) => hit.kind === 'page'));
    assert.deepEqual((await ask('種別:risk-register')).hits.map((hit) => hit.place), byTitle.hits.map((hit) => hit.place));
    assert.ok(!byTitle.facets.tags.some(({ value }) => value === 'risk-register'));
  });

  it('names the audiences that can be chosen in the language of the interface', async () => {
    const { audiences } = (await ask('議事録')).facets;
    assert.deepEqual(audiences.find(({ value }) => value === 'coordinator')?.label, 'コーディネーター');
    assert.ok(audiences.length > 3 && audiences.every(({ label }) => !/^[a-z-]+$/.test(label)));
  });

  it('offers near terms where nothing is found, and none where something is', async () => {
    const none = await ask('"ステークホルダ一覧の表"');
    assert.equal(none.total, 0);
    assert.ok(none.nearTerms.some(({ text }) => text.includes('ステークホルダー')) || none.didYouMean.some(({ text }) => text.includes('ステークホルダー')));
    assert.ok(none.nearTerms.every(({ text }) => !none.didYouMean.some((other) => other.text === text)));
    assert.deepEqual((await ask('ぬるぽけ')).nearTerms, []);
    assert.deepEqual((await ask('ステークホルダー')).nearTerms, []);
  });

  it('knows this product, the whole company and everything', async () => {
    const [all, product, company] = await Promise.all((['all', 'product', 'company'] as const).map((scope) => ask('リスク', { scope })));
    assert.ok(all !== undefined && product !== undefined && company !== undefined);
    assert.ok(product.total > 0 && product.hits.every((hit) => hit.kind === 'document'));
    assert.ok(company.total > 0 && company.hits.every((hit) => hit.kind !== 'document'));
    assert.equal(all.total, product.total + company.total);
    assert.deepEqual(all.facets.products?.map(({ count }) => count), [product.total]);
  });

  it('says how much a query that may have been meant finds', async () => {
    const meant = (await ask('ステークホルター')).didYouMean[0];
    assert.ok(meant !== undefined && meant.total > 0);
    assert.equal(meant.total, (await ask(meant.text)).total);
  });

  it('says in which language the Book is written', () => {
    assert.ok(session.bookStates.some(({ phase, language }) => phase === 'ready' && language === 'ja'));
  });
});
