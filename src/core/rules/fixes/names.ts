import type { DocumentType } from '../../book/book';
import type { Env } from '../env';

/** Path for a new document of a type: its folder, and its file shape with today's date or the next number; the ending is its template's when the shape names none. */
export function nameOfNew(type: DocumentType, env: Env): string {
  const folder = type.places.folder ?? 'docs';
  const shape = type.places.file ?? `${type.id}.md`;
  const [y = '', m = '', d = ''] = env.context.today.split('-');
  const numbers = (env.product?.ofType(type.id) ?? []).map((document) => Number(/\/(\d+)[^/]*$/u.exec(`/${document.path}`)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  const dated = shape.replace('YYYY', y).replace('MM', m).replace('DD', d).replace(/(?<![A-Za-z])N+(?![A-Za-z])/u, (marks) => String(next).padStart(marks.length, '0'));
  const stem = /^\*\.[a-z]+$/u.test(dated) ? dated.replace('*', type.id) : /[-_]\*/u.test(dated) ? dated.replace('*', type.id) : dated.replaceAll('*', '');
  const format = env.book.templates.find((template) => template.id === type.template)?.format;
  const name = `${folder}/${/\.[a-z]+$/u.test(stem) ? stem : `${stem}.${format === 'csv' || format === 'yaml' ? format : 'md'}`}`;
  if (env.product?.exists(name) !== true) return name;
  const dot = name.lastIndexOf('.');
  for (let i = 2; i < 100; i++) {
    const other = `${name.slice(0, dot)}-${String(i)}${name.slice(dot)}`;
    if (!env.product.exists(other)) return other;
  }
  return name;
}
