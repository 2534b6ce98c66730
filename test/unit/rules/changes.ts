import { pick, type Random } from './mutation';

/** Pieces that mean something to a reader or a rule, whole and broken. */
const pieces = [
  '\n', '\n\n', '\r\n', '\r', '|', '\\|', '| --- |', '# ', '## 決定事項\n', '===', '---\n', '- ', '- [ ] ', '- [x] ', '1. ', '> ', '```\n', '<!--', '-->', '<!-- kobo:waive VAG-010 file -->', '[', '](', ')', '[x][y]', '\n[y]: ./a.md\n', '**',
  '`', '\t', '\u3000', '\ufeff', '\ud83d', '\0', '\ufffd', '"', "'", ':', ': ', ',', '{', '}', '&a ', '*a', '%', '。', '2026-02-30', '12/5', '12月5日（月）', '〜', '令和8年', '９９９９', 'R-001', 'I-999', '【記入】', '佐藤さん', '全員', '未定', 'なし', '完了', '対応中', '高', '適宜', '検討する',
  '100%', '-5', '1e999', '4111 1111 1111 1111', 'カード', '090-1234-5678', 'type: minutes\n', 'status: draft\n', 'status: 承認済み\n', '<<<<<<< a\n', '=======\n', '>>>>>>> b\n',
];

function place(random: Random, text: string): number {
  return Math.floor(random() * (text.length + 1));
}

/** One change of a text at a random place: a key, a slip of the hand, a bad merge, something pasted or taken out. */
export function changed(random: Random, text: string, texts: readonly string[]): string {
  const from = place(random, text);
  const short = Math.min(text.length, from + Math.floor(random() * 40));
  switch (Math.floor(random() * 8)) {
    case 0:
      return text.slice(0, from) + text.slice(short);
    case 1:
    case 2:
      return text.slice(0, from) + (pick(random, pieces) ?? '') + text.slice(from);
    case 3:
      return text.slice(0, from) + (pick(random, pieces) ?? '').repeat(1 + Math.floor(random() * 50)) + text.slice(from);
    case 4: {
      const line = text.lastIndexOf('\n', from) + 1;
      const end = text.indexOf('\n', line);
      return end < 0 ? text : text.slice(0, line) + text.slice(line, end + 1).repeat(2) + text.slice(end + 1);
    }
    case 5: {
      const other = pick(random, texts) ?? '';
      const at = place(random, other);
      return text.slice(0, from) + other.slice(at, at + Math.floor(random() * 400)) + text.slice(from);
    }
    case 6:
      return text.slice(0, from) + String.fromCharCode(Math.floor(random() * 0x10000)) + text.slice(from + 1);
    default:
      return text.slice(0, from) + 'あ' + text.slice(from);
  }
}
