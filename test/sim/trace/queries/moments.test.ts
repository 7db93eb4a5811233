import { describe, expect, it } from 'vitest';
import { entryAt, moments, nextEntry, previousEntry } from '../../../../sim/trace/queries/moments.ts';
import { NONE } from '../../../../sim/trace/trace.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

const logged = buildTrace({
  level: 'full',
  log: [
    { at: 3, kind: 'crashed', node: 'a' },
    { at: 7, kind: 'sweep', node: 'b' },
    { at: 7, kind: 'sweep', node: 'c' },
    { at: 9, kind: 'restarted', node: 'a' },
  ],
});

describe('entryAt', () => {
  it('is the last entry at or before an instant', () => {
    expect(entryAt(logged, 2)).toBe(NONE);
    expect(entryAt(logged, 3)).toBe(0);
    expect(entryAt(logged, 6)).toBe(0);
    expect(entryAt(logged, 7)).toBe(2);
    expect(entryAt(logged, 1_000)).toBe(3);
  });
});

describe('nextEntry and previousEntry', () => {
  it('step through the log and stop at its ends', () => {
    expect(nextEntry(logged, NONE)).toBe(0);
    expect(nextEntry(logged, 2)).toBe(3);
    expect(nextEntry(logged, 3)).toBe(NONE);
    expect(previousEntry(logged, 3)).toBe(2);
    expect(previousEntry(logged, 0)).toBe(NONE);
    expect(previousEntry(logged, NONE)).toBe(NONE);
    expect(previousEntry(logged, 99)).toBe(3);
  });

  it('have nowhere to go without a log', () => {
    expect(nextEntry(buildTrace({}), NONE)).toBe(NONE);
    expect(previousEntry(buildTrace({}), 5)).toBe(NONE);
  });
});

describe('moments', () => {
  it('are the distinct instants of the log at level full', () => {
    expect([...moments(logged)]).toEqual([3, 7, 9]);
    expect([...logged.log.at]).toEqual([3, 7, 7, 9]);
  });

  it('are the instants of every table otherwise, without those that never came', () => {
    const trace = buildTrace({
      hints: [
        { holder: 'a', peer: 'b', storedAt: 10, leftAt: 40, endedAt: 45, fate: 'delivered' },
        { holder: 'a', peer: 'b', storedAt: 10 },
      ],
      refusals: [{ at: 12, holder: 'a', peer: 'b', bytes: 1, write: 0 }],
      outages: [{ node: 'b', from: 5, until: 30 }],
      behind: [{ node: 'b', from: 10, until: 46 }],
      beliefs: [{ observer: 'a', peer: 'b', from: 7 }],
    });
    expect([...moments(trace)]).toEqual([5, 7, 10, 12, 30, 40, 45, 46]);
  });
});
