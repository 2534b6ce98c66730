import assert from 'node:assert/strict';
import { loadBook } from '../../../src/core/book/load';
import { packBook } from '../../../src/core/book/pack';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { memoryFolder } from './folders';

/** What an organisation's own type looks like, with one line of it changed. */
const lines: Readonly<Record<string, string>> = {
  date: 'date: requested',
  fields: 'fields: { requested: { title: 依頼日, kind: date, required: true }, owner: { title: 責任者, kind: person, instead: [requested] } }',
  sections: 'sections: { purpose: { title: 目的 }, body: { title: 内容, after: purpose } }',
  columns: 'tables: { tasks: { main: true, columns: { task: { title: 作業 }, risk: { title: リスク, refers_to: risk }, due: { title: 期限, kind: date, required_when: { status: unfinished } }, status: { title: 状態, kind: status, words: status } } } }',
  words: 'words: { status: { open: [未着手], done: [済], unfinished: { group: [open] } } }',
};

async function told(change: Readonly<Record<string, string>>, template = '---\ntitle: 作業依頼書\nversion: 1.0.0\ntype: order\n---\n---\ntype: order\n---\n# 作業依頼書\n'): Promise<string[]> {
  const type = ['type: order', 'title: 作業依頼書', ...Object.entries({ ...lines, ...change }).map(([, line]) => line), ''].join('\n');
  const files = new Map(Object.entries({
    'book.yaml': 'id: own\nname: 自分\n', 'types/order.yaml': type, 'types/risk.yaml': 'type: risk\ntitle: リスク\n',
    'types/common.yaml': 'type: common\ntitle: 共通\nfields: { reviewer: { title: 確認者 } }\nwords: { status: { waiting: [保留] } }\n', 'templates/order.md': template,
  }));
  const book = await loadBook(memoryFolder(files), { starter: packBook(new Map()) });
  return book.problems.map(({ path, code, span, message }) => `${code} [${(files.get(path) ?? '').slice(span.start, span.end)}] ${message.text}`);
}

describe('a slip in a Book that would do nothing', () => {
  it('is none in a sound type', async () => {
    assert.deepEqual(await told({}), []);
    assert.deepEqual(await told({ date: 'date: document.reviewer', words: 'words: { status: { open: [未着手], all: { group: [open, waiting] } } }', columns: lines.columns?.replace('unfinished', '[未着手, waiting, filled]') ?? '' }), []);
  });

  for (const [key, from, to, better] of [
    ['date', 'requested', 'reqested', 'requested'], ['fields', '[requested]', '[requestd]', 'requested'], ['sections', 'after: purpose', 'after: purpos', 'purpose'],
    ['columns', '{ status: unfinished }', '{ statu: unfinished }', 'status'], ['columns', 'unfinished', 'unfinishd', 'unfinished'], ['columns', 'words: status', 'words: statuss', 'status'],
    ['columns', 'refers_to: risk', 'refers_to: rsik', 'risk'], ['words', '[open]', '[opn]', 'open'],
  ] as const) {
    it(`is told where it stands: ${to}`, async () => {
      const found = await told({ [key]: (lines[key] ?? '').replace(from, to) });
      assert.equal(found.length, 1, found.join('\n'));
      const word = (/reqested|requestd|purpos|statuss|statu(?=:)|unfinishd|rsik|opn/u.exec(to))?.[0] ?? '';
      assert.match(found[0] ?? '', new RegExp(`\\[${word}\\] 「${word}」という.*「${better}」のことですか`, 'u'));
    });
  }

  it('is told of a template whose document does not open its head', async () => {
    const head = '---\ntitle: 作業依頼書\nversion: 1.0.0\ntype: order\n---\n';
    for (const body of ['type: order\nowner: {{author}}\n---\n# 作業\n', '\ntype: order\n# 作業\n', 'owner: x\ntags:\n  - a\n---\n# 作業\n']) {
      assert.match((await told({}, head + body)).join('\n'), /^book\.bare-head \[(?:type: order|owner: x)\] .*「---」だけの行を足して/u, body);
    }
    for (const body of ['---\ntype: order\n---\n# 作業\n', '# 作業\ntype: order\n', 'note: 次のとおり。\n\n- 一\n', '']) assert.deepEqual((await told({}, head + body)).filter((one) => one.includes('bare-head')), [], body);
  });

  it('is told of quotes that YAML does not know', async () => {
    assert.match((await told({ date: 'date: requested\nowner: “依頼者”' })).join('\n'), /book\.quotes \[“依頼者”\] .*半角の " に/u);
    assert.match((await told({ words: 'words: { status: { open: [“未着手”, 着手前], unfinished: { group: [open] } } }' })).join('\n'), /book\.quotes \[“未着手”\]/u);
    assert.deepEqual(await told({ date: 'date: requested\nowner: 「依頼者」の“上長”さん\naliases: ["“作業”"]' }), []);
    assert.deepEqual(readKoboFile('product: { id: a, name: “ナビ” }\n').problems.map(({ code }) => code), ['book.quotes']);
  });

  it('is none where a folder begins with a slash: it is the folder of the product', async () => {
    const book = await loadBook(memoryFolder(new Map([['book.yaml', 'id: own\nname: 自分\n'], ['types/order.yaml', 'type: order\ntitle: 作業\nplaces: { folder: /docs/orders }\n']])), { starter: packBook(new Map()) });
    assert.equal(book.types.get('order')?.places.folder, 'docs/orders');
    assert.equal(readKoboFile('places: { order: { folder: ./docs/orders } }\n').settings.places.get('order')?.folder, 'docs/orders');
  });
});
