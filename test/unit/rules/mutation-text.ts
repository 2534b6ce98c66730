import { fieldMutant, headMutant, headOf, isType, mutant, pick, say, sayAnywhere, type Kind, type Mutant, type Random } from './mutation';
import type { TypedDocument } from '../../../src/core/product/meaning';

function word(rule: string, kind: string, types: readonly string[], words: readonly string[], extra: Partial<Kind> = {}): Kind {
  return { kind, rule, ...extra, inject: (d, r) => (types.length === 0 || isType(d, ...types) ? say(d, r, pick(r, words) ?? '') : undefined) };
}

function anywhere(rule: string, kind: string, words: readonly string[], extra: Partial<Kind> = {}): Kind {
  return { kind, rule, ...extra, inject: (d, r) => sayAnywhere(d, r, pick(r, words) ?? '') };
}

/** The name of the file changed. */
function renamed(d: TypedDocument, change: (folder: string, stem: string, ending: string) => string): Mutant | undefined {
  // Without its type in the text only the name says what a document is.
  if (d.document.format === 'csv' || isType(d, 'roster')) return undefined;
  const slash = d.path.lastIndexOf('/') + 1;
  const dot = d.path.lastIndexOf('.');
  const to = change(d.path.slice(0, slash), d.path.slice(slash, dot), d.path.slice(dot));
  return { ...mutant(d, [], headOf(d), to), expected: [{ path: to, line: 0 }] };
}

const lines = (random: Random, text: string): number => pick(random, [...text.matchAll(/\n/gu)].map((match) => match.index + 1)) ?? 0;

/** Words, secrets, names, files that cannot be read. */
export const textKinds: readonly Kind[] = [
  anywhere('CMP-005', 'template text left', ['【記入：背景】', '担当は○○○とする', '公開はYYYY-MM-DDとする', '＿＿＿＿'], { also: ['OWN-001'] }),
  word('CMP-006', 'open point of nobody', [], ['会場は未定である。', '費用はTBD。', '集計のしかたは要確認。', 'TODO 図を足す。'], { also: ['OWN-009', 'VAG-003'] }),
  word('VAG-001', 'as appropriate', ['project-plan', 'runbook', 'requirements'], ['内容は適宜見直す。', '必要に応じて店に知らせる。', '随時、数を見る。']),
  word('VAG-002', 'as far as possible', ['requirements', 'slo', 'project-plan'], ['なるべく早く返す。', '可能な限り止めない。', '極力、画面を変えない。']),
  word('VAG-006', 'cannot be measured', ['requirements', 'quality-plan', 'slo'], ['使いやすい画面とする。', '適切な速さで動く。', '高速に表示する。']),
  word('VAG-010', 'sentence without end', [], [
    `この文は、${'読む人が途中で何の話かを忘れるほど長く、条件や例外や補足が次々に足されていくため、'.repeat(3)}あとから読み返しても何を決めたのかがわからない。`,
    `${'配信の担当が店の一覧を開き、未確認の店を選び、文面を直し、宛先を確かめ、'.repeat(4)}送る。`,
  ]),
  word('VAG-011', 'double negative', ['requirements'], ['印刷しないことはない。', '紙で配らざるを得ない。', '申請が要らないわけではない。']),
  word('XDC-010', 'word of another form', [], ['障害のときは切戻しをする。', '説明はKoboブックにある。'], { also: ['OWN-009'] }),
  word('SEC-009', 'real data in a test', ['test-plan'], ['本番データの顧客情報を、そのまま使う。', '本番環境のデータから利用者情報を取り出す。']),
  word('SEC-010', 'blame', ['postmortem', 'retrospective'], ['山田さんのミスで止まった。', '池田さんの不注意が続いた。', '岡田さんが確認を怠った。']),
  anywhere('SEC-001', 'key', ['鍵は AKIAIOSFODNN7EXAMPLE である', 'ghp_0123456789abcdefghijABCDEFGHIJ012345 を使う', '-----BEGIN RSA PRIVATE KEY-----'], { also: ['VAG-010'] }),
  anywhere('SEC-002', 'password', ['パスワードは Himitsu-2026x', 'パスワード：Qx7-kanri-88', 'password: Tana2026!x'], { also: ['REG-018'] }),
  {
    kind: 'meeting with its passcode', rule: 'SEC-003',
    inject: (d, r) => (isType(d, 'minutes', 'communication-plan') ? say(d, r, pick(r, ['会議は https://example.zoom.us/j/1234567890?pwd=QWxhZGRpbjpvcGVu で開く。', '[オンライン](https://example.zoom.us/j/99?pwd=abcDEF123456)で開く。']) ?? '') : undefined),
  },
  {
    kind: 'contact of a person', rule: 'SEC-004',
    inject: (d, r) => (isType(d, 'roster', 'stakeholder-register') ? undefined : sayAnywhere(d, r, pick(r, ['連絡は 090-1234-5678 へ', 'yamada.taro@gmail.com に送る', '電話は080-9876-5432']) ?? '')),
  },
  anywhere('SEC-005', 'my number', ['マイナンバーは 1234 5678 9018', '個人番号：123456789018']),
  anywhere('SEC-006', 'card number', ['カード番号は 4111 1111 1111 1111', 'クレジットカード 4242-4242-4242-4242 で払う']),
  {
    kind: 'list of persons', rule: 'SEC-007', also: ['CMP-004'],
    inject: (d, r) => {
      const said = isType(d, 'roster', 'stakeholder-register') || d.document.format !== 'markdown' ? undefined
        : say(d, r, `| 氏名 | ${pick(r, ['住所', '生年月日', 'メールアドレス']) ?? ''} |\n| --- | --- |\n| 甲 | あ |\n| 乙 | い |\n| 丙 | う |`);
      return said;
    },
  },
  {
    kind: 'inner address in public', rule: 'SEC-011', also: ['SEC-008'],
    inject: (d, r) => {
      const field = d.document.fields.find((each) => each.name === 'confidentiality' && each.source === 'front_matter');
      const said = field === undefined ? undefined : say(d, r, pick(r, ['一覧は http://delivery.intra.local/list にある。', '10.0.12.7 で動く。', 'http://192.168.1.20:8080/ を開く。']) ?? '');
      if (field === undefined || said === undefined) return undefined;
      return { ...said, text: said.text.replace('confidentiality: 社内', 'confidentiality: 公開') };
    },
  },
  {
    kind: 'link to nowhere', rule: 'XDC-002', network: true,
    inject: (d, r) => say(d, r, pick(r, ['[計画](plam.md)にある。', '[一覧](../no/list.csv)を見る。', '[手順](#この見出しはない)に書いた。', '[表](docs/none.md#x)にある。']) ?? ''),
  },
  {
    kind: 'link that broke', rule: 'XDC-002', network: true, also: ['TRC-003', 'TRC-008', 'TRC-009', 'XDC-008', 'GAT-006'],
    inject: (d, r) => {
      const link = pick(r, d.document.links.filter((each) => /\.(?:md|csv|yaml)$/u.test(each.target)));
      return link === undefined ? undefined : mutant(d, [{ ...link.targetSpan, text: link.target.replace(/(\.[a-z]+)$/u, '-old$1') }], link.targetSpan.start);
    },
  },
  {
    kind: 'number of nothing', rule: 'XDC-001', network: true,
    inject: (d, r) => sayAnywhere(d, r, pick(r, ['くわしくは I-999 にある', 'R-404 を見る', 'REQ-777 のため', 'D-123 で決めた']) ?? ''),
  },
  { kind: 'name with a version in it', rule: 'NAM-005', also: ['NAM-001', 'XDC-002'], inject: (d, r) => renamed(d, (folder, stem, ending) => `${folder}${stem}${pick(r, ['_最新', '_最終版', ' (1)', '_コピー', '-final']) ?? ''}${ending}`) },
  { kind: 'name with unsafe signs', rule: 'NAM-004', also: ['NAM-001', 'XDC-002'], inject: (d, r) => renamed(d, (folder, stem, ending) => `${folder}${stem}${pick(r, ['\u3000表', '①', '㈱']) ?? ''}${ending}`) },
  {
    kind: 'name of another shape', rule: 'NAM-001', also: ['XDC-002', 'NAM-003'],
    inject: (d, r) => ((d.type?.places.file ?? '*').startsWith('*.') || isType(d, 'roster') ? undefined : renamed(d, (folder, _, ending) => `${folder}${pick(r, ['memo', 'ノート', 'untitled3']) ?? ''}${ending}`)),
  },
  {
    kind: 'filed elsewhere', rule: 'NAM-002', also: ['XDC-002'],
    inject: (d) => (d.type?.places.folder === undefined || !d.path.startsWith('docs/') ? undefined : renamed(d, (_, stem, ending) => `etc/${stem}${ending}`)),
  },
  {
    kind: 'name of another day', rule: 'NAM-003', also: ['XDC-002', 'FRS-009'],
    inject: (d, r) => (isType(d, 'minutes', 'status-report') ? renamed(d, (folder, stem, ending) => `${folder}${stem.replace(/^\d{4}-\d{2}-\d{2}/u, pick(r, ['2026-11-02', '2026-07-01', '2025-11-17']) ?? '')}${ending}`) : undefined),
  },
  {
    kind: 'conflict left', rule: 'DOC-001',
    inject: (d, r) => {
      const at = lines(r, d.document.text);
      return mutant(d, [{ start: at, end: at, text: '<<<<<<< HEAD\nこちら\n=======\nあちら\n>>>>>>> main\n' }], at);
    },
  },
  {
    kind: 'garbled', rule: 'DOC-002',
    inject: (d, r) => {
      const at = lines(r, d.document.text);
      return mutant(d, [{ start: at, end: at, text: '\ufffd\ufffd\ufffd\ufffd' }], at);
    },
  },
  {
    kind: 'head that cannot be read', rule: 'DOC-004',
    inject: (d, r) => {
      const value = pick(r, ['"閉じない', '[開いたまま', '{ a: ']) ?? '';
      return d.document.format === 'csv' ? undefined : headMutant(d, `memo: ${value}\n`, 'line') ?? fieldMutant(d, 'product', '"閉じない');
    },
  },
  {
    kind: 'CSV with an open quote', rule: 'REG-020', also: ['REG-002'],
    inject: (d, r) => {
      const row = d.document.format === 'csv' ? pick(r, d.tables[0]?.table.rows ?? []) : undefined;
      const cell = row === undefined ? undefined : pick(r, row.cells.filter((each) => each.text.length > 5 && !/\d{2}/u.test(each.text)).slice(1));
      return cell === undefined ? undefined : mutant(d, [{ start: cell.span.start, end: cell.span.start, text: '"' }], cell.span.start);
    },
  },
  {
    kind: 'waiver that waives nothing', rule: 'WVR-002',
    inject: (d, r) => say(d, r, '<!-- kobo:waive VAG-010 file reason="前任の記録" by="前田" until=2027-03-31 -->'),
  },
  {
    kind: 'waiver without a reason', rule: 'WVR-004',
    inject: (d, r) => say(d, r, pick(r, ['<!-- kobo:waive VAG-010 file by="前田" until=2027-03-31 -->', '<!-- kobo:waive VAG-010 file reason="前任の記録" until=2027-03-31 -->']) ?? ''),
  },
];
