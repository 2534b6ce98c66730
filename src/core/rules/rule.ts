import type { Book, BookProblem, RuleSource } from '../book/book';
import type { EffectiveSettings, RuleSetting } from '../product/settings';
import type { Check } from './checks/check';
import type { Cost } from './compiler';
import type { CompiledCondition, CompiledKey } from './conditions';
import type { ParamValue } from './env';
import type { FixDefinition } from './fixes/definition';
import type { MessageTemplate } from './messages';
import type { Test } from './collections';
import type { Scope } from './scopes';
import type { TextSource } from './text-source';
import type { UnitKind } from './unit';
import type { WordScanner } from './words';

/** One scope of a rule with its conditions, compiled for that kind of unit. */
export interface RulePart {
  readonly scope: Scope;
  readonly when: CompiledCondition | undefined;
  readonly unless: CompiledCondition | undefined;
  readonly require: CompiledCondition | undefined;
  readonly forbid: CompiledKey | undefined;
  readonly check: Check | undefined;
  /** False when nothing in a source can make a finding; the units need not be made then. */
  readonly possible: ((source: TextSource) => boolean) | undefined;
}

/** Which documents a rule is for. */
export interface Targets {
  readonly all: boolean;
  readonly untyped: boolean;
  /** Type ids and class words. */
  readonly names: ReadonlySet<string>;
  readonly except: ReadonlySet<string>;
}

/** When a rule is in force. */
export interface Applies {
  readonly phases: readonly string[];
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly sizes: readonly string[];
  readonly products: readonly string[];
  readonly gates: readonly string[];
  readonly since: string | undefined;
}

/** A message of its own for one of several causes. */
export interface Situation {
  /** Key of `require` that failed; `undefined` for any. */
  readonly of: string | undefined;
  /** What holds, by the kind of unit it is asked of; `undefined` where nothing has to. */
  readonly holds: ReadonlyMap<UnitKind, Test> | undefined;
  readonly message: MessageTemplate;
}

/** A rule ready to be asked; compiled once for a product. */
export interface CompiledRule {
  readonly id: string;
  readonly source: RuleSource;
  readonly setting: RuleSetting;
  readonly cost: Cost;
  readonly parts: readonly RulePart[];
  /** Its conditions are answered by the words of a unit alone, so that an edit elsewhere changes no answer. */
  readonly staysInUnit: boolean;
  /** Its message and fixes are made of the unit and of fields of the document. */
  readonly speaksOfUnit: boolean;
  readonly targets: Targets;
  readonly applies: Applies | undefined;
  readonly pick: 'first' | 'last' | 'newest' | undefined;
  readonly mark: string | undefined;
  readonly message: MessageTemplate;
  /** What it says instead where a condition holds of the unit; the first that does counts. */
  readonly situations: readonly Situation[];
  readonly fixes: readonly FixDefinition[];
  /** Its findings are blanks of a template: progress while the document is a draft. */
  readonly aboutBlanks: boolean;
  /** Parameters for a document type (`''` for none). */
  paramsFor(type: string): ReadonlyMap<string, ParamValue>;
}

/** The rules of a product, compiled, with what they were made from. */
export interface RuleSet {
  readonly book: Book;
  readonly settings: EffectiveSettings;
  readonly scanner: WordScanner;
  readonly rules: readonly CompiledRule[];
  /** What is wrong in rule files; rules with an error are left out of `rules`. */
  readonly problems: readonly BookProblem[];
}
