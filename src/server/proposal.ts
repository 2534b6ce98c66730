import type { RuleSource } from '../core/book/book';
import type { Finding } from '../core/rules/finding';
import { neverCancelled } from '../core/workspace';
import type { ServerContext } from './context';
import { checkOne, type Checked } from './diagnostics';
import { methods, type Proposal, type ProposalParams } from './protocol';
import { canonicalUri, encodePath } from './uri';
import { findingAt } from './waive';
import { inLanguage, type Language } from './words';

/** Lines of the document around a finding that go into a proposal. */
const linesAround = 3;

/** "This rule is wrong": a file for the rule's owner, filled in with what is known; nothing is sent anywhere. */
export function serveProposal(context: ServerContext): void {
  const { connection } = context;
  connection.onRequest(methods.proposal, async (params: ProposalParams): Promise<Proposal | null> => {
    const checked = await checkOne(context, canonicalUri(params.uri));
    const finding = checked && findingAt(checked, params);
    const rule = finding && checked.product.project.rule(finding.rule);
    if (checked === undefined || finding === undefined || rule === undefined) return null;
    return { text: textOf(checked, finding, rule, params.excerpt), uri: await placeOf(context, checked, rule), owner: rule.owner };
  });
}

/** A file in the folder `proposals` of the Book, where the Book is in the workspace and the file is not there yet. */
async function placeOf(context: ServerContext, { product }: Checked, { id }: RuleSource): Promise<string> {
  const { key } = product.shelved;
  if (context.products.folderOf(`${key}/book.yaml`) === undefined) return '';
  const names = Array.from({ length: 20 }, (_, i) => `proposals/${product.project.today}-${id}${i === 0 ? '' : `-${String(i + 1)}`}.md`);
  const there = await context.products.door(key).read(names, neverCancelled);
  const free = names.find((_, i) => there[i]?.ok !== true && context.documents.get(`${key}/${encodePath(names[i] ?? '')}`) === undefined);
  return free === undefined ? '' : `${key}/${encodePath(free)}`;
}

function textOf({ product, report }: Checked, finding: Finding, rule: RuleSource, withExcerpt: boolean): string {
  const { project } = product;
  const { language } = project;
  const t = (ja: string, en: string): string => (language === 'ja' ? ja : en);
  const title = inLanguage(rule.title, language);
  const owner = rule.owner === '' ? t('（決まっていません）', '(nobody yet)') : rule.owner;
  const type = report.typed.type === undefined ? '' : inLanguage(report.typed.type.title, language);
  const guide = rule.guide === undefined ? '' : `${project.guideTitle(rule.guide)}（${rule.guide}）`;
  const facts: readonly (readonly [string, string])[] = [
    [t('決まり', 'Rule'), `${title}（${rule.id}）`],
    [t('書いてあるファイル', 'Written in'), rule.origin.path],
    [t('持ち主', 'Owner'), owner],
    [t('手引き', 'Guide'), guide],
    [t('なぜ', 'Why'), rule.why === undefined ? '' : inLanguage(rule.why, language)],
    [t('文書の種別', 'Type of the document'), type],
  ];
  const parts = [
    `# ${t(`「${title}」への提案`, `A proposal about “${title}”`)}`,
    t(`${owner} さんへ。${project.today} に出た指摘について、決まりを見直してほしいので書きます。`, `To ${owner}: please look at this rule again, because of a finding of ${project.today}.`),
    `## ${t('決まりと指摘', 'The rule and the finding')}`,
    facts.filter(([, value]) => value !== '').map(([name, value]) => `- ${name}：${value}`).join('\n'),
    quoted(finding.message),
    ...(withExcerpt ? [`## ${t('文書の抜粋', 'From the document')}`, excerpt(finding, report.typed.document.text)] : []),
    ...questions(language),
  ];
  return `${parts.join('\n\n')}\n`;
}

function questions(language: Language): readonly string[] {
  return language === 'ja'
    ? [
        '## おかしいと思う理由', '当てはまるものを残して、ひとこと書いてください。',
        '- この書き方で、読む人は困らない\n- 言葉や表を読みちがえている\n- この種別の文書には当てはまらない\n- 言い方が分かりにくく、何をすればよいか伝わらない', '＿＿',
        '## どうなるとよいか', '＿＿',
        '## 指摘してほしくない例、してほしい例', '- してほしくない：＿＿\n- してほしい：＿＿',
      ]
    : [
        '## Why it is wrong', 'Keep what is true and add a sentence.',
        '- Written like this, nobody is misled\n- It misreads the words or the table\n- It does not fit this type of document\n- Its words do not say what to do', '＿＿',
        '## What it should do instead', '＿＿',
        '## An example it should leave alone, and one it should flag', '- Leave alone: ＿＿\n- Flag: ＿＿',
      ];
}

function quoted(text: string): string {
  return text.split('\n').map((line) => `> ${line}`).join('\n');
}

/** The lines around a finding in a fence that nothing in them can close. */
function excerpt({ range }: Finding, text: string): string {
  const lines = text.split(/\r\n|\r|\n/).slice(Math.max(0, range.start.line - linesAround), range.end.line + linesAround + 1);
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}
