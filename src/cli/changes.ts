import { join, resolve, sep } from 'node:path';
import { formatOf } from '../core/document/format';
import { koboFileName } from '../core/product/product';
import type { OwnFiles } from '../core/product/own-files';
import { decodeText } from '../core/text/decode';
import { changesSince, stagedBytes, stagedFiles, type Changes } from '../host/git-history';
import { option, UsageError, type Arguments } from './args';
import { changedIn, type ProductPlace } from './places';

/** Files of one place that are no more, and the commit that had them. */
export interface GoneFiles {
  readonly paths: readonly string[];
  readonly base: string;
}

/** Which documents a check tells of. */
export interface Selection {
  readonly wants: (place: ProductPlace, path: string) => boolean;
  /** Files whose going away may have made findings elsewhere; `undefined` without one. */
  readonly goneOf: (place: ProductPlace) => GoneFiles | undefined;
}

/**
 * What `--since` and `--staged` select; everything without them.
 * @param staged as {@link stagedPlaces} gave them
 * @throws UsageError where git cannot tell
 */
export async function selection(parsed: Arguments, places: readonly ProductPlace[], staged: ReadonlyMap<ProductPlace, Changes> | undefined): Promise<Selection> {
  const revision = option(parsed, 'since');
  if (revision === undefined && staged === undefined) return { wants: () => true, goneOf: () => undefined };
  const all = new Map<ProductPlace, { readonly changed: ReadonlySet<string>; readonly gone: GoneFiles | undefined }>();
  for (const place of places) {
    const changes = staged?.get(place) ?? (await changesOf(place, revision ?? ''));
    all.set(place, { changed: await changedIn(place, changes.changed), gone: changes.gone.length === 0 ? undefined : { paths: changes.gone, base: changes.base } });
  }
  return { wants: (place, path) => all.get(place)?.changed.has(path) ?? false, goneOf: (place) => all.get(place)?.gone };
}

async function changesOf({ root }: ProductPlace, revision: string): Promise<Changes> {
  const changes = await changesSince(root, revision);
  switch (changes) {
    case 'no_repository':
      throw new UsageError(`${root} は git のリポジトリではないため、${revision} からの変更を調べられません。 / ${root} is no git repository, so nothing can tell what changed since ${revision}.`);
    case 'shallow':
      throw new UsageError(`git の履歴が途中までしかない（shallow clone）ため、${revision} からの変更を調べられません。全体を取り込んでください：actions/checkout では fetch-depth: 0、GitLab では GIT_DEPTH: 0、手元では git fetch --unshallow です。 / This clone is shallow, so git cannot tell what changed since ${revision}. Get the whole history: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 on GitLab, git fetch --unshallow elsewhere.`);
    case 'unknown':
      throw new UsageError(`git に ${revision} という版がないため、そこからの変更を調べられません。名前を確かめ、要れば git fetch で取り込んでください。 / git knows no revision ${revision}, so nothing can tell what changed since. Check the name, or get it with git fetch.`);
    default:
      return changes;
  }
}

/**
 * The places as the next commit would have them: files that are staged, with the texts that are.
 * @param words as they were named, from `cwd`
 * @throws UsageError outside of a repository
 */
export async function stagedPlaces(places: readonly ProductPlace[], words: readonly string[], cwd: string): Promise<ReadonlyMap<ProductPlace, Changes>> {
  const named = (words.length === 0 ? ['.'] : words).map((word) => resolve(cwd, word));
  const staged = new Map<ProductPlace, Changes>();
  for (const place of places) {
    const { root } = place;
    const index = await stagedFiles(root);
    if (index === 'no_repository') throw new UsageError(`${root} は git のリポジトリではないため、ステージした文書はありません。 / ${root} is no git repository, so nothing is staged there.`);
    const listed = await place.files();
    const contents = new Map<string, Uint8Array>();
    for (const path of index.otherwise) {
      if (!index.files.has(path) || (formatOf(path) === undefined && path !== koboFileName) || !isListedFor(path, listed)) continue;
      const bytes = await stagedBytes(root, path);
      if (bytes !== undefined) contents.set(path, bytes);
    }
    const isStaged = (path: string): boolean => index.files.has(path) || path.endsWith('/');
    const isNamed = (path: string): boolean => named.some((target) => join(root, path) === target || join(root, path).startsWith(target + sep));
    const merged = (paths: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...paths.filter(isStaged), ...more])].sort();
    const files: OwnFiles = { own: merged(listed.own, [...contents.keys()]), others: listed.others };
    const kobo = contents.get(koboFileName);
    staged.set({
      root, contents,
      koboText: kobo === undefined ? place.koboText : decodeText(kobo).text,
      asked: merged(place.asked, [...contents.keys()].filter(isNamed)),
      files: () => Promise.resolve(files),
    }, index);
  }
  return staged;
}

/** Whether a listing of the product would name a file that is not on the disk. */
export function isListedFor(path: string, { own, others }: OwnFiles): boolean {
  if (own.includes(path)) return true;
  return path.split('/').slice(0, -1).every((name) => !name.startsWith('.') && name !== 'node_modules')
    && !others.some((other) => other.endsWith(`/${koboFileName}`) && path.startsWith(other.slice(0, -koboFileName.length)));
}
