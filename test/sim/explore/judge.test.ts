/**
 * Why a violation came about, in one word: that of the copy it is about, where its write misses others for other causes.
 */
import { describe, expect, it } from 'vitest';
import { checkProperties, ledger } from '../../../sim/index.ts';
import { causeOf } from '../../../sim/explore/judge.ts';
import type { TraceRows } from '../../support/trace-builder.ts';
import { traceBy } from '../check/properties/verdicts.ts';

/** b has a hint that waits, c's copy was lost on the wire at 15, and a has it. */
const TWO_MISSING: TraceRows = {
  endedAt: 100,
  writes: [
    {
      ...{ at: 10, coordinator: 'a', key: 7, outcome: 'acked', resolvedAt: 11 },
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 11 },
        { replica: 'b', route: 'hinted', hint: 0 },
        { replica: 'c', route: 'direct', droppedAt: 15, dropCause: 'messageLost' },
      ],
    },
  ],
  hints: [{ write: 0, holder: 'a', peer: 'b', storedAt: 10 }],
  values: [{ replica: 'a', key: 7, write: 0 }],
  log: [
    { at: 11, kind: 'copyApplied', node: 'a', peer: 'a', subject: 0 },
    { at: 11, kind: 'writeAcked', node: 'a', subject: 0 },
    { at: 15, kind: 'copyDropped', node: 'a', peer: 'c', subject: 0 },
  ],
};

function causeIn(rows: TraceRows, own: Partial<Parameters<typeof causeOf>[2]> = {}): string {
  const trace = traceBy(rows);
  const [result, kept] = [checkProperties(trace).find(({ id }) => id === 'I1'), ledger(trace)];
  if (result === undefined || kept === undefined) throw new Error('a trace at level full has a ledger and I1');
  return causeOf(trace, kept, { ...result, ...own });
}

describe('the cause of a violation', () => {
  it('is that of the copy which the property names', () => {
    // The first copy that the write misses waits at a; what I1 tells of is the one for c.
    expect(causeIn(TWO_MISSING)).toBe('messageLost');
  });

  it('is that of its hint, or else of the first copy that the write misses', () => {
    expect(causeIn(TWO_MISSING, { copy: null, hint: 0 })).toBe('waiting');
    expect(causeIn(TWO_MISSING, { copy: null, hint: null })).toBe('waiting');
  });

  it('is the event where its copy is not missing, and the end where there is none', () => {
    expect(causeIn(TWO_MISSING, { copy: 0, event: 2 })).toBe('copyDropped');
    expect(causeIn(TWO_MISSING, { copy: 0, event: null })).toBe('end');
    expect(causeIn(TWO_MISSING, { copy: null, write: null, hint: 0, event: 1 })).toBe('writeAcked');
  });
});
