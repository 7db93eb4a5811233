import { describe, expect, it } from 'vitest';
import { instant, peerIndex } from '../../../../core/units.ts';
import { describeEntry } from '../../../../sim/trace/queries/sentence.ts';
import { LOG_KINDS, NONE } from '../../../../sim/trace/trace.ts';
import type { LogKind } from '../../../../sim/trace/trace.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

/** One row per kind, in which node a is at one end and, where there is another end, b at the other. */
const trace = buildTrace({
  level: 'full',
  faults: [
    {
      ...{ kind: 'crash', node: peerIndex(0), from: instant(90), until: instant(95), cause: 'power' },
      ...{ power: false, tornBytes: 0 },
    },
  ],
  reads: [
    { at: 30, coordinator: 'a', key: 5, outcome: 'acked', resolvedAt: 31, value: 0 },
    { at: 30, coordinator: 'a', key: 5, outcome: 'failed', resolvedAt: 32 },
    { at: 30, coordinator: 'a', key: 5, outcome: 'failed', resolvedAt: 92 },
  ],
  outages: [{ node: 'a', from: 90, until: 95 }],
  hints: [
    {
      holder: 'a',
      peer: 'b',
      storedAt: 10,
      bytes: 20,
      write: 0,
      deadline: 1_010,
      leftAt: 70,
      endedAt: 75,
      fate: 'delivered',
    },
    { holder: 'a', peer: 'c', storedAt: 10, bytes: 20, write: 0, leftAt: 90, fate: 'holderCrashed' },
    { holder: 'a', peer: 'c', storedAt: 10, bytes: 20, write: 0, deadline: 60, leftAt: 70, fate: 'expired' },
  ],
  refusals: [{ at: 10, holder: 'a', peer: 'b', bytes: 20, write: 0 }],
  writes: [{ at: 10, coordinator: 'a', key: 5, bytes: 20 }],
  log: [
    { at: 0, kind: 'believedDown', node: 'a', peer: 'b' },
    { at: 5, kind: 'believedUp', node: 'a', peer: 'b' },
    { at: 6, kind: 'heartbeat', node: 'a', peer: 'b' },
    { at: 6, kind: 'heartbeatDisplaced', node: 'b', peer: 'a' },
    { at: 7, kind: 'believedDown', node: 'a', peer: 'b' },
    { at: 10, kind: 'writeIssued', node: 'a', subject: 0 },
    { at: 10, kind: 'copySent', node: 'a', peer: 'b', subject: 0 },
    { at: 10, kind: 'hintRefused', node: 'a', peer: 'b', subject: 0 },
    { at: 20, kind: 'copyApplied', node: 'b', peer: 'a', subject: 0 },
    { at: 30, kind: 'readIssued', node: 'a', subject: 0 },
    { at: 31, kind: 'readAnswered', node: 'a', subject: 0 },
    { at: 32, kind: 'readFailed', node: 'a', subject: 1 },
    { at: 40, kind: 'sweep', node: 'a' },
    { at: 70, kind: 'sweep', node: 'a' },
    { at: 70, kind: 'hintExpired', node: 'a', peer: 'c', subject: 2 },
    { at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
    { at: 70, kind: 'hintExpired', node: 'b', peer: 'c', subject: 2 },
    { at: 90, kind: 'crashed', node: 'a' },
    { at: 90, kind: 'hintLost', node: 'a', peer: 'c', subject: 1 },
    { at: 92, kind: 'readFailed', node: 'a', subject: 2 },
    { at: 92, kind: 'copyDropped', node: 'a', peer: 'b', subject: 0 },
    { at: 95, kind: 'restarted', node: 'a' },
    { at: 95, kind: 'believedDown', node: 'a', peer: 'b' },
    { at: 96, kind: 'linkOpened', node: 'b', peer: 'a' },
    { at: 97, kind: 'copyDropped', node: 'b', peer: 'a', subject: 0 },
  ],
});

function sentencesOf(kind: LogKind): readonly string[] {
  const rows = [...trace.log.kind.keys()].filter((row) => LOG_KINDS[trace.log.kind[row] ?? -1] === kind);
  return rows.map((row) => describeEntry(trace, row));
}

describe('describeEntry', () => {
  it('has a sentence for the time before the first entry', () => {
    expect(describeEntry(trace, NONE)).toBe('nothing has happened yet');
  });

  it.each<[LogKind, readonly string[]]>([
    ['writeIssued', ['a client sent write 0 (key 5, 20 B) to a']],
    ['copySent', ['a sent write 0 to b']],
    ['copyApplied', ['b applied write 0']],
    [
      'copyDropped',
      [
        'write 0 was dropped on its way from a to b: a was down, and a write that was sent gets no hint',
        'write 0 was dropped on its way from b to a: the link had been cut, and a write that was sent gets no hint',
      ],
    ],
    ['readIssued', ['a client sent read 0 (key 5) to a']],
    ['readAnswered', ['a answered read 0 with write 0, DC_ONE being met']],
    ['readFailed', ['a failed read 1: too few votes for DC_ONE', 'read 2 failed: a was down']],
    ['sweep', ["a's sweep found nothing expired and nothing to send", "a's sweep: 1 expired, 1 sent, 0 requeued"]],
    ['heartbeat', ['a had a heartbeat from b']],
    ['heartbeatDisplaced', ['b could send a no heartbeat: replay had filled the channel']],
    [
      'believedDown',
      [
        'a started and took b for Down until it hears otherwise',
        'a took b for Down: that is known 20µs after a crash, but it was up',
        'a started and took b for Down until it hears otherwise',
      ],
    ],
    ['believedUp', ['a took b for Normal: both had been up for 10µs']],
    ['crashed', ['a crashed (power): hints live in RAM only, so it lost 1']],
    ['restarted', ['a restarted, with no hints and no word from anyone yet']],
    ['linkOpened', ['the link from b to a opened']],
  ])('describes %s', (kind, expected) => {
    expect(sentencesOf(kind)).toEqual(expected);
  });
});
