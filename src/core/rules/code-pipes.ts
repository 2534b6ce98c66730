/**
 * Pipes inside code (`` `a|b` ``) that divide cells though nobody meant them to: GFM tables know no code while they look for cells.
 * @param row one line of a Markdown table
 * @returns UTF-16 offsets in the line of the pipes without a backslash, in order
 */
export function pipesInCode(row: string): readonly number[] {
  const pipes: number[] = [];
  for (const code of row.matchAll(/(?<!`)(`{1,3})(?!`)(?:(?!`)[^\r\n]|(?!\1(?!`))`)*?\1(?!`)/gu)) {
    for (let at = code[0].indexOf('|'); at >= 0; at = code[0].indexOf('|', at + 1)) if (code[0].charAt(at - 1) !== '\\') pipes.push(code.index + at);
  }
  return pipes;
}
