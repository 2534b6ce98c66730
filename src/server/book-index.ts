import type { SearchSource } from '../core/search/search';
import type { BuildOptions, Searcher, SourceKey } from '../core/search/searcher';
import type { IndexFault } from '../core/search/store';

/** A buffer that may hold the index of a Book. It belongs to whoever asks for it. */
export interface IndexOffer {
  readonly from: 'kept' | 'prebuilt';
  readonly buffer: ArrayBuffer;
}

/** How an index came to be ready. */
export interface IndexOutcome {
  readonly how: 'loaded' | 'built' | 'cancelled';
  /** Sources that were read anew, and taken out, after an index was loaded. */
  readonly changed: number;
  /** Offers that could not be used. */
  readonly faults: readonly { readonly from: IndexOffer['from']; readonly fault: IndexFault }[];
}

/** With more than this share changed, and more than so many sources, building anew is quicker and leaves one segment. */
const mostChanged = 0.3;
const fewSources = 200;

/**
 * Makes a searcher hold exactly `sources`: from the first offer that can be used, updated where a source's hash differs,
 * else built. What an offer holds of sources that are gone or different is never searched.
 */
export async function readyIndex(searcher: Searcher, sources: readonly SearchSource[], offers: AsyncIterable<IndexOffer>, options: BuildOptions): Promise<IndexOutcome> {
  const faults: { from: IndexOffer['from']; fault: IndexFault }[] = [];
  for await (const { from, buffer } of offers) {
    const fault = searcher.load(buffer);
    if (fault !== undefined) {
      faults.push({ from, fault });
      continue;
    }
    const { gone, changed } = compare(searcher, sources);
    // Before anything is read anew, so that no search meets a page that is no more.
    if (gone.length > 0) await searcher.remove(gone);
    if (changed.length > Math.max(fewSources, sources.length * mostChanged)) break;
    if (changed.length > 0) await searcher.update(changed);
    return { how: 'loaded', changed: changed.length + gone.length, faults };
  }
  const { cancelled } = await searcher.build(sources, options);
  return { how: cancelled ? 'cancelled' : 'built', changed: sources.length, faults };
}

/** Sources that the index lacks or holds differently, and what it holds that is not as the sources are. */
function compare(searcher: Searcher, sources: readonly SearchSource[]): { readonly gone: readonly SourceKey[]; readonly changed: readonly SearchSource[] } {
  const wanted = new Map(sources.map((source) => [`${source.kind}\u0000${source.path}`, source]));
  const gone: SourceKey[] = [];
  for (const { kind, path, hash } of searcher.manifest()) {
    const key = `${kind}\u0000${path}`;
    if (wanted.get(key)?.hash === hash) wanted.delete(key);
    else gone.push({ kind, path });
  }
  return { gone, changed: [...wanted.values()] };
}
