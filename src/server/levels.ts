import type { CancellationToken } from 'vscode-languageserver';
import { countImpact, impactOf } from '../core/product/impact';
import { koboFileName } from '../core/product/product';
import { setKoboLevel } from '../core/product/kobo-level';
import { cancellationOf } from './cancellation';
import type { ServerContext } from './context';
import { fileEdit } from './edits';
import { guideAddress } from './guides';
import { uriOf } from './products';
import { methods, type FileEdit, type LevelsParams, type LevelsView, type SetLevelParams } from './protocol';
import { canonicalUri } from './uri';
import { textOfFile } from './waive';
import { inLanguage } from './words';

/** The levels of a product: where it stands, what the next ones would ask, and which rules are on their way in or out. */
export function serveLevels(context: ServerContext): void {
  const { connection, products, platform, language } = context;
  connection.onRequest(methods.levels, async ({ uri }: LevelsParams, token: CancellationToken): Promise<LevelsView | null> => {
    const product = (await products.locate(canonicalUri(uri)))?.product ?? (await products.locateOrFirst(''));
    const settings = product?.koboFile?.settings;
    if (product === undefined || settings === undefined) return null;
    const cancellation = cancellationOf(token);
    await product.load(cancellation);
    const { project } = product;
    const { levels } = project.book.lifecycle;
    const now = levels.findIndex((level) => level.id === settings.level);
    const added = async (level: string): Promise<number> => {
      const impact = await impactOf(project, project.changed({ settings: { ...settings, level } }), { cancellation, breathe: platform.breath });
      return countImpact(impact.entries).added;
    };
    const view: LevelsView['levels'][number][] = [];
    for (const [i, { id, title, description }] of levels.entries()) {
      view.push({ id, title: inLanguage(title, language), description: inLanguage(description, language), now: i === now, added: i > now ? await added(id) : null });
    }
    return {
      uri: uriOf(product, koboFileName),
      product: settings.name,
      levels: view,
      stages: project.rules.flatMap(({ id, title, stage, guide }): LevelsView['stages'] => {
        const row = { rule: id, title: inLanguage(title, language), guide: guide === undefined ? '' : guideAddress(product, guide) };
        if (stage.name === 'pilot') return [{ ...row, stage: stage.name, detail: stage.products.join(language === 'ja' ? '、' : ', '), here: stage.products.includes(settings.id) }];
        if (stage.name === 'announced') return [{ ...row, stage: stage.name, detail: stage.from, here: true }];
        return stage.name === 'retired' ? [{ ...row, stage: stage.name, detail: '', here: true }] : [];
      }),
    };
  });

  connection.onRequest(methods.setLevel, async ({ uri, level }: SetLevelParams): Promise<FileEdit | null> => {
    const located = await products.locate(canonicalUri(uri));
    const text = located && (await textOfFile(context, located.product, koboFileName));
    const edit = text === undefined ? undefined : setKoboLevel(text, level);
    return located === undefined || text === undefined || edit === undefined ? null : fileEdit(context, uriOf(located.product, koboFileName), text, [edit]);
  });
}
