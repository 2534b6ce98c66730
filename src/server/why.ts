import { formatOf } from '../core/document/format';
import { unmanaged } from '../core/product/recognise';
import { matchesPath, pathPattern } from '../core/product/patterns';
import type { ServerContext } from './context';
import { checkOne, toDiagnostics, type Checked } from './diagnostics';
import { methods, type WhyParams } from './protocol';
import { canonicalUri, nameOf } from './uri';
import { inLanguage, type Language } from './words';

const mostListed = 12;

/** "Why is this file not checked?": what is known about how a file is checked, as Markdown with links to act. */
export function serveWhy(context: ServerContext): void {
  context.connection.onRequest(methods.why, async ({ uri }: WhyParams): Promise<string> => {
    const { language } = context;
    const t = (ja: string, en: string): string => (language === 'ja' ? ja : en);
    const key = canonicalUri(uri);
    const checked = await checkOne(context, key);
    const title = `# ${t('この文書の確かめ方', 'How this file is checked')}${t('：', ': ')}${nameOf(key)}`;
    if (checked === undefined) return `${[title, ...notRead(key, context.products.folderOf(key) !== undefined, await context.products.isLeftOut(key), await context.products.realOf(key), t)].join('\n\n')}\n`;
    const parts = [title, ...recognition(checked, language, t), ...findings(context, checked, t), ...rules(context, checked, t)];
    return `${parts.join('\n\n')}\n`;
  });
}

type Say = (ja: string, en: string) => string;

function notRead(uri: string, inFolder: boolean, isLeftOut: boolean, real: string | undefined, t: Say): readonly string[] {
  if (formatOf(uri) === undefined) return [t('確かめるのは Markdown、YAML、CSV のファイルだけです。', 'Only Markdown, YAML and CSV files are checked.')];
  if (!inFolder) return [t('このファイルは、開いているフォルダーの中にありません。フォルダーごと開くと確かめられます。', 'This file lies outside of the open folders. Open its folder to have it checked.')];
  if (isLeftOut) {
    return [t(
      'このファイルは確かめる対象に入っていません。.gitignore が無視しているか、node_modules や「.」で始まるフォルダーの中にあります。確かめるには、.gitignore の行を直すか、ファイルを移してください。',
      'This file is left out: .gitignore ignores it, or it lies in node_modules or in a folder whose name begins with a dot. To have it checked, change .gitignore or move the file.',
    )];
  }
  if (real !== undefined) {
    return [t(
      `このファイルは「${nameOf(real)}」へのリンクです。同じ文書を二度は確かめません。指摘は「${nameOf(real)}」を開くと見られます。`,
      `This file is a link to ${nameOf(real)}. One document is not checked twice: open ${nameOf(real)} to see its findings.`,
    )];
  }
  return [t('このファイルはまだ読まれていません。開くと確かめます。', 'This file has not been read yet. It is checked when it is opened.')];
}

function recognition({ product, report }: Checked, language: Language, t: Say): readonly string[] {
  const { recognition: found, typed } = report;
  const heading = `## ${t('文書の種別', 'Type of the document')}`;
  const gap = t('', ' ');
  const choose = `[${t('この文書の種別を決める…', 'Manage this file as…')}](command:kobo.manageAs)`;
  const type = typed.type === undefined ? '' : t(`${inLanguage(typed.type.title, language)}（${typed.type.id}）`, `${inLanguage(typed.type.title, language)} (${typed.type.id})`);
  const pattern = product.koboFile?.settings.documents.findLast((one) => matchesPath(pathPattern(one.pattern), report.path));
  const line = ((): string => {
    switch (found.by) {
      case 'front_matter':
        return t(`文書の先頭にある種別から、「${type}」として確かめています。`, `Checked as ${type}: the document says so itself.`);
      case 'pattern':
        return t(`kobo.yaml の「${pattern?.pattern ?? ''}」の行から、「${type}」として確かめています。`, `Checked as ${type}: the line "${pattern?.pattern ?? ''}" of kobo.yaml says so.`);
      case 'guess':
        return t(
          `種別が決まっていないので、まだ確かめていません。「${type}」のようです（確からしさ ${String(Math.round(found.confidence * 100))}%：${found.evidence.join('、')}）。`,
          `Not checked yet, because its type is not settled. It looks like ${type} (${String(Math.round(found.confidence * 100))}%: ${found.evidence.join(', ')}).`,
        );
      case 'none':
        return pattern?.type === unmanaged
          ? t(`kobo.yaml の「${pattern.pattern}」の行が「管理しない」（none）としているので、確かめていません。`, `Not checked: the line "${pattern.pattern}" of kobo.yaml says none.`)
          : t('種別がどこにも書かれておらず、形からも分からないので、確かめていません。', 'Not checked: its type is written nowhere, and its form does not tell.');
    }
  })();
  const noProduct =
    product.koboFile === undefined
      ? [`${t('このフォルダーに kobo.yaml がありません。種別を自分で名のる文書だけを確かめます。', 'This folder has no kobo.yaml. Only documents that name a type themselves are checked.')}${gap}[${t('このフォルダーを使う', 'Use this folder')}](command:kobo.setup)`]
      : [];
  return [heading, found.by === 'front_matter' || found.by === 'pattern' ? line : `${line}${gap}${choose}`, ...noProduct];
}

function findings(context: ServerContext, { product, report }: Checked, t: Say): readonly string[] {
  const waived = report.findings.filter((finding) => finding.suppression?.kind === 'waiver').length;
  const before = report.findings.filter((finding) => finding.suppression?.kind === 'baseline').length;
  const shown = toDiagnostics(context, { product, report }).length;
  const light = report.findings.length - waived - before - shown;
  const n = String;
  return [
    `## ${t('指摘', 'Findings')}`,
    [
      t(`- 表示している指摘：${n(shown)} 件`, `- Shown: ${n(shown)}`),
      ...(waived > 0 ? [t(`- 見送り中：${n(waived)} 件。一覧は「例外」にあります。`, `- Waived: ${n(waived)}. See the list of waivers.`)] : []),
      ...(before > 0 ? [t(`- これまでにあった指摘（${product.koboFile?.settings.baseline ?? ''}）：${n(before)} 件`, `- There before (${product.koboFile?.settings.baseline ?? ''}): ${n(before)}`)] : []),
      ...(light > 0 ? [t(`- 設定 kobo.minimumSeverity（${context.settings().minimumSeverity}）より軽い指摘：${n(light)} 件`, `- Lighter than kobo.minimumSeverity (${context.settings().minimumSeverity}): ${n(light)}`)] : []),
      ...(report.notJudged > 0 ? [t(`- 材料がなくて判断していない決まり：${n(report.notJudged)} 件（git の履歴など）`, `- Rules not judged for want of facts such as git history: ${n(report.notJudged)}`)] : []),
      ...report.slowRules.map((rule) => t(`- 時間がかかりすぎて止めた決まり：${rule}`, `- Stopped for taking too long: ${rule}`)),
      ...(product.koboFile !== undefined && !product.isLoaded ? [t('- ほかの文書と照らし合わせる決まりは、文書を読み終えてから確かめます。', '- Rules that need other documents speak once those are read.')] : []),
    ].join('\n'),
  ];
}

function rules(context: ServerContext, { product }: Checked, t: Say): readonly string[] {
  const { project, koboFile } = product;
  const states = project.ruleStates();
  const idsOf = (state: string): readonly string[] => states.filter((one) => one.state === state).map((one) => one.id);
  const listed = (ids: readonly string[]): string => (ids.length > mostListed ? `${ids.slice(0, mostListed).join(t('、', ', '))} …` : ids.join(t('、', ', ')));
  const line = (ids: readonly string[], ja: string, en: string): readonly string[] => (ids.length === 0 ? [] : [`- ${t(ja, en)}${t('：', ': ')}${String(ids.length)}${t(` 件（${listed(ids)}）`, ` (${listed(ids)})`)}`]);
  const own = Object.entries(context.settings().rules).filter(([, change]) => change === 'off').map(([id]) => id);
  return [
    `## ${t('決まり', 'Rules')}`,
    [
      t(`- 水準：${koboFile?.settings.level ?? 'L1'}`, `- Level: ${koboFile?.settings.level ?? 'L1'}`),
      t(`- 指摘を出す決まり：${String(idsOf('on').length)} 件`, `- In force: ${String(idsOf('on').length)}`),
      ...line(idsOf('above_level'), 'この水準より上の決まり', 'Above this level'),
      ...line(idsOf('announced'), '予告中（その日まではヒント）', 'Announced (hints until their day)'),
      ...line(idsOf('pilot_elsewhere'), 'ほかのプロダクトで試行中', 'On trial in other products'),
      ...line([...idsOf('draft'), ...idsOf('retired')], '書きかけ・廃止', 'Draft or retired'),
      ...line(idsOf('off'), 'コボブックか kobo.yaml で切ってある決まり', 'Switched off by the Book or kobo.yaml'),
      ...line(own, '自分の設定 kobo.rules で切ってある決まり', 'Switched off by your own setting kobo.rules'),
    ].join('\n'),
  ];
}
