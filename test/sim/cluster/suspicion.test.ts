/**
 * The mathematics of suspicion: phi, histories of heartbeats, and the judges of real systems, against theory.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../core/index.ts';
import { HeartbeatHistory } from '../../../sim/cluster/heartbeat-history.ts';
import { NormalJudge, PhiJudge } from '../../../sim/cluster/judges.ts';
import type { Judge } from '../../../sim/cluster/judges.ts';
import { akkaPhi, patienceOf, phiOf } from '../../../sim/cluster/suspicion.ts';
import { Distribution, RandomStreams } from '../../../sim/engine/index.ts';
import { Reach } from '../../support/reach.ts';

describe('phi of normal intervals', () => {
  it('tells long silences apart, far beyond what a chance near 1 leaves of a double', () => {
    // Ten deviations: y (1.5976 + 0.070566 y²) = 86.542, and 86.542 / ln 10 = 37.58471. Twenty: 596.48 / ln 10 = 259.0480.
    expect(akkaPhi(1_000, 100, 2_000)).toBeCloseTo(37.58471, 4);
    expect(akkaPhi(1_000, 100, 3_000)).toBeCloseTo(259.048, 3);
  });
});

describe('phi of exponential intervals', () => {
  it('is the silence over the mean and ln 10 (validation A1)', () => {
    const silences = [500, 1_000, 5_000, 10_000, 18_000, 30_000];
    const expected = [0.217147, 0.434294, 2.171472, 4.342945, 7.817301, 13.028834];
    silences.forEach((silence, index) => expect(phiOf(silence, 1_000)).toBeCloseTo(expected[index] ?? NaN, 6));
  });

  it('reaches a threshold when patience ends (validation A2)', () => {
    const thresholds = [1, 2, 3, 5, 8, 10, 12];
    const expected = [2_302.585, 4_605.17, 6_907.755, 11_512.925, 18_420.681, 23_025.851, 27_631.021];
    thresholds.forEach((threshold, index) => {
      expect(patienceOf(threshold, 1_000)).toBeCloseTo(expected[index] ?? NaN, 3);
      expect(phiOf(patienceOf(threshold, 1_000), 1_000)).toBeCloseTo(threshold, 12);
    });
  });

  it('convicts the living as often as theory says, with a mean over ten intervals (validation A10)', () => {
    const streams = new RandomStreams(20_261_122);
    const stream = streams.open('test', 'gaps');
    const gap = Distribution.exponential(1_000);
    const trials = 40_000;
    const history = new HeartbeatHistory(1, 10);
    let [above1, above2] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      // Ten gaps of its own for each trial: the trials are independent.
      for (let count = 0; count < 10; count++) history.add(0, gap.sample(streams, stream));
      const phi = phiOf(gap.sample(streams, stream), history.mean(0));
      if (phi > 1) above1++;
      if (phi > 2) above2++;
    }
    for (const [count, p] of [
      [above1, 0.125903],
      [above2, 0.022643],
    ] as const) {
      expect(Math.abs(count / trials - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / trials));
    }
  });
});

describe('phi of normal intervals', () => {
  it('is that of Akka (validation A5: mean 1000, deviation 100)', () => {
    const silences = [0, 500, 1_000, 1_200, 1_400, 1_600, 1_700];
    const expected = [0, 0.1, 0.3, 1.6, 4.7, 10.8, 15.3];
    silences.forEach((silence, index) => {
      expect(Math.abs(akkaPhi(1_000, 100, silence) - (expected[index] ?? NaN))).toBeLessThanOrEqual(0.1);
    });
  });

  it('never falls as the silence grows, and ends at Infinity', () => {
    let last = 0;
    for (let silence = 0; silence <= 10_000; silence += 10) {
      const phi = akkaPhi(1_000, 100, silence);
      expect(phi).toBeGreaterThanOrEqual(last);
      last = phi;
    }
    expect(last).toBe(Infinity);
  });
});

describe('a history of heartbeats', () => {
  it('has the mean and the population variance of Akka’s (validation A9)', () => {
    const history = new HeartbeatHistory(2, 10);
    for (const interval of [100, 200, 125, 340, 130]) history.add(1, interval);
    expect([history.count(1), history.mean(1), history.variance(1)]).toEqual([5, 179, 7_584]);
    expect(history.count(0)).toBe(0);
  });

  it('keeps the last intervals alone, and nothing of a long silence that has left', () => {
    const history = new HeartbeatHistory(1, 4);
    for (const interval of [86_400_000_000_000, 3, 1, 3, 1, 3, 1, 3]) history.add(0, interval);
    expect([history.count(0), history.mean(0), history.variance(0)]).toEqual([4, 2, 1]);
    history.forget(0, 1);
    history.add(0, 7);
    expect([history.count(0), history.mean(0), history.variance(0)]).toEqual([1, 7, 0]);
  });

  it('is the plain mean and variance of the last intervals, for any intervals', () => {
    const reach = new Reach<'wrapped' | 'partial'>();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 20 }),
        (intervals, size) => {
          const history = new HeartbeatHistory(1, size);
          for (const interval of intervals) history.add(0, interval);
          const last = intervals.slice(-size);
          const mean = last.reduce((sum, interval) => sum + interval, 0) / last.length;
          const variance = last.reduce((sum, interval) => sum + (interval - mean) * (interval - mean), 0) / last.length;
          expect(history.mean(0)).toBeCloseTo(mean, 6);
          expect(Math.abs(history.variance(0) - variance)).toBeLessThanOrEqual(1e-9 * (variance + mean * mean) + 1e-6);
          reach.note('wrapped', intervals.length > size);
          reach.note('partial', intervals.length < size);
        },
      ),
      { seed: 20_260_723, numRuns: 300 },
    );
    expect(reach.rarerThan(20, ['wrapped', 'partial'])).toEqual([]);
  });
});

const PHI = {
  kind: 'phi',
  gossip: seconds(1),
  gossipTo: 'all',
  threshold: 8,
  window: 1_000,
  backlog: true,
  goodbye: 'forgotten',
} as const;
const SECOND = 1_000_000;

/** The silence, in microseconds, after which a judge suspects pair 0; to the microsecond, by bisection. */
function patience(judge: Judge): number {
  let [low, high] = [0, 1_000 * SECOND];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (judge.suspects(0, middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

describe('Cassandra’s judge', () => {
  const after = (window: number, gaps: number, gap = SECOND): number => {
    const policy = { ...PHI, window, meanFloor: seconds(0), firstInterval: seconds(2), ignoreAbove: seconds(2) };
    const judge = new PhiJudge(new HeartbeatHistory(1, window), policy);
    judge.begin(0);
    for (let count = 0; count < gaps; count++) judge.hear(0, gap);
    return patience(judge) / 1_000;
  };

  it('starts its window with 2 s (validation A4)', () => {
    expect(after(1_000, 1)).toBeCloseTo(27_631.021, 2);
    expect(after(1_000, 9)).toBeCloseTo(20_262.749, 2);
    expect(after(10, 10)).toBeCloseTo(18_420.681, 2);
  });

  it('leaves out intervals of more than 2 s', () => {
    expect(after(1_000, 5, 2 * SECOND + 1)).toBe(after(1_000, 0));
    expect(after(1_000, 5, 2 * SECOND)).toBeCloseTo(2 * 18_420.681, 2);
  });
});

describe('the judge of dynomite-rs', () => {
  it('never takes the mean below its floor, and remembers an outage: 128.8 s after one of 600 s (H17)', () => {
    const policy = { ...PHI, window: 100, meanFloor: seconds(1), firstInterval: seconds(0), ignoreAbove: seconds(0) };
    const judge = new PhiJudge(new HeartbeatHistory(1, 100), policy);
    judge.begin(0);
    expect(judge.suspects(0, 1e15)).toBe(false);
    judge.hear(0, SECOND / 2);
    expect(patience(judge) / SECOND).toBeCloseTo(18.420681, 5);
    for (let count = 0; count < 99; count++) judge.hear(0, SECOND);
    judge.hear(0, 600 * SECOND);
    // 8 · ln 10 · (99 · 1 + 600) / 100 s; 128.76, as 6.99 s is printed with two digits.
    expect(patience(judge) / SECOND).toBeCloseTo(8 * 2.302585093 * 6.99, 4);
  });
});

describe('Akka’s judge', () => {
  it('starts with two intervals around its estimate, forgives a pause, and leaves out what ended a suspicion', () => {
    const policy = {
      ...PHI,
      kind: 'normal',
      minDeviation: seconds(0.1),
      pause: seconds(3),
      firstInterval: seconds(1),
    } as const;
    const history = new HeartbeatHistory(1, 1_000);
    const judge = new NormalJudge(history, policy);
    judge.begin(0);
    expect([history.mean(0), history.variance(0)]).toEqual([SECOND, 250_000 ** 2]);
    const before = patience(judge);
    expect(akkaPhi(4 * SECOND, 250_000, before)).toBeGreaterThanOrEqual(8);
    expect(akkaPhi(4 * SECOND, 250_000, before - 1)).toBeLessThan(8);
    judge.hear(0, before);
    expect(history.count(0)).toBe(2);
    judge.hear(0, before - 1);
    expect(history.count(0)).toBe(3);
  });
});
