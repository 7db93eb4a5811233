/**
 * What is wrong with what a scenario says of policy, clients, requests and faults, and where. Lines and columns are
 * counted by hand: each text stands below two lines, so that it begins at line 3.
 */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../sim/scenario/index.ts';

function below(text: string): readonly string[] {
  const parsed = parseScenario(`hintlab: 1\nduration: 10m\n${text}`, { file: 'bad.yaml' });
  if (parsed.kind === 'scenario') return [];
  return parsed.problems.map(({ line, column, path, code, nearest }) => {
    return `${line}:${column} ${path} ${code}${nearest === undefined ? '' : ` → ${nearest}`}`;
  });
}

describe('policy', () => {
  it.each([
    ['hints: { on: { peerdown: true } }', ['3:16 hints.on.peerdown unknownKey → peerDown']],
    ['hints: { on: { timeout: allways } }', ['3:25 hints.on.timeout unknownName → always']],
    ['hints: { window: nune }', ['3:18 hints.window type']],
    ['hints: { disk: { flush: 0s } }', ['3:25 hints.disk.flush range']],
    ['hints: { disk: { rate: 50MiB } }', ['3:24 hints.disk.rate unit → 50MiB/s']],
    ['hints: { disk: { rate: 50mib/s } }', ['3:24 hints.disk.rate unit → 50MiB/s']],
    ['hints: { disk: { rate: 0B/s } }', ['3:24 hints.disk.rate range']],
    ['channel: { bandwidth: fast }', ['3:23 channel.bandwidth type']],
    ['drain: { concurrency: 8 }', ['3:23 drain.concurrency conflict']],
    ['drain: { throttle: none, sessions: 0 }', ['3:20 drain.throttle conflict', '3:36 drain.sessions conflict']],
    [
      'system: cassandra\ndrain: { ack: none, timeout: 1s, retryAfter: interval }',
      ['4:30 drain.timeout conflict', '4:46 drain.retryAfter conflict'],
    ],
    ['system: cassandra\ndrain: { ack: none }', []],
    ['system: cassandra\ndrain: { hold: 1s }', ['4:16 drain.hold conflict']],
    ['drain: { interval: 5s, hold: 5s }', ['3:30 drain.hold conflict']],
    ['drain: { interval: 5s, hold: 4999ms }', []],
    ['hints: { ttl: 2s }\ndrain: { hold: 2s }', ['4:16 drain.hold conflict']],
    ['drain: { hold: none, ack: none }', []],
    ['service: { time: 2h }', ['3:18 service.time range']],
    ['service: { workers: 0 }', ['3:21 service.workers range']],
    ['detector: { normal: { first: 0s } }', ['3:30 detector.normal.first range']],
    ['consistency: { unavailable: fail }', ['3:29 consistency.unavailable unknownName']],
    ['measure: { from: 11m }', ['3:18 measure.from order']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });
});

describe('nodes and network', () => {
  it.each([
    ['proxies: [a]', ['3:11 proxies.0 duplicateName']],
    ['proxies: { dc2: [p] }', ['3:12 proxies.dc2 unknownName → dc1']],
    ['clocks: { d: { offset: 5s } }', ['3:11 clocks.d unknownName']],
    ['clocks: { a: { offset: 11y } }', ['3:24 clocks.a.offset range']],
    ['clocks: { a: { drift: 100 } }', ['3:23 clocks.a.drift unit → 100ppm']],
    ['clocks: { a: { drift: -1000000ppm } }', ['3:23 clocks.a.drift range']],
    ['clocks: { constructor: {} }', ['3:11 clocks.constructor type']],
    ['network: { latency: { wirte: 1ms } }', ['3:23 network.latency.wirte unknownKey → write']],
    ['network: { latency: { near: { exponential: 1ms, plus: 2h } } }', ['3:55 network.latency.near.plus range']],
    ['network: { latency: { near: { plus: 1ms } } }', ['3:29 network.latency.near.constant missingKey']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });

  it('a name that is a key is what was found, not what stands below it', () => {
    const parsed = parseScenario('hintlab: 1\nduration: 10m\nclocks: { d: { offset: 5s } }', { file: 'bad.yaml' });
    expect(parsed).toMatchObject({ problems: [{ expected: 'a node: a, b, c', found: 'd' }] });
  });

  it('more replicas than votes', () => {
    const racks = (name: string): string =>
      Array.from({ length: 11 }, (_, index) => `r${index}: [${name}${index}]`).join(', ');
    const text = `datacentres: { dc1: { ${racks('a')} }, dc2: { ${racks('b')} }, dc3: { ${racks('c')} } }`;
    expect(below(text)).toEqual(['3:14 datacentres limit']);
  });
});

describe('clients', () => {
  it.each([
    ['workload: { gap: 20ms, rate: 5/s }', ['3:30 workload.rate conflict']],
    ['workload: { gap: 0s }', ['3:18 workload.gap range']],
    [
      'workload: { clients: 5, rate: 5/s, arrivals: steady, gap: 1s }',
      ['3:31 workload.rate conflict', '3:46 workload.arrivals conflict', '3:59 workload.gap conflict'],
    ],
    ['workload: { think: 5s }', ['3:20 workload.think conflict']],
    ['workload: { clients: 0 }', ['3:22 workload.clients range']],
    ['network: { latency: { local: 0 } }\nworkload: { clients: 5, think: 0s }', ['4:32 workload.think conflict']],
    ['workload: { reads: 50%, deletes: 60% }', ['3:34 workload.deletes range']],
    ['workload: { deletes: 60%, increments: 60% }', ['3:39 workload.increments range']],
    ['workload: { backoff: 1s }', ['3:22 workload.backoff conflict']],
    ['workload: { retries: 17 }', ['3:22 workload.retries range']],
    ['workload: { reads: 100%, probes: [1ms] }', ['3:34 workload.probes conflict']],
    ['workload: { probes: [-1ms] }', ['3:22 workload.probes.0 range']],
    ['workload: { level: LOCAL_QURUM }', ['3:20 workload.level unknownName → LOCAL_QUORUM']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });
});

describe('requests', () => {
  it.each([
    ['requests: [{ set: k }]', ['3:12 requests.0.at missingKey']],
    ['requests: [{ at: 1s }]', ['3:12 requests.0.set missingKey']],
    ['requests: [{ at: 1s, get: k, size: 5B }]', ['3:30 requests.0.size conflict']],
    ['requests: [{ at: 1s, set: k, get: k }]', ['3:30 requests.0.get conflict']],
    ['requests: [{ at: 1s, set: k, on: d }]', ['3:34 requests.0.on unknownName']],
    ['requests: [{ at: 1s, set: k, size: 2GiB }]', ['3:36 requests.0.size range']],
    ['requests: [{ at: 1s, set: k, level: ON }]', ['3:37 requests.0.level unknownName → ONE']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });
});

describe('faults', () => {
  it.each([
    ['faults: [{ stop: d, at: 1m }]', ['3:18 faults.0.stop unknownName']],
    ['faults: [{ stop: a, at: 1m, power: true }]', ['3:29 faults.0.power conflict']],
    ['faults: [{ slow: a, at: 1m }]', ['3:10 faults.0.factor missingKey']],
    ['faults: [{ slow: a, at: 1m, factor: 0 }]', ['3:37 faults.0.factor range']],
    ['faults: [{ partition: [[a]], at: 1m }]', ['3:23 faults.0.partition type']],
    ['faults: [{ partition: [[a], []], at: 1m }]', ['3:29 faults.0.partition.1 range']],
    ['faults: [{ partition: [[a], [b, a]], at: 1m }]', ['3:33 faults.0.partition.1.1 conflict']],
    [
      'faults: [{ partition: [[a, a], [z]], at: 1m }]',
      ['3:28 faults.0.partition.0.1 duplicateName', '3:33 faults.0.partition.1.0 unknownName'],
    ],
    ['faults: [{ loss: 101%, at: 1m }]', ['3:18 faults.0.loss range']],
    ['faults: [{ loss: 1%, at: 1m, from: [] }]', ['3:36 faults.0.from range']],
    ['faults: [{ clock: a, at: 1m }]', ['3:10 faults.0.step missingKey']],
    ['faults: [{ clock: a, at: 1m, step: 20y }]', ['3:36 faults.0.step range']],
    ['faults: [{ reindex: a, at: 1m, order: [a, b] }]', ['3:39 faults.0.order conflict']],
    ['faults: [{ reindex: a, at: 1m, order: [a, b, b] }]', ['3:46 faults.0.order.2 duplicateName']],
    ['faults: [{ reindex: a, at: 1m, order: [a, b, c], for: 1m }]', ['3:50 faults.0.for conflict']],
    ['faults: [{ replace: a, at: 1m }]', ['3:10 faults.0 missingKey']],
    ['faults: [{ stall: a, at: 1m, every: 1m }]', ['3:37 faults.0.every conflict']],
    ['faults: [{ flap: a, up: 1s, down: 0s }]', ['3:35 faults.0.down range']],
    ['faults: [{ flap: a, down: 1s }]', ['3:10 faults.0.up missingKey']],
    ['faults: [{ flap: a, up: 1s, down: 1s, what: stop }]', ['3:45 faults.0.what unknownName']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });

  it.each([
    ['{ crash: a, at: 1m, for: 2m }', '{ stop: a, at: 2m, for: 5m }'],
    ['{ stop: a, at: 1m, for: 1m }', '{ crash: a, at: 2m, for: 5m }'],
    ['{ replace: a, at: 1m, for: 1m }', '{ replace: a, at: 90s, for: 1m }'],
    ['{ crash: a, at: 1m }', '{ replace: a, at: 9m, for: 1m }'],
    ['{ flap: a, up: 1s, down: 1s }', '{ restart: a, at: 2m }'],
    ['{ flap: a, what: stall, up: 1s, down: 1s }', '{ stall: a, at: 2m }'],
    ['{ slow: a, factor: 2, at: 1m, for: 2m }', '{ slow: a, factor: 3, at: 2m }'],
    ['{ loss: 5%, at: 1m }', '{ loss: 6%, from: [b], at: 2m }'],
    ['{ partition: [[a], [b]], at: 1m }', '{ partition: [[b], [a]], oneWay: true, at: 2m }'],
    ['{ partition: [[a], [b, c]], oneWay: true, at: 1m }', '{ partition: [[a], [c]], oneWay: true, at: 2m }'],
  ])('that exclude each other: %s and %s', (first, second) => {
    const at = second.includes('at: ') ? second.indexOf('at: ') + 4 : 0;
    expect(below(`faults:\n  - ${first}\n  - ${second}`)).toEqual([`5:${at + 5} faults.1.at conflict`]);
  });

  it('of links, more at a time than anyone needs', () => {
    const names = Array.from({ length: 13 }, (_, index) => `n${index}`);
    const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => `{ partition: [[${a}], [${b}]], at: 1m }`));
    const problems = below(`nodes: [${names.join(', ')}]\nfaults: [${pairs.join(', ')}]`);
    // 13 · 12 / 2 pairs, of which 64 may be cut at once.
    expect(problems).toHaveLength(78 - 64);
    expect(problems.every((problem) => problem.endsWith('limit'))).toBe(true);
  });
});

describe('a misspelt key of a fault', () => {
  it('is held against the keys of that fault alone', () => {
    const parsed = parseScenario('hintlab: 1\nduration: 10m\nfaults: [{ crash: b, at: 1s, fro: 2s }]', {
      file: 'bad.yaml',
    });
    const expected = 'one of the keys crash, at, for, until, every, times, cause, power, torn';
    expect(parsed).toMatchObject({ problems: [{ path: 'faults.0.fro', code: 'unknownKey', expected }] });
    expect(below('faults: [{ loss: 10%, at: 1s, fron: [a] }]')).toEqual(['3:31 faults.0.fron unknownKey → from']);
    expect(below('faults: [{ crash: b, at: 1s, factor: 2 }]')).toEqual(['3:30 faults.0.factor conflict']);
  });
});

describe('an entry that does not say what it is', () => {
  it('may be any of its kind', () => {
    const parsed = parseScenario('hintlab: 1\nduration: 10m\nrequests: [{ at: 1s }]', { file: 'bad.yaml' });
    const expected = 'one of the keys set, delete, increment, get';
    expect(parsed).toMatchObject({ problems: [{ code: 'missingKey', expected, found: 'nothing' }] });
  });
});

describe('notes', () => {
  const notesOf = (text: string): readonly string[] => {
    const parsed = parseScenario(`hintlab: 1\nduration: 10m\n${text}`, { file: 'odd.yaml' });
    return parsed.kind === 'invalid'
      ? ['invalid']
      : parsed.notes.map(({ line, column, text: note }) => `${line}:${column} ${note}`);
  };

  it('say the same of one place once, however often a fault repeats', () => {
    expect(notesOf('faults: [{ crash: b, at: 1m, for: 2m, every: 1m }]')).toEqual([
      '3:10 this outage overlaps another one of its node, from 1m: merged with it',
    ]);
  });

  it('tell of levels that no request can reach', () => {
    const fails = 'so every request of this level fails';
    expect(notesOf('consistency: 5')).toEqual([`3:14 5 votes are more than the 3 replicas of a key, ${fails}`]);
    expect(notesOf('nodes: 2\nconsistency: { read: THREE, write: TWO }')).toEqual([
      `4:22 3 votes are more than the 2 replicas of a key, ${fails}`,
    ]);
    expect(notesOf('nodes: 1\nworkload: { level: TWO }\nrequests: [{ at: 1s, set: k, level: 3 }]')).toEqual([
      `4:20 2 votes are more than the 1 replica of a key, ${fails}`,
      `5:37 3 votes are more than the 1 replica of a key, ${fails}`,
    ]);
    expect(notesOf('consistency: ALL\nworkload: [{ level: THREE }, { level: { write: 3 } }]')).toEqual([]);
  });

  it('tell of a peer table that moves under hints which are for nodes', () => {
    const fault = 'faults: [{ reindex: a, order: [a, c, b], at: 1m }]';
    expect(notesOf(fault)).toEqual([]);
    const note = 'reindex has no effect on hints that are for a node, wherever it stands';
    expect(notesOf(`system: cassandra\n${fault}`)).toEqual([`4:10 ${note}`]);
    expect(notesOf(`system: cassandra\nhints: { addressedBy: position }\n${fault}`)).toEqual([]);
  });
});
