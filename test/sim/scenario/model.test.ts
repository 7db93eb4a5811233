/**
 * What a scenario says of the world beyond policy: proxies, clocks, arrivals, scripted requests, and every kind of fault.
 */
import { describe, expect, it } from 'vitest';
import { END_OF_TIME, minutes, seconds } from '../../../core/index.ts';
import { estimateRun, parseScenario } from '../../../sim/scenario/index.ts';
import type { Fault, Scenario, Workload } from '../../../sim/scenario/index.ts';

function parse(text: string): { readonly scenario: Scenario; readonly notes: readonly string[] } {
  const parsed = parseScenario(`hintlab: 1\nduration: 10m\n${text}`, { file: 'model.yaml' });
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return { scenario: parsed.scenario, notes: parsed.notes.map(({ text: note }) => note) };
}

function faultsOf(...entries: readonly string[]): readonly Fault[] {
  return parse(`faults: [${entries.join(', ')}]`).scenario.faults;
}

function workloadOf(text: string): Workload | undefined {
  return parse(`workload: ${text}`).scenario.workloads[0];
}

describe('nodes', () => {
  it('proxies come last, in the first datacentre or in their own, and have no rack', () => {
    const two = 'datacentres: { dc1: { r1: [a] }, dc2: { r1: [b] } }\n';
    const named = (text: string): readonly string[] =>
      parse(text).scenario.nodes.map(({ name, datacentre, rack }) => `${datacentre}/${rack}/${name}`);
    expect(named(`${two}proxies: [p, q]`)).toEqual(['dc1/r1/a', 'dc2/r1/b', 'dc1//p', 'dc1//q']);
    expect(named(`${two}proxies: { dc2: [p] }`)).toEqual(['dc1/r1/a', 'dc2/r1/b', 'dc2//p']);
  });

  it('clocks are off and drift, in microseconds and microseconds a second', () => {
    const { nodes } = parse('clocks: { a: { offset: -5s }, c: { offset: 1ms, drift: -20.5ppm } }').scenario;
    expect(nodes.map(({ clockOffset, clockDrift }) => [clockOffset, clockDrift])).toEqual([
      [-5_000_000, 0],
      [0, 0],
      [1_000, -20.5],
    ]);
  });
});

describe('network', () => {
  it('latencies by purpose stand beside those by distance', () => {
    const { network } = parse(
      'network: { latency: { write: { exponential: 1ms, plus: 75ms }, gossip: 3ms } }',
    ).scenario;
    expect(network.byPurpose).toEqual({
      write: { kind: 'shifted', by: 75_000, of: { kind: 'exponential', mean: 1_000 } },
      gossip: { kind: 'constant', value: 3_000 },
    });
  });

  it('a mixture and its parts may each be shifted; a shift of nothing is none', () => {
    const text =
      '{ mixture: [{ weight: 1, constant: 1ms, plus: 2ms }, { weight: 1, constant: 4ms, plus: 0s }], plus: 8ms }';
    const parts = [
      { weight: 1, of: { kind: 'shifted', by: 2_000, of: { kind: 'constant', value: 1_000 } } },
      { weight: 1, of: { kind: 'constant', value: 4_000 } },
    ];
    expect(parse(`network: { latency: { near: ${text} } }`).scenario.network.sameDatacentre).toEqual({
      kind: 'shifted',
      by: 8_000,
      of: { kind: 'mixture', parts },
    });
  });
});

describe('clients', () => {
  it.each([
    ['20ms', 50],
    ['{ uniform: [0ms, 40ms] }', 50],
    ['{ lognormal: { mean: 10ms, cv: 3 } }', 100],
    // scale · shape / (shape − 1)
    ['{ pareto: { scale: 5ms, shape: 2 } }', 100],
    ['{ exponential: 5ms, plus: 5ms }', 100],
    ['{ mixture: [{ weight: 3, constant: 10ms }, { weight: 1, constant: 50ms }] }', 50],
    // Half of the gaps below 2 ms, evenly spread from there to 18 ms: (2 + (2 + 18) / 2) / 2 = 6 ms.
    ['{ quantiles: { p50: 2ms, p100: 18ms } }', 1_000 / 6],
  ])('gaps of %s come at %f a second', (gap, rate) => {
    const arrivals = workloadOf(`{ gap: ${gap} }`)?.arrivals;
    expect(arrivals).toMatchObject({ kind: 'gaps' });
    expect(arrivals?.kind === 'gaps' ? arrivals.rate : 0).toBeCloseTo(rate, 9);
  });

  it('closed classes think, or do not', () => {
    expect(workloadOf('{ clients: 5 }')?.arrivals).toEqual({
      kind: 'closed',
      clients: 5,
      think: { kind: 'constant', value: 0 },
    });
    expect(workloadOf('{ clients: 5, think: { exponential: 1s } }')?.arrivals).toMatchObject({
      think: { kind: 'exponential', mean: 1_000_000 },
    });
  });

  it('a closed class is estimated by its turn: think time and a way to the backend and back', () => {
    // 600 s / (1 s + 2 · 100 µs) turns of five clients.
    const { scenario } = parse('workload: { clients: 5, think: 1s }');
    expect(estimateRun(scenario).writes).toBeCloseTo((5 * 600) / 1.0002, 6);
  });

  it('mix, levels, retries and probes', () => {
    const text =
      '{ reads: 10%, deletes: 20%, increments: 70%, level: { write: 2 }, retries: 3, backoff: 50ms, probes: [0, 1ms, 5ms] }';
    expect(workloadOf(text)).toMatchObject({
      readShare: 0.1,
      deleteShare: 0.2,
      incrementShare: 0.7,
      consistency: { write: 2 },
      retries: 3,
      backoff: 50_000,
      probes: [0, 1_000, 5_000],
    });
    expect(workloadOf('{ level: ALL }')?.consistency).toEqual({ write: 'ALL', read: 'ALL' });
  });
});

describe('requests', () => {
  const text =
    'requests: [{ at: 2s, get: y, on: b }, { at: 1s, set: x, size: 100B, level: ALL }, { at: 2s, delete: x }, { at: 3s, increment: z, level: 2 }]';

  it('are sorted by time, in the order of the file at equal times, with keys in the order they are named', () => {
    const { requests, keyNames, workloads } = parse(text).scenario;
    expect(workloads).toEqual([]);
    expect(keyNames).toEqual(['y', 'x', 'z']);
    const at = { coordinator: 0, level: undefined };
    expect(requests).toEqual([
      { ...at, at: seconds(1), operation: 'set', key: 1, bytes: 100, level: 'ALL' },
      { ...at, at: seconds(2), operation: 'get', key: 0, bytes: 0, coordinator: 1 },
      // 30 B of commands and lengths, 16 B of key, 200 B of value.
      { ...at, at: seconds(2), operation: 'delete', key: 1, bytes: 244 },
      { ...at, at: seconds(3), operation: 'increment', key: 2, bytes: 244, level: 2 },
    ]);
  });

  it('have keys behind those of the largest class', () => {
    const { requests } = parse(`${text}\nworkload: [{ keys: 7 }, { keys: 40, name: more }]`).scenario;
    expect(requests.map(({ key }) => key)).toEqual([41, 40, 41, 42]);
  });

  it('after the end of the run are left out, with a note', () => {
    const { scenario, notes } = parse('requests: [{ at: 10m, get: x }, { at: 601s, get: late }]');
    expect([scenario.requests.length, scenario.keyNames]).toEqual([1, ['x']]);
    expect(notes).toEqual(['the run ends at 10m, before this request, which is never sent']);
  });
});

describe('faults', () => {
  const minute = { from: minutes(1), until: minutes(2), cause: '' };

  it.each([
    ['{ crash: a, at: 1m, for: 1m, power: true, torn: 6B }', { kind: 'crash', node: 0, power: true, tornBytes: 6 }],
    ['{ restart: b, at: 1m, until: 2m }', { kind: 'crash', node: 1, power: false, tornBytes: 0 }],
    ['{ stop: b, at: 1m, for: 1m }', { kind: 'stop', node: 1 }],
    ['{ loading: b, at: 1m, for: 1m }', { kind: 'loading', node: 1 }],
    ['{ stall: b, at: 1m, for: 1m }', { kind: 'stall', node: 1 }],
    ['{ slow: b, factor: 10, at: 1m, for: 1m }', { kind: 'slow', node: 1, factor: 10 }],
    [
      '{ partition: [[a], [b, c]], at: 1m, for: 1m }',
      { kind: 'partition', sources: [0], targets: [1, 2], isTwoWay: true },
    ],
    [
      '{ partition: [[c], [a]], oneWay: true, at: 1m, for: 1m }',
      { kind: 'partition', sources: [2], targets: [0], isTwoWay: false },
    ],
    ['{ loss: 1%, at: 1m, for: 1m }', { kind: 'loss', sources: [0, 1, 2], targets: [0, 1, 2], share: 0.01 }],
    ['{ loss: 1, from: [b], to: [a], at: 1m, for: 1m }', { kind: 'loss', sources: [1], targets: [0], share: 1 }],
    ['{ clock: b, step: -5s, at: 1m, for: 1m }', { kind: 'clock', node: 1, step: -5_000_000 }],
    ['{ diskFull: b, at: 1m, for: 1m }', { kind: 'diskFull', node: 1 }],
    ['{ pauseDrain: b, at: 1m, for: 1m }', { kind: 'pauseDrain', node: 1 }],
    ['{ replace: b, at: 1m, for: 1m }', { kind: 'replace', node: 1 }],
    [
      '{ flap: b, up: { exponential: 9s }, down: 1s, at: 1m, for: 1m }',
      {
        kind: 'flap',
        node: 1,
        what: 'crash',
        up: { kind: 'exponential', mean: 9_000_000 },
        down: { kind: 'constant', value: 1_000_000 },
      },
    ],
  ])('%s', (text, fault) => {
    expect(faultsOf(text)).toEqual([{ ...fault, ...minute }]);
  });

  it('a reindexed table stays, and tombstones are collected at once', () => {
    expect(faultsOf('{ reindex: a, order: [c, b, a], at: 1m }', '{ collect: b, at: 1m, cause: repair }')).toEqual([
      { kind: 'reindex', node: 0, order: [2, 1, 0], from: minutes(1), until: END_OF_TIME, cause: '' },
      { kind: 'collect', node: 1, from: minutes(1), until: minutes(1), cause: 'repair' },
    ]);
  });

  it('without an end last for ever, and repeat like crashes', () => {
    expect(faultsOf('{ stall: a, at: 1m }')).toMatchObject([{ until: END_OF_TIME }]);
    const spans = faultsOf('{ pauseDrain: a, at: 1m, for: 10s, every: 4m, times: 2 }').map(({ from, until }) => [
      from,
      until,
    ]);
    expect(spans).toEqual([
      [minutes(1), seconds(70)],
      [minutes(5), seconds(310)],
    ]);
  });

  it('a flapping node begins with the run', () => {
    expect(faultsOf('{ flap: b, what: stall, up: 9s, down: 1s }')).toMatchObject([
      { what: 'stall', from: 0, until: END_OF_TIME },
    ]);
  });

  it.each([
    ['{ loading: a, at: 1m, for: 1m }', '{ loading: a, at: 90s, for: 1m, cause: x }', minutes(1), seconds(150)],
    ['{ slow: a, factor: 2, at: 1m, for: 1m }', '{ slow: a, factor: 2, at: 90s, for: 1m }', minutes(1), seconds(150)],
    [
      '{ partition: [[a, b], [c]], at: 1m, for: 2m }',
      '{ partition: [[b, a], [c]], at: 2m, for: 10s }',
      minutes(1),
      minutes(3),
    ],
    ['{ loss: 5%, at: 1m, for: 1m }', '{ loss: 5%, at: 90s, for: 1m }', minutes(1), seconds(150)],
    ['{ stop: a, at: 1m, for: 1m }', '{ stop: a, at: 2m, for: 1m }', minutes(1), minutes(3)],
  ])('that mean the same become one: %s and %s', (first, second, from, until) => {
    const { scenario, notes } = parse(`faults: [${first}, ${second}]`);
    expect(scenario.faults).toMatchObject([{ from, until }]);
    expect(notes).toHaveLength(1);
  });

  it('a crash that meets a power cut loses its power, and keeps its torn bytes', () => {
    const merged = faultsOf('{ crash: a, at: 1m, for: 1m, torn: 6B }', '{ crash: a, at: 90s, for: 1m, power: true }');
    expect(merged).toMatchObject([{ power: true, tornBytes: 6, until: seconds(150) }]);
  });

  it('of other kinds, other nodes and other links overlap as they like; steps of a clock add up', () => {
    const faults = faultsOf(
      '{ crash: a, at: 1m, for: 1m }',
      '{ crash: b, at: 1m, for: 1m }',
      '{ stall: a, at: 1m, for: 1m }',
      '{ loading: a, at: 1m, for: 1m }',
      '{ partition: [[a], [b]], oneWay: true, at: 1m, for: 1m }',
      '{ partition: [[b], [a]], oneWay: true, at: 1m, for: 1m }',
      '{ clock: a, step: 5s, at: 1m, for: 1m }',
      '{ clock: a, step: -1s, at: 90s }',
    );
    expect(faults).toHaveLength(8);
  });
});

it('statistics may leave out a warm-up', () => {
  expect(parse('measure: { from: 10s }').scenario.measureFrom).toBe(seconds(10));
  expect(parse('').scenario.measureFrom).toBe(0);
});

it.each([
  ['hints: { disk: { flush: 5s } }', 'hints.disk.flush has no effect on hints that are ram'],
  [
    'hints: { windowPersistent: true }',
    'without a window there is nothing for it to close: hints.windowPersistent has no effect',
  ],
  ['drain: { ack: each, throttleShared: true }', 'without a throttle drain.throttleShared has no effect'],
])('a value without effect is worth a note: %s', (text, note) => {
  expect(parse(text).notes).toEqual([note]);
});
