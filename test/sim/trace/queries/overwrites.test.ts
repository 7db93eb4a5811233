import { describe, expect, it } from 'vitest';
import { overwritesOf } from '../../../../sim/trace/queries/overwrites.ts';
import { NEVER, NONE } from '../../../../sim/trace/trace.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

/** Write 0 goes to a alone, as a hint to b; write 1, newer, goes to both; the hint of write 0 arrives last. */
const trace = buildTrace({
  level: 'full',
  endedAt: 100,
  hints: [{ holder: 'a', peer: 'b', write: 0, storedAt: 10, leftAt: 40, endedAt: 50, fate: 'delivered' }],
  writes: [
    {
      at: 10,
      coordinator: 'a',
      key: 7,
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 11 },
        { replica: 'b', route: 'hinted', appliedAt: 50, hint: 0 },
        { replica: 'c', route: 'direct', droppedAt: 12, dropCause: 'linkCut' },
      ],
    },
    {
      at: 20,
      coordinator: 'a',
      key: 7,
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 21 },
        { replica: 'b', route: 'direct', appliedAt: 22 },
        { replica: 'c', route: 'direct', appliedAt: 22, ignored: true },
      ],
    },
    { at: 30, coordinator: 'a', key: 8, copies: [{ replica: 'b', route: 'direct', appliedAt: 31 }] },
  ],
  log: [
    { at: 11, kind: 'copyApplied', node: 'a', peer: 'a', subject: 0 },
    { at: 21, kind: 'copyApplied', node: 'a', peer: 'a', subject: 1 },
    { at: 22, kind: 'copyApplied', node: 'b', peer: 'a', subject: 1 },
    { at: 22, kind: 'copyIgnored', node: 'c', peer: 'a', subject: 1 },
    { at: 31, kind: 'copyApplied', node: 'b', peer: 'a', subject: 2 },
    { at: 50, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
  ],
});

describe('who overwrote a write', () => {
  it('is the next write of its key at that replica: a newer one as it should be', () => {
    expect(overwritesOf(trace, 0)[0]).toEqual({
      ...{ replica: 0, appliedAt: 11, isIgnored: false },
      ...{ by: 1, way: 'direct', isOlder: false, at: 21, entry: 1 },
    });
  });

  it('may be an older one that a hint brings late; another key does not matter', () => {
    expect(overwritesOf(trace, 1)[1]).toEqual({
      ...{ replica: 1, appliedAt: 22, isIgnored: false },
      ...{ by: 0, way: 'hint', isOlder: true, at: 50, entry: 5 },
    });
  });

  it('is nobody where it is the value at the end, was ignored, or never came', () => {
    const nobody = { by: NONE, way: 'none', isOlder: false, at: NEVER, entry: NONE };
    expect(overwritesOf(trace, 1)[0]).toEqual({ replica: 0, appliedAt: 21, isIgnored: false, ...nobody });
    expect(overwritesOf(trace, 1)[2]).toEqual({ replica: 2, appliedAt: 22, isIgnored: true, ...nobody });
    expect(overwritesOf(trace, 0)[2]).toEqual({ replica: 2, appliedAt: NEVER, isIgnored: false, ...nobody });
  });

  it('has nothing of a write that the run does not have', () => {
    expect(overwritesOf(trace, 9)).toEqual([]);
  });
});
