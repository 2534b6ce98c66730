import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recognisers, type RecogniserName } from '../../../src/core/rules/recognisers/index';
import type { Surroundings } from '../../../src/core/rules/recognisers/recogniser';

const surroundings: Surroundings = {
  people: new Set(['maria', '水戸']), ownDomains: ['our.co.jp'],
  terms: [{ preferred: 'サーバー', english: [], aliases: [], variants: ['サーバ'] }],
};

/** What a recogniser finds in a text, as text. */
function found(name: RecogniserName, text: string): readonly string[] {
  return recognisers[name](text, surroundings).map((hit) => text.slice(hit.start, hit.end));
}

/** Finds exactly these, and nothing in the others. */
function finds(name: RecogniserName, yes: Readonly<Record<string, readonly string[]>>, no: readonly string[]): void {
  it(name, () => {
    for (const [text, expected] of Object.entries(yes)) assert.deepEqual(found(name, text), expected, text);
    for (const text of no) assert.deepEqual(found(name, text), [], text);
  });
}

describe('recognisers', () => {
  finds('date', {
    '12月5日までに': ['12月5日'], '2026-12-01と2026/12/3': ['2026-12-01', '2026/12/3'], '2026年12月末までに': ['2026年12月'],
    '２０２７年３月に、2026年12月4日の': ['２０２７年３月', '2026年12月4日'],
    '2027年度末までに': ['2027年度末'], '来年3月までに': ['来年3月'], 'by the end of Q2 2027': ['Q2 2027'], 'by the end of 2027': ['by the end of 2027'], 'until March 2027, FY2027-Q1': ['March 2027', 'FY2027-Q1'], '2027年夏、2027年度第1四半期': ['2027年夏', '2027年度第1四半期'],
  }, ['3/4件', '1.2.3', '12月は忙しい', '2026年13月', '2027年度の計画', '2027年から', 'Q2の売上', 'Mayor 2027', 'ISO 2027-Q5', 'in 2027']);
  finds('time', { '23:30までに': ['23:30'], '午後3時半': ['午後3時半'] }, ['3時間かかる', '1:2:3']);
  finds('quantity', { '20%減らす': ['20%'], '3営業日と5件': ['3営業日', '5件'] }, ['2026年12月5日', 'なし']);
  finds('money', { '300万円': ['300万円'], '¥1,200': ['¥1,200'] }, ['300件']);
  finds('person', {
    '佐藤が決める': ['佐藤'], '担当：佐藤　期限：': ['佐藤'], '高橋さんと鈴木': ['高橋', '鈴木'], 'Mariaが書く': ['Maria'], '水戸が': ['水戸'],
  }, ['夜間の監視を始める', 'お客さんに伝える', '石川県の店舗', '未定（担当：　期限：）', '皆さんへ']);
  finds('role', { '運用当番（今週は佐藤）': ['運用当番'], 'PMが判断': ['PM'] }, ['佐藤', 'npmで入れる']);
  finds('actor', { '開発チームが来週から': ['開発チーム'] }, ['夜間の監視を始めることになった']);
  finds('id', { 'I-001とADR-0003': ['I-001', 'ADR-0003'], 'TOKYO-012 の件': ['TOKYO-012'] }, ['ADR の §D-9 と § D-10', 'UTF-8とISO-9', 'x-1', 'GPT-4', 'CVE-2021-34527 と RFC-9110 と ISO-27001']);
  finds('email', { 'a@b.co.jp へ': ['a@b.co.jp'] }, ['@here']);
  finds('personal_email', { 'taro.yamada@gmail.com': ['taro.yamada@gmail.com'] }, ['taro@our.co.jp', 'x@example.com', 'support@vendor.jp', 'dev-list@lists.example.org', 'https://deploy:Tg7kobo22@git.hoshi-data.co.jp/app.git', 'git@github.com:a/b']);
  finds('phone', { '090-1234-5678': ['090-1234-5678'], '03-1234-5678': ['03-1234-5678'], 'cell (303) 555-7719': ['(303) 555-7719'], 'Call +91 98470 55512': ['+91 98470 55512'] }, ['ベンダー窓口 03-5550-0142', 'a +12 34 of 2026', '0120-123-456', '2026-11-24', '2025-0001-0002']);
  finds('placeholder', { '担当は【記入】です': ['【記入】'], '【会議名を入力】': ['【会議名を入力】'], '[名前を入力してください]': ['[名前を入力してください]'], '{{name}}と○○': ['{{name}}', '○○'], '[Your Name]': ['[Your Name]'], '担当：＿＿': ['＿＿'] },
    ['○', '"Introduce [Your Name]" という題', '## 測定の記録\n\n| 範囲 | ____ |', '日付は YYYY-MM-DD 形式で書く', '〇月〇日の形で書く', '[x] 済み', 'XXX-1', '[Name](a.md)']);
  // What a screen shows, how an option is written, an example.
  finds('placeholder', { '| 版 | DD/MM/YYYY |': ['DD/MM/YYYY'], '# [System name] plan': ['[System name]'], '## 画面更新仕様 (◯◯ イベント時)': ['◯◯'] },
    ['#### 表示項目\n\n- ○○日前', '| オプション | 説明 |\n|---|---|\n| `--date` | 対象日 YYYY-MM-DD |', '| 項目 | 表示内容 |\n|---|---|\n| 投稿日時 | YYYY/MM/DD HH:MM |',
      '**【例】方針**\n\n| # | 値 |\n|---|---|\n| 時期 | xxxx年3月 |', 'Some examples are:\n\n* [Your software] uses it', '| 1 | [App Name] | x |', "a new issue with a '[Feature Name] - Beta' title", '[name] stands for it']);
  // Left over in a template, meant as it stands in a sentence.
  finds('placeholder', { 'XXX様に送る': ['XXX'], '氏名：____': ['____'], '____年__月': ['__'], '公開は YYYY-MM-DD とする': ['YYYY-MM-DD'], '○○社と話す': ['○○'],
    '開催日：〇年〇月〇日': ['〇年〇月〇日'], 'XX月XX日 までに': ['XX月XX日'], 'I-1,画面,XXX,2026-12-01': ['XXX'], '画面,XXX,20XX/XX/XX': ['XXX', '20XX/XX/XX'], 'I-1,____,x': ['____'], '〇〇 〇〇様': ['〇〇 〇〇'] },
    ['グループ **Session XXXXXXXX** を開く', '顧客が xxx なら yyy を案内する', '送料は ¥X,XXX です', 'policy, /xxx promises', 'Hi [XXX],', '「XXX」という名前', 'ファイル名は YYYY-MM-DD_会議名.md', '期日（YYYY-MM-DD）',
      '<YYYY-MM-DD> Call', '「○○を使う」と言い切る', '結果は次のとおりです____', '検索する"__', '${{ secrets.TOKEN }}', '{{ page.title }}', '{{ .Values.image }}', '{{ "now" | date }}', '{{my.Subject}}', 'xxx.com', '「xxx について教えて」', '日時（YYYY-MM-DD JST）', '| _____ による低下 |', '「YYYY-MM-DD」で始める', 'Better: XXXX の行事を知らせる', 'x 件で xxx を超える', '**[日付入力] ➡️ カレンダー**', '## 2026-05-17 [振替伝票入力の明示化] → 完了', 'Raise a PR titled *[Project name] [year] Review* (e.g., Amazing 2024 Review)', '| `{{ page.day }}` | 作成日: {YYYY年MM月DD日} |', '**Step1：【入力】利用者による報告**', '"解除時刻: yyyy/MM/dd HH:mm"', '#### GET /sessions?range=YYYY-MM-DD..YYYY-MM-DD', '| 列 | 内容 | 記入例 |\n|---|---|---|\n| maker | メーカー名 | ○○福祉機器 |']);
  finds('term_variant', { 'サーバを置く': ['サーバ'] }, ['サーバーを置く', 'https://サーバ.example/']);
  finds('full_width_digit', { '１２3': ['１２'] }, ['123']);
  finds('unsafe_character', { '計画　書.md': ['　'], '①.md': ['①'] }, ['docs/計画書.md']);
  finds('internal_host', { '10.0.0.5 と wiki.local': ['10.0.0.5', 'wiki.local'] }, ['8.8.8.8', 'example.com', 'local な話']);
  finds('meeting_passcode', { 'https://zoom.us/j/1?pwd=abc': ['?pwd=abc'] }, ['https://zoom.us/j/1', 'https://example.com/?pwd=abc']);
  finds('password', { 'パスワード：Tg7-kobo-22': ['Tg7-kobo-22'], 'password: hunter2!': ['hunter2!'], 'ログイン admin:Passw0rd!': ['Passw0rd!'], 'ユーザー admin / パスワード admin123': ['admin123'], 'User: ops, password: Kobo-2211': ['Kobo-2211'] },
    ['ログイン 画面:V2.1A', 'login role:admin', 'ログイン user:password', 'ユーザー名とパスワード', 'ユーザー admin / パスワード は保管庫', 'ID 3、パスワード 8文字以上', 'valid x, pass 123456a',
      'パスワード：別途連絡', 'password: <your password>', 'password: string', 'パスワードは8文字以上', 'password=$DB_PASS', 'password: ******', 'パスワード：＊＊＊＊＊', 'Password: \n==== AUTHENTICATION COMPLETE ===']);
  finds('secret', { 'postgres://app:Secr3tPw@db.hoshi-data.co.jp:5432/app': ['Secr3tPw'], 'https://deploy:Tg7kobo22@git.hoshi-data.co.jp/app.git': ['Tg7kobo22'], 'mysql://root:Kb-2211x@10.0.0.5': ['Kb-2211x'] }, ['postgres://app:Secr3tPw@localhost:5432', 'postgres://app:Secr3tPw@db:5432', 'postgres://kobo2:kobo2@db.hoshi.jp', 'postgres://user:password1@db.hoshi.jp', 'postgres://app:${DB_PW}@db.hoshi.jp', 'redis://x:Secr3tPw@cache.example.com', 'https://app:hidden@hoshi.jp', 'postgres://app:****@10.0.0.5']);
  finds('secret', { '鍵は AKIAIOSFODNN7EXAMPLE': ['AKIAIOSFODNN7EXAMPLE'], '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA1c7': ['-----BEGIN RSA PRIVATE KEY-----'] }, ['KEY="-----BEGIN PRIVATE KEY-----\\n...\\n-----END"', '-----BEGIN PRIVATE KEY-----\n…', 'SLACK_BOT_TOKEN=xoxb-your-actual-bot-token', "os.environ['T'] = 'xoxb-test-token'", '鍵は保管庫の prod/api を参照', 'token: see-the-vault-for-this-one', '"access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9..."', '"client_secret": "pi_1234567890_secret_abcdef"', 'SECRET_API_KEY="claude-a11y-gemini-api-key"', 'SLACK_BOT_TOKEN=xoxb-xxxxxxxxxxxxxxxx', '`ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`']);
  // Check digits: 123456789018 is right, …019 is not; 4111 1111 1111 1111 passes Luhn, …1112 does not.
  finds('my_number', { 'マイナンバー 123456789018': ['123456789018'] }, ['123456789018', 'マイナンバー 123456789019']);
  finds('card_number', { 'カード番号 4111 1111 1111 1111': ['4111 1111 1111 1111'], '口座番号：普通1234567': ['1234567'], 'クレジットカード 4242424242424242 で払う': ['4242424242424242'] },
    ["key('card_number'), '4242424242424242'", 'テストカード 4000 0000 0000 0002 を使う', 'カード番号「4242424242424242」を入力する', 'テストカード（4111-1111-1111-1111）入力', '4111111111111111', 'カード 4111 1111 1111 1112']);

  it('give hits in order, inside the text, without overlaps, whatever the text', () => {
    const word = fc.constantFrom('佐藤', 'さん', '担当：', '2026-11-24', '12/5', '○○', 'パスワード：', 'a1-B', '@', 'I-001', '１２', ' ', '\n', '|', '。', 'が', '🟢', '\ud800', '090-1234-5678');
    fc.assert(fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const text = words.join('');
      for (const name of Object.keys(recognisers) as RecogniserName[]) {
        let end = 0;
        for (const hit of recognisers[name](text, surroundings)) {
          assert.ok(hit.start >= end && hit.end > hit.start && hit.end <= text.length, `${name} in ${JSON.stringify(text)}`);
          end = hit.end;
        }
      }
    }), { numRuns: 200 });
  });
});
