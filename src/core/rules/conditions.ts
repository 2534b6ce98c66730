import { compileCollection, compileCount, isCollection, type Test } from './collections';
import { isData, type Compiler, type Data } from './compiler';
import type { Env } from './env';
import { useSubject } from './dates';
import { compilePredicate } from './predicates';
import { valueOf } from './subjects';
import { compileTextOperator, isTextOperator, type TextTest } from './text-operators';
import type { Prose, TextSource } from './text-source';
import { and, NO, not, or, UNKNOWN, YES, type Truth } from './truth';
import type { Unit, UnitKind } from './unit';

/** One key of a condition; a `require` makes one finding for each that fails. */
export interface CompiledKey {
  readonly key: string;
  readonly test: Test;
  /** The text operator it is, when it looks at the unit's own text. */
  readonly text: TextTest | undefined;
  /** False when no part of a source can make it true. */
  readonly possible: ((source: TextSource) => boolean) | undefined;
}

export interface CompiledCondition {
  readonly keys: readonly CompiledKey[];
  readonly test: Test;
}

/**
 * Compiles a condition: a map whose keys must all hold. Keys are `any`, `all`, `not`, a text operator on the unit's own
 * text, a collection, or a subject with a predicate.
 *
 * @param kind kind of unit it is asked of
 */
export function compileCondition(definition: unknown, compiler: Compiler, kind: UnitKind): CompiledCondition {
  if (!isData(definition)) {
    compiler.fail('rule.not-a-condition', '条件は「見るもの: 条件」の形で書きます。', 'A condition is a map.');
    return { keys: [], test: () => UNKNOWN };
  }
  const keys = Object.entries(definition).map(([key, value]) => compileKey(key, value, compiler, kind));
  if (keys.length === 0) compiler.fail('rule.empty-condition', '条件の中身がありません。', 'The condition says nothing.');
  return { keys, test: together(keys.map((key) => key.test)) };
}

function together(tests: readonly Test[]): Test {
  const only = tests[0];
  if (tests.length === 1 && only !== undefined) return only;
  return (unit, env) => {
    let truth: Truth = YES;
    for (const test of tests) {
      truth = and(truth, test(unit, env));
      if (truth === NO && env.trace === undefined) return NO;
    }
    return truth;
  };
}

function compileKey(key: string, value: unknown, compiler: Compiler, kind: UnitKind): CompiledKey {
  switch (key) {
    case 'any':
    case 'all': {
      const parts = (Array.isArray(value) ? value : [value]).map((each) => compileCondition(each, compiler, kind));
      const possibles = parts.map((part) => possibleOf(part));
      if (key === 'all') return plain(key, together(parts.map((part) => part.test)), possibles.find((each) => each !== undefined));
      const every = possibles.every((each) => each !== undefined)
        ? (source: TextSource) => possibles.some((each) => each(source))
        : undefined;
      return plain(key, (unit, env) => {
        let truth: Truth = NO;
        for (const part of parts) {
          truth = or(truth, part.test(unit, env));
          if (truth === YES && env.trace === undefined) return YES;
        }
        return truth;
      }, every);
    }
    case 'not': {
      const part = compileCondition(value, compiler, kind);
      return plain(key, (unit, env) => not(part.test(unit, env)));
    }
    case 'expr':
      compiler.fail('rule.expr', '「expr」はまだ使えません（予約された言葉です）。', 'expr is reserved and not available.');
      return plain(key, () => UNKNOWN);
    default:
      break;
  }
  const condition = (definition: unknown, of: UnitKind): Test => compileCondition(definition, compiler, of).test;
  if (isTextOperator(key)) {
    const operator = compileTextOperator(key, value, compiler);
    return {
      key,
      test: (unit, env) => ownText(operator, unit, env),
      text: operator,
      possible: operator.possible,
    };
  }
  if (isCollection(key)) return plain(key, compileCollection(key, value, compiler, condition));
  return compileSubject(key, value, compiler, kind, (definition: Data) => compileCount(definition, compiler, condition));
}

function plain(key: string, test: Test, possible?: CompiledKey['possible']): CompiledKey {
  return { key, test, text: undefined, possible };
}

/** Whether a whole condition can hold: it cannot when one of its keys cannot. */
export function possibleOf(condition: CompiledCondition): CompiledKey['possible'] {
  return condition.keys.find((key) => key.possible !== undefined)?.possible;
}

function ownText(operator: TextTest, unit: Unit, env: Env): Truth {
  const prose = unit.prose(env);
  if (prose === undefined || isBlank(prose)) return UNKNOWN;
  return operator.test(prose, unit, env);
}

/** Nearly every text has a word among its first characters; what follows is cut out in longer and longer parts. */
const shortPart = 8;

function isBlank({ source, from, to }: Prose): boolean {
  for (let at = from, length = shortPart; at < to; at += length, length *= 8) {
    const part = source.slice(at, Math.min(to, at + length));
    for (let i = 0; i < part.length; i++) {
      const c = part.charCodeAt(i);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9 && c !== 0x3000) return false;
    }
  }
  return true;
}

function compileSubject(key: string, definition: unknown, compiler: Compiler, kind: UnitKind, countOf: Parameters<typeof compilePredicate>[2]): CompiledKey {
  if (!/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/u.test(key)) {
    compiler.fail('rule.unknown-key', `「${key}」は条件に使えません。`, `${key} cannot be used in a condition.`, { about: key });
    return plain(key, () => UNKNOWN);
  }
  useSubject(key, compiler);
  compiler.subjects.push({ name: key, kind });
  if ((kind === 'link' && (key === 'to' || key === 'target'))) compiler.needsIndex();
  const predicate = compilePredicate(definition, compiler, countOf);
  // Most subjects are the unit's own.
  if (!key.includes('.')) return plain(key, (unit, env) => predicate(unit.value(key, env), unit, env, key));
  return plain(key, (unit, env) => predicate(valueOf(unit, key, env), unit, env, key));
}
