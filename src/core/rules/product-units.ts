import type { Gate } from '../book/book';
import { gateLabel, gatesOfPhase } from '../book/lifecycle';
import type { Span } from '../text/position';
import type { Env } from './env';
import { gateParts, productParts } from './product-parts';
import type { CollectionName, Parts, Selector, Unit } from './unit';
import { Value } from './value';

const nowhere: Span = { start: 0, end: 0 };

/** Properties of the product: what `product.x` says, and what rules on `product` ask about. */
export function productValue(name: string, env: Env): Value | undefined {
  const { context } = env;
  switch (name) {
    case 'phase':
      return context.phase === undefined ? undefined : new Value(context.phase, nowhere, { kind: 'level', words: phaseWords(env) });
    case 'size':
      return context.size === undefined ? undefined : new Value(context.size, nowhere);
    case 'level':
      return new Value(context.level, nowhere);
    case 'id':
      return context.product === '' ? undefined : new Value(context.product, nowhere);
    default:
      return undefined;
  }
}

const phaseSets = new WeakMap<object, { readonly words: ReadonlyMap<string, readonly string[]>; readonly groups: ReadonlyMap<string, readonly string[]> }>();

/** The phases of the lifecycle as ordered words, the earliest first. */
export function phaseWords(env: Env) {
  let set = phaseSets.get(env.book.lifecycle);
  if (set === undefined) {
    set = {
      words: new Map(env.book.lifecycle.phases.map((phase) => [phase.id, [phase.title.text, ...(phase.title.en === undefined ? [] : [phase.title.en])]])),
      groups: new Map(),
    };
    phaseSets.set(env.book.lifecycle, set);
  }
  return set;
}

export class ProductUnit implements Unit {
  readonly kind = 'product';
  readonly document = undefined;
  readonly span = nowhere;
  readonly extent = nowhere;

  label(env: Env): string {
    return env.context.product;
  }

  prose(): undefined {
    return undefined;
  }

  value(name: string, env: Env): Value | undefined {
    return productValue(name, env);
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    return name === 'documents' || name === 'rows' ? productParts(name, of, env) : undefined;
  }
}

export class GateUnit implements Unit {
  readonly kind = 'gate';
  readonly document = undefined;
  readonly span = nowhere;
  readonly extent = nowhere;
  readonly gate: Gate;

  constructor(gate: Gate) {
    this.gate = gate;
  }

  label(env: Env): string {
    return gateLabel(this.gate, env.context.language);
  }

  prose(): undefined {
    return undefined;
  }

  value(name: string, env: Env): Value | undefined {
    switch (name) {
      case 'gate':
      case 'id':
        return new Value(this.gate.id, nowhere);
      case 'previous': {
        const { lifecycle } = env.book;
        const previous = lifecycle.gates[lifecycle.gates.indexOf(this.gate) - 1];
        // While none is being decided, another gate of this phase is still to come, too.
        const isToCome = env.context.gate === undefined && previous !== undefined && gatesOfPhase(lifecycle, env.context.phase).includes(previous);
        return new Value(isToCome ? '' : (previous?.id ?? ''), nowhere);
      }
      case 'decision': {
        const record = env.product?.ofType('gate-record').find((document) => sameGate(document.fields.get('gate')?.value.text ?? '', this.gate.id));
        return record?.fields.get('decision')?.value;
      }
      default:
        return productValue(name, env);
    }
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    if (name === 'documents' && of !== undefined && (of.includes('required') || of.includes('approval_required'))) return gateParts(this.gate.id, of, env);
    return name === 'documents' || name === 'rows' ? productParts(name, of, env) : undefined;
  }
}

/** `G2` = `G2 設計レビュー`. */
function sameGate(written: string, id: string): boolean {
  return written.trim().toUpperCase() === id || written.trim().toUpperCase().startsWith(`${id} `);
}
