/**
 * The package that the tests are about: that of this run. One that lies about from another run would say how things were then.
 * @throws where a test is run by itself and nobody says which package is meant
 */
export function vsixOfThisRun(): string {
  const file = process.env.KOBO_VSIX;
  if (file === undefined || file === '') throw new Error('KOBO_VSIX names no package. Run `node test/host/test.mjs package` (or `ui`), which makes one.');
  return file;
}
