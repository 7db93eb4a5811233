/**
 * Handoff against closed forms: λ hints per second, an outage D as the coordinator sees it, s bytes per hint, cap B,
 * TTL T, drain tick Δ. Every expected value follows from these by hand; nothing was read off a run.
 */
import { describe, expect, it } from 'vitest';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

/** Node a coordinates alone; b is away in [0, D) and everybody knows at once. Its link has room for any drain. */
function outage(options: {
  readonly rate: string;
  readonly seconds: number;
  readonly payload: string;
  readonly cap?: string;
  readonly ttl?: string;
  readonly arrivals?: 'steady' | 'poisson';
  readonly seed?: number;
}): string {
  return `
hintlab: 1
record: hints
duration: ${options.seconds + 60}s
seed: ${options.seed ?? 1}
nodes: [a, b, c]
hints: { ttl: ${options.ttl ?? '24h'}, cap: ${options.cap ?? 'none'} }
drain: { interval: 30s }
channel: { slots: 1000000, reconnect: 0s }
detector: { fixed: { down: 0s, up: 0s } }
workload:
  rate: ${options.rate}
  arrivals: ${options.arrivals ?? 'steady'}
  payload: ${options.payload}
  coordinators: [a]
  until: ${options.seconds}s
faults:
  - { crash: b, at: 0s, for: ${options.seconds}s }
`;
}

describe('an outage of D seconds at λ writes per second', { timeout: 60_000 }, () => {
  it('leaves λ·D hints and λ·D·s bytes (λ = 50, D = 600, s = 200)', () => {
    const { totals } = traceOf(scenarioOf(outage({ rate: '50/s', seconds: 600, payload: '200B' })));
    expect(totals.hints.stored).toBe(30_000);
    expect(totals.hintBytes.stored).toBe(6_000_000);
    expect(totals.hints.rejectedOverCapacity).toBe(0);
    expect(totals.hints.delivered).toBe(30_000);
  });

  it('refuses its first hint at (m + 1)/λ under a cap of m hints (λ = 10, D = 300, s = 1000, B = 1 MiB)', () => {
    const { totals, refusals } = traceOf(
      scenarioOf(outage({ rate: '10/s', seconds: 300, payload: '1000B', cap: '1MiB' })),
    );
    expect(refusals.at[0]).toBe(104_900_000);
    expect(totals.hints.stored).toBe(1_048);
    expect(totals.hints.rejectedOverCapacity).toBe(1_952);
    expect(totals.hintBytes.stored).toBe(1_048_000);
  });

  it('keeps λ·(T + Δ) hints at the peak when expiry waits for the sweep (λ = 20, D = 3600, T = 600, Δ = 30)', () => {
    const { totals, hints } = traceOf(
      scenarioOf(outage({ rate: '20/s', seconds: 3_600, payload: '100B', ttl: '600s' })),
    );
    expect(totals.hints).toMatchObject({ stored: 72_000, expired: 60_000, delivered: 12_000, pending: 0 });
    expect(peak(hints.storedAt, hints.leftAt)).toBe(12_600);
  });

  it('refuses for room that expired hints still hold (λ = 10, D = 600, T = 60, 500 hints, Δ = 30)', () => {
    const { totals } = traceOf(
      scenarioOf(outage({ rate: '10/s', seconds: 600, payload: '100B', ttl: '60s', cap: '50000B' })),
    );
    expect(totals.hints).toMatchObject({ rejectedOverCapacity: 2_500, expired: 3_000, delivered: 500, stored: 3_500 });
  });

  it('has a Poisson count of mean and variance λ·D under Poisson arrivals (λ = 50, D = 600, 10 seeds)', () => {
    const seeds = 10;
    let sum = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const text = outage({ rate: '50/s', seconds: 600, payload: '100B', arrivals: 'poisson', seed });
      sum += traceOf(scenarioOf(text, ['record=counters'])).totals.hints.stored;
    }
    const sigmaOfMean = Math.sqrt(30_000 / seeds);
    expect(Math.abs(sum / seeds - 30_000)).toBeLessThan(4 * sigmaOfMean);
  });

  it('makes exactly one hint per write with three replicas and one of them down', () => {
    const { totals } = traceOf(scenarioOf(outage({ rate: '25/s', seconds: 100, payload: '64B' })));
    expect(totals.writes.issued).toBe(2_500);
    expect(totals.hints.stored).toBe(2_500);
  });
});

describe('the drain', () => {
  it('takes (⌈H/b⌉ − 1)·Δ when a tick ships b hints (H = 30 000, b = 1000, Δ = 30: 870 s)', () => {
    const text = outage({ rate: '50/s', seconds: 600, payload: '200B' })
      .replace('slots: 1000000', 'slots: 1000')
      .replace('duration: 660s', 'duration: 1600s');
    const { hints, totals } = traceOf(scenarioOf(text));
    expect(totals.hints).toMatchObject({ stored: 30_000, delivered: 30_000 });
    const shipped = [...new Set(hints.leftAt)].toSorted((one, other) => one - other);
    expect(shipped[0]).toBe(600_000_000);
    expect((shipped.at(-1) ?? 0) - 600_000_000).toBe(870_000_000);
  });
});

/** The most rows alive at once, a row being alive from its start until before its end. */
function peak(starts: Float64Array, ends: Float64Array): number {
  const sortedStarts = starts.toSorted();
  const sortedEnds = ends.toSorted();
  let ended = 0;
  let most = 0;
  sortedStarts.forEach((start, index) => {
    while ((sortedEnds[ended] ?? Infinity) < start) ended++;
    most = Math.max(most, index + 1 - ended);
  });
  return most;
}
