import type { Span } from '../../text/position';
import type { Env } from '../env';
import type { Fix } from '../finding';
import type { Explained } from '../messages';
import type { CompiledRule } from '../rule';

/** The fixes of a finding. */
export function buildFixes(rule: CompiledRule, found: Explained, span: Span, env: Env): readonly Fix[] {
  void rule; void found; void span; void env;
  return [];
}
