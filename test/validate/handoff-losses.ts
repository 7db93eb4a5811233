/**
 * Section 3, H11, H13, H15: hints in the memory of a coordinator that crashes at random. It is back after a microsecond,
 * so what it loses is hints and no requests. With an instant drain a hint is lost iff its holder crashed before its peer
 * was back, which a trace tells of every hint, whatever the drain interval is.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { HINT_FATES } from '../../sim/trace/index.ts';
import type { ValidationCase } from './case.ts';
import { replicated } from './findings.ts';
import { HANDOFF } from './handoff-file.ts';
import { outageAt, outagesOf } from './handoff-outages.ts';
import { replications } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

const RUNS = 16;
const LOST = HINT_FATES.indexOf('holderCrashed');
const MOMENT = '1us';
const DAYS = 90;

/** A process that crashes once an hour, and is back at once. */
function crashing(node: string): ScenarioFile {
  return { flap: node, up: { exponential: '1h' }, down: MOMENT };
}

/** Of each hint that was stored during an outage that is over: it was lost, and before its peer was back. */
interface Losses {
  readonly hints: number;
  readonly lost: number;
  readonly lostBefore: number;
}

function lossesOf(trace: Trace, peer: number): Losses {
  const { hints } = trace;
  const outages = outagesOf(trace, peer);
  const sum = { hints: 0, lost: 0, lostBefore: 0 };
  hints.storedAt.forEach((at, hint) => {
    const outage = outages[outageAt(outages, at)];
    if (hints.peer[hint] !== peer || outage === undefined || at > outage.until) return;
    sum.hints++;
    if (hints.fate[hint] !== LOST) return;
    sum.lost++;
    if ((hints.endedAt[hint] ?? Infinity) < outage.until) sum.lostBefore++;
  });
  return sum;
}

const PEER = 1;

const H11: ValidationCase = {
  id: 'H11',
  title: `θ=1/3600 s, D=600 s, ${RUNS} runs of ${DAYS} days`,
  check: (run) => {
    const flap = { flap: 'b', up: { uniform: ['60s', '120s'] }, down: '600s' };
    const workload = { rate: '1/m', coordinators: ['a'] };
    const file = { ...HANDOFF, duration: `${DAYS}d`, workload, faults: [flap, crashing('a')] };
    const losses = replications(RUNS, file).map((text) => lossesOf(run(text), PEER));
    return [
      replicated(
        'lost, Δ=0 (before return)',
        0.0788903,
        losses.map((one) => one.lostBefore / one.hints),
      ),
      replicated(
        'lost, Δ=30 s',
        0.0827177,
        losses.map((one) => one.lost / one.hints),
      ),
    ];
  },
};

const H13: ValidationCase = {
  id: 'H13',
  title: `D~Exp(1/300 s), θ=1/3600 s, ${RUNS} runs of ${DAYS} days`,
  check: (run) => {
    const flap = { flap: 'b', up: { exponential: '300s' }, down: { exponential: '300s' } };
    const workload = { rate: '2/m', arrivals: 'poisson', coordinators: ['a'] };
    const file = {
      ...HANDOFF,
      duration: `${DAYS}d`,
      drain: { interval: '1h' },
      workload,
      faults: [flap, crashing('a')],
    };
    const shares = replications(RUNS, file).map((text) => {
      const { hints, lostBefore } = lossesOf(run(text), PEER);
      return lostBefore / hints;
    });
    return [replicated('lost', 1 / 13, shares)];
  },
};

const REPLICAS = ['r1', 'r2', 'r3'];

/** Three replicas that are up nine tenths of the time, and a proxy that crashes. */
function sloppy(vote: 'full' | 'none', days: number): ScenarioFile {
  const flap = (node: string) => ({ flap: node, up: { exponential: '2700s' }, down: { exponential: '300s' } });
  return {
    ...HANDOFF,
    nodes: REPLICAS,
    proxies: ['p'],
    duration: `${days}d`,
    hints: { ttl: '3650d', cap: 'none', vote },
    drain: { interval: '1h' },
    consistency: { write: 2, unavailable: 'try' },
    workload: { gap: { exponential: '100s' }, coordinators: ['p'] },
    faults: [...REPLICAS.map(flap), crashing('p')],
  };
}

const STRICT_DAYS = 60;
const SLOPPY_DAYS = 240;
const H15: ValidationCase = {
  id: 'H15',
  title: `N=3, W=2, a=.9, θ=1/3600 s, ν=1/300 s, ${RUNS} runs of ${SLOPPY_DAYS} days`,
  check: (run) => {
    const strict = replications(RUNS, sloppy('none', STRICT_DAYS)).map((text) => {
      const { acked, issued } = run(text).totals.writes;
      return acked / issued;
    });
    const sums = replications(RUNS, sloppy('full', SLOPPY_DAYS)).map((text) => tallyOf(run(text)));
    const per = (count: (tally: Tally) => number) => sums.map((tally) => count(tally) / tally.writes);
    return [
      replicated('strict ack', 0.972, strict),
      replicated(
        'hints per write',
        0.3,
        per(({ hints }) => hints),
      ),
      replicated(
        'P(≥ 1 hint)',
        0.271,
        per(({ hinted }) => hinted),
      ),
      replicated(
        'P(zero copies)',
        0.001,
        per(({ allHinted }) => allHinted),
      ),
      replicated(
        'P(acked but lost)',
        2.7027e-5,
        per(({ allLost }) => allLost),
      ),
      replicated(
        'lost copies per write',
        0.0230769,
        per(({ lost }) => lost),
      ),
    ];
  },
};

/** Writes of a run, by what their hints came to. */
interface Tally {
  readonly writes: number;
  readonly hints: number;
  readonly lost: number;
  readonly hinted: number;
  readonly allHinted: number;
  readonly allLost: number;
}

function tallyOf(trace: Trace): Tally {
  const { hints, totals } = trace;
  const outages = [0, 1, 2].map((peer) => outagesOf(trace, peer));
  const stored = new Uint8Array(totals.writes.issued);
  const lost = new Uint8Array(totals.writes.issued);
  hints.storedAt.forEach((at, hint) => {
    const write = hints.write[hint] ?? 0;
    const ofPeer = outages[hints.peer[hint] ?? 0] ?? [];
    const until = ofPeer[outageAt(ofPeer, at)]?.until ?? 0;
    stored[write] = (stored[write] ?? 0) + 1;
    if (hints.fate[hint] === LOST && (hints.endedAt[hint] ?? 0) < until) lost[write] = (lost[write] ?? 0) + 1;
  });
  return {
    writes: totals.writes.acked,
    hints: totals.hints.stored,
    lost: lost.reduce((sum, count) => sum + count, 0),
    hinted: stored.filter((count) => count > 0).length,
    allHinted: stored.filter((count) => count === REPLICAS.length).length,
    allLost: lost.filter((count) => count === REPLICAS.length).length,
  };
}

/** The rows of section 3 about crashes of the coordinator. */
export const LOSSES: readonly ValidationCase[] = [H11, H13, H15];
