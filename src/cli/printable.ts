// Control characters, line and paragraph separators, and what turns the direction of text around: a name with one of these could
// colour the terminal, hide what it is, or pass for a line that this program has written (a command of a build server).
// eslint-disable-next-line no-control-regex -- these are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(sign: string): string {
  return short[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A path, an argument or another text that this program did not write, for one line that people read: what cannot be seen is written as an escape. */
export function printable(text: string): string {
  return text.replace(unprintable, escaped);
}

/** The same for text of several lines; line breaks and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(unprintable, (sign) => (sign === '\n' || sign === '\t' ? sign : escaped(sign)));
}

/** The same for a sentence that may be written over several lines: these become one. */
export function printableSentence(text: string): string {
  return printable(text.replace(/\s*[\r\n\t]+\s*/gu, ' '));
}
