// One keystroke: an edit of an open document up to the findings of its local rules, as the server takes it (put, report), on a
// 1,000-line prose file and a 1,000-row risk register in a product at each level.
//   npm run bench -- keystroke [--keys N] [--level L2]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpu, loadEngine, median, projectOver, root, shared, textsBelow } from './load.mjs';

const bar = 5;

/** About 1,000 lines of Japanese prose that no one here wrote, as a project plan. */
function prose() {
  const corpus = join(shared, 'corpora/kyama0__gitlab-handbook-ja');
  const lines = [];
  for (const text of (existsSync(corpus) ? textsBelow(corpus, (path) => path.endsWith('.md')) : textsBelow(join(root, 'docs'), (path) => path.endsWith('.md'))).values()) {
    if (lines.length >= 1000) break;
    const body = text.replace(/^---\n[^]*?\n---\n/u, '').replace(/^#/gmu, '##').split('\n');
    let fenced = false;
    for (const line of body) {
      if (/^\s*(?:```|~~~)/u.test(line)) fenced = !fenced;
      else if (!fenced && !line.startsWith('|')) lines.push(line);
    }
  }
  return `---\ntype: project-plan\ntitle: 計画\nowner: 木村\nupdated: 2026-11-10\n---\n\n# 計画\n\n${lines.slice(0, 991).join('\n')}\n`;
}

/** A register of the healthy sample's kind: rows that differ, some of them with something to find. */
export function register(rows) {
  const row = (i) => `| R-${String(i).padStart(4, '0')} | 2026-0${1 + (i % 9)}-${10 + (i % 18)} | ${['石川', '山田', '木村'][i % 3]} | 技術 | 要員${i}名の交代により、画面${i % 97}の修正が遅れ、判定会に間に合わない可能性がある | ${1 + (i % 5)} | ${1 + (i % 4)} | ${(1 + (i % 5)) * (1 + (i % 4))} | 軽減 | 木村が、引き継ぎの資料${i % 31}を${i % 40 === 0 ? '適宜' : '1週間以内に'}渡す | ${i % 50 === 0 ? '' : '木村'} | 2026-12-${10 + (i % 18)} | 対応中 | 2026-11-10 |`;
  return `---\ntype: risk-register\ntitle: リスク登録簿\nproduct: お知らせ便\nowner: 木村\nupdated: 2026-11-10\n---\n\n# リスク登録簿\n\n## リスク一覧\n\n| ID | 起票日 | 起票者 | 区分 | 内容 | 発生確率 | 影響度 | 評価点 | 対応区分 | 対応策 | 所有者 | 期限 | 状態 | 更新日 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n${Array.from({ length: rows }, (_, i) => row(i + 1)).join('\n')}\n`;
}

/** Types a phrase, key by key, at the end of a line in the middle of a text. */
function* typing(text, keys) {
  const phrase = '確認した結果を、木村が12月10日までに共有する。';
  const middle = text.indexOf('\n', text.length >> 1);
  const line = text.slice(0, middle);
  const at = line.endsWith('|') ? line.lastIndexOf(' |', line.lastIndexOf('可能性がある')+8) : middle;
  for (let i = 1; i <= keys; i++) {
    const typed = phrase.repeat(Math.ceil(i / phrase.length)).slice(0, i);
    yield text.slice(0, at) + typed + text.slice(at);
  }
}

export function subjects() {
  return [['docs/plan.md', prose()], ['docs/risks.md', register(1000)]];
}

export async function keystrokes(engine, { keys = 60, level = 'L2', network = false } = {}) {
  const sample = textsBelow(join(root, 'templates/samples/healthy'));
  const results = [];
  for (const [name, path, text] of [['1,000-line prose', 'docs/plan.md', prose()], ['1,000-row register', 'docs/risks.md', register(1000)]]) {
    const project = projectOver(engine, sample, { settings: { level } });
    project.put(path, text);
    await project.report(path, { network });
    const times = [];
    const cpus = [];
    let findings = 0;
    for (const version of typing(text, keys)) {
      const start = performance.now();
      cpus.push(await cpu(async () => {
        project.put(path, version);
        const report = await project.report(path, { network });
        findings = report.findings.length;
      }));
      times.push(performance.now() - start);
    }
    results.push({ name, level, kB: Math.round(Buffer.byteLength(text) / 1000), wall: median(times), p95: [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)], cpu: median(cpus), least: Math.min(...cpus), findings });
  }
  return results;
}

if (process.argv[1]?.endsWith('keystroke.mjs')) {
  const { values } = parseArgs({ options: { keys: { type: 'string', default: '300' }, level: { type: 'string' }, network: { type: 'boolean' } } });
  const engine = await loadEngine();
  for (const level of values.level === undefined ? ['L1', 'L2', 'L3'] : [values.level]) {
    for (const { name, kB, wall, p95, cpu: used, least, findings } of await keystrokes(engine, { keys: Number(values.keys), level, network: values.network })) {
      console.log(`${level} ${name.padEnd(20)} ${kB} kB  median ${wall.toFixed(2)} ms (CPU ${used.toFixed(2)} ms, least ${least.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms), bar ${bar} ms, ${findings} findings`);
    }
  }
}
