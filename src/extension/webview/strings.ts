/** Every text of the panel, resolved by the host in the language of the editor and sent as one object. */
export interface PanelStrings {
  /** What the Book is called while its own name is not known. */
  readonly bookName: string;
  readonly placeholder: string;
  readonly clear: string;
  readonly filter: string;
  readonly filterActive: string;
  readonly kinds: string;
  readonly all: string;
  readonly page: string;
  readonly rule: string;
  readonly template: string;
  readonly kit: string;
  readonly term: string;
  readonly gate: string;
  readonly document: string;
  readonly kindCount: string;
  readonly scopeLabel: string;
  readonly scopeProduct: string;
  readonly scopeCompany: string;
  readonly scopeAll: string;
  readonly phase: string;
  readonly audience: string;
  readonly tag: string;
  readonly chip: string;
  readonly removeFilter: string;
  readonly noFilters: string;
  readonly results: string;
  readonly oneResult: string;
  readonly byRelevance: string;
  readonly resultList: string;
  readonly optionName: string;
  readonly separator: string;
  readonly showMore: string;
  readonly staleShort: string;
  readonly stale: string;
  readonly openToSide: string;
  readonly insertLink: string;
  readonly copyLink: string;
  readonly keyResults: string;
  readonly keyRead: string;
  readonly keySide: string;
  readonly keyBox: string;
  readonly nothing: string;
  readonly didYouMean: string;
  readonly fewerWords: string;
  readonly nearTerms: string;
  readonly removeAFilter: string;
  readonly without: string;
  readonly withCount: string;
  readonly quoted: string;
  readonly noted: string;
  readonly showList: string;
  readonly dontNote: string;
  readonly draft: string;
  readonly draftWhere: string;
  readonly searchFailed: string;
  readonly filled: string;
  readonly filledName: string;
  readonly phaseOf: string;
  readonly where: string;
  readonly whereOnly: string;
  readonly findingsHere: string;
  readonly fix: string;
  readonly fixName: string;
  readonly moreFindings: string;
  readonly rulesHere: string;
  readonly moreRules: string;
  readonly missing: string;
  readonly insert: string;
  readonly insertName: string;
  readonly actions: string;
  readonly examples: string;
  readonly tryThese: string;
  readonly recent: string;
  readonly severityError: string;
  readonly severityWarning: string;
  readonly severityInfo: string;
  readonly severityHint: string;
  readonly back: string;
  readonly forward: string;
  readonly toList: string;
  readonly matchCount: string;
  readonly noMatch: string;
  readonly nextMatch: string;
  readonly previousMatch: string;
  readonly closeMatches: string;
  readonly owner: string;
  readonly reviewed: string;
  readonly nextReview: string;
  readonly fact: string;
  readonly useTemplate: string;
  readonly insertSnippet: string;
  readonly checkedBy: string;
  readonly rulePasses: string;
  readonly ruleFindings: string;
  readonly ruleFindingsAt: string;
  readonly ruleWaived: string;
  readonly ruleWaivedUntil: string;
  readonly ruleOff: string;
  readonly ruleNotJudged: string;
  readonly related: string;
  readonly pageGone: string;
  readonly readingPane: string;
  readonly choosePage: string;
  readonly table: string;
  readonly diagram: string;
  readonly showDiagram: string;
  readonly loading: string;
  readonly pagesOf: string;
  readonly stop: string;
  readonly soFar: string;
  readonly workOn: string;
  readonly unreadable: string;
  readonly chooseFolder: string;
  readonly useStarter: string;
  readonly tryAgain: string;
  readonly openLog: string;
}

/** Puts values into the `{name}` places of a text; a place without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('{', at);
    const close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) return out + text.slice(at);
    const value = values[text.slice(open + 1, close)];
    out += text.slice(at, open) + (value === undefined ? text.slice(open, close + 1) : String(value));
    at = close + 1;
  }
}

/** The strings with the name of the Book in them; `{book}` stands wherever a language names it. */
export function named(strings: PanelStrings, book: string): PanelStrings {
  const named: Record<string, string> = {};
  for (const [key, text] of Object.entries(strings as Readonly<Record<keyof PanelStrings, string>>)) named[key] = text.split('{book}').join(book);
  return { ...strings, ...named };
}
