/** A page as a typed tree, the form in which it leaves the core: texts and targets only, nothing to interpret. */
export type PageBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly anchor: string; readonly inlines: readonly PageInline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly PageInline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly PageListItem[] }
  | {
      readonly kind: 'table';
      readonly header: readonly (readonly PageInline[])[];
      readonly rows: readonly (readonly (readonly PageInline[])[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly PageBlock[] }
  | { readonly kind: 'line' };

export interface PageListItem {
  /** `null` for a plain item. */
  readonly checked: boolean | null;
  readonly blocks: readonly PageBlock[];
}

export type PageInline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly inlines: readonly PageInline[] }
  | { readonly kind: 'link'; readonly target: PageLinkTarget; readonly inlines: readonly PageInline[] }
  | { readonly kind: 'break' };

/** `dead`: a target that no one may or can follow; its words stay as text. */
export type PageLinkTarget =
  | { readonly kind: 'page'; readonly path: string; readonly anchor: string }
  | { readonly kind: 'web'; readonly url: string }
  | { readonly kind: 'dead' };
