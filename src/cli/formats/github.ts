import type { Severity } from '../../core/book/book';
import type { CheckNote, Format } from './report';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/**
 * Workflow commands of GitHub Actions (docs.github.com, "Workflow commands"): annotations on the changed lines. The runner takes a
 * relative path as one of the repository, whatever `working-directory` a step has.
 */
export const github: Format = (report) => {
  const pathOf = report.base?.pathOf ?? ((path: string) => path);
  return [
    ...report.findings
      .filter((finding) => finding.suppression === undefined)
      .map(({ severity, path, range, message, rule }) => {
        const place = `file=${property(pathOf(path))},line=${String(range.start.line + 1)},col=${String(range.start.character + 1)},endLine=${String(range.end.line + 1)},endColumn=${String(range.end.character + 1)}`;
        return `::${commands[severity]} ${place},title=${property(rule)}::${data(message)}\n`;
      }),
    ...(report.notes ?? []).map((note) => noteCommand(note, pathOf)),
  ].join('');
};

function noteCommand({ level, message, path, line }: CheckNote, pathOf: (path: string) => string): string {
  const place = path === undefined ? [] : [`file=${property(pathOf(path))}`, ...(line === undefined ? [] : [`line=${String(line)}`])];
  return `::${level} ${[...place, 'title=Kobo Guide'].join(',')}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
