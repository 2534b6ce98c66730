import type { ProjectDocument, ReadingProblem } from '../document/document';
import { garbledName, lostCharacters, unlistedFolder } from '../document/read';
import type { TypedDocument } from '../product/meaning';
import type { Finding, Fix } from './finding';

/** Rules about documents themselves. They are built in, because a document they speak of cannot be read by others. */
export const readingRules = { conflict: 'DOC-001', encoding: 'DOC-002', tooLarge: 'DOC-003', broken: 'DOC-004', guessed: 'DOC-005', more: 'DOC-006' } as const;

/** Where the Book answers for the findings that belong to no rule of it; a Book without the page gives no link. */
export const ownGuides = {
  unreadable: 'pages/rules/reading.md#文書が読めないとき',
  guessed: 'pages/rules/reading.md#種類をたずねられたとき',
  practice: 'pages/rules/reading.md#多くの文書に同じ指摘が出るとき',
  more: 'pages/start/findings.md#指摘が多すぎる時',
  waiver: 'pages/rules/gates.md#例外',
  koboFile: 'pages/start/kobo-yaml.md#指摘が出たとき',
} as const;

const aboutUnread: ReadonlySet<string> = new Set([readingRules.conflict, readingRules.encoding, readingRules.tooLarge, readingRules.broken]);

/** Whether a finding of this rule tells why a document was not checked: whoever hides it calls the document clean. */
export function tellsOfUnread(rule: string): boolean {
  return aboutUnread.has(rule);
}

type Texts = readonly [string, string];

const texts: Readonly<Record<string, { readonly rule: string; readonly message: Texts }>> = {
  conflict: { rule: readingRules.conflict, message: ['2人の変更がぶつかったままです。どちらを残すか決めて、しるし（<<<<<<< など）を消してください。', 'Two changes are in conflict here. Decide which to keep and remove the markers.'] },
  encoding: { rule: readingRules.encoding, message: ['文字化けしています。電球から「Shift_JIS で開き直す」を選んでください。', 'The text is garbled. Choose “Reopen with Shift_JIS” from the light bulb.'] },
  lost: { rule: readingRules.encoding, message: ['文字が失われて「�」になっています。正しい文字に書き直すか、前の版から戻してください。', 'Characters are lost here (�). Write them again, or take them from an earlier version.'] },
  too_large: { rule: readingRules.tooLarge, message: ['文書が大きすぎて確かめられません。分けてください。', 'The document is too large to check. Split it.'] },
  binary: { rule: readingRules.tooLarge, message: ['文書として読めないファイルです。', 'This file cannot be read as a document.'] },
  unreadable: { rule: readingRules.tooLarge, message: ['ファイルを開けないため、確かめていません。アクセス権を確かめてください。', 'The file cannot be opened and was not checked. See to its permissions.'] },
  name: { rule: readingRules.tooLarge, message: ['ファイル名の文字コードが UTF-8 ではないため開けず、確かめていません。名前を付け直してください。', 'The name of the file is not in UTF-8. The file cannot be opened and was not checked: rename it.'] },
  folder: { rule: readingRules.tooLarge, message: ['フォルダーの中を見られないため、確かめていません。アクセス権と名前を確かめてください。文書がなければ、kobo.yaml の documents で none にします。', 'What is in this folder cannot be seen and was not checked. See to its permissions and its name; if it holds no documents, map it to none in kobo.yaml.'] },
  front_matter: { rule: readingRules.broken, message: ['冒頭の項目（--- の間）を読めません。「名前: 値」の形に直してください。', 'The fields at the top (between ---) cannot be read. Write them as "name: value".'] },
  yaml: { rule: readingRules.broken, message: ['この行からYAMLとして読めません。字下げと「: 」を確かめてください。', 'From this line on the YAML cannot be read. Check indentation and colons.'] },
};

const errors: ReadonlySet<ReadingProblem['kind']> = new Set(['encoding', 'conflict', 'yaml', 'front_matter', 'unreadable']);
const ownWords: ReadonlyMap<string, string> = new Map([[lostCharacters, 'lost'], [garbledName, 'name'], [unlistedFolder, 'folder']]);

/** Whether a document is there of which nothing is known, not even whether it is one of the product's. */
export function cannotBeOpened({ problems }: ProjectDocument): boolean {
  return problems.some(({ kind }) => kind === 'unreadable');
}

/** The one finding about a document that cannot be read as it should, `undefined` for all others. CSV has its own rule. */
export function readingFinding(document: ProjectDocument, language: 'ja' | 'en'): Finding | undefined {
  for (const kind of ['conflict', 'encoding', 'too_large', 'binary', 'unreadable', 'front_matter', 'yaml'] as const) {
    const problem = document.problems.find((each) => each.kind === kind);
    const about = texts[ownWords.get(problem?.detail ?? '') ?? kind];
    if (problem === undefined || about === undefined) continue;
    return findingAt(document, problem.span, about.rule, errors.has(kind) ? 'error' : 'warning', about.message[language === 'ja' ? 0 : 1]);
  }
  return undefined;
}

/** The one hint for a document whose type is a guess. */
export function guessFinding(typed: TypedDocument, language: 'ja' | 'en'): Finding | undefined {
  const type = typed.type;
  if (type === undefined) return undefined;
  const title = language === 'ja' ? type.title.text : (type.title.en ?? type.title.text);
  const question = language === 'ja' ? `この文書を「${title}」として確かめますか。` : `Check this document as ${title}?`;
  const hint = (message: string, fixes: readonly Fix[]): Finding => findingAt(typed.document, { start: 0, end: 0 }, readingRules.guessed, 'hint', message, fixes);
  if (typed.document.format !== 'csv') return hint(question, [manageAs(typed, type.id, title, language)]);
  // A table has no place for its type.
  const line = `${JSON.stringify(typed.document.path)}: ${type.id}`;
  return hint(language === 'ja' ? `${question}kobo.yaml の documents に「${line}」と足してください。` : `${question} Add ${line} to documents in kobo.yaml.`, []);
}

/** Writes the type at the document's head; the text below stays as it is. */
function manageAs(typed: TypedDocument, type: string, title: string, language: 'ja' | 'en'): Fix {
  const { frontMatter, text, format } = typed.document;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const at = frontMatter?.insertAt ?? 0;
  const head = frontMatter === undefined && format === 'markdown' ? `---${end}type: ${type}${end}---${end}${end}` : `type: ${type}${end}`;
  return {
    title: language === 'ja' ? `「${title}」として確かめる` : `Check as ${title}`,
    safe: false,
    preferred: true,
    edits: [{ path: undefined, span: { start: at, end: at }, text: head }],
    create: undefined,
    ask: undefined,
  };
}

function findingAt(document: ProjectDocument, span: Finding['span'], rule: string, severity: Finding['severity'], message: string, fixes: readonly Fix[] = []): Finding {
  return { rule, severity, path: document.path, span, range: document.lines.rangeOf(span), message, guide: rule === readingRules.guessed ? ownGuides.guessed : ownGuides.unreadable, fixes, related: [], suppression: undefined, timeOnly: false };
}
