import assert from 'node:assert/strict';
import ts from 'typescript';
import { filesBelow, type ProjectFile } from './files';

const sources = filesBelow('src', /\.ts$/);

/** What reaches the network, by module or by name of a global. */
const networkModules = /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici|ws|axios|node-fetch)(?:\/|$)/;
const networkGlobals = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection', 'sendBeacon', 'importScripts']);
/** What runs text as code. */
const evaluators = new Set(['eval', 'Function']);
const evaluatingModules = /^(?:node:)?(?:vm|repl)$/;
/** `kobo lsp` loads the server that lies beside it; nothing else loads a module whose name is worked out. */
const loadsByPath = new Set(['src/cli/lsp.ts']);

/** Names used as values (not as types, not as property of something of our own) and modules imported, per file. */
function uses({ path, text }: ProjectFile): { readonly names: ReadonlySet<string>; readonly modules: ReadonlySet<string> } {
  const names = new Set<string>();
  const modules = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
      modules.add(node.moduleSpecifier.text);
    }
    if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')) {
      const [target] = node.arguments;
      modules.add(target !== undefined && ts.isStringLiteral(target) ? target.text : 'something computed');
    }
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    if (ts.isPropertyAccessExpression(node) && /^(?:globalThis|self|window|navigator|global)$/.test(node.expression.getText())) names.add(node.name.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return { names, modules };
}

function offences(source: ProjectFile, names: ReadonlySet<string>, modules: RegExp): readonly string[] {
  const used = uses(source);
  return [...[...used.names].filter((name) => names.has(name)), ...[...used.modules].filter((name) => modules.test(name) || (name === 'something computed' && !loadsByPath.has(source.path)))].map(
    (what) => `${source.path}: ${what}`,
  );
}

describe('our own sources', () => {
  it('are found', () => {
    assert.ok(sources.length > 20);
  });

  it('reach no network', () => {
    assert.deepEqual(sources.flatMap((source) => offences(source, networkGlobals, networkModules)), []);
  });

  it('run no text as code', () => {
    assert.deepEqual(sources.flatMap((source) => offences(source, evaluators, evaluatingModules)), []);
  });

  it('see such uses where there are any', () => {
    const bad = { path: 'bad.ts', text: `import net from 'node:net'; void fetch('x'); new Function('y'); globalThis.fetch('z'); void import('http'); void import(name);` };
    assert.deepEqual(offences(bad, networkGlobals, networkModules), ['bad.ts: fetch', 'bad.ts: node:net', 'bad.ts: http', 'bad.ts: something computed']);
    assert.deepEqual(offences(bad, evaluators, evaluatingModules), ['bad.ts: Function', 'bad.ts: something computed']);
  });

  it('start a process only where git is asked or the server is started', () => {
    const starting = sources.filter((source) => [...uses(source).modules].some((name) => name.endsWith("child_process"))).map(({ path }) => path);
    assert.deepEqual(starting.filter((path) => !path.startsWith('src/host/')), []);
  });
});

describe('our own tests', () => {
  it('look at the package of their own run, never at one that lies about', () => {
    const tests = filesBelow('test', /\.ts$/).filter(({ path }) => !path.startsWith('test/unit/project/'));
    assert.ok(tests.length > 100);
    assert.deepEqual(tests.filter(({ text }) => text.includes('kobo-guide.vsix')).map(({ path }) => path), []);
  });
});
