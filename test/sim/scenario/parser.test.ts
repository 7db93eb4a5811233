/**
 * What a sound scenario file means, from the five lines that are enough to every key there is.
 */
import { describe, expect, it } from 'vitest';
import { days, END_OF_TIME, hours, mebibytes, milliseconds, minutes, seconds } from '../../../core/index.ts';
import { canonicalText, parseScenario, PRESETS } from '../../../sim/scenario/index.ts';
import type { Fault, ParseOptions, Scenario } from '../../../sim/scenario/index.ts';
import { storyText } from '../../support/scenarios.ts';

const SHORT = 'hintlab: 1\nduration: 10m\nworkload: { rate: 50/s }\nfaults:\n  - { crash: b, at: 1m, for: 5m }\n';

function parse(text: string, options: Partial<ParseOptions> = {}): { scenario: Scenario; notes: readonly string[] } {
  const parsed = parseScenario(text, { file: 'test.yaml', ...options });
  expect(parsed).toMatchObject({ kind: 'scenario' });
  if (parsed.kind === 'invalid') throw new Error('the line above fails first');
  return { scenario: parsed.scenario, notes: parsed.notes.map((note) => `${note.line}:${note.column} ${note.text}`) };
}

/** A scenario of `text` with the keys that must be there in front: text begins at line 3. */
function scenarioOf(text: string): Scenario {
  return parse(`hintlab: 1\nduration: 10m\n${text}`).scenario;
}

/** The node that a fault is of; -1 for one of links. */
function nodeOf(fault: Fault): number {
  return 'node' in fault ? fault.node : -1;
}

describe('five lines', () => {
  const { scenario } = parse(SHORT);

  it('make a whole scenario: the rest is the dynomite preset', () => {
    expect(scenario).toMatchObject({
      name: 'test',
      seed: 1,
      system: 'dynomite',
      duration: minutes(10),
      record: 'full',
    });
    expect(scenario.policy).toEqual(PRESETS.dynomite.policy);
    expect(scenario.network.clientTimeout).toBe(seconds(5));
  });

  it('have three nodes, each a rack of its own', () => {
    expect(scenario.nodes).toEqual([
      { name: 'a', datacentre: 'dc1', rack: 'r1', clockOffset: 0, clockDrift: 0 },
      { name: 'b', datacentre: 'dc1', rack: 'r2', clockOffset: 0, clockDrift: 0 },
      { name: 'c', datacentre: 'dc1', rack: 'r3', clockOffset: 0, clockDrift: 0 },
    ]);
  });

  it('have one class of clients that talk to all nodes to the end', () => {
    expect(scenario.workloads).toEqual([
      {
        name: 'clients',
        arrivals: { kind: 'steady', rate: 50 },
        from: 0,
        until: minutes(10),
        readShare: 0,
        deleteShare: 0,
        incrementShare: 0,
        keys: { count: 10_000, zipf: 0 },
        size: { kind: 'keyValue', key: { kind: 'constant', value: 16 }, value: { kind: 'constant', value: 200 } },
        coordinators: [0, 1, 2],
        choose: 'roundRobin',
        consistency: {},
        retries: 0,
        backoff: milliseconds(100),
        probes: [],
      },
    ]);
  });

  it('have the fault they say', () => {
    const span = { from: minutes(1), until: minutes(6), cause: '' };
    expect(scenario.faults).toEqual([{ kind: 'crash', node: 1, ...span, power: false, tornBytes: 0 }]);
  });
});

describe('stories of the first version', () => {
  /** What the first version said of every one of them, but for the axes that the story itself sets. */
  const FIRST = {
    hints: { enabled: true, ttl: hours(24), maxBytes: mebibytes(64) },
    drain: { interval: seconds(30) },
    channel: { slots: 256, messageTime: 0, reconnect: seconds(1) },
    consistency: { write: 'DC_QUORUM', read: 'DC_QUORUM' },
  };

  it.each([
    ['rolling-restart', FIRST],
    ['coordinator-restart', FIRST],
    ['expiry', { ...FIRST, hints: { enabled: true, ttl: minutes(2), maxBytes: mebibytes(64) } }],
  ])('%s means what it meant', (name, policy) => {
    const { scenario } = parse(storyText(name));
    expect(scenario.policy).toMatchObject(policy);
    expect(scenario.policy.receiver.conflict).toBe('arrival');
    expect(scenario.policy.drain).toMatchObject({ first: 'start', ack: 'none' });
    expect(scenario.network).toEqual(PRESETS.dynomite.network);
  });
});

describe('every key', () => {
  it('says what it means', () => {
    const scenario = scenarioOf(
      [
        'name: a name with spaces',
        'about: One sentence.',
        'seed: 7',
        'record: hints',
        'datacentres: { dc1: { r1: [a], r2: [b, c] }, dc2: { r1: [d] } }',
        'hints: { enabled: false, ttl: 3h, cap: none }',
        'drain: { interval: 10s }',
        'channel: { slots: 8, rate: 300/s, reconnect: 0 }',
        'detector: { fixed: { down: 5s, up: 500ms } }',
        'consistency: { write: DC_QUORUM, read: DC_ONE }',
        'network: { latency: { local: 50us, near: { uniform: [1ms, 2ms] }, far: { exponential: 40ms } }, timeout: 2s }',
        'limits: { nodes: 10, events: 1000000, duration: 1h, traceBytes: 10MiB }',
      ].join('\n'),
    );
    expect(scenario).toMatchObject({ name: 'a name with spaces', about: 'One sentence.', seed: 7, record: 'hints' });
    expect(scenario.nodes.map(({ name, datacentre, rack }) => `${datacentre}/${rack}/${name}`)).toEqual([
      'dc1/r1/a',
      'dc1/r2/b',
      'dc1/r2/c',
      'dc2/r1/d',
    ]);
    expect(scenario.policy).toMatchObject({
      hints: { enabled: false, ttl: hours(3), maxBytes: 0 },
      drain: { interval: seconds(10) },
      // 1 s / 300 = 3 333.3 µs
      channel: { slots: 8, messageTime: 3_333, reconnect: 0 },
      detector: { kind: 'fixed', downAfter: seconds(5), upAfter: milliseconds(500), start: 'down' },
      consistency: { write: 'DC_QUORUM', read: 'DC_ONE' },
    });
    expect(scenario.network).toEqual({
      local: { kind: 'constant', value: 50 },
      sameDatacentre: { kind: 'uniform', low: 1_000, high: 2_000 },
      crossDatacentre: { kind: 'exponential', mean: 40_000 },
      farExtra: 0,
      byPurpose: {},
      clientTimeout: seconds(2),
    });
    expect(scenario.limits).toEqual({ nodes: 10, events: 1_000_000, duration: hours(1), traceBytes: mebibytes(10) });
  });

  it('of a class of clients, too', () => {
    const [first, second] = scenarioOf(
      [
        'workload:',
        '  - { name: writers, rate: 3/m, arrivals: poisson, from: 1m, until: 5m, payload: 1KiB, coordinators: [c, a], choose: random }',
        '  - { reads: 100%, keys: { count: 5, zipf: 0.99 }, value: { lognormal: { mean: 200B, cv: 2 } } }',
      ].join('\n'),
    ).workloads;
    expect(first).toMatchObject({
      name: 'writers',
      // 3 a minute: 20 s from one to the next.
      arrivals: { kind: 'gaps', gap: { kind: 'exponential', mean: 20_000_000 }, rate: 0.05 },
      from: minutes(1),
      until: minutes(5),
    });
    expect(first).toMatchObject({ coordinators: [2, 0], choose: 'random' });
    expect(first?.size).toEqual({ kind: 'payload', payload: { kind: 'constant', value: 1_024 } });
    expect(second).toMatchObject({
      name: 'clients-2',
      arrivals: { kind: 'steady', rate: 50 },
      readShare: 1,
      keys: { count: 5, zipf: 0.99 },
    });
    expect(second?.size).toMatchObject({ value: { kind: 'lognormal', mean: 200, cv: 2 } });
  });

  it('one word of consistency is both levels', () => {
    const { consistency } = scenarioOf('consistency: DC_QUORUM').policy;
    expect(consistency).toEqual({ write: 'DC_QUORUM', read: 'DC_QUORUM', unavailable: 'try' });
  });

  it.each([
    ['{ constant: 50ms }', { kind: 'constant', value: 50_000 }],
    ['{ pareto: { scale: 1ms, shape: 2 } }', { kind: 'pareto', scale: 1_000, shape: 2 }],
    [
      '{ quantiles: { p99: 20ms, p50: 1ms, p99.5: 80ms } }',
      {
        kind: 'empirical',
        quantiles: [
          { p: 0.5, value: 1_000 },
          { p: 0.99, value: 20_000 },
          { p: 0.995, value: 80_000 },
        ],
      },
    ],
    [
      '{ mixture: [{ weight: 0.9, exponential: 1ms }, { weight: 0.1, constant: 50ms }] }',
      {
        kind: 'mixture',
        parts: [
          { weight: 0.9, of: { kind: 'exponential', mean: 1_000 } },
          { weight: 0.1, of: { kind: 'constant', value: 50_000 } },
        ],
      },
    ],
  ])('reads the distribution %s', (text, spec) => {
    expect(scenarioOf(`network: { latency: { near: ${text} } }`).network.sameDatacentre).toEqual(spec);
  });
});

describe('faults', () => {
  it('a crash without an end never comes back, and until stands for for', () => {
    const { faults } = scenarioOf('faults: [{ crash: a, at: 1m }, { crash: b, at: 1m, until: 3m, cause: power }]');
    expect(faults.map(({ until, cause }) => [until, cause])).toEqual([
      [END_OF_TIME, ''],
      [minutes(3), 'power'],
    ]);
  });

  it('a restart takes two seconds', () => {
    const [fault] = scenarioOf('faults: [{ restart: a, at: 30s }]').faults;
    expect(fault).toMatchObject({ from: seconds(30), until: seconds(32) });
  });

  it('every and times write a crash out', () => {
    const { faults } = scenarioOf('faults: [{ crash: c, at: 1m, for: 20s, every: 2m, times: 3 }]');
    expect(faults.map(({ from, until }) => [from, until])).toEqual([
      [minutes(1), seconds(80)],
      [minutes(3), seconds(200)],
      [minutes(5), seconds(320)],
    ]);
  });

  it('every without times goes on to the end of the run', () => {
    const { faults } = scenarioOf('faults: [{ restart: c, at: 1m, every: 3m }]');
    expect(faults.map(({ from }) => from)).toEqual([minutes(1), minutes(4), minutes(7), minutes(10)]);
  });

  it('overlapping and touching crashes of a node become one, and a note says so', () => {
    const { scenario, notes } = parse(
      [
        'hintlab: 1',
        'duration: 10m',
        'faults:',
        '  - { crash: a, at: 3m, for: 1m, cause: disk }',
        '  - { crash: a, at: 1m, for: 2m, cause: power }',
        '  - { crash: b, at: 1m, for: 2m }',
      ].join('\n'),
    );
    expect(scenario.faults).toMatchObject([
      { kind: 'crash', node: 0, from: minutes(1), until: minutes(4), cause: 'power; disk' },
      { kind: 'crash', node: 1, from: minutes(1), until: minutes(3), cause: '' },
    ]);
    expect(notes).toEqual(['4:5 this outage overlaps another one of its node, from 1m: merged with it']);
  });

  it('what begins after the end of the run is left out, with a note', () => {
    const { scenario, notes } = parse(
      'hintlab: 1\nduration: 1m\nfaults: [{ crash: a, at: 2m }, { restart: b, at: 1m }]',
    );
    expect(scenario.faults.map(nodeOf)).toEqual([1]);
    expect(notes).toEqual(['3:10 this outage begins after the end of the run at 1m and never happens']);
  });

  it('are sorted by beginning, then node', () => {
    const { faults } = scenarioOf('faults: [{ restart: c, at: 1m }, { restart: a, at: 2m }, { restart: b, at: 1m }]');
    expect(faults.map(nodeOf)).toEqual([1, 2, 0]);
  });
});

describe('around the text', () => {
  it('clients that would outlast the run end with it, with a note', () => {
    const { scenario, notes } = parse('hintlab: 1\nduration: 1m\nworkload: { until: 2m }');
    expect(scenario.workloads[0]?.until).toBe(minutes(1));
    expect(notes).toEqual(['3:20 the run ends at 1m, and with it these clients']);
  });

  it('an empty list of workloads is no clients', () => {
    expect(scenarioOf('workload: []').workloads).toEqual([]);
  });

  it('the name of the file is the name of the scenario', () => {
    expect(parse(SHORT, { file: 'some/folder/outage.yml' }).scenario.name).toBe('outage');
  });

  it('a byte order mark, comments, quotes, anchors and JSON are all fine', () => {
    const { scenario } = parse('\uFEFF# comment\n{ "hintlab": 1, "duration": &d "10m", "drain": { "interval": *d } }');
    expect(scenario).toMatchObject({ duration: minutes(10), policy: { drain: { interval: minutes(10) } } });
  });

  it('--set, seed and system go before the document', () => {
    const sets = ['hints.ttl=1h', 'faults.0.for=2m', 'nodes=[x, b]', 'workload.rate=1/s', 'drain={ interval: 5s }'];
    const { scenario } = parse(`seed: 3\n${SHORT}`, { sets, seed: 9, system: 'dynomite' });
    expect(scenario).toMatchObject({ seed: 9, policy: { hints: { ttl: hours(1) }, drain: { interval: seconds(5) } } });
    expect(scenario.nodes.map(({ name }) => name)).toEqual(['x', 'b']);
    expect(scenario.faults[0]?.until).toBe(minutes(3));
    expect(scenario.workloads[0]?.arrivals).toEqual({ kind: 'steady', rate: 1 });
  });

  it('--set fills a key that was left empty', () => {
    expect(parse(`hints:\n${SHORT}`, { sets: ['hints.ttl=2d'] }).scenario.policy.hints.ttl).toBe(days(2));
  });
});

describe('the canonical text', () => {
  it('does not depend on how a scenario was written', () => {
    const other =
      'faults: [{ for: 300s, at: 60000ms, crash: b }]\nworkload: { rate: 3000/m }\nduration: 600s\nhintlab: 1';
    expect(canonicalText(parse(other).scenario)).toBe(canonicalText(parse(SHORT).scenario));
  });

  it('has the keys of every object in order, and no white space', () => {
    const text = canonicalText(parse(SHORT).scenario);
    expect(text).toMatch(/^\{"about":"","duration":600000000,"faults":\[\{"cause":"","from":60000000,"kind":"crash",/);
  });

  it('differs when the seed does', () => {
    expect(canonicalText(parse(SHORT, { seed: 2 }).scenario)).not.toBe(canonicalText(parse(SHORT).scenario));
  });
});
