import type { EffectiveSettings } from '../product/settings';
import type { Compiler } from './compiler';
import type { CompiledRule } from './rule';
import { targetTypes } from './verify';

/** Finds rules that can never give a finding: all types left out, a condition that is asked for and ruled out at once. */
export function verifyReach(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings): void {
  const { definition } = rule.source;
  const types = targetTypes(rule, settings);
  const { names, all } = rule.targets;
  if (!all && types.length === 0 && [...names].every((name) => settings.types.has(name))) {
    compiler.warn('rule.never', 'types と except が同じなので、どの文書でも働きません。except を見直してください。', 'types and except leave no document. Check except.', { about: 'except' });
  }
  const same = (a: string, b: string): boolean => definition[a] !== undefined && JSON.stringify(definition[a]) === JSON.stringify(definition[b]);
  for (const [a, b] of [['when', 'unless'], ['when', 'require'], ['forbid', 'unless']] as const) {
    if (same(a, b)) compiler.warn('rule.never', `${a} と ${b} が同じなので、指摘が出ることはありません。どちらかを直してください。`, `${a} and ${b} say the same, so there is never a finding. Change one of them.`, { about: b });
  }
}
