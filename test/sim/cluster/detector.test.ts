/**
 * Detectors as seen from outside: when beliefs change, given when nodes die and return.
 */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../sim/index.ts';
import { checkProperties } from '../../../sim/check/index.ts';
import { LOG } from '../../../sim/trace/log-codes.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';
import { runOf } from '../../support/small-runs.ts';

/** The intervals, in seconds, in which `observer` took `peer` for Down. */
function beliefs(trace: Trace, observer: number, peer: number): [number, number][] {
  const rows: [number, number][] = [];
  trace.beliefs.observer.forEach((who, row) => {
    if (who !== observer || trace.beliefs.peer[row] !== peer) return;
    rows.push([(trace.beliefs.from[row] ?? NaN) / 1e6, (trace.beliefs.until[row] ?? NaN) / 1e6]);
  });
  return rows;
}

function phi(gossip: string, duration: string, faults: string): string {
  return `
hintlab: 1
duration: ${duration}
nodes: [a, b, c]
detector: { phi: { gossip: ${gossip} } }
channel: { slots: 100000, reconnect: 0s }
workload: { rate: 1/s }
faults:
${faults}
`;
}

describe('the phi detector', () => {
  it('takes every peer for Down until its first heartbeat is in, one latency after the start', () => {
    const trace = traceOf(scenarioOf(phi('1s', '10s', '  []')));
    expect(beliefs(trace, 0, 1)).toEqual([[0, 0.001]]);
    expect(beliefs(trace, 2, 0)).toEqual([[0, 0.001]]);
  });

  it('convicts after 18.42 mean intervals of silence, at the next tick (gossip 1 s)', () => {
    // Last heartbeat of b in at 100.001 s; 100.001 + 18.4207 = 118.42; the ticks are whole seconds: 119 s.
    const trace = traceOf(scenarioOf(phi('1s', '200s', '  - { crash: b, at: 100.5s, for: 60s }')));
    expect(beliefs(trace, 0, 1)[1]).toEqual([119, 160.501]);
  });

  it('needs 552.6 s and its tick at the default gossip interval of dynomite-rs (30 s)', () => {
    // Last heartbeat in at 3000.001 s; 8 · ln 10 · 30 s = 552.62 s; first tick after 3552.6 s: 3570 s.
    const trace = traceOf(scenarioOf(phi('30s', '4000s', '  - { crash: b, at: 3010s, for: 900s }')));
    expect(beliefs(trace, 0, 1)[1]?.[0]).toBe(3_570);
  });

  it('loses heartbeats to replay that fills the channel (handoff-systems H18)', () => {
    // b is taken for Down from 49 s to 60.501 s, and three hints of 100 B wait for the sweep of 90 s, which finds a
    // heartbeat in the first of four places. Each hint takes the link 2 s: they leave at 92, 94 and 96 s, just before the
    // heartbeats of those seconds, and that of 91 s took the last place. So there is none at 93 and at 95 s.
    const trace = runOf(`
duration: 100s
nodes: [a, b]
detector: { phi: { gossip: 1s } }
channel: { slots: 4, bandwidth: 50B/s }
requests:
  - { at: 50s, set: k, on: a, size: 100B }
  - { at: 51s, set: k, on: a, size: 100B }
  - { at: 52s, set: k, on: a, size: 100B }
faults: [{ crash: b, at: 30.5s, for: 30s }]
`);
    const displaced = [...trace.log.at].filter((_, row) => trace.log.kind[row] === LOG.heartbeatDisplaced);
    expect(displaced.map((at) => at / 1e6)).toEqual([93, 95]);
    expect(trace.totals.hints).toMatchObject({ stored: 3, delivered: 3 });
    const [i9] = checkProperties(trace).filter(({ id }) => id === 'I9');
    expect(i9).toMatchObject({ verdict: 'violated', at: 93_000_000 });
  });

  it('remembers the silence of an outage: the next conviction takes as much longer (handoff-systems H17)', () => {
    // The window holds 100 intervals. b is silent from its heartbeat at 200.0 until it returns at 800.5: 600.5 s.
    // Then come heartbeats at 801.5, …, 820.5 (20 intervals of 1 s); it dies again at 821 s.
    // Mean = (79 · 1 + 600.5 + 20 · 1) / 100 = 6.995 s; conviction after 8 · ln 10 · 6.995 = 128.85 s of silence since
    // 820.501: at 949.35, seen at a's tick at 950 s.
    const trace = traceOf(
      scenarioOf(phi('1s', '1200s', '  - { crash: b, at: 200.5s, for: 600s }\n  - { crash: b, at: 821s, for: 300s }')),
    );
    expect(beliefs(trace, 0, 1)[1]).toEqual([219, 800.501]);
    expect(beliefs(trace, 0, 1)[2]).toEqual([950, 1_121.001]);
  });

  it('never convicts on fewer than two heartbeats: phi is 0 then', () => {
    // b dies 0.5 s after the start: one heartbeat, no interval.
    const trace = traceOf(scenarioOf(phi('1s', '300s', '  - { crash: b, at: 500ms, for: 200s }')));
    expect(beliefs(trace, 0, 1)).toEqual([[0, 0.001]]);
  });
});

describe('the normal detector', () => {
  it('convicts after 3 s of pause and as many deviations as 10^−8 takes, at the next look', () => {
    // Akka's: intervals of 1 s on average, deviation no less than 0.1 s. By its logistic curve more than
    // 5.225 deviations above the mean are as likely as 10^−8: 1 + 3 + 0.52 = 4.52 s after the heartbeat of 100.001 s, so at
    // 105 s. An exponential judge would take 18.4 s.
    const trace = traceOf(
      scenarioOf(`
hintlab: 1
duration: 200s
nodes: [a, b, c]
detector: { normal: { gossip: 1s, threshold: 8, pause: 3s, minDeviation: 100ms } }
channel: { reconnect: 0s }
workload: { rate: 1/s }
faults: [{ crash: b, at: 100.5s, for: 60s }]
`),
    );
    expect(beliefs(trace, 0, 1)[1]).toEqual([105, 160.501]);
  });

  it('convicts after one heartbeat too, by the interval that it begins with', () => {
    // From its first heartbeat, 1 ms after the start, intervals are 2 s, give or take a deviation of half a second:
    // 2 + 1 + 5.225 · 0.5 = 5.61 s, seen at 6 s. Without it the mean would be 0, and 1.52 s were enough.
    const trace = traceOf(
      scenarioOf(`
hintlab: 1
duration: 20s
nodes: [a, b]
detector: { normal: { gossip: 1s, threshold: 8, pause: 1s, minDeviation: 100ms, first: 2s } }
workload: { rate: 1/s }
faults: [{ crash: b, at: 0.5s }]
`),
    );
    expect(beliefs(trace, 0, 1).map(([from]) => from)).toEqual([0, 6]);
  });
});

describe('the fixed detector', () => {
  const fixed = (faults: string): string => `
hintlab: 1
duration: 10m
nodes: [a, b, c]
detector: { fixed: { down: 20s, up: 3s } }
workload: { rate: 1/s }
faults:
${faults}
`;

  it('lets every observer know a fixed time after a crash and after a return', () => {
    const trace = traceOf(scenarioOf(fixed('  - { crash: b, at: 100s, for: 60s }')));
    expect(beliefs(trace, 0, 1)).toEqual([
      [0, 3],
      [120, 163],
    ]);
    expect(beliefs(trace, 2, 1)).toEqual([
      [0, 3],
      [120, 163],
    ]);
  });

  it('says nothing of an outage that is over before the verdict', () => {
    const trace = traceOf(scenarioOf(fixed('  - { crash: b, at: 100s, for: 19s }')));
    expect(beliefs(trace, 0, 1)).toEqual([[0, 3]]);
  });

  it('leaves a node that just started in doubt of all others for the same time', () => {
    const trace = traceOf(scenarioOf(fixed('  - { crash: b, at: 100s, for: 60s }')));
    expect(beliefs(trace, 1, 0)).toEqual([
      [0, 3],
      [160, 163],
    ]);
  });

  it('forgets a verdict that was under way when its node came back and died again', () => {
    // Dead 100–115 s (not convicted: 20 s), dead again from 118 s: the verdict of the first death, due at 120 s, is void,
    // and that of the second is due at 138 s. The welcome of the first return, due at 118 s, is void too.
    const trace = traceOf(
      scenarioOf(fixed('  - { crash: b, at: 100s, for: 15s }\n  - { crash: b, at: 117s, for: 60s }')),
    );
    expect(beliefs(trace, 0, 1)).toEqual([
      [0, 3],
      [137, 180],
    ]);
  });

  it('does not let a node that just started vouch for one that started later', () => {
    // b is back at 160 s, c at 161 s: b hears of a at 163 s, of c at 164 s.
    const trace = traceOf(
      scenarioOf(fixed('  - { crash: b, at: 100s, for: 60s }\n  - { crash: c, at: 100s, for: 61s }')),
    );
    expect(beliefs(trace, 1, 0).at(-1)).toEqual([160, 163]);
    expect(beliefs(trace, 1, 2).at(-1)).toEqual([160, 164]);
  });
});

describe('the fixed detector that starts with everybody up', () => {
  const trusting = (faults: string): Trace =>
    traceOf(
      scenarioOf(`
hintlab: 1
duration: 10m
nodes: [a, b, c]
detector: { fixed: { down: 20s, up: 3s, start: up } }
workload: { rate: 1/s }
faults:
${faults}
`),
    );

  it('doubts nobody at the start, and its peers as late as any other', () => {
    const trace = trusting('  - { crash: b, at: 100s, for: 60s }');
    expect(beliefs(trace, 0, 1)).toEqual([[120, 163]]);
    expect(beliefs(trace, 1, 0)).toEqual([]);
  });

  it('has a node that just started find out about one that is away in the same time as of a fresh crash', () => {
    // c is away from 90 s to 300 s: a finds out at 110 s. b is back at 160 s, takes c for Normal, and finds out at 180 s.
    const trace = trusting('  - { crash: c, at: 90s, for: 210s }\n  - { crash: b, at: 100s, for: 60s }');
    expect(beliefs(trace, 0, 2)).toEqual([[110, 303]]);
    expect(beliefs(trace, 1, 2)).toEqual([[180, 303]]);
  });

  it('has a node forget what it took for Down before it died', () => {
    // b has taken c for Down since 70 s; it is back at 160 s, takes c for Normal, and finds out at 180 s.
    const trace = trusting('  - { crash: c, at: 50s, for: 250s }\n  - { crash: b, at: 100s, for: 60s }');
    expect(beliefs(trace, 1, 2)).toEqual([
      [70, 100],
      [180, 303],
    ]);
  });

  it('leaves a verdict to the time of each observer, where two started one after the other', () => {
    // a is back at 160 s, b at 165 s; c is away all the while: a finds out at 180 s, b at 185 s.
    const trace = trusting(
      '  - { crash: c, at: 90s, for: 210s }\n  - { crash: a, at: 100s, for: 60s }\n  - { crash: b, at: 100s, for: 65s }',
    );
    expect(beliefs(trace, 0, 2)).toEqual([[180, 303]]);
    expect(beliefs(trace, 1, 2)).toEqual([[185, 303]]);
  });
});

describe('the phi detector of a node that restarts', () => {
  it('starts with an empty table: what it had heard before is gone', () => {
    // a restarts at 100.5 s and hears b at 101.501 s (its link is open 1 s later) and again at 102.001 s; b dies at
    // 102.5 s. The one interval of 0.5 s is below the floor of 1 s: convicted after 18.42 s, seen at a's tick at 120.5 s.
    const trace = traceOf(
      scenarioOf(
        phi('1s', '200s', '  - { crash: a, at: 99500ms, for: 1s }\n  - { crash: b, at: 102500ms, for: 90s }').replace(
          'reconnect: 0s',
          'reconnect: 1s',
        ),
      ),
    );
    expect(beliefs(trace, 0, 1).at(-1)?.[0]).toBe(120.5);
  });
});
