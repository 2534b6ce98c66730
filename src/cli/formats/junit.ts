import type { Format, ReportedFinding } from './report';

/** JUnit XML: one test suite a document, one failing case a finding of severity error or warning. */
export const junit: Format = ({ findings }) => {
  const byPath = new Map<string, ReportedFinding[]>();
  const open = findings.filter(({ suppression }) => suppression === undefined);
  for (const finding of open) {
    byPath.set(finding.path, [...(byPath.get(finding.path) ?? []), finding]);
  }
  const suites = [...byPath].map(([path, own]) => {
    const cases = own.map(toCase).join('');
    return `  <testsuite name="${escape(path)}" tests="${String(own.length)}" failures="${String(own.filter(isFailure).length)}">\n${cases}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Kobo Guide" tests="${String(open.length)}" failures="${String(open.filter(isFailure).length)}">\n${suites.join('')}</testsuites>\n`;
};

function toCase(finding: ReportedFinding): string {
  const line = String(finding.range.start.line + 1);
  const name = `${finding.rule} ${finding.path}:${line}`;
  const failure = isFailure(finding) ? `<failure message="${escape(finding.message)}" type="${finding.severity}"/>` : `<system-out>${escape(finding.message)}</system-out>`;
  return `    <testcase name="${escape(name)}" classname="${escape(finding.path)}">${failure}</testcase>\n`;
}

function isFailure(finding: ReportedFinding): boolean {
  return finding.severity === 'error' || finding.severity === 'warning';
}

/** XML 1.0 cannot hold most control characters, not even escaped: they are dropped. Line breaks of an attribute are lost unless they are escaped. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"\t\n\r]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? `&#${String(sign.charCodeAt(0))};`);
}
