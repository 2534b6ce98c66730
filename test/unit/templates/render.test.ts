import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Template } from '../../../src/core/book/book';
import { renderTemplate } from '../../../src/core/templates/render';

const values = { today: '2026-11-24', product: 'シフトナビ', product_id: 'shift-navi', phase: 'test', author: '' };

function template(body: string, more: Partial<Template> = {}): Template {
  return {
    id: 'minutes', title: { text: '議事録', en: 'Minutes' }, description: '', version: '1.0.0', type: 'minutes', kind: 'document', prefix: '',
    asks: [{ id: 'title', title: { text: '題名', en: 'Title' }, kind: 'text', default: '' }],
    format: 'markdown', body, phase: [], origin: { layer: 'starter', path: 'templates/minutes.md', span: { start: 0, end: 0 } }, ...more,
  };
}

/** What VS Code makes of a snippet: escapes undone, tab stops replaced by their words. */
function expand(snippet: string): string {
  let text = '';
  for (let i = 0; i < snippet.length; i++) {
    if (snippet[i] === '\\') text += snippet[++i] ?? '';
    else if (snippet[i] === '$' && /\d/.test(snippet[i + 1] ?? '')) while (/\d/.test(snippet[i + 1] ?? '')) i++;
    else if (snippet[i] === '$' && snippet[i + 1] === '{') i = snippet.indexOf(':', i);
    else if (snippet[i] !== '}') text += snippet[i] ?? '';
  }
  return text;
}

describe('templates', () => {
  it('fills in what is known and leaves a blank where nothing is', () => {
    const { text, snippet } = renderTemplate(template('# {{title}}\n\n日付：{{today}}\n'), values, {});
    assert.equal(text, '# 【記入：題名】\n\n日付：2026-11-24\n');
    assert.equal(snippet, '# ${1:【記入：題名】}\n\n日付：2026-11-24\n');
  });

  it('takes the default of a question, with built-in values in it', () => {
    const asks = [{ id: 'held', title: { text: '会議の日', en: undefined }, kind: 'date' as const, default: '{{today}}' }];
    assert.equal(renderTemplate(template('{{held}}', { asks }), values, {}).text, '2026-11-24');
    assert.equal(renderTemplate(template('{{held}}', { asks }), values, { held: '2026-12-01' }).text, '2026-12-01');
  });

  it('keeps tab stops and nothing else of the snippet syntax', () => {
    const { snippet } = renderTemplate(template('$1 ${2:だれが} ${1:何を} $TM_FILENAME ${CLIPBOARD} ${3|a,b|} ${4/x/y/}'), values, {});
    assert.equal(snippet, '$1 ${2:だれが} ${1:何を} \\$TM_FILENAME \\${CLIPBOARD\\} \\${3|a,b|\\} \\${4/x/y/\\}');
  });

  it('quotes what stands beside an answer together with it, in text and snippet alike, and leaves alone what the template wrote itself', () => {
    const of = (body: string, answer: string) => renderTemplate(template(`---\n${body}\n---\n`), values, { title: answer });
    assert.equal(of('title: {{title}} 憲章', '基幹').text, '---\ntitle: 基幹 憲章\n---\n');
    assert.equal(of('title: {{title}} 憲章', '基幹: 刷新').text, '---\ntitle: "基幹: 刷新 憲章"\n---\n');
    assert.equal(of('title: 新 {{title}} # 覚え', 'a: "b"').text, '---\ntitle: "新 a: \\"b\\"" # 覚え\n---\n');
    const { text, snippet } = of('title: {{title}} 【版】', '#1');
    assert.equal(text, '---\ntitle: "#1 【版】"\n---\n');
    assert.equal(snippet, '---\ntitle: "#1 ${1:【版】}"\n---\n');
    assert.equal(of('people:\n  - {{title}}', 'a: b').text, '---\npeople:\n  - "a: b"\n---\n');
    assert.equal(of('title: "{{title}}"', 'x').text, '---\ntitle: "x"\n---\n');
    assert.equal(of('title: 【a: b】', 'x').text, '---\ntitle: 【a: b】\n---\n');
  });

  it('gives the same words as text and as a snippet, whatever the answer (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (answer) => {
        const { text, snippet } = renderTemplate(template('前 {{title}} 後'), values, { title: answer });
        const stop = answer.trim() === '';
        assert.equal(expand(snippet), text);
        assert.equal(/(?<!\\)(?:\\\\)*\$/.test(snippet), stop, snippet);
      }),
    );
  });

  it('writes answers so that the fields at the top stay valid YAML and keep the words (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (answer) => {
        const wanted = answer.trim().replace(/\s*[\r\n]+\s*/g, ' ');
        fc.pre(wanted !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029\u0085]/u.test(wanted));
        const { text } = renderTemplate(template('---\ntitle: {{title}}\nstatus: 下書き\n---\n'), values, { title: answer });
        const fields: unknown = parse(text.split('---\n')[1] ?? '');
        assert.deepEqual(Object.keys(fields as object), ['title', 'status']);
        assert.equal(String((fields as { title: unknown }).title).trim(), wanted);
      }),
    );
  });

  it('writes answers so that a CSV keeps its columns and a table its cells', () => {
    const csv = renderTemplate(template('ID,課題\nI-001,{{title}}\n', { format: 'csv' }), values, { title: 'a,"b"\nc' });
    assert.equal(csv.text, 'ID,課題\nI-001,"a,""b"" c"\n');
    assert.equal(renderTemplate(template('| {{title}} |'), values, { title: 'a|b' }).text, '| a\\|b |');
  });
});
