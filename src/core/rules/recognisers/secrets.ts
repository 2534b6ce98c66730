import { headingAbove, lineBefore } from '../../text/line';
import { matches, union, type Hit, type Recogniser } from './recogniser';

/** Published prefixes of vendor keys; each is a fixed prefix with a bounded tail, so one linear pass finds them. */
const vendorKeys = new RegExp(
  [
    '(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    '(?<![A-Za-z0-9])(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,255}',
    '(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,255}',
    '(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,64}',
    '(?<![A-Za-z0-9])xox[abprs]-[A-Za-z0-9-]{10,250}',
    '(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}',
    '(?<![A-Za-z0-9])(?:sk|rk)_live_[A-Za-z0-9]{16,128}',
    '(?<![A-Za-z0-9])sk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,200}',
    '(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}',
    '(?<![A-Za-z0-9])SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}',
    '(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,2000}\\.eyJ[A-Za-z0-9_-]{8,4000}\\.(?!your|example|dummy|sample|signature)[A-Za-z0-9_-]{8,1000}',
    'https://hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,120}',
    // One whose lines are left out holds nothing.
    '-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----(?!(?:\\s|\\\\n){0,4}(?:\\.{3}|…|[xX*]{3}|[（(「<{\\[]|your|MIIE?\\.\\.\\.))',
  ].join('|'),
  'g',
);

const assigned = /(?:api[_-]?key|access[_-]?key|secret[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|api[_-]?token|APIキー|アクセスキー|シークレット(?:キー)?|アクセストークン|トークン)["'`]?[ \t\u3000]{0,3}[:=：＝][ \t\u3000]{0,3}["'`]?([A-Za-z0-9+/_=.-]{20,200})/gi;

/** A key or token: a vendor's published prefix, or a long random value right behind a word for one. */
export const secret: Recogniser = (text) => union(
  matches(text, vendorKeys, (match, start) =>
    isWords.test(match[0]) || isMask.test(match[0]) || isPublic.test(match[0]) || isShown.test(lineBefore(text, start, 300)) ? undefined : { start, end: start + match[0].length }),
  matches(text, assigned, (match, start) => {
    const value = match[1] ?? '';
    if (!isRandom(value) || isSample.test(value) || isNameOfSecret.test(value)) return undefined;
    const end = start + match[0].length;
    return { start: end - value.length, end };
  }),
  text.includes('://') ? matches(text, inAddress, (match, start): Hit | undefined => {
    const [whole, user = '', value = '', host = ''] = match;
    if (!isWritten(value) || standsFor.test(value) || value.toLowerCase().startsWith(user.toLowerCase()) || !isFarHost(host)) return undefined;
    const end = start + whole.length - host.length - 1;
    return { start: end - value.length, end };
  }) : [],
);

/** The password of an address: `postgres://app:…@db.example.jp`. */
const inAddress = /:\/\/([^\s/:@"'`<>()|]{1,64}):([^\s/@"'`<>()|]{4,100})@([A-Za-z0-9.-]{3,253})/g;

/** A password in an address that only shows where one goes. */
const standsFor = /password|passwd|^pass|pass$|secret_|_secret|change|your|example|dummy|sample|token|abc1|[{}$%*]|\.{3}|…|x{3}/iu;

/** A machine that others can reach: not one's own, not one of a container network (`db`), not made up. */
function isFarHost(host: string): boolean {
  return host.includes('.') && !/^(?:127\.|0\.0\.0\.0)|(?:^|\.)(?:example(?:\.[a-z.]+)?|test|invalid|localhost|local)$|xxx|your|\.{2}/iu.test(host);
}

/** A prefix and nothing but words: `xoxb-your-token`. */
const isWords = /^(?:xox[abprs]|sk)(?:-[a-z]+){2,}$/;

/** `ghp_xxxxxxxxxxxx`: where a key goes. */
const isMask = /[xX]{8}|\*{4}|0{12}/;

/** A token whose content says that everybody may have it (`"role":"anon"` in base64, at each of three offsets). */
const isPublic = /^eyJ.*(?:InJvbGUiOiJhbm9uI|Jyb2xlIjoiYW5vbi|cm9sZSI6ImFub24i)/;

/** The address of a picture that GitHub lets one see for five minutes, and a line that shows how a key is written and how not. */
const isShown = /private-user-images\.githubusercontent\.com\/\S*$|^\s*(?:[-*]\s+)?(?:[❌✅⭕✗✘]|(?:NG|OK|悪い|良い|正しい)?例\s*[:：]|(?:bad|good|wrong|right)\s*:)/iu;

/** What an example of a key looks like: cut off by dots, counted up, or saying so itself. */
const isSample = /\.{3}$|1234567|abcdef|(?:x|X|0){6}|example|sample|dummy|your[-_]/iu;

/** `claude-a11y-gemini-api-key`: under which name a secret is kept. */
const isNameOfSecret = /^[a-z][a-z0-9]{0,20}(?:[-_/][a-z0-9]{1,20}){1,8}[-_](?:key|keys|secret|secrets|token|tokens|credentials?)$/i;

/** Letters and digits mixed with at least 3.2 bits a character (Shannon): words and paths stay below. */
function isRandom(value: string): boolean {
  if (!/[0-9]/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits >= 3.2;
}

const passwords = /(?:パスワード|暗証番号|初期PW|(?<![A-Za-z0-9_?&-])(?:password|passwd|passphrase|pass|pw|pwd))(?:は|[\s"'`*]{0,4}[:=：＝])[\s"'`*「]{0,4}([^\s"'`*「」、。,;|<>()（）&]{4,64})/gi;

/** Values that only stand for a password: all 22 hits measured in public documents were of these kinds. */
const notPassword = /^(?:[<{$%[【(（]|your|my[-_]?pass|xxx|\*{3}|＊{2}|●{2}|・{2}|\.{3}|…|#+$|null|none|nil|true|false|string|text|required|optional|hidden|masked|redacted|secret|changeme|example|sample|dummy|test\d{0,4}$|pass(?:word)?$|https?:|env\b|process\.|os\.|vault|secrets?[./]|ref\b|arn:|op:|ssm:)|別途|別紙|別送|口頭|参照|管理|保管|設定|変更|リセット|再発行|共有|不要|なし|無し|未定|各自|同じ|必須|任意|入力|忘れ|送付|通知|連絡|以上|文字|ください|です|ます|こと|期限|ポリシー/i;

/** `app_password`, `password-dev`: the default of a database on one's own machine, named after itself. */
const namesItself = /^(?:[a-z]{1,20}[_-]){1,2}(?:password|passwd|pass)$|^(?:password|passwd|pass)[_-][a-z]{1,20}$/iu;

/** `ユーザー admin / パスワード admin123`: a name and a password, each behind its word. */
const afterUser = /(?:ユーザー?名?|ログイン(?:名|ID)?|アカウント|(?<![A-Za-z])(?:ID|user(?: ?name)?|login))[ \t\u3000:：は]{1,3}["'`「]?[A-Za-z0-9][A-Za-z0-9._@-]{1,60}["'`」]?[ \t\u3000]{0,2}[/／、,・とで][ \t\u3000]{0,2}(?:パスワード|PW|pass(?:word)?)[ \t\u3000:：は]{1,3}["'`「]?([^\s"'`*「」、。,;|<>()（）&/]{6,64})/giu;

/** `ログイン admin:Passw0rd!`: both in one. */
const withLogin = /(?:ログイン|サインイン|basic ?認証|認証情報|(?<![a-z])(?:log-?in|sign-?in|credentials?))(?:情報|ID)?[ \t\u3000:：は]{1,3}["'`「]?[a-z][a-z0-9._-]{1,30} ?[:/] ?([^\s"'`*「」、。,;|<>()（）&/#][^\s"'`*「」、。,;|<>()（）&/]{5,63})/giu;

/** A password written out after a word for one; placeholders, references and sentences about passwords are not. */
export const password: Recogniser = (text) => union(
  matches(text, passwords, (match, start) => valueAt(match, start, isWritten)),
  matches(text, afterUser, (match, start) => valueAt(match, start, (value) => isWritten(value) && /[a-z]/iu.test(value) && /[0-9]/u.test(value))),
  matches(text, withLogin, (match, start) => valueAt(match, start, (value) => isWritten(value) && isMixed(value))),
);

function valueAt(match: RegExpMatchArray, start: number, isPassword: (value: string) => boolean): Hit | undefined {
  const value = match[1] ?? '';
  const end = start + match[0].length;
  return isPassword(value) ? { start: end - value.length, end } : undefined;
}

/** One plain word without digit or sign is a description ("password: bcrypt"). */
function isWritten(value: string): boolean {
  return !notPassword.test(value) && /[!-~]{4}/.test(value) && /[A-Za-z0-9]/.test(value) && !/^[A-Za-z]+$/.test(value) && !namesItself.test(value);
}

/** Small and capital letters, figures and a sign, three of these at least: no word and no path. */
function isMixed(value: string): boolean {
  return [/[a-z]/u, /[A-Z]/u, /[0-9]/u, /[!#$%^&*?@+=]/u].filter((kind) => kind.test(value)).length >= 3;
}

const meeting = /https?:\/\/[a-z0-9.-]{0,80}(?:zoom|teams|webex|meet|lfx|whereby|gather)[a-z0-9.-]{0,80}\/[^\s?)>\]"']{0,300}([?&](?:pwd|password|passcode|pass)=[^\s&)>\]"']{1,200})/gi;

/** The part of a meeting address that carries its passcode, with its `?` or `&`. */
export const meetingPasscode: Recogniser = (text) => matches(text, meeting, (match, start) => {
  const end = start + match[0].length;
  return { start: end - (match[1] ?? '').length, end };
});

const ownWords = /マイナンバー|個人番号|my\s?number|individual number/gi;
const twelve = /(?<![0-9０-９.-])(?:[0-9]{4}[- \u3000]?[0-9]{4}[- \u3000]?[0-9]{4}|[０-９]{12})(?![0-9０-９.]|-[0-9])/g;

/**
 * Twelve digits with the right check digit and a word for it at most 30 characters away: of 138 twelve-digit numbers
 * measured in public documents 21 pass the check digit and none has the word. Check digit: ordinance of the Ministry of
 * Internal Affairs and Communications no. 85 of 2014, article 5.
 */
export const myNumber: Recogniser = (text) => near(text, twelve, ownWords, 30, isMyNumber);

function isMyNumber(digits: string): boolean {
  if (digits.length !== 12) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const rest = sum % 11;
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
}

const cardWords = /カード|クレジット|credit|card|visa|master|jcb|amex|口座|銀行|bank|支払/gi;
const cards = /(?<![0-9０-９.-])(?:[0-9]{4}[- \u3000][0-9]{4}[- \u3000][0-9]{4}[- \u3000][0-9]{2,4}|[0-9]{4}[- \u3000][0-9]{6}[- \u3000][0-9]{5}|[0-9]{14,16}|[０-９]{14,16})(?![0-9０-９.]|-[0-9])/g;

/** A payment card number: issuer prefix (ISO/IEC 7812), Luhn check digit and a word for it at most 40 characters away; no published trial number. */
export const cardNumber: Recogniser = (text) => union(
  near(text, cards, cardWords, 40, isCard).filter((hit) => !isTrialCard(text, hit)),
  matches(text, /口座(?:番号)?\s{0,3}[:：はが]?\s{0,3}(?:普通|当座)?\s{0,3}([0-9０-９]{7})(?![0-9０-９])/g, (match, start) => {
    const end = start + match[0].length;
    return { start: end - 7, end };
  }),
);

/** Numbers that payment companies publish for trying things out: they pass every check and belong to nobody. */
const trialCards: ReadonlySet<string> = new Set([
  '4242424242424242', '5555555555554444', '4000056655665556', '5200828282828210', '5105105105105100', '2223003122003222', '378282246310005', '371449635398431',
  '3056930009020004', '36227206271667', '38520000023237', '6011111111111117', '6011000990139424', '3566002020360505', '4012888888881881',
]);

/** A card that is called one for trying things out, whatever its number. */
const trialCard = /(?:テスト(?:用)?|試験用|ダミー)(?:の)?カード[^、。|]{0,12}$|(?<![A-Za-z])(?:test|dummy) card[^,.|]{0,16}$/i;
const trying = /テスト用|テストカード|試験用|ダミー|(?<![A-Za-z])(?:test card|sandbox|dummy|declined)/i;

/**
 * A published trial number, or one of the many for single errors, which have a run of zeros (`4000 0000 0000 0002`), where
 * it is used as one: quoted as in code, or in a line or section about trying something out.
 */
function isTrialCard(text: string, { start, end }: Hit): boolean {
  if (trialCard.test(lineBefore(text, start, 60))) return true;
  const digits = digitsOf(text.slice(start, end));
  if (!trialCards.has(digits) && !/0{7}/.test(digits)) return false;
  if (/["'`「]/.test(text.charAt(start - 1)) && /["'`」]/.test(text.charAt(end))) return true;
  return trying.test(lineBefore(text, start, 200) + (text.slice(start, end + 60).split('\n', 1)[0] ?? '')) || trying.test(headingAbove(text, start));
}

function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9]/g, '');
}

function isCard(digits: string): boolean {
  if (!/^(?:4|5[1-5]|2[2-7]|3[47]|35|36|38|30[0-5]|6(?:011|5))/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? value * 2 : value;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function near(text: string, pattern: RegExp, words: RegExp, distance: number, valid: (digits: string) => boolean): Hit[] {
  const hits = matches(text, pattern, (match, start) =>
    valid(digitsOf(match[0])) ? { start, end: start + match[0].length } : undefined);
  if (hits.length === 0) return hits;
  const keys = matches(text, words);
  let at = 0;
  return hits.filter((hit) => {
    while (at < keys.length && (keys[at]?.end ?? 0) < hit.start - distance) at++;
    const key = keys[at];
    return key !== undefined && key.start <= hit.end + distance;
  });
}

const hosts = /(?<![A-Za-z0-9.-])(?:(?:10\.(?:\d{1,3}\.){2}|192\.168\.\d{1,3}\.|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.)\d{1,3}(?:\/\d{1,2})?(?::\d{1,5})?(?![.\d])|(?:[a-z0-9-]{1,63}\.){1,5}(?:local|internal|intra|intranet|corp|lan|localdomain)(?![A-Za-z0-9-]|\.[A-Za-z])|(?:intra|intranet)(?:\.[a-z0-9-]{1,63}){1,4})/gi;

/** An address that only works inside: private IPv4 ranges (RFC 1918), `.local`, `.internal`, `intra…`. */
export const internalHost: Recogniser = (text) => (mayNameHost(text) ? matches(text, hosts) : []);

const besideHostDot = /\.(?:loc|lan|int|cor)|(?:10|68|72|ra|et)\./i;

/** Whether a dot stands where one of an inside address would: most texts are left out by looking at their dots. */
function mayNameHost(text: string): boolean {
  for (let at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) {
    const around = text.slice(Math.max(0, at - 2), at + 4);
    if (besideHostDot.test(around)) return true;
  }
  return false;
}
