/** What a key means in the panel. */
export interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly control: boolean;
  readonly command: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly repeat: boolean;
  readonly composing: boolean;
  /** Comes right after the end of a conversion: some systems report the committing Enter only then. */
  readonly afterComposition: boolean;
}

export interface KeyPlace {
  readonly in: 'box' | 'list' | 'pane' | 'kinds' | 'home' | 'popup' | 'other';
  readonly mac: boolean;
  /** The caret stands before / after all text of the box and nothing is selected. */
  readonly caretFirst: boolean;
  readonly caretLast: boolean;
  readonly selection: boolean;
}

export type Intent =
  | 'next' | 'previous' | 'nextPage' | 'previousPage' | 'first' | 'last' | 'read' | 'side' | 'insertLink' | 'copyLink' | 'escape' | 'toList'
  | 'back' | 'forward' | 'nextMatch' | 'previousMatch' | 'nextKind' | 'previousKind' | 'nextItem' | 'previousItem' | 'toBox';

/** The intent behind a key, or `undefined` when the key is left to the page and to VS Code. */
export function intentOf(press: KeyPress, place: KeyPlace): Intent | undefined {
  // A key of the input method is never ours: Enter commits the conversion, Esc takes it back.
  if (press.composing || press.keyCode === 229) return undefined;
  if (press.afterComposition && press.key === 'Enter') return undefined;
  const main = place.mac ? press.command : press.control;
  const plain = !press.control && !press.command && !press.alt;
  if (press.alt && !press.control && !press.command && !press.shift) return history(press.key, place);
  if (place.in === 'box' || place.in === 'list' || place.in === 'pane') {
    if (main && !press.alt && !press.shift) return withMain(press, place);
  }
  if (!plain) return undefined;
  switch (place.in) {
    case 'box':
    case 'list':
      return press.shift ? undefined : inList(press, place);
    case 'pane':
      return inPane(press);
    case 'kinds':
      if (press.key === 'ArrowRight' || press.key === 'ArrowDown') return 'nextKind';
      if (press.key === 'ArrowLeft' || press.key === 'ArrowUp') return 'previousKind';
      return press.key === 'Escape' ? 'toBox' : undefined;
    case 'home':
      if (press.key === 'ArrowDown') return 'nextItem';
      if (press.key === 'ArrowUp') return 'previousItem';
      return press.key === 'Escape' ? 'toBox' : undefined;
    case 'popup':
      return press.key === 'Escape' ? 'escape' : undefined;
    case 'other':
      return press.key === 'Escape' ? 'toBox' : undefined;
  }
}

function history(key: string, place: KeyPlace): Intent | undefined {
  // On a Mac these keys move the caret by a word.
  if (place.mac && place.in === 'box') return undefined;
  if (key === 'ArrowLeft') return 'back';
  return key === 'ArrowRight' ? 'forward' : undefined;
}

function withMain(press: KeyPress, place: KeyPlace): Intent | undefined {
  switch (press.key) {
    case 'Enter':
      return press.repeat ? undefined : 'side';
    case 'l':
    case 'L':
      return 'insertLink';
    case 'c':
    case 'C':
      return place.selection ? undefined : 'copyLink';
    default:
      return undefined;
  }
}

function inList(press: KeyPress, place: KeyPlace): Intent | undefined {
  switch (press.key) {
    case 'ArrowDown':
      return 'next';
    case 'ArrowUp':
      return 'previous';
    case 'PageDown':
      return 'nextPage';
    case 'PageUp':
      return 'previousPage';
    case 'Home':
      return place.in === 'list' || place.caretFirst ? 'first' : undefined;
    case 'End':
      return place.in === 'list' || place.caretLast ? 'last' : undefined;
    case 'Enter':
      return press.repeat ? undefined : 'read';
    case 'Escape':
      return place.in === 'list' ? 'toBox' : 'escape';
    default:
      return undefined;
  }
}

function inPane(press: KeyPress): Intent | undefined {
  if (press.key === 'F3') return press.shift ? 'previousMatch' : 'nextMatch';
  return press.key === 'Escape' && !press.shift ? 'toList' : undefined;
}
