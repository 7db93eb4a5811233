/**
 * Limits that only a run can meet end it there, with their name and number; none is an assertion or an endless wait.
 */
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { bytes, instant, peerIndex, seconds } from '../../../core/index.ts';
import { describeLimit, run } from '../../../sim/index.ts';
import { scenarioOf } from '../../support/scenarios.ts';

/** The limit that a scenario meets. */
function limitOf(text: string): string {
  const result = run(scenarioOf(`hintlab: 1\nrecord: counters\n${text}`));
  return result.kind === 'limit' ? describeLimit(result.limit, result.allowed) : 'none';
}

describe('a run', { timeout: 120_000 }, () => {
  it('ends at its own limit on events', () => {
    const text = 'duration: 10m\nworkload: { rate: 10/s }\nrecord: counters';
    const scenario = scenarioOf(`hintlab: 1\n${text}`);
    const result = run({ ...scenario, limits: { ...scenario.limits, events: 1_000 } });
    expect(result).toEqual({ kind: 'limit', limit: 'events', allowed: 1_000 });
  });

  it('does not take a bug of ours for a limit', () => {
    const scenario = scenarioOf(
      'hintlab: 1\nduration: 10s\nnodes: [a, b]\nworkload: { rate: 1/s, coordinators: [a] }\nfaults: [{ crash: b, at: 1s }]',
    );
    // A request without a byte, which no scenario that went through the door can hold, is hinted for b.
    const request = {
      at: instant(8_000_000),
      operation: 'set',
      key: 0,
      bytes: bytes(0),
      coordinator: peerIndex(0),
    } as const;
    const detector = { kind: 'fixed', downAfter: seconds(0), upAfter: seconds(0), start: 'up' } as const;
    const broken = {
      ...scenario,
      policy: { ...scenario.policy, detector },
      workloads: [],
      requests: [{ ...request, level: undefined }],
    };
    expect(() => run(broken)).toThrow(AssertionFailure);
  });

  it('ends when requeues outnumber the events that it was allowed', () => {
    // A thousand hints a second pile up; every millisecond the whole backlog finds the one slot of the channel taken.
    const scenario = scenarioOf(`
hintlab: 1
record: counters
duration: 20s
nodes: [a, b, c]
hints: { cap: none }
drain: { interval: 10ms }
channel: { slots: 1, rate: 1/s }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 1000/s, coordinators: [a] }
`);
    const result = run({ ...scenario, limits: { ...scenario.limits, events: 1_000_000 } });
    expect(result).toMatchObject({ kind: 'limit', limit: 'requeues' });
  });

  it('ends when more messages are under way than it can hold, whatever the estimate said of a heavy tail', () => {
    // 15 copies of each of 100 000 writes a second, hardly any of which ever arrives: 8 388 608 after 5.6 s.
    const text = `
duration: 20s
nodes: 16
detector: { fixed: { down: 1h, up: 0s } }
network: { latency: { near: { pareto: { scale: 1ms, shape: 0.01 } } }, timeout: 1s }
workload: { rate: 100000/s }
`;
    expect(limitOf(text)).toBe('8 388 608 messages under way at once');
  });
});

describe('a limit in words', () => {
  it('says what there was too much of', () => {
    const counts = ['events', 'requeues', 'messages', 'requests', 'hints'] as const;
    expect(counts.map((limit) => describeLimit(limit, 500))).toEqual([
      '500 events',
      '500 requeues, as many as events',
      '500 messages under way at once',
      '500 requests under way at once',
      '500 hints',
    ]);
    const sizes = ['traceBytes', 'hintBytes', 'memory'] as const;
    expect(sizes.map((limit) => describeLimit(limit, 64 * 1_024 * 1_024))).toEqual([
      '64.0 MiB of trace',
      '64.0 MiB of hints stored',
      '64.0 MiB of live state',
    ]);
  });
});
