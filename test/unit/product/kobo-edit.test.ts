import assert from 'node:assert/strict';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { listEdit } from '../../../src/core/product/kobo-edit';

/** The text after the insertion, which has to read back with the name in its place. */
function added(text: string, name = 'Attending'): string | undefined {
  const edit = listEdit(text, ['aliases', 'minutes', 'attendees'], name);
  if (edit === undefined) return undefined;
  const after = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  const { settings, problems } = readKoboFile(after);
  assert.deepEqual(problems, [], after);
  assert.ok(settings.aliases.get('minutes')?.get('attendees')?.includes(name), after);
  return after;
}

describe('a name added to kobo.yaml', () => {
  it('goes wherever there is room for it, and leaves the rest as it is', () => {
    assert.equal(added(''), 'aliases:\n  minutes: { attendees: ["Attending"] }\n');
    assert.equal(added('# ours\nformat: 1'), '# ours\nformat: 1\naliases:\n  minutes: { attendees: ["Attending"] }\n');
    assert.equal(added('level: L2\r\n'), 'level: L2\r\naliases:\r\n  minutes: { attendees: ["Attending"] }\r\n');
    assert.equal(added('aliases:\nlevel: L2\n'), 'aliases: { minutes: { attendees: ["Attending"] } }\nlevel: L2\n');
    assert.equal(added('aliases: {}\n'), 'aliases: { minutes: { attendees: ["Attending"] } }\n');
    assert.equal(added('aliases: { adr: { context: [経緯] } } # ours\n'), 'aliases: { minutes: { attendees: ["Attending"] }, adr: { context: [経緯] } } # ours\n');
    assert.equal(added('aliases:\n  # ours\n  adr:\n    context: [経緯]\n'), 'aliases:\n  # ours\n  minutes: { attendees: ["Attending"] }\n  adr:\n    context: [経緯]\n');
    assert.equal(added('aliases:\n  minutes: { next: [つぎ] }\n'), 'aliases:\n  minutes: { attendees: ["Attending"], next: [つぎ] }\n');
    assert.equal(added('aliases:\n    minutes:\n        next: [つぎ]\n'), 'aliases:\n    minutes:\n        attendees: ["Attending"]\n        next: [つぎ]\n');
    assert.equal(added('aliases: { minutes: { attendees: [顔ぶれ] } }\n'), 'aliases: { minutes: { attendees: ["Attending", 顔ぶれ] } }\n');
    assert.equal(added('aliases: { minutes: { attendees: 顔ぶれ } }\n'), 'aliases: { minutes: { attendees: [顔ぶれ, "Attending"] } }\n');
    assert.equal(added('aliases:\n  minutes:\n    attendees:\n      - 顔ぶれ # ours\n'), 'aliases:\n  minutes:\n    attendees:\n      - "Attending"\n      - 顔ぶれ # ours\n');
    added('aliases:\n  minutes:\n    attendees: []\n', '来た人: "全員"、\\他');
  });

  it('is not added twice, nor to a text that cannot be read', () => {
    assert.equal(added('aliases: { minutes: { attendees: [Attending] } }\n'), undefined);
    assert.equal(added('aliases: { minutes: { attendees: Attending } }\n'), undefined);
    assert.equal(added('aliases: [\n'), undefined);
    assert.equal(added('- a\n'), undefined);
  });
});
