import { matches, type Recogniser } from './recogniser';

const ids = /(?<![A-Za-z0-9_./@§-])[A-Z][A-Z0-9]{0,9}-(?:[A-Z0-9]{1,10}-)?\d{1,8}(?:-\d{1,4})?(?![A-Za-z0-9_@-]|\.\d)/g;
const numbers = /(?<![A-Za-z0-9&#/])#\d{1,6}(?![A-Za-z0-9])/g;
/** Standards and product names that have the form of an id. */
const names = /^(?:UTF|ISO|IEC|IEEE|RFC|JIS|SHA|MD|AES|RSA|TLS|SSL|HTTP|COVID|GPT|CP|EUC|BASE|CVE|CWE|X|IPV|WIN|VS|PEP|OWASP|USB|HDMI|MP|H|A|B|Q|FY|ITIL|PM|CC|BY|DS|NIST|SP|ASCII|SHIFT)-\d/;

/** Numbers that the whole world gives out: weaknesses, standards, encodings. They are looked up elsewhere, whatever their length. */
const published = /^(?:CVE|CWE|CAPEC|GHSA|JVN|JVNDB|RFC|BCP|ISO|IEC|IEEE|JIS|ECMA|ANSI|FIPS|NIST|SP|PEP|PCI|UTF|SHA|MD|AES|RSA|GPT|COVID|KB)-/;

/** Letters, digits or a hyphen of full width where an id may stand: few texts have any. */
const wide = /[Ａ-Ｚ][A-ZＡ-Ｚ0-9０-９]{0,9}[-－]|[A-ZＡ-Ｚ0-9０-９]－[A-ZＡ-Ｚ0-9０-９]|[A-Z]-[０-９]/u;

/** The same text, unit by unit, with those in half width. */
function narrowed(text: string): string {
  return wide.test(text) ? text.replace(/[Ａ-Ｚ０-９－]/gu, (unit) => String.fromCharCode(unit.charCodeAt(0) - 0xfee0)) : text;
}

/** An id of a record or ticket (`R-001`, `INC-20261124-1`, `#123`). Ranges, standards (`UTF-8`) and sections (`§D-9`) are not. */
export const id: Recogniser = (written) => {
  const text = narrowed(written);
  const found = matches(text, ids, (match, start) =>
    (text.charAt(start - 2) === '§' && text.charAt(start - 1) === ' ') || published.test(match[0]) || (names.test(match[0]) && !/-\d{3,}$/.test(match[0])) ? undefined : { start, end: start + match[0].length });
  return text.includes('#') ? [...found, ...matches(text, numbers)].sort((a, b) => a.start - b.start) : found;
};
