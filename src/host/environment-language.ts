/** Language that the environment asks for: English only where it names another language than Japanese. */
export function languageOfEnvironment(): 'ja' | 'en' {
  const tag = languageTag();
  return !isLanguage(tag) || tag.startsWith('ja') ? 'ja' : 'en';
}

/** Whether the environment asks for a language: `C` and `POSIX`, which build servers and containers have, name none. */
export function environmentNamesLanguage(): boolean {
  return isLanguage(languageTag());
}

function languageTag(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return [LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== '') ?? '';
}

function isLanguage(tag: string): boolean {
  return tag !== '' && tag !== 'C' && tag !== 'POSIX' && !tag.startsWith('C.');
}
