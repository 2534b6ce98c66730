import type { CancellationToken } from 'vscode-languageserver';
import { gateLabel } from '../core/book/lifecycle';
import { documentMessage, gateAhead, gateReport, type GateDocument, type GateFinding } from '../core/product/gate';
import { koboFileName } from '../core/product/product';
import { cancellationOf } from './cancellation';
import type { ServerContext } from './context';
import { guideAddress } from './guides';
import { uriOf, type Product } from './products';
import { methods, type GateItem, type GateParams, type GateView } from './protocol';
import { canonicalUri } from './uri';

/** Whether a product is ready for a gate. */
export function serveGate(context: ServerContext): void {
  const { connection, products, platform } = context;
  connection.onRequest(methods.gate, async ({ uri, gate: wanted }: GateParams, token: CancellationToken): Promise<GateView | null> => {
    const own = (await products.all()).filter((product) => product.koboFile !== undefined);
    const located = (await products.locate(canonicalUri(uri)))?.product;
    const product = located?.koboFile === undefined ? own[0] : located;
    if (product === undefined) return null;
    const cancellation = cancellationOf(token);
    await product.load(cancellation);
    products.takeOpen(product);
    const { project } = product;
    const { gates } = project.book.lifecycle;
    const ahead = gateAhead(project);
    const gate = wanted === '' ? ahead : gates.find(({ id }) => id === wanted);
    const view: Pick<GateView, 'kobo' | 'product' | 'gates' | 'products'> = {
      kobo: uriOf(product, koboFileName),
      product: nameOf(product),
      gates: gates.map((one) => ({ id: one.id, label: gateLabel(one, project.language), isAhead: one === ahead })),
      products: own.map((one) => ({ kobo: uriOf(one, koboFileName), name: nameOf(one) })),
    };
    if (gate === undefined) return { ...view, gate: null, ready: false, left: 0, items: [], questions: [] };
    const report = await gateReport(project, gate, { cancellation, breath: platform.breath });
    return {
      ...view,
      gate: { id: gate.id, label: report.label, day: report.day ?? '', guide: gate.page === undefined ? '' : guideAddress(product, gate.page) },
      ready: report.ready,
      left: report.left,
      items: [...report.documents.map((document) => documentItem(product, document)), ...report.findings.map((finding) => findingItem(product, finding))].sort(byBlocking),
      questions: report.questions,
    };
  });
}

function nameOf({ koboFile }: Product): string {
  return koboFile === undefined || koboFile.settings.name === '' ? (koboFile?.settings.id ?? '') : koboFile.settings.name;
}

const severities: readonly GateItem['severity'][] = ['error', 'warning', 'info', 'hint'];

/** What stands in the way first, the worst of it first; else in the order of the report. */
function byBlocking(a: GateItem, b: GateItem): number {
  if (a.blocks !== b.blocks) return a.blocks ? -1 : 1;
  return a.blocks ? severities.indexOf(a.severity) - severities.indexOf(b.severity) : 0;
}

function documentItem(product: Product, document: GateDocument): GateItem {
  const { type, state, need, path, range, rule, severity, suppression, blocks } = document;
  const template = state === 'missing' ? product.project.book.templates.find((one) => one.type === type && one.kind === 'document') : undefined;
  return {
    kind: 'document', message: documentMessage(document, product.project.language), blocks, waived: suppression !== undefined, severity, state, optional: need === 'optional',
    rule: rule ?? '', uri: path === undefined ? '' : uriOf(product, path), path: path ?? '', position: range.start, template: template?.id ?? '',
  };
}

function findingItem(product: Product, { finding, place, template, blocks }: GateFinding): GateItem {
  return {
    kind: 'finding', message: finding.message, blocks, waived: finding.suppression !== undefined, severity: finding.severity, state: '', optional: false,
    rule: finding.rule, uri: uriOf(product, place.path), path: place.path, position: place.range.start, template: template ?? '',
  };
}
