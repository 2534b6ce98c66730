import type { CheckNote, Format, ReportedFinding } from './report';

/**
 * JUnit XML: one suite a document. A finding that makes the command fail is a failed case, any other a passed one with its words in
 * `system-out`; a document without findings is one passed case, so that a clean product is no empty report, which Jenkins refuses.
 * Names hold no line numbers and are unlike in a document: servers compare runs by class and name, and GitLab drops the second of two.
 */
export const junit: Format = ({ findings, documents = [], notes = [], fails = isError }) => {
  const byPath = new Map<string, ReportedFinding[]>(documents.map((path) => [path, []]));
  for (const finding of findings.filter(({ suppression }) => suppression === undefined)) {
    const own = byPath.get(finding.path);
    if (own === undefined) byPath.set(finding.path, [finding]);
    else own.push(finding);
  }
  const suites = [...(notes.length === 0 ? [] : [notesSuite(notes)]), ...[...byPath].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([path, own]) => suiteOf(path, own, fails))];
  const sum = (of: (suite: Suite) => number): string => String(suites.reduce((total, suite) => total + of(suite), 0));
  const body = suites.map(({ name, tests, failures, errors, skipped, cases }) => `  <testsuite name="${escape(name)}" tests="${String(tests)}" failures="${String(failures)}" errors="${String(errors)}" skipped="${String(skipped)}">\n${cases}  </testsuite>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Kobo Guide" tests="${sum(({ tests }) => tests)}" failures="${sum(({ failures }) => failures)}" errors="${sum(({ errors }) => errors)}" skipped="${sum(({ skipped }) => skipped)}">\n${body.join('')}</testsuites>\n`;
};

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  /** XML of them. */
  readonly cases: string;
}

function suiteOf(path: string, own: readonly ReportedFinding[], fails: (finding: ReportedFinding) => boolean): Suite {
  const nameOf = uniqueNames();
  const cases = own.map((finding) => toCase(finding, nameOf(`${finding.rule} ${oneLine(finding.message)}`), fails(finding)));
  const clean = `    <testcase name="kobo check" ${placeOf(path)}/>\n`;
  return { name: path, tests: Math.max(1, own.length), failures: own.filter(fails).length, errors: 0, skipped: 0, cases: cases.length === 0 ? clean : cases.join('') };
}

function toCase(finding: ReportedFinding, name: string, isFailure: boolean): string {
  const { path, severity, message, range: { start } } = finding;
  // The words stand in the text too: GitLab shows that alone.
  const words = escape(`${path}:${String(start.line + 1)}:${String(start.character + 1)}: ${message}`);
  const result = isFailure ? `<failure message="${escape(message)}" type="${severity}">${words}</failure>` : `<system-out>${words}</system-out>`;
  return `    <testcase name="${escape(name)}" ${placeOf(path)} line="${String(start.line + 1)}">${result}</testcase>\n`;
}

/** What is said of the check as a whole: what stops it is an error, what leaves nothing to check was skipped. */
function notesSuite(notes: readonly CheckNote[]): Suite {
  const nameOf = uniqueNames();
  const cases = notes.map(({ level, message, path, line }) => {
    const place = path === undefined ? '' : `${path}${line === undefined ? '' : `:${String(line)}`}: `;
    const words = escape(`${place}${message}`);
    const result = level === 'error' ? `<error message="${escape(message)}" type="kobo">${words}</error>` : `<skipped message="${escape(message)}">${words}</skipped>`;
    return `    <testcase name="${escape(nameOf(oneLine(message)))}" ${placeOf(path ?? 'kobo check')}>${result}</testcase>\n`;
  });
  const errors = notes.filter(({ level }) => level === 'error').length;
  return { name: 'kobo check', tests: notes.length, failures: 0, errors, skipped: notes.length - errors, cases: cases.join('') };
}

/** A class without the ending: Jenkins takes all before the last dot for a package. */
function placeOf(path: string): string {
  return `classname="${escape(path.replace(/\.(?:md|markdown|ya?ml|csv)$/iu, ''))}" file="${escape(path)}"`;
}

function uniqueNames(): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${String(count)})`;
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\t]+\s*/gu, ' ');
}

function isError(finding: ReportedFinding): boolean {
  return finding.severity === 'error';
}

/** XML 1.0 cannot hold most control characters, not even escaped: they are dropped. Line breaks of an attribute are lost unless they are escaped. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"\t\n\r]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? `&#${String(sign.charCodeAt(0))};`);
}
