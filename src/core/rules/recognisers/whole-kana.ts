import { composed } from '../../text/compose';
import type { Hit, Recogniser } from './recogniser';

/** A recogniser that also reads kana of half width (ﾊﾟｽﾜｰﾄﾞ) and letters whose marks stand apart. */
export function inWholeKana(recogniser: Recogniser): Recogniser {
  return (text, surroundings) => {
    const whole = composed(text, true);
    if (whole === undefined) return recogniser(text, surroundings);
    return recogniser(whole.text, surroundings).map((hit): Hit => ({ ...hit, start: whole.map[hit.start] ?? 0, end: whole.map[hit.end] ?? text.length }));
  };
}
