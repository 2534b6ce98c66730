/** The one thing of VS Code that the panel's texts need, with the real Japanese bundle behind it. */
import ja from '../../../l10n/bundle.l10n.ja.json';

const japanese: Readonly<Record<string, string>> = ja;

export const l10n = {
  t: (text: string): string => (new URLSearchParams(location.search).get('lang') === 'en' ? text : (japanese[text] ?? text)),
};
