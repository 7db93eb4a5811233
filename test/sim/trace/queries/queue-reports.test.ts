import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueReports } from '../../../../sim/trace/queries/queue-reports.ts';
import { queueSeries } from '../../../../sim/trace/queries/queues.ts';
import { Reach } from '../../../support/reach.ts';
import { runOf } from '../../../support/small-runs.ts';
import { hintRows } from '../../../support/trace-arbitrary.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

describe('queueReports', () => {
  it('counts, times and sums up one queue', () => {
    const trace = buildTrace({
      endedAt: 1_000,
      hints: [
        { holder: 'a', peer: 'b', storedAt: 100, bytes: 10, leftAt: 300, endedAt: 310, fate: 'delivered' },
        { holder: 'a', peer: 'b', storedAt: 200, bytes: 20, leftAt: 300, fate: 'expired' },
        { holder: 'a', peer: 'b', storedAt: 300, bytes: 5 },
      ],
      refusals: [
        { at: 250, holder: 'a', peer: 'b', bytes: 9, write: 7 },
        { at: 350, holder: 'a', peer: 'c', bytes: 9, write: 8 },
      ],
    });
    const delay = { count: 1, mean: 210, p50: 210, p90: 210, p99: 210, p999: 210, max: 210 };
    expect(queueReports(trace)).toEqual([
      {
        ...{ holder: 'a', peer: 'b', stored: 3, refused: 1, firstStoredAt: 100, firstRefusedAt: 250 },
        // The one stored at 300 comes before those that leave then.
        ...{ peakHints: 3, peakBytes: 35, hintMicros: 200 + 100 + 700 },
        ...{ firstDeliveredAt: 310, lastDeliveredAt: 310, emptiedAt: null, delay },
      },
      {
        ...{ holder: 'a', peer: 'c', stored: 0, refused: 1, firstStoredAt: null, firstRefusedAt: 350 },
        ...{ peakHints: 0, peakBytes: 0, hintMicros: 0 },
        ...{ firstDeliveredAt: null, lastDeliveredAt: null, emptiedAt: null },
        delay: { count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 },
      },
    ]);
  });

  it('agrees with the series of each queue: its area, and a peak that is never below the highest step', () => {
    const reach = new Reach<'some' | 'above'>();
    fc.assert(
      fc.property(hintRows, (hints) => {
        const trace = buildTrace({ hints });
        const nodes = trace.scenario.nodes.map(({ name }) => name);
        for (const { holder, peer, hintMicros, peakHints, peakBytes } of queueReports(trace)) {
          const series = queueSeries(trace, nodes.indexOf(holder), nodes.indexOf(peer));
          const ends = [...series.at.slice(1), trace.endedAt];
          const area = series.depth.reduce(
            (sum, depth, row) => sum + depth * ((ends[row] ?? 0) - (series.at[row] ?? 0)),
            0,
          );
          const [depth, bytes] = [Math.max(0, ...series.depth), Math.max(0, ...series.bytes)];
          expect(hintMicros).toBe(area);
          expect([peakHints >= depth, peakBytes >= bytes]).toEqual([true, true]);
          reach.note('some', depth > 0);
          reach.note('above', peakHints > depth);
        }
      }),
      { seed: 20_261_123 },
    );
    expect(reach.rarerThan(20, ['some', 'above'])).toEqual([]);
  });

  it('gives the closed forms of a lazy expiry and of a cap: a peak of λ(T + Δ), a refusal at (m + 1)/λ (validation F2, F4)', () => {
    const outage = (ttl: string, cap: string) => `
duration: 400s
nodes: [b]
proxies: [p]
hints: { ttl: ${ttl}, cap: ${cap} }
drain: { interval: 20s }
consistency: { write: ANY }
detector: { fixed: { down: 0s, up: 0s, start: up } }
network: { latency: { near: 0s } }
workload: { rate: 4/s, payload: 700B, coordinators: [p], until: 300s }
faults: [{ crash: b, at: 0s, for: 300s }]
`;
    expect(queueReports(runOf(outage('60s', 'none')))).toMatchObject([{ peakHints: 4 * (60 + 20), stored: 1_200 }]);
    const room = Math.floor(500_000 / 700);
    expect(queueReports(runOf(outage('1h', '500000B')))).toMatchObject([
      { peakHints: room, peakBytes: room * 700, firstRefusedAt: ((room + 1) / 4) * 1e6, refused: 1_200 - room },
    ]);
  });
});
