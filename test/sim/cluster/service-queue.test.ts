/**
 * The service queue against queueing theory (validation §2). Service takes a second on average, so times are in
 * seconds; σ is that page's for a million customers, scaled to as many as are measured here. Four σ are allowed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../core/index.ts';
import { Distribution } from '../../../sim/engine/index.ts';
import type { DistributionSpec } from '../../../sim/scenario/model/distribution.ts';
import { MILLISECOND } from '../../support/handoff-rig.ts';
import type { HandoffRig } from '../../support/handoff-rig.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';
import { sessionRig, totals } from '../../support/session-rig.ts';
import { visit } from '../../support/station.ts';
import type { Station } from '../../support/station.ts';

const SECOND = 1_000_000;
const CUSTOMERS = 250_000;
const DISCARD = 20_000;
/** How much wider the spread of a mean is than over a million customers. */
const WIDER = Math.sqrt(1_000_000 / (CUSTOMERS - DISCARD));
const EXPONENTIAL: DistributionSpec = { kind: 'exponential', mean: SECOND };

function poisson(rate: number): Distribution {
  return Distribution.exponential(SECOND / rate);
}

function measured(gap: Distribution, service: Station['service'], more: Partial<Station> = {}) {
  const { reports, responses } = visit({ gap, service, customers: CUSTOMERS, discard: DISCARD, seed: 3, ...more });
  const [report] = reports;
  if (report === undefined) throw new Error('a station has a node');
  const served = report.arrived - report.refused;
  return {
    ...report,
    meanWait: report.wait.mean / SECOND,
    meanSojourn: report.sojourn.mean / SECOND,
    meanResponse: responses.sum / responses.count / SECOND,
    shareWaited: report.waited / served,
    loss: report.refused / report.arrived,
    inSystem: report.inSystemMicros / report.observed,
  };
}

function expectNear(found: number, exact: number, sigmaOfMillion: number): void {
  expect(Math.abs(found - exact)).toBeLessThan(4 * sigmaOfMillion * WIDER);
}

describe('a backend without a place to wait', () => {
  it('counts what it refuses, be it sent over a link or asked by its own coordinator', () => {
    // Service takes a second. Of two writes within it each backend serves the first and refuses the second.
    const { statistics } = traceOf(
      scenarioOf(`
hintlab: 1
duration: 60s
nodes: [a, b]
detector: { fixed: { down: 1h, up: 1h, start: up } }
network: { latency: { local: 0.1ms, near: 1ms } }
service: { time: 1s, queue: 0 }
requests: [{ at: 10s, set: k, on: a }, { at: 10.5s, set: k, on: a }]
`),
    );
    const counts = statistics.services.map(({ node, arrived, refused }) => [node, arrived, refused]);
    expect(counts).toEqual([
      ['a', 2, 1],
      ['b', 2, 1],
    ]);
  });
});

describe('a backend is the queue of theory', () => {
  it('Q1: M/M/1 at half load waits as long as it serves, and every other customer waits', () => {
    const queue = measured(poisson(0.5), { time: EXPONENTIAL });
    expectNear(queue.meanWait, 1, 5.2e-3);
    expectNear(queue.shareWaited, 0.5, 9e-4);
  });

  it('Q2: M/M/1 at 80 % waits four times its service; sojourns are exponential with mean 5', () => {
    const queue = measured(poisson(0.8), { time: EXPONENTIAL });
    expectNear(queue.meanWait, 4, 4.6e-2);
    // A lucky run shrinks all sojourns alike, so the quantile −5·ln(1 − p) spreads as the mean does, in proportion.
    expectNear(queue.sojourn.p50 / SECOND, 3.465736, 4.6e-2);
    expectNear(queue.sojourn.p99 / SECOND, 23.025851, 4.6e-2 * 4.6);
  });

  it('Q4: M/D/1 at 80 % waits half as long', () => {
    const queue = measured(poisson(0.8), { time: { kind: 'constant', value: SECOND } });
    expectNear(queue.meanWait, 2, 1.4e-2);
    // L = λ(Wq + 1), so it spreads as Wq does; σ(λ)/λ = 1e-3 on top.
    expectNear(queue.inSystem, 2.4, 1.4e-2);
  });

  it('Q6: of three servers at load 2 all are busy for 4 of 9 customers', () => {
    const queue = measured(poisson(2), { time: EXPONENTIAL, workers: 3 });
    expectNear(queue.shareWaited, 0.444444, 4.5e-3);
    expectNear(queue.meanWait, 0.444444, 4.5e-3);
  });

  it('Q9: M/G/1 with uniform service', () => {
    const queue = measured(poisson(0.7), { time: { kind: 'uniform', low: 0, high: 2 * SECOND } });
    expectNear(queue.meanWait, 1.555556, 9.2e-3);
  });

  it('Q10: M/G/1 with lognormal service of cv² = 4', () => {
    const queue = measured(poisson(0.5), { time: { kind: 'lognormal', mean: SECOND, cv: 2 } });
    expectNear(queue.meanWait, 2.5, 5.6e-2);
  });

  it('Q14: M/M/1/5 loses who finds five inside: one is served, four wait', () => {
    const queue = measured(poisson(0.8), { time: EXPONENTIAL, queue: 4 });
    expectNear(queue.loss, 0.0888195, 4.9e-4);
    expectNear(queue.meanSojourn, 2.563065, 5.3e-3);
    expectNear(queue.inSystem, 1.868332, 5.3e-3);
  });

  it('Q17: D/M/1', () => {
    const queue = measured(Distribution.constant(SECOND / 0.8), { time: EXPONENTIAL });
    expectNear(queue.meanWait, 1.692731, 1.3e-2);
    // P(wait) = Wq / (1 + Wq), so it spreads by σ/(1 + Wq)².
    expectNear(queue.shareWaited, 0.62863, 1.3e-2 / 7.25);
  });

  it('Q18: M/D/10/10 has no place to wait: it serves at once or refuses', () => {
    const queue = measured(poisson(8), { time: { kind: 'constant', value: SECOND }, workers: 10, queue: 0 });
    expectNear(queue.loss, 0.121661, 4e-4);
    expect(queue.waited).toBe(0);
  });

  it('Q19: fork-join, a write to two backends is done when the slower one is', () => {
    const queue = measured(poisson(0.5), { time: EXPONENTIAL }, { nodes: 2 });
    expectNear(queue.meanResponse, 2.875, 6.9e-3);
  });

  it('Q21: a backend that stalls and thaws by lot keeps its queue, and goes on where it was', () => {
    const breakdowns = { up: poisson(0.1), down: poisson(0.9) };
    const queue = measured(poisson(0.5), { time: EXPONENTIAL }, { breakdowns });
    expectNear(queue.inSystem, 1.375, 5.7e-3);
  });

  it('Q23: Little, a run that ends empty has as many customer-seconds inside as sojourns add up to', () => {
    let waited = 0;
    let refused = 0;
    let broken = 0;
    const station = fc.record({
      rate: fc.constantFrom(0.3, 0.9, 2, 5),
      workers: fc.integer({ min: 1, max: 4 }),
      queue: fc.constantFrom(0, 1, 7, Number.MAX_SAFE_INTEGER),
      isBroken: fc.boolean(),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(station, ({ rate, workers, queue, isBroken, seed }) => {
        const { reports, responses } = visit({
          gap: poisson(rate),
          service: { time: EXPONENTIAL, workers, queue },
          customers: 300,
          seed,
          ...(isBroken ? { breakdowns: { up: poisson(0.1), down: poisson(0.5) } } : {}),
        });
        const [report] = reports;
        expect(report?.inSystemMicros).toBe(responses.sum);
        expect((report?.refused ?? 0) + responses.count).toBe(300);
        expect(report?.wait.count).toBe(responses.count);
        waited += report?.waited ?? 0;
        refused += report?.refused ?? 0;
        broken += isBroken ? 1 : 0;
      }),
      { seed: 11, numRuns: 60 },
    );
    expect(waited).toBeGreaterThan(1_000);
    expect(refused).toBeGreaterThan(1_000);
    expect(broken).toBeGreaterThan(10);
  });
});

describe('a backend beside another one', () => {
  const [A, B, C] = [0, 1, 2];

  it.each<[string, (rig: HandoffRig) => void]>([
    ['dies', (rig) => rig.crash(B)],
    ['freezes', (rig) => rig.backends.setStalled(B, true)],
    [
      'freezes and thaws',
      (rig) => {
        rig.backends.setStalled(B, true);
        rig.backends.setStalled(B, false);
      },
    ],
  ])('goes on with what it serves when that one %s', (_, happens) => {
    // At c from 10.001 s on, for a second.
    const rig = sessionRig({ timeout: seconds(5) }, { service: { time: { kind: 'constant', value: SECOND } } });
    rig.keep(A, C);
    rig.runTo(10_500 * MILLISECOND);
    happens(rig);
    rig.runTo(11_001 * MILLISECOND - 1);
    expect(rig.fates()).toEqual(['pending']);
    rig.runTo(11_001 * MILLISECOND);
    expect(rig.fates()).toEqual(['delivered']);
    rig.runTo(40 * SECOND);
    expect(totals(rig)).toMatchObject({ delivered: 1, redelivered: 0 });
  });
});
