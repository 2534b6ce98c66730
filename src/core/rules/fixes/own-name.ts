import { koboFileName } from '../../product/product';
import { listEdit } from '../../product/kobo-edit';
import type { Env } from '../env';
import type { Fix } from '../finding';
import { shorten, type Explained } from '../messages';
import type { OwnName } from '../own-names';

/** `6. ` of `6. Plan of communication`: it stays. */
const numbering = /^(?:第?\d{1,3}(?:\.\d{1,3}){0,5}[章節.)]?[ \t\u3000]*|[①-⑳][ \t\u3000]*)(?=\D)/u;

/**
 * What can be done where a document calls a part by a name of its own: give it the name the Book has for it, or tell the product's `kobo.yaml`
 * that this is what it is called here. Both state what only a person knows, so that neither is applied in bulk.
 */
export function nameFixes(ownName: OwnName, found: Explained, env: Env): readonly Fix[] {
  const typed = found.unit.document;
  if (typed?.type === undefined || ownName.elsewhere || ownName.shared) return [];
  const { text, span, title, part } = ownName;
  const [name, called] = [shorten(text, 24), shorten(title, 24)];
  const japanese = env.context.language === 'ja';
  const fix = (label: string, path: string | undefined, edit: { readonly span: OwnName['span']; readonly text: string }): Fix =>
    ({ title: label, safe: false, preferred: false, edits: [{ path, ...edit }], create: undefined, ask: undefined });
  const { koboText } = env.context;
  const alias = koboText === undefined ? undefined : listEdit(koboText, ['aliases', typed.type.id, part], text.trim());
  return [
    fix(japanese ? `「${name}」を「${called}」に変える` : `Change ${name} to ${called}`, undefined, { span, text: `${numbering.exec(text)?.[0] ?? ''}${title}` }),
    ...(alias === undefined ? [] : [fix(japanese ? `「${name}」をこのプロダクトでの「${called}」の別名にする` : `Let ${name} be an alias of ${called} in this product`, koboFileName, alias)]),
  ];
}
