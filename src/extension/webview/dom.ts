/** What an element should look like: plain data, so that the views can be tested without a browser. */
export interface View {
  readonly tag: string;
  readonly key: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (View | string)[];
}

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = View | string | undefined | false | readonly Child[];

/**
 * Describes an element. `key` keeps its identity when its neighbours change; `true` writes an empty attribute, `false`
 * and `undefined` write none. Children that are `false` or `undefined` are left out, lists are flattened.
 */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): View {
  const written: Record<string, string> = {};
  let key: string | undefined;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'key') key = String(value);
    else written[name] = value === true ? '' : String(value);
  }
  return { tag, key, attributes: written, children: flat(children) };
}

function flat(children: readonly Child[]): (View | string)[] {
  const out: (View | string)[] = [];
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (typeof child === 'string') out.push(child);
    else if (isList(child)) out.push(...flat(child));
    else out.push(child);
  }
  return out;
}

function isList(child: View | readonly Child[]): child is readonly Child[] {
  return Array.isArray(child);
}

/** An icon of the codicon font, hidden from screen readers: a word always stands beside it. */
export function icon(name: string, extra = ''): View {
  return el('span', { class: `codicon codicon-${name}${extra === '' ? '' : ` ${extra}`}`, 'aria-hidden': 'true' });
}

/** Text with some ranges (UTF-16, ascending) wrapped in an element. */
export function marked(text: string, ranges: readonly (readonly [number, number])[], tag: string): (View | string)[] {
  const out: (View | string)[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) out.push(text.slice(at, start));
    out.push(el(tag, {}, text.slice(start, end)));
    at = end;
  }
  if (at < text.length) out.push(text.slice(at));
  return out;
}

interface Made {
  readonly key: string | undefined;
  attributes: Readonly<Record<string, string>>;
}
const made = new WeakMap<Element, Made>();

/**
 * Makes the children of an element look like the views, changing as little as possible: elements keep their identity
 * (by key, else by order and tag), and with it focus, caret and scroll. Text becomes text nodes only.
 */
export function patch(parent: Element, views: readonly (View | string)[]): void {
  const keyed = new Map<string, Element>();
  const loose: ChildNode[] = [];
  for (const node of Array.from(parent.childNodes)) {
    const key = node instanceof Element ? made.get(node)?.key : undefined;
    if (key !== undefined && node instanceof Element) keyed.set(key, node);
    else loose.push(node);
  }
  let nextLoose = 0;
  const kept: ChildNode[] = [];
  for (const view of views) {
    if (typeof view === 'string') {
      const candidate = loose[nextLoose];
      if (candidate instanceof Text) {
        nextLoose++;
        if (candidate.data !== view) candidate.data = view;
        kept.push(candidate);
      } else kept.push(document.createTextNode(view));
      continue;
    }
    let element: Element | undefined;
    if (view.key !== undefined) {
      const candidate = keyed.get(view.key);
      if (candidate?.localName === view.tag) {
        element = candidate;
        keyed.delete(view.key);
      }
    } else {
      const candidate = loose[nextLoose];
      if (candidate instanceof Element && candidate.localName === view.tag) {
        element = candidate;
        nextLoose++;
      }
    }
    kept.push(update(element ?? document.createElement(view.tag), view));
  }
  const wanted = new Set<ChildNode>(kept);
  for (const node of Array.from(parent.childNodes)) if (!wanted.has(node)) node.remove();
  let place: ChildNode | null = parent.firstChild;
  for (const node of kept) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
}

function update(element: Element, view: View): Element {
  const before = made.get(element);
  if (before) {
    // Only what this function wrote is removed: custom elements add attributes of their own.
    for (const name of Object.keys(before.attributes)) if (!(name in view.attributes)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(view.attributes)) {
    if (before?.attributes[name] !== value) element.setAttribute(name, value);
  }
  made.set(element, { key: view.key, attributes: view.attributes });
  patch(element, view.children);
  return element;
}
