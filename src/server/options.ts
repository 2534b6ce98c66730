import type { InitializeParams } from 'vscode-languageserver';
import type { ServerPlatform } from './platform';
import type { InitializationOptions, ServerSettings } from './protocol';

/** What the client asks for; one that asks for nothing gets what the command line has. Of what is of another kind than expected nothing is taken. */
export function optionsOf({ initializationOptions, locale }: InitializeParams, platform: ServerPlatform): InitializationOptions {
  const given = membersOf(initializationOptions);
  const language = [given.language, locale].find((one) => typeof one === 'string' && one !== '');
  const { indexFolder } = given;
  return {
    files: given.files === 'client' ? 'client' : 'disk',
    starter: starterOf(membersOf(given.starter)) ?? { path: platform.starterFile ?? '' },
    language: typeof language === 'string' ? language : platform.language,
    settings: settingsOf(given.settings),
    trusted: given.trusted !== false,
    keepsIndexes: given.keepsIndexes === true,
    extension: given.extension === true,
    ...(typeof indexFolder === 'string' ? { indexFolder } : {}),
  };
}

/** Settings as a client sends them, with the usual ones where it sends none. */
export function settingsOf(value: unknown): ServerSettings {
  const { book, run, minimumSeverity, rules } = membersOf(value);
  const lightest = (['error', 'warning', 'info'] as const).find((one) => one === minimumSeverity);
  return {
    book: typeof book === 'string' ? book : '',
    run: run === 'onSave' ? 'onSave' : 'onType',
    minimumSeverity: lightest ?? 'hint',
    rules: Object.fromEntries(Object.entries(membersOf(rules)).flatMap(([id, change]) => (typeof change === 'string' ? [[id, change]] : []))),
  };
}

function starterOf({ path, text, bytes }: Readonly<Record<string, unknown>>): InitializationOptions['starter'] | undefined {
  if (typeof path === 'string') return { path };
  if (typeof text === 'string') return { text };
  return bytes instanceof Uint8Array ? { bytes } : undefined;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
