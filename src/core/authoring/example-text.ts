import type { ExampleResult } from '../rules/examples';
import type { Span } from '../text/position';

type Language = 'ja' | 'en';

/** The example with its marks and the number of findings that it asks for. */
export function expectedText({ kind, files, marks, wanted }: ExampleResult, language: Language): string {
  return shown(files, (path) => marks.get(path) ?? [], counted(kind === 'good' ? 0 : wanted, language), []);
}

/** The example with what is underlined now, and the findings. */
export function actualText({ files, findings, marks, ok }: ExampleResult, language: Language): string {
  // An example without marks only asks how many findings there are.
  const marked = [...marks.values()].some((spans) => spans.length > 0) || !ok;
  const spansOf = (path: string): readonly Span[] => (marked ? findings.filter((finding) => finding.path === path).map(({ span }) => span) : []);
  return shown(files, spansOf, counted(findings.length, language), ok ? [] : findings.map(({ message }) => message));
}

function counted(count: number, language: Language): string {
  return language === 'ja' ? `→ 指摘 ${String(count)} 件` : `→ ${String(count)} finding${count === 1 ? '' : 's'}`;
}

function shown(files: ExampleResult['files'], spansOf: (path: string) => readonly Span[], count: string, messages: readonly string[]): string {
  const texts = files.map(({ path, text }) => `${files.length > 1 ? `— ${path}\n` : ''}${withMarks(text, spansOf(path)).trimEnd()}\n`);
  return `${texts.join('\n')}\n${[count, ...messages.map((message) => `・${message}`)].join('\n')}\n`;
}

function withMarks(text: string, spans: readonly Span[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += `${text.slice(at, start)}《${text.slice(start, end)}》`;
    at = end;
  }
  return out + text.slice(at);
}
