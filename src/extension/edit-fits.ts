/**
 * Whether edits are made in the text that they are for.
 * @param version of the document when they were thought out; `null`: the file as it is on disk
 * @param document the file where it is open
 */
export function editFits(version: number | null, document: { readonly version: number; readonly isDirty: boolean } | undefined): boolean {
  if (document === undefined) return version === null;
  // One that was opened since is as it is on disk until somebody types.
  return version === null ? !document.isDirty : document.version === version;
}
