import { version } from '../../../package.json';
import type { Severity } from '../../core/book/book';
import type { CheckNote, CheckReport, Format, ReportedFinding, RuleText } from './report';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };
/** What code scanning and viewers call the top of the sources. */
const sourceRoot = '%SRCROOT%';

/**
 * SARIF 2.1.0 (OASIS). Columns are UTF-16 units and 1-based; waived and baselined findings carry their suppression. Code scanning takes
 * relative addresses as those of the repository ("SARIF support for code scanning"), so they count from its top, and `originalUriBaseIds`
 * says where that is.
 */
export const sarif: Format = (report) => {
  const { findings, notes = [], base } = report;
  const texts = new Map<string, RuleText>(report.rules?.map((rule) => [rule.id, rule]));
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  const indexes = new Map<string, number>(rules.map((id, i) => [id, i]));
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Kobo Guide', version, semanticVersion: version, rules: rules.map((id) => toRule(id, texts.get(id), report.language)) } },
        ...(base === undefined ? {} : { originalUriBaseIds: { [sourceRoot]: { uri: base.uri } } }),
        columnKind: 'utf16CodeUnits',
        ...(notes.length === 0 ? {} : { invocations: [{ executionSuccessful: notes.every(({ level }) => level !== 'error'), toolExecutionNotifications: notes.map((note) => toNotification(note, report)) }] }),
        results: findings.map((finding) => toResult(finding, indexes.get(finding.rule) ?? 0, report)),
      },
    ],
  })}\n`;
};

/** The help says where the Book explains it: a Book has no address of the web. */
function toRule(id: string, text: RuleText | undefined, language: 'ja' | 'en'): object {
  if (text === undefined) return { id };
  const { title, why, guide } = text;
  const help = [why, guide === undefined ? '' : `${language === 'ja' ? 'コボブックのページ：' : 'Page of the Book: '}${guide}`].filter((line) => line !== '').join('\n\n');
  return { id, ...(title === '' ? {} : { shortDescription: { text: title } }), ...(why === '' ? {} : { fullDescription: { text: why } }), ...(help === '' ? {} : { help: { text: help } }) };
}

function locationOf(path: string, { base }: CheckReport): object {
  const uri = (base?.pathOf(path) ?? path).split('/').map(encodeURIComponent).join('/');
  return { uri, ...(base === undefined ? {} : { uriBaseId: sourceRoot }) };
}

function toNotification({ level, message, path, line }: CheckNote, report: CheckReport): object {
  return {
    level, message: { text: message },
    ...(path === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: locationOf(path, report), ...(line === undefined ? {} : { region: { startLine: line } }) } }] }),
  };
}

function toResult(finding: ReportedFinding, ruleIndex: number, report: CheckReport): object {
  const { start, end } = finding.range;
  const suppressed = finding.suppression;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: locationOf(finding.path, report),
          region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
        },
      },
    ],
    ...(finding.guide === undefined ? {} : { properties: { guide: finding.guide } }),
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: suppressed.kind === 'waiver' ? suppressed.reason : 'baseline' }] }),
  };
}
