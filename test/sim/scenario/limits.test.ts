/**
 * Limits: what a run will cost, what is refused before it starts and with which advice, and how much gets recorded. The
 * costs are worked out by hand from what the cluster schedules, and held against a run.
 */
import { describe, expect, it } from 'vitest';
import { estimateRun, HARD_CEILINGS, parseScenario } from '../../../sim/scenario/index.ts';
import { estimateRequeues } from '../../../sim/scenario/requeues.ts';
import { encodeTrace } from '../../../sim/trace/index.ts';
import type { Problem } from '../../../sim/scenario/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseScenario(`hintlab: 1\n${text}`, { file: 'limits.yaml' });
  return parsed.kind === 'invalid' ? parsed.problems : [];
}

const YEAR = 'duration: 365d\nworkload: { rate: 3/m }\n';

describe('the estimate', () => {
  it('of steady writes without faults is the sum of arrivals, timeouts, messages, sweeps and gossip', () => {
    const scenario = scenarioOf('hintlab: 1\nduration: 100s\nhints: { enabled: false }\nworkload: { rate: 10/s }');
    // 1 000 writes of 2 + 3 replicas · (there and back) events; 3 nodes with 100 / 30 + 1 ticks of 2 events; 101 rounds
    // of gossip, in each 3 ticks and 6 heartbeats.
    expect(estimateRun(scenario)).toMatchObject({ writes: 1_000, hints: 0, events: 8_000 + (26 / 6) * 6 + 909 });
  });

  it('of hints is the writes for a node while it is down and until a second heartbeat interval after', () => {
    const text = 'hintlab: 1\nduration: 10m\nworkload: { rate: 10/s }\nfaults: [{ crash: b, at: 1m, for: 5m }]';
    const { hints } = estimateRun(scenarioOf(text));
    // 300 s and 2.001 s (gossip, a link's time, reconnect) of 10 writes/s, each with one replica on b; and 2.001 s of
    // 10 writes/s to three replicas for three starts and a return, over three nodes.
    expect(hints).toBeCloseTo(302.001 * 10 + (2.001 * 10 * 3 * 4) / 3, 6);
  });

  it.each([
    ['single-outage-like', 'duration: 15m\nworkload: { rate: 100/s }\nfaults: [{ crash: b, at: 60.5s, for: 45s }]'],
    ['reads at quorum', 'duration: 5m\nconsistency: DC_QUORUM\nworkload: { rate: 20/s, reads: 50% }'],
    ['slow links', 'duration: 5m\nchannel: { rate: 100/s }\nworkload: { rate: 20/s }'],
    ['no clients', 'duration: 1h\nworkload: []'],
    ['fixed detector', 'duration: 1h\ndetector: { fixed: {} }\nfaults: [{ crash: a, at: 1m, for: 30m }]'],
  ])('leans to the upper side of a run, but not far: %s', (_, text) => {
    const scenario = scenarioOf(`hintlab: 1\n${text}`);
    const estimate = estimateRun(scenario);
    const trace = traceOf(scenario);
    expect(trace.events).toBeLessThanOrEqual(estimate.events);
    expect(trace.events).toBeGreaterThan(estimate.events / 2);
    expect(trace.totals.hints.stored).toBeLessThanOrEqual(estimate.hints);
    expect(trace.totals.writes.issued).toBeLessThanOrEqual(estimate.writes + 1);
  });

  it('of faults counts what each of them starts anew, and a belief for each peer', () => {
    const text = (faults: string): string =>
      `hintlab: 1\nduration: 100s\nnodes: 6\ndetector: { fixed: {} }\nworkload: []\nfaults: ${faults}`;
    const calm = scenarioOf(text('[]'));
    const flapping = scenarioOf(text('[{ crash: b, at: 1s, for: 1ms, every: 1s, times: 90 }]'));
    const added = traceOf(flapping).events - traceOf(calm).events;
    // Crash, start, tick, sweep, channel, the tick of the life before, and six nodes' beliefs.
    expect(estimateRun(flapping).events - estimateRun(calm).events).toBe(90 * 12);
    expect(added).toBeLessThanOrEqual(90 * 12);
    expect(added).toBeGreaterThan(90 * 10);
  });

  it('of requeues adds up what each sweep finds no room for', () => {
    const text = (slots: number, rate = 10): string =>
      `hintlab: 1\nduration: 15m\ndetector: { fixed: { down: 0s, up: 0s } }\nchannel: { slots: ${slots}, reconnect: 0s }
workload: { rate: ${rate}/s, coordinators: [a], payload: 200B }\nfaults: [{ crash: b, at: 1m, for: 5m }]`;
    // 3 000 hints, 500 a sweep: 2 500 + 2 000 + … + 500 go back.
    expect(estimateRequeues(scenarioOf(text(500)))).toBeCloseTo(7_500, 6);
    expect(traceOf(scenarioOf(text(500))).totals.hints.requeued).toBeGreaterThan(7_500 * 0.8);
    expect(estimateRequeues(scenarioOf(text(3_000)))).toBeCloseTo(0, 6);
    // 18 sweeps are left: of 30 000 hints, 1 a sweep goes, and the others go back 18 times.
    expect(estimateRequeues(scenarioOf(text(1, 100)))).toBeCloseTo(18 * 30_000 - (18 * 19) / 2, 6);
    // The cap has room for 200 000 B / 200 B.
    expect(estimateRequeues(scenarioOf(`${text(1, 100)}\nhints: { cap: 200kB }`))).toBeCloseTo(
      18 * 1_000 - (18 * 19) / 2,
      6,
    );
  });

  it.each(['DC_ONE', 'DC_QUORUM'])('of the trace of reads at %s is close to its size', (level) => {
    const text = `hintlab: 1\nduration: 100s\nnodes: 5\ndetector: { fixed: {} }\nconsistency: ${level}
workload: { rate: 100/s, reads: 80% }`;
    const scenario = scenarioOf(text);
    const { byteLength } = encodeTrace(traceOf(scenario));
    expect(estimateRun(scenario).traceBytes / byteLength).toBeGreaterThan(0.95);
    expect(estimateRun(scenario).traceBytes / byteLength).toBeLessThan(1.2);
  });

  it('a year of heartbeats every second between five nodes is 631 million, and the sum says so', () => {
    const text = `hintlab: 1\n${YEAR}nodes: 5\nlimits: { events: 4000000000 }`;
    const withGossip = estimateRun(scenarioOf(text)).events;
    const without = estimateRun(scenarioOf(`${text}\ndetector: { fixed: {} }`)).events;
    // 20 heartbeats and 5 ticks a second.
    expect((withGossip - without) / (365 * 86_400)).toBeCloseTo(25, 3);
  });
});

describe('a run beyond a limit is refused with the numbers and what to change', () => {
  it('events: gossip over a year', () => {
    const [problem, ...others] = problemsOf(`${YEAR}nodes: 5`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'limit', line: 2, column: 11, path: 'duration' });
    expect(problem?.expected).toMatch(
      /^a run of at most 200 000 000 events \(raise limits\.events, up to 4 000 000 000/,
    );
    expect(problem?.expected).toMatch(/detector: \{ fixed: \{\} \} or a longer gossip interval/);
    expect(problem?.found).toMatch(/^about 8\d\d \d{3} \d{3}$/);
  });

  it('events: requests', () => {
    const [problem] = problemsOf('duration: 1d\nworkload: { rate: 5000/s }');
    expect(problem?.expected).toMatch(/run shorter or at a lower rate: 100 % are requests/);
  });

  it('events: raised in the scenario', () => {
    expect(problemsOf(`${YEAR}nodes: 5\nlimits: { events: 900000000 }`)).toEqual([]);
  });

  it('nodes', () => {
    const racks = Array.from({ length: 20 }, (_, i) => `n${i}`).join(', ');
    const text = `duration: 1m\ndatacentres: { dc1: { r1: [${racks}] } }\nlimits: { nodes: 19 }`;
    expect(problemsOf(text)).toMatchObject([
      {
        code: 'limit',
        line: 3,
        column: 14,
        expected: 'at most 19 nodes (raise limits.nodes for more)',
        found: '20 nodes',
      },
    ]);
  });

  it('racks: each is a replica', () => {
    const names = Array.from({ length: 17 }, (_, i) => `n${i}`).join(', ');
    expect(problemsOf(`duration: 1m\nnodes: [${names}]`)).toMatchObject([
      { code: 'limit', line: 3, column: 8, found: '17 racks' },
    ]);
  });

  it('duration', () => {
    expect(problemsOf('duration: 11y\nworkload: []\ndetector: { fixed: {} }')).toMatchObject([
      { code: 'limit', line: 2, column: 11, found: '4015d' },
    ]);
  });

  it('bytes of the trace', () => {
    const [problem] = problemsOf(
      'duration: 1h\nrecord: full\nworkload: { rate: 1000/s }\nlimits: { traceBytes: 1MiB }',
    );
    expect(problem).toMatchObject({ code: 'limit', line: 3, column: 9, path: 'record' });
    expect(problem?.expected).toMatch(
      /^a trace of at most 1MiB \(raise limits\.traceBytes, up to 4GiB, or record less\)/,
    );
  });

  it('requests under way', () => {
    const text = 'duration: 10s\nworkload: { rate: 1000000/s }\nnetwork: { timeout: 60s }';
    expect(problemsOf(text)).toMatchObject([{ code: 'limit', line: 3, column: 11, found: 'about 60 000 000' }]);
  });

  it('requeues: a long queue behind few slots is walked at every sweep', () => {
    const text = 'duration: 1d\ndetector: { fixed: {} }\nworkload: { rate: 100/s, payload: 40B }\nfaults:';
    const outage = '  - { crash: b, at: 1m, for: 12h }';
    // 12 h of 100 writes/s are 2 160 000 at each of two holders, of which the cap has room for 64 MiB / 40 B = 1 677 722;
    // 1 437 sweeps are left, and each sends 256: 2 · (1 437 · 1 677 722 − 256 · 1 437 · 1 438 / 2) = 4.3 billion.
    const [problem, ...others] = problemsOf(`${text}\n${outage}`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'limit', line: 6, column: 3, path: 'faults' });
    expect(problem?.expected).toMatch(/^at most 1 000 000 000 requeues .*more channel\.slots/);
    expect(problem?.found).toMatch(/^about 4 29\d \d{3} \d{3}$/);
    expect(problemsOf(`${text}\n${outage}\nchannel: { slots: 65536 }`)).toEqual([]);
  });

  it('tables of heartbeat intervals', () => {
    const names = (rack: number): string => Array.from({ length: 50 }, (_, i) => `n${rack}x${i}`).join(', ');
    const racks = [1, 2, 3, 4].map((rack) => `r${rack}: [${names(rack)}]`).join(', ');
    const text = `duration: 10s\ndatacentres: { dc1: { ${racks} } }\ndetector: { phi: { window: 1000 } }`;
    expect(problemsOf(text)).toMatchObject([{ code: 'limit', line: 4, column: 28, found: '40000000' }]);
  });

  it('limits that no scenario may raise', () => {
    const text = 'duration: 1m\nlimits:\n  duration: 101y\n  traceBytes: 5GiB\n  nodes: 1001';
    expect(problemsOf(text)).toMatchObject([
      { line: 4, column: 13, path: 'limits.duration' },
      { line: 5, column: 15, path: 'limits.traceBytes' },
      { line: 6, column: 10, path: 'limits.nodes' },
    ]);
    expect(HARD_CEILINGS.nodes).toBe(1_000);
  });
});

describe('record: auto', () => {
  it('keeps everything of a short run', () => {
    expect(scenarioOf('hintlab: 1\nduration: 10m').record).toBe('full');
  });

  it('keeps the hints of a run of more than 1.5 million events', () => {
    expect(scenarioOf('hintlab: 1\nduration: 10m\nworkload: { rate: 400/s }').record).toBe('hints');
  });

  it('keeps counters where the hints would not fit', () => {
    const text = 'hintlab: 1\nduration: 1h\nworkload: { rate: 400/s }\nfaults: [{ crash: b, at: 0s }]';
    expect(scenarioOf(`${text}\nlimits: { traceBytes: 10MiB }`).record).toBe('counters');
  });

  it('is overruled by a level', () => {
    expect(scenarioOf('hintlab: 1\nduration: 10m\nrecord: counters').record).toBe('counters');
  });
});
