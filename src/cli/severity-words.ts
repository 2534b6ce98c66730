import { valueMeaning } from '../core/authoring/key-words';
import type { Severity, SeverityTable } from '../core/book/book';
import { displayWidth } from '../core/text/width';

type Situation = Exclude<keyof SeverityTable, 'default' | 'guessed' | 'missing' | 'types'>;

/** When a rule has another severity than its own, in the order in which situations are looked at. */
const situations: Readonly<Record<Situation, readonly [ja: string, en: string]>> = {
  at_gate: ['ゲートの判定のとき', 'at a gate'],
  old: ['古い記録や、もう使っていない一覧で', 'in an old record or a list that nobody keeps'],
  superseded: ['あとに新しい記録があるとき', 'where a later record stands beside it'],
  finished: ['終わった作業の行で', 'in a row whose work is over'],
  blank_column: ['列のほとんどの行が空のとき（1回だけ）', 'where hardly any row fills in the column (once)'],
  own_name: ['似た名前のものが文書にあるとき', 'where the document has something of a like name'],
  other_form: ['別の書き方の文書で', 'in a document of another form'],
  unusual: ['まわりの文書のほとんどにないとき', 'where hardly any document beside it has the part'],
  mapped: ['文書の種類を kobo.yaml だけが決めているとき', 'where only kobo.yaml says what the document is'],
  embedded: ['ほかの言葉の間にあるとき', 'among other words'],
  slight: ['見た目は正しいとき', 'where it is shown right all the same'],
};

/** A severity as people read it, with the word that a rule writes. */
export function severityWord(severity: Severity, language: 'ja' | 'en'): string {
  return language === 'ja' ? `${valueMeaning(severity, language)}（${severity}）` : severity;
}

/** A line for each situation in which a rule is more or less grave than it says of itself; none where it always is the same. */
export function severityLines(severity: Severity | SeverityTable, language: 'ja' | 'en'): readonly string[] {
  if (typeof severity === 'string') return [];
  const ja = language === 'ja';
  const widest = severityWord('warning', language);
  const line = (severity: Severity, when: string): string => {
    const word = severityWord(severity, language);
    return `    ${word}${' '.repeat(Math.max(0, displayWidth(widest) + 2 - displayWidth(word)))}${when}`;
  };
  return [
    ...Object.entries(situations).flatMap(([name, when]) => {
      const word = severity[name as Situation];
      return word === undefined ? [] : [line(word, when[ja ? 0 : 1])];
    }),
    ...Object.entries(severity.missing ?? {}).map(([id, word]) => line(word, ja ? `足りないのが ${id} だけのとき` : `where only ${id} is missing`)),
    ...Object.entries(severity.types ?? {}).map(([id, word]) => line(word, ja ? `種類が ${id} の文書で` : `in documents of the type ${id}`)),
  ];
}
