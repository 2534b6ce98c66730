import { normalise } from '../../text/normalise';
import { Memory } from '../value';
import { matches, union, type Hit, type Recogniser } from './recogniser';
import { surnames } from './surnames';

const titled = /(?:[一-龠々ヶ]{1,5}|[ァ-ヶー]{2,12}|[A-Z][a-z]{1,20})(?=(?:さん|氏(?![名])|くん|ちゃん)(?![ぁ-ん一-龠]{0,1}(?:業|個)))/gu;
const notTitled = /(?:皆|各|お客|関係者|担当者|利用者|者|業者|方|客|店|部|社|先方|御|同)$/u;
const labelled = /(?:担当者?|対応者?|責任者|確認者?|オーナー|所有者|作成者?|起票者?|報告者?|判断者|owner|assignee|DRI)\s?[:：]\s?([^\s\u3000、。,;；)）(（|／/:：]{1,20})/giu;
const handles = /(?<![A-Za-z0-9@/.])@[A-Za-z][A-Za-z0-9_-]{1,38}(?![A-Za-z0-9@.])/g;
const kanji = /[一-龠々]{2,8}/gu;
const follows = /^(?:さん|氏|様|くん|が|は|の|に|を|と|も|へ|から|より|で|、|，|,|・|。|\/|／|:|：|;|\)|）|」|』|】|\]|〉|>|\||\s|\u3000|$|\d|[（(【「])/u;
const nobody = /^(?:未定|tbd|なし|無し|全員|各自|関係者|みんな|期限|[-ー－―‐]+|（|＿+)$/iu;

/**
 * A person: a name of the roster, a name before さん・氏・くん, the name behind 担当：, a handle `@name`, or a frequent
 * surname that stands alone. Titles of groups (お客さん, 各社さん) are not persons.
 */
export const person: Recogniser = (text, { people }) => union(
  matches(text, titled, (match, start) => (notTitled.test(match[0]) ? undefined : { start, end: start + match[0].length })),
  matches(text, labelled, (match, start): Hit | undefined => {
    const name = match[1] ?? '';
    if (nobody.test(name)) return undefined;
    const end = start + match[0].length;
    return { start: end - name.length, end };
  }),
  text.includes('@') ? matches(text, handles) : [],
  named(text, people),
);

/** Names of the roster and frequent surnames, found in runs of Chinese characters; latin names word by word. */
function named(text: string, people: ReadonlySet<string>): readonly Hit[] {
  const hits = matches(text, kanji, (match, start) => {
    const run = match[0];
    for (let length = Math.min(run.length, 5); length >= 2; length--) {
      const name = run.slice(0, length);
      const known = people.has(name) || surnames.has(name);
      if (!known) continue;
      const rest = run.slice(length);
      // 佐藤太郎 is a whole name; 石川県 or 山口支店 is a place.
      if (rest === '' ? follows.test(text.slice(start + length, start + length + 2)) : rest.length <= 3 && people.has(run)) {
        return { start, end: start + (rest === '' ? length : run.length) };
      }
      if (rest.length >= 1 && rest.length <= 2 && !/[県市区町村駅店部課社川山島様側的]/u.test(rest) && follows.test(text.slice(start + run.length, start + run.length + 2)) && /^(?:[一-龠々]{1,3})$/u.test(rest)) {
        return { start, end: start + run.length };
      }
      return undefined;
    }
    return undefined;
  });
  if (people.size === 0) return hits;
  return union(hits, matches(text, /[A-Z][A-Za-z'-]{1,24}(?: [A-Z][A-Za-z'-]{1,24}){0,2}|[ァ-ヶー]{2,12}/gu, (match, start) =>
    people.has(plainName(match[0])) ? { start, end: start + match[0].length } : undefined));
}

const roles = /(?<![A-Za-z])(?:PMO|PM|PO|TL|QA|SM|CS|OM|SRE|DRI|CTO|COO|CEO)(?![A-Za-z])|プロダクトオーナー|プロジェクトマネージャー?|スクラムマスター|マネージャー?|ディレクター|コーディネーター|アナリスト|リーダー|オーナー|スポンサー|エンジニア|デザイナー|ベンダー|サポートデスク|ヘルプデスク|コールセンター|[一-龠ァ-ヶーA-Za-z]{0,12}(?:担当者?|責任者|管理者|運用者|判断者|承認者|窓口|当番|チーム|グループ|事務局|委員会|部長|課長|室長|本部|(?<=[一-龠ァ-ヶー])(?:部|課|室|班|局)(?![分品署屋下数員門題程目]))|営業(?!日|時間)|開発(?=が|は|チーム|担当)|運用(?=が|は|チーム|担当)|利用部門|業務部門|(?<![A-Za-z])(?:on-?call|help ?desk|support|team|manager|owner|lead|vendor)(?![A-Za-z])/giu;

/** Words that before a colon only say that a name comes (`担当：佐藤`). */
const label = /^(?:担当者?|責任者|管理者|承認者|判断者|オーナー|owner)$/iu;

/** A role, team or desk instead of a person. */
export const role: Recogniser = (text) => matches(text, roles, (match, start): Hit | undefined => {
  const end = start + match[0].length;
  return label.test(match[0]) && /^\s?[:：]/u.test(text.slice(end, end + 2)) ? undefined : { start, end };
});

/** Somebody who does something: a person or role with が・は・も・で behind. */
export const actor: Recogniser = (text, surroundings) =>
  union(person(text, surroundings), role(text, surroundings)).filter((hit) =>
    /^(?:さん|氏|様|くん|側|たち)?(?:が|は|も|にて|で(?!き|あ|す)|より|から)/u.test(text.slice(hit.end, hit.end + 6)));

const honorific = /(?:さん|様|氏|くん|君|ちゃん|殿|先生)$/u;

/** A name as it is compared: NFKC, lower case, without blanks, `@`, titles and what stands in brackets. */
export function plainName(text: string): string {
  return normalise(text).replace(/\([^)]{0,40}\)|[\s*_`@]/gu, '').replace(honorific, '');
}

const department = /^[^\s\u3000]{1,20}(?:部|課|室|係|局|班|チーム|グループ|支社|支店|センター)[\s\u3000]+(?=\S)/u;

/** A name without the department in front of it: `営業部 佐藤` → `佐藤`. */
export function withoutDepartment(name: string): string {
  return name.replace(department, '');
}

const latinName = /^[A-Z][a-z.'-]*(?: [A-Z][a-z.'-]*){0,2}$/u;
const latinRole = /^(?:PMO|PM|PO|TL|QA|SM|CS|OM|SRE|DRI|C[A-Z]O|VP|EM|UX|HR)$/u;

const names = new Memory<readonly string[]>(4096, readNames);

/** The names of a value that lists several (`佐藤、鈴木`), as written. `AI / Cloud Connector` is one team with a slash in its name. */
export function namesIn(text: string): readonly string[] {
  return text.length > 80 ? readNames(text) : names.of(text);
}

/** What somebody does, in brackets behind the name. */
const share = /[^()（）、，,／/;；]{1,40}[（(](?:[^()（）]{0,10}(?:設計|実装|開発|作成|執筆|調査|確認|検証|試験|テスト|レビュー|承認|判断|運用|連絡|手配)|design|implementation|coding|build|writing|drafts?|review|tests?|testing|merge|approval|decision)[)）]/giu;

/** Whether each of several names has its own share of the work behind it: `佐藤（設計）/ 鈴木（実装）`. */
export function isDivided(text: string): boolean {
  const shares = text.match(share) ?? [];
  return shares.length > 1 && /^[\s、，,／/;；・&]*$/u.test(text.replace(share, ''));
}

function readNames(text: string): readonly string[] {
  const sides = text.split(' / ').map((side) => side.trim());
  const one = sides.length > 1 && sides.every((side) => /^[ -~]+$/u.test(side)) && !sides.every((side) => latinName.test(side) || latinRole.test(side));
  if (one) return namesOf(text.replaceAll(' / ', ' \u2044 '));
  return namesOf(text.replace(ofCompany, '$1\ue000'));
}

function namesOf(text: string): readonly string[] {
  // What stands in brackets behind a name says more about the same person: 佐藤（営業/企画）.
  return text.replace(/(?<=\S\s?)[（(][^()（）]{0,40}[)）]/gu, '').replace(address, (link) => link.replaceAll('/', '\u2044')).replace(teamSlash, '\u2044').split(/[、，,／/・;；&＆\n]|\s(?:and|or|と)\s|または|もしくは|(?<=さん|様|氏)と|と(?=各)/u).map((name) => name.trim().replaceAll('\u2044', '/').replaceAll('\ue000', '・')).filter((name, at) => name !== '' && !(at > 0 && helpers.test(name)));
}

const address = /https?:\/\/[^\s、，;；]+/gu;

/** The slash of a team's handle: `@example/platform-team`. */
const teamSlash = /(?<=(?<![\w/])@[\w.-]{1,60})\/(?=[\w-])/gu;

/** The dot between a company and its department: `株式会社星・保守`. */
const ofCompany = /((?:株式|有限|合同)会社[^\s、，,／/・;；]{1,20})・(?!\s?(?:株式|有限|合同)会社)/gu;

/** Who helps the one that is named first: `Sato and all members`. */
const helpers = /^(?:all(?: (?:members|of us|others|team members))?|everyone(?: else)?|(?:the )?(?:whole |entire )?team|others|全員|全メンバー|メンバー全員|チーム全員|ほか|他|その他)$/iu;
