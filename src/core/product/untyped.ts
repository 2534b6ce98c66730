import type { ProjectDocument } from '../document/document';
import { cannotBeOpened } from '../rules/reading';
import { isAside } from './guess';
import { lineFor } from './recognise';
import type { DocumentPattern, Recognition } from './product';

/**
 * Whether a file of a product reads like a document of it but nothing says of which type, so that it is not checked. A page or
 * table that `kobo.yaml` calls `none`, index pages, templates, archives, files of a Book and what tools keep in hidden folders are
 * left out on purpose; YAML files are mostly no documents. Of what cannot be opened nobody knows what it is, and that is said already.
 *
 * @param lines of `documents:` of `kobo.yaml`
 * @param bookFolders folders of the product that hold a Book, as {@link bookFoldersIn} gives them
 */
export function isUntyped(document: ProjectDocument, recognition: Recognition, lines: readonly DocumentPattern[], bookFolders: readonly string[]): boolean {
  const { path, format } = document;
  if (cannotBeOpened(document) || format === 'yaml' || recognition.by === 'front_matter' || recognition.by === 'pattern' || lineFor(path, lines) !== undefined) return false;
  return !path.split('/').some((name) => name.startsWith('.')) && !bookFolders.some((folder) => path.startsWith(folder)) && !isAside(document);
}

/** The folders that hold a `book.yaml`, with `/` at the end. */
export function bookFoldersIn(files: Iterable<string>): readonly string[] {
  const name = 'book.yaml';
  return [...files].filter((path) => path === name || path.endsWith(`/${name}`)).map((path) => path.slice(0, -name.length));
}
