import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { findingsIn } from './checked';
import { starterBook } from './starter-book';

/** The core types, and where their example would be saved. */
const places: Readonly<Record<string, string>> = {
  'project-charter': 'docs/charter.md',
  'project-plan': 'docs/plan.md',
  requirements: 'docs/requirements.md',
  'risk-register': 'docs/risks.md',
  'issue-log': 'docs/issues.md',
  minutes: 'docs/minutes/2026-11-20_定例会議.md',
  'status-report': 'docs/reports/2026-11-20_週報.md',
  'change-log': 'docs/changes.md',
  adr: 'docs/adr/0003-queue.md',
  'release-checklist': 'docs/release/checklist.md',
  runbook: 'docs/runbooks/queue.md',
  postmortem: 'docs/postmortems/2026-10-01_month.md',
};

function exampleOf(page: string): string | undefined {
  return /^```markdown\n(.*?)^```$/msu.exec(page)?.[1];
}

describe('examples on the pages of the core types', function () {
  this.timeout(60_000);
  let book: Book;
  let examples: Map<string, string>;

  before(async () => {
    book = await starterBook();
    examples = new Map(Object.entries(places).map(([type, path]) => {
      const page = book.pages.find((one) => one.path === `pages/documents/${type}.md`);
      return [path, exampleOf(page?.text ?? '') ?? ''];
    }));
  });

  it('are there, filled in', () => {
    for (const [path, text] of examples) {
      assert.ok(text.length > 300, path);
      assert.doesNotMatch(text, /【|TBD|○○/u, path);
    }
  });

  it('pass all rules together at L2', async () => {
    const findings = await findingsIn(examples, book, '2026-11-24');
    const found = findings.filter(({ path }) => path !== 'kobo.yaml');
    assert.deepEqual(found.map(({ rule, path, range, message }) => `${path}:${String(range.start.line + 1)} ${rule} ${message}`), []);
  });
});
