import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration } from '../../../../core/units.ts';
import { outageReport, shareOutliving } from '../../../../sim/trace/queries/outages.ts';
import { NEVER } from '../../../../sim/trace/trace.ts';
import { Reach } from '../../../support/reach.ts';
import { hintRows } from '../../../support/trace-arbitrary.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

/** b is out [100, 300) and [1000, 5000); c from 2000 to the end at 9000. The TTL is 1000. */
const trace = buildTrace({
  ttl: 1_000,
  endedAt: 9_000,
  outages: [
    { node: 'b', from: 100, until: 300 },
    { node: 'b', from: 1_000, until: 5_000 },
    { node: 'c', from: 2_000 },
  ],
  hints: [
    { holder: 'a', peer: 'b', storedAt: 0, leftAt: 30, endedAt: 31, fate: 'delivered' },
    { holder: 'a', peer: 'b', storedAt: 100, leftAt: 400, endedAt: 410, fate: 'delivered' },
    { holder: 'a', peer: 'b', storedAt: 350, leftAt: 400, endedAt: 420, fate: 'delivered' },
    { holder: 'c', peer: 'b', storedAt: 999, leftAt: 1_500, fate: 'holderCrashed' },
    { holder: 'a', peer: 'b', storedAt: 1_000, leftAt: 2_100, fate: 'expired' },
    { holder: 'a', peer: 'b', storedAt: 4_900, leftAt: 5_100, endedAt: 5_101, fate: 'delivered' },
    { holder: 'a', peer: 'c', storedAt: 8_500 },
    { holder: 'a', peer: 'b', storedAt: 8_600, leftAt: 8_990 },
  ],
});

describe('outageReport', () => {
  it('gives an outage the hints stored during it and behind them, and none from after the node caught up', () => {
    const none = { stored: 0, delivered: 0, expired: 0, lost: 0, pending: 0 };
    expect(outageReport(trace)).toEqual({
      rows: [
        {
          ...{ node: 1, from: 100, until: 300, length: 200, outlivesTtl: false, caughtUpAt: 420 },
          ...{ ...none, stored: 2, delivered: 2 },
        },
        {
          ...{ node: 1, from: 1_000, until: 5_000, length: 4_000, outlivesTtl: true, caughtUpAt: 5_101 },
          ...{ ...none, stored: 2, delivered: 1, expired: 1 },
        },
        {
          ...{ node: 2, from: 2_000, until: NEVER, length: 7_000, outlivesTtl: true, caughtUpAt: NEVER },
          ...{ ...none, stored: 1, pending: 1 },
        },
      ],
      remainder: { ...none, stored: 3, delivered: 1, lost: 1, pending: 1 },
    });
  });

  it('has every hint once, whatever the outages', () => {
    const spans = fc.array(fc.record({ node: fc.constantFrom('a', 'b', 'c'), from: fc.integer({ min: 0, max: 40 }) }), {
      maxLength: 5,
      size: 'max',
    });
    const reach = new Reach<'remainder' | 'attributed' | 'pending' | 'caught up'>();
    fc.assert(
      fc.property(hintRows, spans, (hints, drawn) => {
        const outages = drawn
          .map((one) => ({ ...one, until: one.from + 5 }))
          .toSorted((one, other) => one.from - other.from);
        const random = buildTrace({ hints, outages });
        const { rows, remainder } = outageReport(random);
        const parts = [...rows, remainder];
        const { stored, delivered, expired, lost, pending } = random.totals.hints;
        const sum = (part: 'stored' | 'delivered' | 'expired' | 'lost' | 'pending'): number =>
          parts.reduce((total, row) => total + row[part], 0);
        expect([sum('stored'), sum('delivered'), sum('expired'), sum('lost'), sum('pending')]).toEqual([
          ...[stored, delivered, expired, lost, pending],
        ]);
        reach.note('remainder', remainder.stored > 0);
        for (const row of rows) {
          expect(row.stored).toBe(row.delivered + row.expired + row.lost + row.pending);
          reach.note('attributed', row.stored > 0);
          reach.note('pending', row.pending > 0);
          reach.note('caught up', row.caughtUpAt < NEVER);
        }
      }),
      { seed: 20_260_305, numRuns: 500 },
    );
    expect(reach.rarerThan(50, ['remainder', 'attributed', 'pending', 'caught up'])).toEqual([]);
  });
});

describe('shareOutliving', () => {
  it('counts outages longer than a TTL, one that equals it not', () => {
    const share = (ttl: number): number => shareOutliving(trace, duration(ttl)).outlived;
    expect(shareOutliving(trace, duration(199))).toEqual({ outlived: 3, outages: 3 });
    expect([share(200), share(3_999), share(4_000), share(7_000)]).toEqual([2, 2, 1, 0]);
  });
});
