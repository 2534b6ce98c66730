/** Requests, notifications: method names. The type parameters are in the comments beside. */
export const methods = {
  /** server → client: ListFilesParams → ListFilesResult */
  listFiles: 'kobo/files/list',
  /** server → client: ReadFilesParams → ReadFilesResult */
  readFiles: 'kobo/files/read',
  /** server → client: LoadIndexParams → LoadIndexResult */
  loadIndex: 'kobo/index/load',
  /** server → client: SaveIndexParams → boolean: whether it is kept (so far) */
  saveIndex: 'kobo/index/save',
  /** server → client notification: BookState */
  bookState: 'kobo/state/book',
  /** server → client notification: DocumentState */
  documentState: 'kobo/state/document',
  /** BlanksParams → Range[]: what is still to be filled in, in document order (the first 100); `null` where that is not known */
  blanks: 'kobo/document/blanks',
  /** server → client notification: ProductCountsState */
  productCounts: 'kobo/state/counts',
  /** server → client notification: WorkspaceState */
  workspaceState: 'kobo/state/workspace',
  /** client → server notification: ServerSettings */
  settings: 'kobo/settings',
  /** SearchParams → SearchResult */
  search: 'kobo/search',
  /** SearchParams → SearchResult, from the short live lists */
  palette: 'kobo/palette',
  /** PageParams → PageView | null */
  page: 'kobo/page',
  /** ContextParams → ContextView */
  context: 'kobo/context',
  /** server → client notification: more is known than when the last ContextView was made */
  contextChanged: 'kobo/context/changed',
  /** TemplatesParams → TemplateChoice[] */
  templates: 'kobo/templates',
  /** RenderTemplateParams → RenderedTemplate | null */
  renderTemplate: 'kobo/templates/render',
  /** CheckAllParams → CheckAllResult */
  checkAll: 'kobo/check/all',
  /** CheckFileParams → Diagnostic[]: one file, shown or not */
  checkFile: 'kobo/check/file',
  /** server → client notification: CheckProgress */
  checkProgress: 'kobo/check/progress',
  /** GateParams → GateView | null: what is left before a gate; `null` where there is no product */
  gate: 'kobo/gate',
  /** TypesParams → TypeChoice[] */
  types: 'kobo/types',
  /** ManageAsParams → FileEdit | null */
  manageAs: 'kobo/types/manage',
  /** client → server notification { uri }: build the Book and index now (the panel was opened) */
  wake: 'kobo/wake',
  /** client → server notification { book }: stop indexing */
  stopIndexing: 'kobo/index/stop',
  /** client → server notification {}: read the Books anew and build their indexes again */
  rebuild: 'kobo/index/rebuild',
  /** client → server notification {}: the workspace is trusted from now on */
  trusted: 'kobo/trusted',
  /** ProposeSetupParams → SetupView */
  proposeSetup: 'kobo/setup/propose',
  /** FindingPlace → WaiveOptions | null */
  waiveOptions: 'kobo/waive/options',
  /** CheckWaiverParams → string: a sentence, empty when all is well */
  checkWaiver: 'kobo/waive/check',
  /** WaiveParams → WaiveResult */
  waive: 'kobo/waive',
  /** WhyParams → string: Markdown on how a file is checked; its links are `command:` of the client */
  why: 'kobo/why',
  /** {} → WaiverRow[] */
  waivers: 'kobo/waivers',
  /** ChangeWaiverParams → WaiveResult */
  changeWaiver: 'kobo/waivers/change',
  /** ImpactChoicesParams → ImpactChoices */
  impactChoices: 'kobo/impact/choices',
  /** ImpactParams → ImpactResult; the rows come before it, in parts */
  impact: 'kobo/impact',
  /** server → client notification: ImpactPart */
  impactPart: 'kobo/impact/part',
  /** FixAllParams → FixAllResult */
  fixAll: 'kobo/fixes/all',
  /** FixableParams → FixableRule[] */
  fixable: 'kobo/fixes/rules',
  /** ProposalParams → Proposal | null */
  proposal: 'kobo/proposal',
  /** LevelsParams → LevelsView | null */
  levels: 'kobo/levels',
  /** SetLevelParams → FileEdit | null */
  setLevel: 'kobo/levels/set',
  /** { uri } → NewRuleOptions */
  newRuleOptions: 'kobo/rules/new/options',
  /** NewRuleChoice → NewRuleTexts */
  newRuleTexts: 'kobo/rules/new/texts',
  /** NewRuleParams → NewRuleResult */
  newRule: 'kobo/rules/new',
  /** RuleTestsParams → RuleTestFile[] */
  ruleTests: 'kobo/rules/tests',
  /** RenderSetupParams → RenderedSetup */
  renderSetup: 'kobo/setup/render',
  /** RenderSetupParams → SeverityCounts: what a check with that `kobo.yaml` would show, findings at the file itself included */
  countSetup: 'kobo/setup/count',
} as const;
