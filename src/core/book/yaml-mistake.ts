import type { Span } from '../text/position';

/** What a person did in a YAML text that cannot be read, and how it is mended. */
export interface YamlMistake {
  readonly span: Span;
  readonly ja: string;
  readonly en: string;
}

/** What stands further right in a line is not looked at: patterns may take the square of it. */
const longestLine = 500;

interface Line {
  readonly text: string;
  readonly start: number;
}

/** How far above the place where the parser stopped the cause may stand. */
const linesAbove = 12;

/**
 * The mistake behind a syntax error. A parser tells where it could not go on; the cause stands in that line or, where something was left
 * open, above it. Looks at the lines only.
 * @param at offset where the parser stopped
 * @returns `undefined` where no line shows what it is
 */
export function mistakeAt(text: string, at: number): YamlMistake | undefined {
  const lines = linesOf(text);
  const stopped = Math.max(0, lines.findLastIndex((line) => line.start <= at));
  const hereAndAbove = lines.slice(Math.max(0, stopped - linesAbove), stopped + 1).reverse().filter(({ text: line }) => line.trim() !== '');
  const [next, afterNext] = lines.slice(stopped + 1).filter(({ text: line }) => line.trim() !== '');
  for (const line of [...hereAndAbove.slice(0, 2), ...(next === undefined ? [] : [next])]) {
    const found = inLine(line);
    if (found !== undefined) return found;
  }
  return leftOpen(hereAndAbove) ?? openQuote(lines.slice(0, stopped + 1)) ?? tooDeep(hereAndAbove, next, afterNext) ?? inMap(hereAndAbove) ?? indentation(hereAndAbove, next);
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line.slice(0, longestLine).replace(/\r$/u, ''), start };
    start += line.length + 1;
    return found;
  });
}

/** A key as files of a Book write it, with the dash of a list before it. */
const key = String.raw`^\s*(?:- +)*["']?[\p{L}\p{N}_.*/-]+["']?`;

type Told = readonly [pattern: RegExp, ja: (match: RegExpExecArray) => string, en: (match: RegExpExecArray) => string];

/** What one line shows by itself; the last group of a pattern is underlined. */
const shapes: readonly Told[] = [
  [/^ *(\t+)/du, () => '字下げにタブが使われています。半角の空白に置き換えてください。', () => 'The line is indented with a tab. Use spaces.'],
  [/^[ \t]*(\u3000+)/du, () => '字下げに全角の空白が使われています。半角の空白に置き換えてください。', () => 'The line is indented with full-width spaces. Use plain spaces.'],
  [/^\s*(＃)/du, () => 'コメントの印が全角の「＃」です。半角の「#」にしてください。', () => 'The comment begins with a full-width ＃. Use #.'],
  [/^\s*([－―–—])(?=[\s\u3000]*\p{L})/du, ([, dash = '']) => `一覧の印が全角の「${dash}」です。半角の「- 」（後ろに空白）にしてください。`, ([, dash = '']) => `The item begins with ${dash}. Use a plain - and a space.`],
  [/^\s*(-)(?=[A-Za-z_]+:(?:\s|$))/du, () => '「-」の後ろに空白がありません。「- 」のように空白を1つ置いてください。', () => 'There is no space after the dash. Write "- ".'],
  [new RegExp(String.raw`${key}(：)`, 'du'), () => '全角の「：」が使われています。半角の「:」にして、後ろに空白を1つ置いてください。', () => 'The colon is full-width. Use a plain colon and a space.'],
  [new RegExp(String.raw`${key}:(\u3000+)`, 'du'), () => '「:」の後ろが全角の空白です。半角の空白にしてください。', () => 'The space after the colon is full-width. Use a plain space.'],
  // A key that is a path or a pattern, too; not behind a dash, where `10:30` is a text.
  [/^\s*((?:[A-Za-z_][\w-]*|[^\s:#"'{}[\],&*!|>%@`-][^\s:"'{}[\],]*):)(?=[^\s:/])/du, ([, name = '']) => `「${name}」の後ろに空白がありません。「${name} 」のように空白を1つ置いてください。`, ([, name = '']) => `There is no space after "${name}". Put one there.`],
  [/^\s*(?:- +)+([A-Za-z_][\w-]*:)(?=[^\s:/])/du, ([, name = '']) => `「${name}」の後ろに空白がありません。「${name} 」のように空白を1つ置いてください。`, ([, name = '']) => `There is no space after "${name}". Put one there.`],
  [/^\s*(?:- +)*([*&][^\s:"']*):(?:\s|$)/du, ([, name = '']) => `「${name.charAt(0)}」で始まる名前は引用符で囲みます。「"${name}":」のように書いてください。`, ([, name = '']) => `A key that begins with ${name.charAt(0)} is written in quotes: "${name}":`],
  [/\{[^{}"']*[^\s{},"':](、|，)\s*[A-Za-z_][\w-]*[:：]/du, ([, comma = '']) => `{ } の中の区切りが全角の「${comma}」です。半角の「, 」にしてください。`, ([, comma = '']) => `The parts inside { } are separated by ${comma}. Use a plain comma and a space.`],
  [/\{(?:[^{}"']*,)?\s*[\w.-]+: +([^\s{}[\],"'][^{}[\],"']*?: [^{},]*?)\s*[,}]/du, () => '文の中に「: 」（コロンと空白）があります。文の全体を「"」で囲んでください。', () => 'There is a colon with a space inside the text. Put the whole text in quotes.'],
  [new RegExp(String.raw`${key}:\s+(\{[^{}]*\}\s*[^\s#,}\]].*)$`, 'du'), () => '「{」で始まる文は、YAML では別の意味になります。文の全体を「"」で囲んでください。', () => 'A text that begins with { means something else in YAML. Put the whole text in quotes.'],
  [new RegExp(String.raw`${key}:\s+(\[[^[\]]*\]\s*[^\s#,}\]].*)$`, 'du'), () => '「[」で始まる文は、YAML では別の意味になります。文の全体を「"」で囲んでください。', () => 'A text that begins with [ means something else in YAML. Put the whole text in quotes.'],
  [new RegExp(String.raw`${key}:\s+([@\u0060%*&!][^\n]*)$`, 'du'), ([, value = '']) => `「${value.charAt(0)}」で始まる文は、YAML では別の意味になります。文の全体を「"」で囲んでください。`, ([, value = '']) => `A text that begins with ${value.charAt(0)} means something else in YAML. Put the whole text in quotes.`],
  [new RegExp(String.raw`${key}:\s+(?:"[^"]*"|'[^']*')\s*([^\s#,}\]:].*)$`, 'du'), () => '引用符で囲んだ後ろに文が続いています。文の全体を1組の引用符で囲んでください。', () => 'Words follow the closing quote. Put the whole text in one pair of quotes.'],
  [new RegExp(String.raw`${key}:\s+[^"'{[|>#\s][^\n]*?(: )`, 'du'), () => '文の中に「: 」（コロンと空白）があります。文の全体を「"」で囲んでください。', () => 'There is a colon with a space inside the text. Put the whole text in quotes.'],
];

function inLine({ text, start }: Line): YamlMistake | undefined {
  for (const [pattern, ja, en] of shapes) {
    const match = pattern.exec(text);
    const place = match?.indices?.at(-1);
    if (match !== null && place !== undefined) return { span: { start: start + place[0], end: start + place[1] }, ja: ja(match), en: en(match) };
  }
  return undefined;
}

const closing: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** A bracket that is open at the end of its line and is not closed up to where the parser stopped. @param lines from there upwards */
function leftOpen(lines: readonly Line[]): YamlMistake | undefined {
  const open: { readonly bracket: string; readonly at: number }[] = [];
  for (const { text, start } of [...lines].reverse()) {
    // Texts in quotes may hold anything.
    const bare = text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/gu, (quoted) => ' '.repeat(quoted.length)).replace(/(?:^|\s)#.*$/u, '');
    // A bracket inside plain words is one of the words.
    for (const { 0: bracket, index } of bare.matchAll(/[[\]{}]/gu)) {
      if (bracket in closing) {
        if (open.length > 0 || /(?:^|[:\s,[{-])$/u.test(bare.slice(0, index))) open.push({ bracket, at: start + index });
      } else if (closing[open.at(-1)?.bracket ?? ''] === bracket) open.pop();
    }
  }
  const [first] = open;
  if (first === undefined) return undefined;
  const close = closing[first.bracket] ?? '';
  return { span: { start: first.at, end: first.at + 1 }, ja: `「${first.bracket}」が閉じていません。行の終わりに「${close}」を付けてください。`, en: `The ${first.bracket} is not closed. Put ${close} at the end of the line.` };
}

/** The first value that begins with a quote which its line does not close. */
function openQuote(lines: readonly Line[]): YamlMistake | undefined {
  for (const { text, start } of lines) {
    const match = /^\s*(?:- +)*(?:["']?[\p{L}\p{N}_-]+["']?:\s+|- +)(["'])/du.exec(text);
    const place = match?.indices?.[1];
    const quote = match?.[1] ?? '';
    if (place === undefined || text.slice(place[1]).replaceAll('\\"', '').includes(quote)) continue;
    return { span: { start: start + place[0], end: start + place[1] }, ja: `引用符（${quote}）が閉じていません。文の終わりにも付けてください。`, en: `The quote (${quote}) is not closed. Put one at the end of the text too.` };
  }
  return undefined;
}

/** A key with a value on its line. */
const fullKey = /^\s*(?:- +)*["']?[^\s"'#:-][^"'#:]*["']?: +[^\s#|>&]/u;
const anyKey = /^\s*(?:- +)*["']?[^\s"'#:-][^"'#:]*["']?:(?:\s|$)/u;

/**
 * A key that stands deeper than the one above it, which has a value of its own.
 * @param lines from where the parser stopped upwards
 * @param afterNext the line behind `next`: where it goes back, `next` is the one that is off
 */
function tooDeep(lines: readonly Line[], next: Line | undefined, afterNext: Line | undefined): YamlMistake | undefined {
  const [here, above] = lines;
  const isDeeper = (line: Line, before: Line): boolean => fullKey.test(before.text) && anyKey.test(line.text) && columnOf(line.text) > columnOf(before.text);
  if (here === undefined) return undefined;
  if (next !== undefined && isDeeper(next, here)) {
    const goesBack = afterNext === undefined ? above === undefined || columnOf(above.text) === columnOf(here.text) : columnOf(afterNext.text) <= columnOf(here.text);
    if (goesBack) return indented(next);
  }
  return above !== undefined && isDeeper(here, above) ? indented(here) : undefined;
}

/** An item of a list between the keys of a map. @param lines from where the parser stopped upwards */
function inMap(lines: readonly Line[]): YamlMistake | undefined {
  for (const [i, { text, start }] of lines.slice(0, 2).entries()) {
    const indent = /^( *)- /u.exec(text)?.[1]?.length;
    const above = indent === undefined ? undefined : lines.slice(i + 1).find((line) => (/^ */u.exec(line.text)?.[0].length ?? 0) <= indent);
    if (indent === undefined || above === undefined || columnOf(above.text) !== indent || /^ *- /u.test(above.text) || !fullKeyOrMap(above.text)) continue;
    return {
      span: { start: start + indent, end: start + text.trimEnd().length },
      ja: 'ここは「名前: 値」を並べる場所なので、「- 」で始まる行は書けません。上の行と同じ「名前: 値」の形にしてください。', en: 'This part is a map: a line that begins with a dash cannot stand here. Write it as "name: value", like the line above.',
    };
  }
  return undefined;
}

/** A key with its value, also one in braces. */
function fullKeyOrMap(text: string): boolean {
  return anyKey.test(text) && !/:\s*(?:#.*)?$/u.test(text);
}

/** Neighbouring lines of one thing that do not begin at the same column. @param lines from where the parser stopped upwards */
function indentation(lines: readonly Line[], next: Line | undefined): YamlMistake | undefined {
  const [here, above] = lines;
  if (here === undefined) return undefined;
  const isOff = above === undefined || next === undefined || columnOf(here.text) !== columnOf(above.text) || columnOf(next.text) <= columnOf(here.text);
  return indented(isOff ? here : next);
}

function indented(line: Line): YamlMistake {
  const indent = /^\s*/u.exec(line.text)?.[0].length ?? 0;
  return {
    span: { start: line.start + indent, end: line.start + line.text.trimEnd().length },
    ja: '字下げが前の行と合っていません。同じまとまりの行は、行頭の空白の数をそろえてください。', en: 'The indentation does not fit the line before. Lines of one thing begin at the same column.',
  };
}

/** Where the key of a line begins, behind the dash of a list. */
function columnOf(text: string): number {
  return /^\s*(?:- +)*/u.exec(text)?.[0].length ?? 0;
}
