import type { Check } from './check';
import { csvReadable, rowWidth } from './csv';
import { loadShare } from './load-share';
import { sameContent } from './same-content';
import { totals } from './totals';

/** Every built-in check by its name in rule files. */
export const checks: Readonly<Record<string, Check>> = {
  row_width: rowWidth, csv_readable: csvReadable, totals, load_share: loadShare, same_content: sameContent,
};
