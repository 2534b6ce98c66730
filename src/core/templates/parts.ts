/** A template body taken apart. Variables are `{{id}}`, blanks `【…】`, tab stops the snippet forms `$1`, `${1}`, `${1:words}`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly id: string; readonly raw: string }
  | { readonly kind: 'blank'; readonly text: string }
  | { readonly kind: 'stop'; readonly number: number; readonly text: string };

const variable = /\{\{\s*([\p{L}_][\p{L}\p{N}_-]*)\s*\}\}/uy;
const stop = /\$(?:(\d{1,2})|\{(\d{1,2})(?::([^{}$\\\n]*))?\})/y;
const blank = /【[^【】\n]{0,80}】/y;

/**
 * Splits a template body. Any other snippet syntax (`$TM_FILENAME`, choices, transforms) is plain text, so that a
 * template can neither read the editor's state nor run anything.
 */
export function templateParts(body: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 0; i < body.length; ) {
    const part = partAt(body, i);
    if (part === undefined) {
      text += body[i] ?? '';
      i++;
      continue;
    }
    flush();
    parts.push(part.part);
    i = part.end;
  }
  flush();
  return parts;
}

function partAt(body: string, at: number): { readonly part: TemplatePart; readonly end: number } | undefined {
  const first = body[at];
  const pattern = first === '{' ? variable : first === '$' ? stop : first === '【' ? blank : undefined;
  if (pattern === undefined) return undefined;
  pattern.lastIndex = at;
  const match = pattern.exec(body);
  if (match === null) return undefined;
  const end = at + match[0].length;
  if (pattern === variable) return { part: { kind: 'variable', id: match[1] ?? '', raw: match[0] }, end };
  if (pattern === blank) return { part: { kind: 'blank', text: match[0] }, end };
  return { part: { kind: 'stop', number: Number(match[1] ?? match[2]), text: match[3] ?? '' }, end };
}
