import assert from 'node:assert/strict';
import { choice, count, option, parseArguments, UsageError } from '../../../src/cli/args';

const spec = { options: ['format', 'limit'], switches: ['fix'] };

describe('command line arguments', () => {
  it('reads words, options in both forms, switches and --', () => {
    const args = parseArguments(['docs', '--format', 'json', '--limit=3', '--fix', '--', '--not-an-option'], spec);
    assert.deepEqual(args.words, ['docs', '--not-an-option']);
    assert.equal(option(args, 'format'), 'json');
    assert.equal(count(args, 'limit'), 3);
    assert.ok(args.switches.has('fix'));
    assert.equal(choice(args, 'format', ['json', 'pretty'] as const, 'pretty'), 'json');
  });

  it('refuses what it does not know, with a sentence', () => {
    assert.throws(() => parseArguments(['--fromat', 'json'], spec), UsageError);
    assert.throws(() => parseArguments(['--format'], spec), UsageError);
    assert.throws(() => count(parseArguments(['--limit', 'x'], spec), 'limit'), UsageError);
    assert.throws(() => choice(parseArguments(['--format', 'xml'], spec), 'format', ['json'] as const, 'json'), /json/);
  });
});
