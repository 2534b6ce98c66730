import type { Gate, RequiredDocument, RuleSource, Severity } from '../book/book';
import { mapOf, wordsOf } from '../book/data';
import { gateLabel, gateOfPhase, gatesOfPhase, requiredAt } from '../book/lifecycle';
import type { Finding, FindingSummary, Suppression } from '../rules/finding';
import { isLiteral, literalOf } from '../rules/compare';
import { isOfGate } from '../rules/run';
import type { Range } from '../text/position';
import { neverCancelled, type Breath, type Cancellation, type Progress } from '../workspace';
import { nextGateDay, plannedDay } from './gate-day';
import type { TypedDocument } from './meaning';
import { byPlace } from './order';
import { koboFileName } from './product';
import type { Project } from './project';
import type { ProjectParts } from './project-parts';
import type { DocumentReport } from './report';
import { summarise } from './summary';

/** What has become of a document that a gate asks for. */
type GateDocumentState = 'ready' | 'not_approved' | 'missing';

/** A document that a gate asks for, or would take if there is one. */
export interface GateDocument {
  readonly type: string;
  /** Of the type, in the language of findings. */
  readonly title: string;
  readonly need: RequiredDocument['need'];
  readonly state: GateDocumentState;
  /** Relative to the product; `undefined` while there is none. */
  readonly path: string | undefined;
  /** Where its status stands, or would. */
  readonly range: Range;
  /** How many more there are of the type. */
  readonly more: number;
  /** Its status as written, empty where there is none. */
  readonly status: string;
  /** The rule that says so; `undefined` where none does and the lifecycle alone asks. */
  readonly rule: string | undefined;
  readonly severity: Severity;
  readonly suppression: Suppression | undefined;
  /** It stands in the way of the gate. */
  readonly blocks: boolean;
}

/** A finding as it is at the gate. */
export interface GateFinding {
  readonly finding: Finding;
  /** Where a person looks: of a finding about the product as a whole, the first place that it speaks of. */
  readonly place: Pick<Finding, 'path' | 'range'>;
  /** Template of the document that would settle it; `undefined` where an edit does. */
  readonly template: string | undefined;
  /** It stands in the way of the gate. */
  readonly blocks: boolean;
}

/** Whether a product is ready for a gate, and what is not. */
export interface GateReport {
  readonly gate: Gate;
  /** Id and title, in the language of findings. */
  readonly label: string;
  /** ISO day; `undefined` where no schedule names one. */
  readonly day: string | undefined;
  readonly ready: boolean;
  /** How much stands in the way: documents and findings. */
  readonly left: number;
  /** What stands in the way first, then what is there, then what would be taken. */
  readonly documents: readonly GateDocument[];
  /** What a document above already says is not among them. The worst first, then by place; what is waived last. */
  readonly findings: readonly GateFinding[];
  /** For people to answer. */
  readonly questions: readonly string[];
  /** Of the findings; files are the documents that the gate asks for and that are there. */
  readonly summary: FindingSummary;
  /** Size that the documents are asked for; `undefined` where it is not known. */
  readonly size: string | undefined;
  /** Rules that were stopped for taking too long. */
  readonly slowRules: readonly string[];
  readonly language: 'ja' | 'en';
}

export interface GateOptions {
  readonly cancellation?: Cancellation;
  readonly breath?: Breath;
  readonly progress?: Progress;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/**
 * The gate that a product goes towards: of several in its phase the next that its schedule names, else the one at the end of the phase.
 * @returns `undefined` without a phase, and where the phase has no gate
 */
export function gateAhead(project: Project): Gate | undefined {
  const { book, settings, documents } = project.parts();
  const { lifecycle } = book;
  const gates = gatesOfPhase(lifecycle, settings?.phase);
  const planned = gates.length > 1 ? nextGateDay(book, settings?.phase, documents.values(), project.today)?.gate : undefined;
  return planned ?? gateOfPhase(lifecycle, settings?.phase) ?? gates[0];
}

/**
 * Judges a product at a gate. In the way stand: documents of the gate that are missing or not approved; errors and warnings of the gate's own
 * rules, whatever the level of the product; errors in the documents that the gate needs and in `kobo.yaml` itself; and errors that only
 * time has made, in any document. What is waived is told and stands in nobody's way.
 * @param project with all its documents
 */
export async function gateReport(project: Project, gate: Gate, options: GateOptions = {}): Promise<GateReport> {
  const { cancellation = neverCancelled, breath, progress } = options;
  const judged = project.atGate(gate.id);
  const parts = judged.parts();
  const { documents: reports } = await judged.reportAll({ cancellation, ...(breath === undefined ? {} : { breath }), ...(progress === undefined ? {} : { progress }) });
  const asked = requiredAt(gate, parts.context.size);
  const needed = new Set(asked.filter(({ need }) => need !== 'optional').map(({ type }) => type));
  const all = reports.flatMap((report) => report.uncapped.map((finding) => ({ finding, type: typeOf(report) })));
  const ofGate = new Set(parts.rules.rules.filter((rule) => isOfGate(rule, gate.id)).map(({ id }) => id));

  const told = new Set<Finding>();
  const documents = asked.flatMap((one) => documentsOf(one, parts, all.map(({ finding }) => finding), told)).sort(byState);
  const findings = all
    .filter(({ finding, type }) => !told.has(finding) && (ofGate.has(finding.rule) || (finding.severity === 'error' && (finding.timeOnly || (type !== undefined && needed.has(type)) || isAboutKoboFile(finding)))))
    .map(({ finding }): GateFinding => ({
      finding, place: placeOf(finding), template: finding.fixes.find(({ create }) => create !== undefined)?.create?.template,
      blocks: finding.suppression === undefined && isGrave(finding.severity),
    }))
    .sort(byWeight);
  const there = reports.filter((report) => needed.has(typeOf(report) ?? ''));
  const left = [...documents, ...findings].filter(({ blocks }) => blocks).length;
  return {
    gate,
    label: gateLabel(gate, project.language),
    day: plannedDay(gate, parts.documents.values(), project.today),
    ready: left === 0,
    left,
    documents,
    findings,
    questions: gate.questions,
    summary: summarise(findings.map(({ finding }) => finding), there.length, there.reduce((sum, { notJudged }) => sum + notJudged, 0)),
    size: parts.context.size,
    slowRules: [...new Set(reports.flatMap(({ slowRules }) => slowRules))],
    language: project.language,
  };
}

function typeOf({ typed }: DocumentReport): string | undefined {
  return typed.guessed ? undefined : typed.type?.id;
}

/** What a rule calls information or a hint stops nobody, at a gate either. */
function isGrave(severity: Severity): boolean {
  return severity === 'error' || severity === 'warning';
}

/** With a fault in it nobody can say which documents there are, and what is waived. */
function isAboutKoboFile({ path, rule }: Finding): boolean {
  return path === koboFileName && (rule.startsWith('kobo.') || rule.startsWith('WVR-'));
}

/** One row for a type; of those that are not approved, one for each document. */
function documentsOf({ type, need }: RequiredDocument, parts: ProjectParts, findings: readonly Finding[], told: Set<Finding>): readonly GateDocument[] {
  const { language } = parts.context;
  const known = parts.effective.types.get(type);
  const title = known === undefined ? type : language === 'en' ? (known.title.en ?? known.title.text) : known.title.text;
  const there = [...parts.documents.values()].filter((document) => !document.guessed && document.type?.id === type);
  const ready = { type, title, need, state: 'ready', range: top, status: '', rule: undefined, severity: 'info', suppression: undefined, blocks: false } as const;
  const [first] = there;
  if (first === undefined) {
    const row = { ...ready, state: 'missing', path: undefined, more: 0 } as const;
    return [need === 'optional' ? row : { ...row, ...saidBy(asksForDocument, parts, findings, told) }];
  }
  const open = need === 'approved' ? there.filter((document) => !isApproved(document)) : [];
  if (open.length === 0) return [{ ...ready, path: first.path, more: there.length - 1 }];
  const said = saidBy(asksForApproval, parts, findings, told);
  return open.map((document) => ({ ...ready, state: 'not_approved', path: document.path, more: 0, status: statusOf(document), range: placeOfStatus(document), ...said }));
}

/** What the rules that ask for a document of a gate say of it: that is then told as one thing. Where the Book has no such rule, its lifecycle asks. */
function saidBy(asks: (rule: RuleSource) => boolean, parts: ProjectParts, findings: readonly Finding[], told: Set<Finding>): Pick<GateDocument, 'rule' | 'severity' | 'suppression' | 'blocks'> {
  const rules = parts.effective.rules.filter(asks);
  if (rules.length === 0) return { rule: undefined, severity: 'error', suppression: undefined, blocks: true };
  const said = findings.filter(({ rule }) => rules.some(({ id }) => id === rule));
  for (const finding of said) told.add(finding);
  const [worst] = [...said].sort((a, b) => Number(a.suppression !== undefined) - Number(b.suppression !== undefined) || rank(a.severity) - rank(b.severity));
  // The rule is there but switched off, announced or not yet for everybody: nobody is held up by it.
  if (worst === undefined) return { rule: rules[0]?.id, severity: 'info', suppression: undefined, blocks: false };
  return { rule: worst.rule, severity: worst.severity, suppression: worst.suppression, blocks: worst.suppression === undefined && isGrave(worst.severity) };
}

/** `documents: required`, or the same with `of` alone. */
function asksForDocument({ definition }: RuleSource): boolean {
  const { documents } = mapOf(definition.require);
  const { of, ...more } = mapOf(documents);
  return [...wordsOf(documents), ...(Object.keys(more).length === 0 ? wordsOf(of) : [])].includes('required');
}

/** `documents: { of: approval_required, every: { status: approved } }`. */
function asksForApproval({ definition }: RuleSource): boolean {
  const documents = mapOf(mapOf(definition.require).documents);
  return wordsOf(documents.of).includes('approval_required') && wordsOf(mapOf(documents.every).status).includes('approved');
}

const approved = literalOf('approved');

/** As `status: approved` of a rule has it. */
function isApproved(document: TypedDocument): boolean {
  const value = document.fields.get('status')?.value;
  return value !== undefined && isLiteral(value, approved);
}

function statusOf(document: TypedDocument): string {
  return document.fields.get('status')?.value.text ?? '';
}

function placeOfStatus(document: TypedDocument): Range {
  const field = document.fields.get('status');
  return field?.written === true ? document.document.lines.rangeOf(field.value.span) : top;
}

function placeOf({ path, range, span, related }: Finding): GateFinding['place'] {
  const [first] = path === koboFileName && span.end === 0 ? related : [];
  return first === undefined ? { path, range } : { path: first.path, range: first.range };
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

const states: readonly GateDocumentState[] = ['missing', 'not_approved', 'ready'];

/** In the way, waived, there, optional; of one kind in the order in which the gate names them. */
function byState(a: GateDocument, b: GateDocument): number {
  const group = ({ blocks, state, need }: GateDocument): number => (blocks ? 0 : state === 'ready' ? (need === 'optional' ? 3 : 2) : need === 'optional' ? 4 : 1);
  return group(a) - group(b) || states.indexOf(a.state) - states.indexOf(b.state);
}

function byWeight(a: GateFinding, b: GateFinding): number {
  return Number(a.finding.suppression !== undefined) - Number(b.finding.suppression !== undefined) || rank(a.finding.severity) - rank(b.finding.severity) || byPlace({ ...a.finding, ...a.place }, { ...b.finding, ...b.place });
}

/** What is to be said of a document that is not as the gate needs it. */
export function documentMessage({ title, state, status, need }: Pick<GateDocument, 'title' | 'state' | 'status' | 'need'>, language: 'ja' | 'en'): string {
  const ja = language === 'ja';
  switch (state) {
    case 'missing':
      return ja ? `「${title}」がありません。` : `${title} is missing.`;
    case 'not_approved':
      if (status === '') return ja ? `「${title}」がまだ承認されていません。状態を書いてください。` : `${title} is not approved yet. Write its status.`;
      return ja ? `「${title}」がまだ承認されていません（いまは${status}）。` : `${title} is not approved yet (now ${status}).`;
    case 'ready':
      if (need === 'approved') return ja ? `「${title}」は承認済みです。` : `${title} is approved.`;
      return ja ? `「${title}」があります。` : `${title} is there.`;
  }
}
