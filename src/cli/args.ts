import { printable } from './printable';

/** What a command line says: positional words, switches and options with values. */
export interface Arguments {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
}

/** What a command accepts; anything else is wrong use. */
export interface ArgumentSpec {
  readonly options: readonly string[];
  readonly switches: readonly string[];
}

/** Wrong use of the command line: exit status 2, with a sentence that says what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** @param lines may hold what was written on the command line or in files: what cannot be seen of it is shown as an escape */
  constructor(...lines: readonly string[]) {
    super(lines.map(printable).join('\n'));
  }
}

/** Also of one that another bundle of this program threw, whose class is not the same. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'UsageError';
}

/**
 * Reads `--name value`, `--name=value`, `--switch` and words; `--` ends the options.
 * @throws UsageError for an unknown name or a missing value
 */
export function parseArguments(args: readonly string[], spec: ArgumentSpec): Arguments {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  const switches = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
    if (spec.switches.includes(name) && equals < 0) {
      switches.add(name);
    } else if (spec.options.includes(name)) {
      const value = equals < 0 ? args[++i] : arg.slice(equals + 1);
      if (value === undefined) throw new UsageError(`--${name} には値が要ります。 / --${name} takes a value.`);
      options.set(name, [...(options.get(name) ?? []), value]);
    } else {
      throw new UsageError(`--${name} という指定はありません。 / There is no option --${name}.`);
    }
  }
  return { words, options, switches };
}

/** The last value of an option, or `undefined`. */
export function option(args: Arguments, name: string): string | undefined {
  return args.options.get(name)?.at(-1);
}

/**
 * The last value of an option that must be one of a few words.
 * @throws UsageError when it is another
 */
export function choice<T extends string>(args: Arguments, name: string, allowed: readonly T[], otherwise: T): T {
  const value = option(args, name);
  if (value === undefined) return otherwise;
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`--${name} は ${allowed.join(' / ')} のどれかです（いまは ${value}）。 / --${name} is one of ${allowed.join(', ')}.`);
  return found;
}

/**
 * The last value of an option that must be a whole number of at least 0.
 * @throws UsageError when it is not
 */
export function count(args: Arguments, name: string): number | undefined {
  const value = option(args, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} には 0 以上の整数を書きます。 / --${name} takes a whole number.`);
  return Number(value);
}
