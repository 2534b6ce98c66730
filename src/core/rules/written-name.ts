import type { Attribute } from '../book/book';
import type { TypedDocument, TypedField } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import { CellUnit, RowUnit } from './table-units';
import type { Unit } from './unit';

type Language = 'ja' | 'en';

/**
 * What the document itself calls a column or field: the header or label as written, so that it is found there. `undefined`
 * where it is not written, where its name is only a key (`approver:`), and where an English reader could not read it.
 *
 * @param attribute the column or field of the type
 */
export function writtenName(attribute: Attribute, unit: Unit, language: Language): string | undefined {
  const row = unit instanceof CellUnit ? unit.row : unit instanceof RowUnit ? unit : undefined;
  const position = row?.table.columns.indexOf(attribute) ?? -1;
  if (row !== undefined && position >= 0) return headerName(row.table, position, language);
  const field = unit.document?.fields.get(attribute.id);
  return field?.attribute === attribute ? labelName(field, language) : undefined;
}

/** {@link writtenName} of a field of which only the id is known. */
export function writtenFieldName(id: string, document: TypedDocument, language: Language): string | undefined {
  const field = document.fields.get(id);
  return field === undefined ? undefined : labelName(field, language);
}

function headerName(table: TypedTable, position: number, language: Language): string | undefined {
  return readable(table.table.header.cells[position]?.text ?? '', language);
}

function labelName({ field }: TypedField, language: Language): string | undefined {
  const isKey = field?.source === 'front_matter' || field?.source === 'yaml';
  return field === undefined || (isKey && /^[\x20-\x7e]*$/u.test(field.name)) ? undefined : readable(field.name, language);
}

/** Without marks (`**承認者**`) and the marks of a page behind it. */
function readable(text: string, language: Language): string | undefined {
  const name = text.replace(/<br\s*\/?>/giu, ' ').replace(/[*`]+/gu, '').trim();
  return name === '' || (language === 'en' && /[\u3040-\u30ff\u4e00-\u9fff]/u.test(name)) ? undefined : name;
}
