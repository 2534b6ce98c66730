/** Language that the environment asks for: English only where it names another language than Japanese. */
export function languageOfEnvironment(): 'ja' | 'en' {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const tag = [LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== '') ?? '';
  return tag === '' || tag.startsWith('ja') || tag === 'C' || tag === 'POSIX' || tag.startsWith('C.') ? 'ja' : 'en';
}
