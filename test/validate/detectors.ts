/**
 * Section 4, failure detectors: the formulas as the simulator computes them, and as beliefs of a cluster whose peer falls
 * silent.
 */
import { Distribution, RandomStreams } from '../../sim/engine/index.ts';
import { HeartbeatHistory } from '../../sim/cluster/heartbeat-history.ts';
import { PhiJudge } from '../../sim/cluster/judges.ts';
import { akkaPhi, patienceOf, phiOf } from '../../sim/cluster/suspicion.ts';
import { milliseconds, seconds } from '../../core/index.ts';
import type { PhiDetector } from '../../sim/scenario/index.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { RunScenario, Section, ValidationCase } from './case.ts';
import { exactly, replicated, share, within } from './findings.ts';
import { fileText, SECOND } from './scenario-file.ts';

/** The page prints six digits after the point of phi, and three of a millisecond; the clock has three. */
const PRINTED_PHI = 5e-7;
const PRINTED_MILLIS = 1.5e-3;

const MEAN_MILLIS = 1_000;
const MILLI = 1_000;

const A1: ValidationCase = {
  id: 'A1',
  title: 'phi of exponential intervals, mean 1000 ms',
  check: () =>
    (
      [
        [500, 0.217147],
        [1_000, 0.434294],
        [5_000, 2.171472],
        [10_000, 4.342945],
        [18_000, 7.817301],
        [30_000, 13.028834],
      ] as const
    ).map(([silence, phi]) => within(`phi(${silence} ms)`, phi, phiOf(silence, MEAN_MILLIS), PRINTED_PHI)),
};

/** A look at the heartbeats every so often: a conviction in a run comes that much late at most. */
const LOOK_MILLIS = 10;

const A2: ValidationCase = {
  id: 'A2',
  title: 'silence until conviction, mean 1000 ms: by formula, and in a run',
  check: (run) =>
    (
      [
        [1, 2_302.585],
        [2, 4_605.17],
        [3, 6_907.755],
        [5, 11_512.925],
        [8, 18_420.681],
        [10, 23_025.851],
        [12, 27_631.021],
      ] as const
    ).flatMap(([threshold, millis]) => [
      within(`Φ=${threshold}, ms`, millis, patienceOf(threshold, MEAN_MILLIS), PRINTED_MILLIS),
      within(`Φ=${threshold} in a run, ms`, millis, convictionIn(run, threshold), LOOK_MILLIS),
    ]),
};

const SILENT_FROM_SECONDS = 5;

/** Milliseconds from the last heartbeat of a crashed peer to the belief that it is down. */
function convictionIn(run: RunScenario, threshold: number): number {
  const gossip = `${LOOK_MILLIS}ms`;
  const { beliefs } = run(
    fileText({
      duration: '40s',
      record: 'counters',
      nodes: ['a', 'b'],
      detector: { phi: { gossip, to: 'all', threshold, window: 100, floor: '1s', first: '0s', ignoreAbove: '0s' } },
      network: { latency: { near: '0s' } },
      requests: [],
      faults: [{ crash: 'b', at: `${SILENT_FROM_SECONDS * SECOND + 1}us` }],
    }),
  );
  const row = beliefs.from.findIndex(
    (from, belief) => from > SILENT_FROM_SECONDS * SECOND && beliefs.observer[belief] === 0,
  );
  return ((beliefs.from[row] ?? NaN) - SILENT_FROM_SECONDS * SECOND) / MILLI;
}

/** Cassandra's detector: a first interval of 2 s, a window of 1000, Φ = 8. */
const CASSANDRA: PhiDetector = {
  kind: 'phi',
  gossip: seconds(1),
  gossipTo: 'all',
  threshold: 8,
  window: 1_000,
  backlog: false,
  goodbye: 'kept',
  meanFloor: milliseconds(1),
  firstInterval: seconds(2),
  ignoreAbove: seconds(2),
};

const A4: ValidationCase = {
  id: 'A4',
  title: 'Cassandra: silence until conviction after k samples, the first of which is 2 s',
  check: () =>
    (
      [
        ['k=2', 1, 27_631.021],
        ['k=10', 9, 20_262.749],
        ['the first evicted', 1_000, 18_420.681],
      ] as const
    ).map(([name, gaps, millis]) => within(`${name}, ms`, millis, patienceAfter(gaps), PRINTED_MILLIS)),
};

/** Milliseconds of silence that the judge forgives after so many gaps of 1 s: bisected to the microsecond. */
function patienceAfter(gaps: number): number {
  const judge = new PhiJudge(new HeartbeatHistory(1, CASSANDRA.window), CASSANDRA);
  judge.begin(0);
  for (let gap = 0; gap < gaps; gap++) judge.hear(0, SECOND);
  let [patient, convicted] = [0, 60 * SECOND];
  while (convicted - patient > 1) {
    const middle = Math.floor((patient + convicted) / 2);
    if (judge.suspects(0, middle)) convicted = middle;
    else patient = middle;
  }
  return patient / MILLI;
}

const A5: ValidationCase = {
  id: 'A5',
  title: 'Akka: phi with mean 1000 ms, sd 100 ms',
  check: () =>
    (
      [
        [0, 0],
        [500, 0.1],
        [1_000, 0.3],
        [1_200, 1.6],
        [1_400, 4.7],
        [1_600, 10.8],
        [1_700, 15.3],
      ] as const
    ).map(([silence, phi]) => within(`phi(${silence} ms)`, phi, akkaPhi(MEAN_MILLIS, 100, silence), 0.1)),
};

const A9: ValidationCase = {
  id: 'A9',
  title: 'Akka: the history 100, 200, 125, 340, 130',
  check: () => {
    const history = new HeartbeatHistory(1, 100);
    for (const interval of [100, 200, 125, 340, 130]) history.add(0, interval);
    return [exactly('mean', 179, history.mean(0)), exactly('variance', 7_584, history.variance(0))];
  },
};

const A10_TRIALS = 400_000;
const A10_WINDOW = 10;

const A10: ValidationCase = {
  id: 'A10',
  title: `false suspicion with exponential gaps after ${A10_WINDOW} of them, ${A10_TRIALS} trials`,
  check: () => [share('Φ=1', 0.125903, suspicions(1), A10_TRIALS), share('Φ=2', 0.022643, suspicions(2), A10_TRIALS)],
};

/** Trials in which the gap after a window of independent ones is suspected. */
function suspicions(threshold: number): number {
  const policy = { ...CASSANDRA, threshold, window: A10_WINDOW, firstInterval: seconds(0), ignoreAbove: seconds(0) };
  const history = new HeartbeatHistory(1, A10_WINDOW);
  const judge = new PhiJudge(history, policy);
  const streams = new RandomStreams(1);
  const stream = streams.open('heartbeats', 'gaps');
  const gap = Distribution.exponential(SECOND);
  let count = 0;
  for (let trial = 0; trial < A10_TRIALS; trial++) {
    history.forget(0, 1);
    judge.begin(0);
    for (let sample = 0; sample < A10_WINDOW; sample++) judge.hear(0, gap.sample(streams, stream));
    if (judge.suspects(0, gap.sample(streams, stream))) count++;
  }
  return count;
}

const A11_TRIALS = 3_000;
/** A node is up for a minute, and away until everyone takes it for down. Rounds are a second. */
const A11_UP_SECONDS = 60;
const A11_DOWN_SECONDS = 100;

const A11: ValidationCase = {
  id: 'A11',
  title: `push gossip to one peer by lot: rounds until all n know of a return, ${A11_TRIALS} returns`,
  check: (run) =>
    (
      [
        [3, 2.333333],
        [4, 3.190789],
        [5, 3.933116],
      ] as const
    ).map(([n, rounds]) => replicated(`n=${n}, rounds`, rounds, roundsOf(run(fileText(rumours(n)))))),
};

function rumours(nodes: number) {
  const gossip = { gossip: '1s', to: 'one', threshold: 8, window: 100, floor: '1s', first: '0s', ignoreAbove: '20s' };
  return {
    duration: `${A11_TRIALS * (A11_UP_SECONDS + A11_DOWN_SECONDS) + A11_UP_SECONDS / 2}s`,
    record: 'counters',
    nodes,
    drain: { enabled: false },
    channel: { slots: 1_000, reconnect: '0s' },
    detector: { phi: gossip },
    network: { latency: { near: '1ms' } },
    requests: [],
    faults: [{ flap: 'a', up: `${A11_UP_SECONDS}s`, down: `${A11_DOWN_SECONDS}s` }],
  };
}

/** Per return of the first node: rounds until the last of the others takes it for `Normal`. */
function roundsOf({ outages, beliefs }: Trace): readonly number[] {
  const last = new Map<number, number>();
  for (const back of outages.until) last.set(back, 0);
  const returns = [...last.keys()];
  beliefs.until.forEach((until, row) => {
    if (beliefs.peer[row] !== 0) return;
    const back = returns.findLast((at) => at <= until);
    if (back === undefined || (beliefs.from[row] ?? Infinity) >= back) return;
    last.set(back, Math.max(last.get(back) ?? 0, until - back));
  });
  return [...last.values()].map((wait) => Math.floor(wait / SECOND) + 1);
}

/** Every row of section 4. */
export const DETECTORS: Section = {
  title: '4. Failure detectors',
  cases: [A1, A2, A4, A5, A9, A10, A11],
  omissions: [],
};
