import { lineBefore } from '../../text/line';
import { matches, type Hit, type Recogniser } from './recogniser';

const address = /[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?){1,6}/gi;

/** `semver@2.0.0` is a package with its version: no domain ends in digits. */
const version = /\.\d+$/u;

export const email: Recogniser = (text) => (text.includes('@') ? matches(text, address, (match, start) => (version.test(match[0]) ? undefined : { start, end: start + match[0].length })) : []);

/** Names before the @ that stand for a desk or a list, not for a person. */
const shared = /^(?:info|support|help(?:desk)?|contact|sales|admin|security|noreply|no-reply|postmaster|webmaster|abuse|office|team|pmo|ops|dev|hr|press|privacy|legal|billing|service|inquiry|toiawase|madoguchi|git|users?|list|lists|announce|discuss|dev|main|all|tsc|toc)$|(?:-|_|\.)(?:list|lists|team|group|ml|announce|discuss|users|dev|tsc|toc|admin|support)$|^(?:ml|list|team|group)[-_.]/i;
const listDomains = /(?:^|\.)(?:lists?|ml|groups|googlegroups|freelists)\.|^groups\.io$|^googlegroups\.com$/i;
const exampleDomains = /(?:^|\.)(?:example(?:\.(?:com|org|net|jp|co\.jp))?|test|invalid|localhost)$/i;

/**
 * An address that looks like one person's: not of the organisation's own domains, not an example, mailing list or desk
 * (of 730 addresses measured in 281 public documents nearly all were those).
 */
export const personalEmail: Recogniser = (text, { ownDomains }) => {
  if (!text.includes('@')) return [];
  return matches(text, address, (match, start): Hit | undefined => {
    const at = match[0].indexOf('@');
    const name = match[0].slice(0, at);
    const domain = match[0].slice(at + 1).toLowerCase();
    if (version.test(domain) || exampleDomains.test(domain) || listDomains.test(domain) || shared.test(name)) return undefined;
    if (ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`))) return undefined;
    // What stands before the @ of an address (`https://deploy:…@host`) is a password.
    if (/:\/\/[^\s/]*$/u.test(lineBefore(text, start, 120))) return undefined;
    // ssh remotes (git@host:path) are not addresses.
    if (text.charAt(start + match[0].length) === ':') return undefined;
    return { start, end: start + match[0].length };
  });
};

const desk = /窓口|代表|デスク|コールセンター|受付|(?<![a-z])(?:desk|hotline|switchboard|reception)(?![a-z])/iu;

/** What numbers other than telephones' are called. */
const otherNumber = /(?:注文|受注|受付|会員|伝票|管理|整理|契約|申込|製品|部品|型)番号(?:は|が|\s?[:：])?\s?[「(（]?$|(?<![a-z])(?:order|ticket|serial|part|invoice|customer|account)\s(?:no\.?|number|id)\s?[:：]?\s?$/iu;

const phones = /(?<![0-9０-９A-Za-z.-])(?:\+81[-\s]?\(?0?\)?[1-9]\d{0,3}[-\s]?\d{1,4}[-\s]?\d{4}|0[5789]0[-‐－ー\s]?\d{4}[-‐－ー\s]?\d{4}|0\d{1,4}[-‐－ー(（]\d{1,4}[-‐－ー)）]\d{3,4}|\+(?!81)[1-9]\d{0,2}[-.\s]?(?:\(\d{1,4}\)[-.\s]?)?\d{2,5}(?:[-.\s]\d{2,5}){1,3}|\(\d{3}\) ?\d{3}-\d{4})(?![0-9０-９A-Za-z]|-\d)/g;

/** A telephone number of Japan, of America as it is written there, or with the country's; free numbers (0120, 0800, 0570) and lines said to be a desk's are left alone. */
export const phone: Recogniser = (text) => matches(/[\uff01-\uff5e]/u.test(text) ? narrow(text) : text, phones, (match, start) => {
  const digits = match[0].replace(/[^0-9]/g, '');
  if (/^(?:0120|0800|0570)/.test(digits) || digits.length < 10 || digits.length > 15) return undefined;
  // Of eleven figures only those of mobile telephones begin with a nought.
  if (match[0].startsWith('0') && digits.length > (/^0[5789]0/.test(digits) ? 11 : 10)) return undefined;
  if (otherNumber.test(lineBefore(text, start, 40))) return undefined;
  // 03-…, not 090-…: a desk's, where the line says so.
  if (/^0[^5789]/.test(digits) && desk.test(lineBefore(text, start, 120))) return undefined;
  return { start, end: start + match[0].length };
});

/** Full-width letters, digits and signs as half-width ones, unit by unit. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}
