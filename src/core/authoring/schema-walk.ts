import { isData, textOf, wordsOf, type Data } from '../book/data';
import { schemaNamed, type SchemaName } from '../book/validate';

/** A part of a schema, with the file its references count from. */
interface Node {
  readonly schema: Data;
  readonly file: SchemaName;
}

/** A key that may be written, with what its schema says. */
export interface SchemaKey {
  readonly name: string;
  readonly description: string | undefined;
  readonly required: boolean;
}

/** Keys that may be written in the map at a path. */
export function keysAt(file: SchemaName, path: readonly (string | number)[]): readonly SchemaKey[] {
  const found = new Map<string, SchemaKey>();
  for (const { schema } of nodesAt(file, path)) {
    const required = wordsOf(schema.required);
    for (const [name, value] of Object.entries(isData(schema.properties) ? schema.properties : {})) {
      if (found.has(name) || (isData(value) && isData(value.not))) continue;
      found.set(name, { name, description: isData(value) ? textOf(value.description) || undefined : undefined, required: required.includes(name) });
    }
    const names = isData(schema.propertyNames) && Array.isArray(schema.propertyNames.enum) ? wordsOf(schema.propertyNames.enum) : [];
    for (const name of names) if (!found.has(name)) found.set(name, { name, description: undefined, required: false });
  }
  return [...found.values()];
}

/** What the schema says about the key at the end of a path. */
export function meaningAt(file: SchemaName, path: readonly (string | number)[]): string | undefined {
  const name = path.at(-1);
  return keysAt(file, path.slice(0, -1)).find((key) => key.name === name)?.description;
}

/** Words that may be written as the value at a path; of a list, its items. */
export function valuesAt(file: SchemaName, path: readonly (string | number)[]): readonly string[] {
  const nodes = nodesAt(file, path);
  const items = nodes.flatMap((node) => (isData(node.schema.items) ? expand({ schema: node.schema.items, file: node.file }) : []));
  const found = new Set<string>();
  for (const { schema } of [...nodes, ...items]) {
    for (const value of wordsOf(schema.enum)) found.add(value);
    const only = textOf(schema.const);
    if (only !== '') found.add(only);
  }
  return [...found];
}

function nodesAt(file: SchemaName, path: readonly (string | number)[]): readonly Node[] {
  let nodes = expand({ schema: schemaNamed(file), file });
  for (const step of path) {
    nodes = nodes.flatMap(({ schema, file: own }) => {
      const next = typeof step === 'number' ? schema.items : isData(schema.properties) && isData(schema.properties[step]) ? schema.properties[step] : schema.additionalProperties;
      return isData(next) ? expand({ schema: next, file: own }) : [];
    });
  }
  return nodes;
}

const mostBranches = 40;

/** A node with the alternatives it is made of, references followed. */
function expand(node: Node, depth = 0): readonly Node[] {
  if (depth > 8) return [];
  const found: Node[] = [node];
  const ref = textOf(node.schema.$ref);
  if (ref !== '') {
    const [name = '', pointer = ''] = ref.split('#');
    const file = name === '' ? node.file : (name.replace('.schema.json', '') as SchemaName);
    let at: unknown = schemaNamed(file);
    for (const step of pointer.split('/').filter((one) => one !== '')) at = isData(at) ? at[step] : undefined;
    if (isData(at)) found.push(...expand({ schema: at, file }, depth + 1));
  }
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const branches = node.schema[key];
    if (!Array.isArray(branches)) continue;
    for (const branch of (branches as readonly unknown[]).slice(0, mostBranches)) if (isData(branch)) found.push(...expand({ schema: branch, file: node.file }, depth + 1));
  }
  return found;
}
