import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expirySeries } from '../../../../sim/trace/queries/expiries.ts';
import { Reach } from '../../../support/reach.ts';
import { hintRows } from '../../../support/trace-arbitrary.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

describe('expirySeries', () => {
  it('counts expired hints of all stores from the start, and nothing else', () => {
    const series = expirySeries(
      buildTrace({
        hints: [
          { holder: 'a', peer: 'b', storedAt: 1, bytes: 10, leftAt: 30, fate: 'expired' },
          { holder: 'c', peer: 'b', storedAt: 1, bytes: 20, leftAt: 20, fate: 'expired' },
          { holder: 'a', peer: 'b', storedAt: 2, bytes: 40, leftAt: 30, fate: 'expired' },
          { holder: 'a', peer: 'b', storedAt: 3, bytes: 80, leftAt: 25, fate: 'holderCrashed' },
          { holder: 'a', peer: 'b', storedAt: 4, bytes: 160 },
        ],
      }),
    );
    expect([...series.at]).toEqual([20, 30]);
    expect([...series.count]).toEqual([1, 3]);
    expect([...series.bytes]).toEqual([20, 70]);
  });

  it('ends at the totals of the run', () => {
    const reach = new Reach<'none expired' | 'at several instants'>();
    fc.assert(
      fc.property(hintRows, (hints) => {
        const trace = buildTrace({ hints });
        const { count, bytes } = expirySeries(trace);
        reach.note('none expired', hints.length > 0 && count.length === 0);
        reach.note('at several instants', count.length >= 3);
        expect(count.at(-1) ?? 0).toBe(trace.totals.hints.expired);
        expect(bytes.at(-1) ?? 0).toBe(trace.totals.hintBytes.expired);
      }),
      { seed: 20_260_304, numRuns: 500 },
    );
    expect(reach.rarerThan(10, ['none expired', 'at several instants'])).toEqual([]);
  });
});
