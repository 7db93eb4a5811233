import { describe, expect, it } from 'vitest';
import { seconds } from '../../../../core/units.ts';
import { NO_TIMES } from '../../../../sim/trace/time-histogram.ts';
import { suspicionReports } from '../../../../sim/trace/queries/suspicion-reports.ts';
import { runOf } from '../../../support/small-runs.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

const FOLLOWS: TraceRows['detector'] = { kind: 'fixed', downAfter: seconds(1), upAfter: seconds(1), start: 'up' };
const once = (micros: number) => ({ count: 1, mean: micros, ...even(micros) });
const even = (at: number) => ({ p50: at, p90: at, p99: at, p999: at, max: at });

const rows: TraceRows = {
  detector: FOLLOWS,
  endedAt: 1_000,
  outages: [
    { node: 'b', from: 100, until: 200 },
    { node: 'a', from: 250, until: 300 },
    { node: 'b', from: 400 },
  ],
  beliefs: [
    { observer: 'a', peer: 'b', from: 110, until: 230 },
    { observer: 'c', peer: 'a', from: 240, until: 330 },
    { observer: 'a', peer: 'b', from: 300, until: 340 },
    { observer: 'a', peer: 'b', from: 460 },
  ],
};

describe('suspicionReports', () => {
  it('measures from the beginning of an outage to the belief, and from its end to the change of mind', () => {
    expect(suspicionReports(buildTrace(rows))).toEqual([
      {
        ...{ observer: 'a', peer: 'b', suspicions: 3, mistaken: 1 },
        detection: { count: 2, mean: 35, p50: 10, p90: 60, p99: 60, p999: 60, max: 60 },
        recovery: once(30),
      },
      // It was wrong for 10, and then right: the return is what it is measured by.
      { observer: 'c', peer: 'a', suspicions: 1, mistaken: 1, detection: NO_TIMES, recovery: once(30) },
    ]);
  });

  it('takes what a node that starts believes for no suspicion, where it starts with its peers Down', () => {
    const detector = { ...FOLLOWS, start: 'down' } as const;
    expect(suspicionReports(buildTrace({ ...rows, detector }))[0]).toMatchObject({ suspicions: 2, mistaken: 0 });
  });

  it('has no recovery where the observer died with its belief, or the run ended', () => {
    const beliefs = [{ observer: 'a', peer: 'b', from: 110, until: 250 }];
    expect(suspicionReports(buildTrace({ ...rows, beliefs }))).toMatchObject([{ suspicions: 1, recovery: NO_TIMES }]);
  });

  it('gives the conviction time of the formula: Φ · ln 10 · mean after the last heartbeat (validation A2)', () => {
    const trace = runOf(`
duration: 60s
detector: { phi: { gossip: 10ms, threshold: 6, floor: 1s } }
network: { latency: { near: 0s } }
requests: []
faults: [{ crash: b, at: 20000001us }]
`);
    const [ofA, ofC] = suspicionReports(trace);
    for (const { detection } of [ofA, ofC].flatMap((one) => one ?? [])) {
      expect(detection.count).toBe(1);
      // A look comes every 10 ms.
      expect(Math.abs(detection.mean / 1e6 - 6 * Math.LN10)).toBeLessThan(0.01);
    }
    expect([ofA?.observer, ofC?.observer, ofA?.mistaken]).toEqual(['a', 'c', 0]);
  });
});
