import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { filesBelow, readJson } from './files';

interface Step {
  readonly id: string;
  readonly media: { readonly markdown?: string };
  readonly completionEvents?: readonly string[];
}
interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
    readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string; readonly description?: string; readonly markdownDescription?: string }>> };
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
    readonly yamlValidation?: readonly { readonly url: string }[];
    readonly jsonValidation?: readonly { readonly url: string }[];
  };
}

const manifest = readJson('package.json') as Manifest;
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat();
const extensionText = filesBelow('src/extension', /\.ts$/).map(({ text }) => text).join('\n');

describe('the manifest', () => {
  it('names the commands, views and keys of the first screens', () => {
    const wanted = ['kobo.search', 'kobo.openBook', 'kobo.new', 'kobo.nextBlank', 'kobo.checkAll', 'kobo.setup', 'kobo.openSample'];
    assert.deepEqual(wanted.filter((command) => !commands.includes(command)), []);
    assert.deepEqual(['kobo.book', 'kobo.start'].filter((id) => !views.some((view) => view.id === id)), []);
    assert.deepEqual(['kobo.search', 'kobo.new'].filter((id) => !contributes.keybindings.some(({ command }) => command === id)), []);
  });

  it('gives every command one category and a translated title', () => {
    assert.deepEqual(contributes.commands.filter(({ category, title }) => category !== 'Kobo' || !/^%.+%$/.test(title)), []);
    assert.equal(new Set(commands).size, commands.length);
  });

  it('uses no command in a menu, a key or a step that it does not name', () => {
    const menus = Object.values(contributes.menus).flat().flatMap(({ command }) => (command === undefined ? [] : [command]));
    const keys = contributes.keybindings.map(({ command }) => command);
    const events = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents ?? []));
    const fromEvents = events.filter((event) => event.startsWith('onCommand:')).map((event) => event.slice('onCommand:'.length));
    assert.deepEqual([...menus, ...keys, ...fromEvents].filter((command) => command.startsWith('kobo.') && !commands.includes(command)), []);
  });

  it('uses no view in an event that it does not name', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents ?? []));
    const shown = events.filter((event) => event.startsWith('onView:')).map((event) => event.slice('onView:'.length));
    assert.deepEqual(shown.filter((id) => !views.some((view) => view.id === id)), []);
  });

  it('names at most ten settings, each described and each read', () => {
    const settings = Object.entries(contributes.configuration.properties);
    assert.ok(settings.length > 0 && settings.length <= 10);
    const silent = settings.filter(([, { description, markdownDescription }]) => (description ?? markdownDescription ?? '') === '').map(([name]) => name);
    assert.deepEqual(silent, []);
    const unread = settings.map(([name]) => name).filter((name) => !extensionText.includes(`'${name.slice('kobo.'.length)}'`) && !extensionText.includes(`'${name}'`));
    assert.deepEqual(unread, []);
  });

  it('offers no setting for a single folder of several: the server has one set for all', () => {
    const scopes = Object.entries(contributes.configuration.properties).map(([name, { scope }]) => `${name} ${scope ?? ''}`);
    assert.deepEqual(scopes.filter((text) => !/ (?:window|application)$/u.test(text)), []);
  });

  it('points to files that are there', () => {
    const icons = [...Object.values(contributes.viewsContainers).flat(), ...views].flatMap(({ icon }) => (icon === undefined ? [] : [icon]));
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media: { markdown } }) => (markdown === undefined ? [] : [markdown])));
    const schemas = [...(contributes.yamlValidation ?? []), ...(contributes.jsonValidation ?? [])].map(({ url }) => url.replace('./dist/schemas/', 'src/core/book/schemas/'));
    assert.deepEqual([manifest.icon, ...icons, ...media, ...schemas].filter((path) => !path.startsWith('$(') && !existsSync(path)), []);
  });

  it('points to bundles that the build writes', () => {
    const build = readFileSync('esbuild.mjs', 'utf8');
    const bundles = [manifest.main, manifest.browser, ...Object.values(manifest.bin)].map((path) => path.replace('./dist/', ''));
    assert.equal(bundles.length, 3);
    assert.deepEqual(bundles.filter((path) => !build.includes(`outfile: '${path}'`)), []);
  });

  it('asks for a VS Code that has everything it is typed against', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('has its version in the change log', () => {
    assert.ok(readFileSync('CHANGELOG.md', 'utf8').includes(manifest.version));
  });
});
