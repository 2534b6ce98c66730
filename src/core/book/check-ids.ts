import type { Book, BookProblem } from './book';
import { isOwn } from './check-pages';
import { problem } from './problems';

/** Types without a template, and names that `kobo new` cannot tell apart. */
export function idProblems(book: Book): readonly BookProblem[] {
  const found: BookProblem[] = [];
  const templates = new Map(book.templates.map((template) => [template.id, template]));
  const served = new Set(book.templates.filter((template) => template.kind === 'document').map((template) => template.type));
  for (const type of book.types.values()) {
    if (!isOwn(book, type)) continue;
    if (type.template !== undefined && !templates.has(type.template)) {
      found.push(problem(type.origin.path, type.origin.span, 'warning', 'unknown-template',
        `「${type.template}」というテンプレートはありません。`, `There is no template "${type.template}".`));
    } else if (type.template === undefined && !served.has(type.id)) {
      found.push(problem(type.origin.path, type.origin.span, 'warning', 'no-template',
        `「${type.title.text}」を作るテンプレートがありません。`, `No template makes a document of the type "${type.id}".`));
    }
  }
  for (const kit of book.kits) {
    const template = templates.get(kit.id);
    const other = template ?? book.types.get(kit.id);
    if (other === undefined) continue;
    const at = isOwn(book, kit) ? kit : other;
    if (isOwn(book, at)) found.push(problem(at.origin.path, at.origin.span, 'warning', 'same-id',
      `一式と${template === undefined ? '文書の種類' : 'テンプレート'}が同じ id「${kit.id}」です。どちらかの名前を変えてください。`,
      `A kit and a ${template === undefined ? 'type' : 'template'} have the same id "${kit.id}". Rename one of them.`));
  }
  for (const template of book.templates) {
    if (template.kind === 'snippet' || template.type === template.id || !book.types.has(template.id) || !isOwn(book, template)) continue;
    found.push(problem(template.origin.path, template.origin.span, 'warning', 'same-id',
      `「${template.id}」は別の文書の種類の id です。テンプレートの名前を変えてください。`,
      `"${template.id}" is the id of another document type. Rename the template.`));
  }
  return found;
}
