import { describe, expect, it } from 'vitest';
import { lifeOfWrite } from '../../../../sim/trace/queries/life-of-write.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

const END = 1_000_000;

/** Three replicas: a has it at 350, b gets a hint that arrives at 900, c is down and drops it at 250. */
const hinted: TraceRows = {
  level: 'full',
  endedAt: END,
  outages: [{ node: 'c', from: 240 }],
  hints: [
    { holder: 'a', peer: 'b', storedAt: 100, bytes: 1_039, write: 0, leftAt: 800, endedAt: 900, fate: 'delivered' },
  ],
  writes: [
    {
      ...{ at: 100, coordinator: 'a', key: 3, bytes: 1_039, outcome: 'acked', resolvedAt: 350 },
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 350 },
        { replica: 'b', route: 'hinted', hint: 0, appliedAt: 900 },
        { replica: 'c', route: 'direct', droppedAt: 250, dropCause: 'linkCut' },
      ],
    },
  ],
  log: [
    { at: 100, kind: 'writeIssued', node: 'a', subject: 0 },
    { at: 100, kind: 'copySent', node: 'a', peer: 'a', subject: 0 },
    { at: 100, kind: 'hintStored', node: 'a', peer: 'b', subject: 0 },
    { at: 100, kind: 'copySent', node: 'a', peer: 'c', subject: 0 },
    { at: 250, kind: 'copyDropped', node: 'a', peer: 'c', subject: 0 },
    { at: 350, kind: 'copyApplied', node: 'a', peer: 'a', subject: 0 },
    { at: 350, kind: 'writeAcked', node: 'a', subject: 0 },
    { at: 800, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
    { at: 900, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
  ],
};

function told(rows: TraceRows, write = 0): readonly string[] {
  return lifeOfWrite(buildTrace(rows), write).steps.map(({ text }) => text);
}

describe('lifeOfWrite at level full', () => {
  it('follows every copy, the answer to the client, and who has it in the end', () => {
    const { title, steps } = lifeOfWrite(buildTrace(hinted), 0);
    expect(title).toBe('write 0 (key 3, 1 039 B, through a): acked');
    expect(steps).toEqual([
      { at: 100, entry: 0, text: 'a client sent write 0 (key 3, 1 039 B) to a' },
      { at: 100, entry: 1, text: 'a gave write 0 to its own backend' },
      {
        at: 100,
        entry: 2,
        text: "a took b for Down although b was up, so it kept hint 0 (1 039 B) of write 0 with deadline 0.001100s, 1ms after; b's vote was counted at once",
      },
      { at: 100, entry: 3, text: 'a sent write 0 to c' },
      {
        at: 250,
        entry: 4,
        text: 'write 0 was dropped on its way from a to c: c was down, and a write that was sent gets no hint',
      },
      { at: 350, entry: 5, text: 'a applied write 0' },
      {
        at: 350,
        entry: 6,
        text: 'a acknowledged write 0 after 250µs, DC_QUORUM being met: by then a had applied it, and a hint stood in for b',
      },
      {
        at: 800,
        entry: 7,
        text: 'a took b for Normal, so its sweep sent hint 0 and let go of it: no acknowledgement is asked for',
      },
      { at: 900, entry: 8, text: 'b applied hint 0 of write 0, 800µs after it was stored' },
      { at: END, text: 'when the run ended, a and b had applied it, and c had not' },
    ]);
  });

  it('does not count a copy that was applied after the answer in the same instant', () => {
    const log = hinted.log ?? [];
    const steps = told({ ...hinted, log: [...log.slice(0, 5), ...log.slice(5, 7).toReversed(), ...log.slice(7)] });
    expect(steps.slice(5, 7)).toEqual([
      'a acknowledged write 0 after 250µs, DC_QUORUM being met: by then no replica had applied it, and a hint stood in for b',
      'a applied write 0',
    ]);
  });

  it('says why a write failed', () => {
    const failed = (at: number, resolvedAt: number, outages: TraceRows['outages'] = []): string | undefined => {
      const writes = [{ at, coordinator: 'a', outcome: 'failed', resolvedAt }] as const;
      return told({ level: 'full', outages, writes, endedAt: 9_000_000 })[1];
    };
    expect(failed(10, 20)).toBe('a failed write 0: too few votes were left to come for DC_QUORUM');
    expect(failed(10, 5_000_010)).toBe('write 0 had no answer within 5s, so its client took it for failed');
    expect(failed(10, 20, [{ node: 'a', from: 20 }])).toBe('a crashed before it had answered write 0');
    expect(failed(10, 10, [{ node: 'a', from: 5 }])).toBe('a was down, so write 0 failed at once');
  });

  it('tells of replicas that get nothing', () => {
    const refused = {
      ...{ level: 'full', maxBytes: 5_000 },
      refusals: [{ at: 10, holder: 'a', peer: 'b', bytes: 1_039, write: 0 }],
      writes: [
        {
          ...{ at: 10, coordinator: 'a' },
          copies: [
            { replica: 'b', route: 'refused' },
            { replica: 'c', route: 'unsent' },
          ],
        },
      ],
    } as const satisfies TraceRows;
    const ending = [
      'the run ended before its client was told anything',
      'when the run ended, no replica had applied it',
    ];
    expect(told({ ...refused, handoff: false }).slice(1)).toEqual([
      "a's store refused the hint of write 0 (1 039 B): it would have passed its cap of 5 000 B; b gets neither the write nor a hint",
      'c gets neither the write nor a hint from a: it could not be sent, and hinted handoff is off',
      ...ending,
    ]);
  });

  it('has nothing to tell of a write that is not there', () => {
    for (const write of [-1, 1, 0.5]) expect(told(hinted, write)).toEqual([]);
  });
});

describe('lifeOfWrite at level hints', () => {
  const rows: TraceRows = {
    maxBytes: 5_000,
    hints: [
      { holder: 'a', peer: 'b', storedAt: 100, write: 7, leftAt: 300, fate: 'holderCrashed' },
      { holder: 'a', peer: 'b', storedAt: 100, write: 8 },
    ],
    refusals: [{ at: 100, holder: 'a', peer: 'c', bytes: 9, write: 7 }],
  };

  it('tells what its hints and refusals tell, and says so', () => {
    expect(lifeOfWrite(buildTrace(rows), 7).title).toBe('write 7: only its hints in this trace (level hints)');
    expect(told(rows, 7)).toEqual([
      "a took b for Down although b was up, so it kept hint 0 (1 B) of write 7 with deadline 0.001100s, 1ms after; b's vote was counted at once",
      "a's store refused the hint of write 7 (9 B): it would have passed its cap of 5 000 B; c gets neither the write nor a hint",
      'a crashed: hints live in RAM only, so hint 0 for b was lost',
    ]);
  });

  it('says when there are none', () => {
    expect(lifeOfWrite(buildTrace(rows), 9)).toEqual({
      title: 'write 9: no hints of it in this trace (level hints)',
      steps: [],
    });
  });
});
