import type { BookProblem } from './book';
import { problem } from './problems';

/** A value, or one of a list in brackets, that stands in “ ” as a whole: these are letters of the text in YAML. */
const quoted = /(?:^[ \t]*(?:- +)*[\w-]+:[ \t]+|[[,{][ \t]*(?:[\w-]+:[ \t]+)?|^[ \t]*- +)(“[^“”"\n]{0,200}”)(?=[ \t]*(?:[,\]}]|$))/dgmu;
const mostTold = 5;

/** Values in quotes that YAML does not know, which were meant as quotes: they would be shown, and compared, with them. */
export function foreignQuotes(text: string, path: string): readonly BookProblem[] {
  if (!text.includes('“')) return [];
  return [...text.matchAll(quoted)].slice(0, mostTold).flatMap(({ indices }) => {
    const place = indices?.[1];
    return place === undefined ? [] : [problem(path, { start: place[0], end: place[1] }, 'warning', 'quotes',
      '引用符が全角の “ ” なので、言葉の一部になります。半角の " にするか、消してください。', 'The quotes “ ” become part of the text. Use plain ", or leave them out.')];
  });
}
