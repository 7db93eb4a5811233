/**
 * Section 3, hinted handoff: how many hints an outage makes, what a cap and a life leave of them, and how long it takes to
 * deliver them. The rows about crashes of the coordinator are in `handoff-losses.ts`, those about stale replicas in
 * `handoff-waits.ts`.
 */
import { queueReports } from '../../sim/trace/index.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { Finding, RunScenario, Section, ValidationCase } from './case.ts';
import { exactly, meanOf, scatter, tabled, within } from './findings.ts';
import {
  BEGIN_SECONDS,
  firstDelivery,
  HANDOFF,
  IMMEDIATE,
  lastDelivery,
  outageOf,
  sinceBegin,
  writesFor,
} from './handoff-file.ts';
import { LOSSES } from './handoff-losses.ts';
import { WAITS } from './handoff-waits.ts';
import { fileText, inSeconds, replications } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

const H1: ValidationCase = {
  id: 'H1',
  title: 'λ=50/s, D=600 s, s=200 B, no cap, T>D',
  check: (run) => {
    const workload = writesFor(600, { rate: '50/s', payload: '200B' });
    const { totals } = run(fileText({ ...HANDOFF, duration: '665s', workload, faults: outageOf(1_000) }));
    return [
      exactly('hints', 30_000, totals.hints.stored),
      exactly('bytes', 6_000_000, totals.hintBytes.stored),
      exactly('rejected', 0, totals.hints.rejectedOverCapacity),
    ];
  },
};

const H2_RUNS = 40;
const H2: ValidationCase = {
  id: 'H2',
  title: `Poisson λ=50/s, D=600 s, s=100 B (.9) or 2000 B (.1), ${H2_RUNS} outages`,
  check: (run) => {
    const payload = {
      mixture: [
        { weight: 9, constant: '100B' },
        { weight: 1, constant: '2000B' },
      ],
    };
    const workload = writesFor(600, { rate: '50/s', arrivals: 'poisson', payload });
    const file = { ...HANDOFF, record: 'counters', duration: '665s', workload, faults: outageOf(1_000) };
    const totals = replications(H2_RUNS, file).map((text) => run(text).totals);
    const counts = totals.map(({ hints }) => hints.stored);
    const bytes = totals.map(({ hintBytes }) => hintBytes.stored);
    const of = (sigma: number) => ({ sigma, trials: 1, made: H2_RUNS });
    return [
      tabled('hints, mean', 30_000, meanOf(counts), of(173.205)),
      scatter('hints, sd', 173.205, counts),
      tabled('bytes, mean', 8_700_000, meanOf(bytes), of(110_770.03)),
      scatter('bytes, sd', 110_770.03, bytes),
    ];
  },
};

/** When the first hint was refused, in seconds from the beginning of the outage. */
function firstRefusal(trace: Trace): number {
  return sinceBegin(queueReports(trace)[0]?.firstRefusedAt ?? NaN);
}

const H3_RUNS = 200;
const H3: ValidationCase = {
  id: 'H3',
  title: `λ=10/s, D=300 s, s=1000 B, B=1 MiB; steady, and Poisson in ${H3_RUNS} outages`,
  check: (run) => {
    const file = (arrivals: string): ScenarioFile => ({
      ...HANDOFF,
      hints: { ttl: '1d', cap: '1048576B' },
      duration: '365s',
      workload: writesFor(300, { rate: '10/s', arrivals, payload: '1000B' }),
      faults: outageOf(1_000),
    });
    const steady = run(fileText(file('steady')));
    const { totals } = steady;
    const firsts = replications(H3_RUNS, file('poisson')).map((text) => firstRefusal(run(text)));
    return [
      exactly('first rejection, s', 104.9, firstRefusal(steady)),
      exactly('accepted', 1_048, totals.hints.stored),
      exactly('rejected', 1_952, totals.hints.rejectedOverCapacity),
      exactly('bytes', 1_048_000, totals.hintBytes.stored),
      tabled('Poisson: first rejection, mean s', 104.9, meanOf(firsts), { sigma: 3.238827, trials: 1, made: H3_RUNS }),
      scatter('Poisson: first rejection, sd s', 3.238827, firsts),
    ];
  },
};

/**
 * Expiry is lazy here: what is due leaves at the next sweep. An eager one is the limit of sweeps that look before every
 * arrival: halfway between two, with a life that is half an arrival shorter, because a sweep comes after the arrivals of
 * its instant and an eager expiry before them.
 */
function lives(seconds: number, rate: number): readonly Life[] {
  const half = 0.5 / rate;
  return [
    { name: 'eager', ttl: inSeconds(seconds - half), drain: { interval: inSeconds(half) } },
    { name: 'lazy', ttl: inSeconds(seconds), drain: { interval: '30s' } },
  ];
}

interface Life {
  readonly name: 'eager' | 'lazy';
  readonly ttl: string;
  readonly drain: ScenarioFile;
}

const H5: ValidationCase = {
  id: 'H5',
  title: 'λ=20/s, D=3600 s, T=600 s, no cap, ticks every 30 s',
  check: (run) =>
    lives(600, 20).flatMap(({ name, ttl, drain }) => {
      const workload = writesFor(3_600, { rate: '20/s' });
      const hints = { ttl, cap: 'none' };
      const file = { ...HANDOFF, hints, drain, duration: '3700s', workload, faults: outageOf(3_600) };
      const trace = run(fileText(file));
      return [
        exactly(`${name}: peak`, name === 'eager' ? 12_000 : 12_600, queueReports(trace)[0]?.peakHints ?? NaN),
        exactly(`${name}: expired`, 60_000, trace.totals.hints.expired),
        exactly(`${name}: delivered`, 12_000, trace.totals.hints.delivered),
      ];
    }),
};

const H6_EXPECTED = { eager: [1_000, 4_500, 500], lazy: [2_500, 3_000, 500] } as const;
const H6: ValidationCase = {
  id: 'H6',
  title: 'λ=10/s, D=600 s, T=60 s, cap 500 hints, ticks every 30 s',
  check: (run) =>
    lives(60, 10).flatMap(({ name, ttl, drain }) => {
      const workload = writesFor(600, { rate: '10/s', payload: '1000B' });
      const hints = { ttl, cap: '500000B' };
      const file = { ...HANDOFF, hints, drain, duration: '700s', workload, faults: outageOf(600) };
      const { totals } = run(fileText(file));
      const [rejected, expired, delivered] = H6_EXPECTED[name];
      return [
        exactly(`${name}: rejected`, rejected, totals.hints.rejectedOverCapacity),
        exactly(`${name}: expired`, expired, totals.hints.expired),
        exactly(`${name}: delivered`, delivered, totals.hints.delivered),
      ];
    }),
};

/** Delivery in one session at so many hints of 1000 B a second, beside what else goes to the peer. */
function session(perSecond: number): ScenarioFile {
  const pace = { throttle: `${perSecond * 1_000}B/s`, throttleShared: false, sessions: 0, concurrency: 65_536 };
  return { ack: 'each', interval: '10s', first: 'start', timeout: '1h', adapt: 'fixed', ...pace };
}

/** Two hints at 500/s: what a fluid formula does not resolve of a drain hint by hint. */
const TWO_HINTS_SECONDS = 0.004;

const H8: ValidationCase = {
  id: 'H8',
  title: 'H=30 000, μ=500/s, λ=50/s; b=1000, Δ=30 s',
  check: (run) => {
    const written = (seconds: number) => writesFor(seconds, { rate: '50/s', payload: '1000B' });
    const common = { ...HANDOFF, duration: '2000s', faults: outageOf(600) };
    const direct = { ...common, drain: session(500), workload: written(800) };
    const guarded = { hints: { ttl: '1d', cap: 'none', on: { queued: true } } };
    const paced = { channel: { slots: 100_000, rate: '500/s', reconnect: '0s' }, workload: written(600) };
    const ticks = { channel: { slots: 1_000, rate: 'unlimited', reconnect: '0s' }, workload: written(600) };
    const drained = (file: ScenarioFile): number => lastDelivery(run(fileText(file))) - 600;
    const batches = run(fileText({ ...common, ...ticks }));
    return [
      within('direct writes beside a throttle, s', 60, drained(direct), TWO_HINTS_SECONDS),
      within('queued writes behind the hints, s', 200 / 3, drained({ ...direct, ...guarded }), TWO_HINTS_SECONDS),
      exactly('a link of 500 messages a second, s', 60, drained({ ...common, ...paced })),
      exactly('batches of 1000, from the first tick, s', 870, lastDelivery(batches) - firstDelivery(batches)),
    ];
  },
};

const H9: ValidationCase = {
  id: 'H9',
  title: '(λ, D, T, μ) = (100/s, 500 s, 600 s, 50/s)',
  check: (run) => {
    const workload = writesFor(500, { rate: '100/s', payload: '1000B' });
    const hints = { ttl: '600s', cap: 'none' };
    const file = { ...HANDOFF, hints, drain: session(50), duration: '1500s', workload, faults: outageOf(500) };
    const { totals, hints: rows } = run(fileText(file));
    return [
      exactly('delivered', 30_000, totals.hints.delivered),
      exactly('expired', 20_000, totals.hints.expired),
      exactly(
        'finished after return, s',
        600,
        sinceBegin(rows.leftAt.reduce((one, other) => Math.max(one, other))) - 500,
      ),
    ];
  },
};

const H17: ValidationCase = {
  id: 'H17',
  title: "Cassandra's throttle 1024 KiB/s ÷ (n−1): 1 GiB with n=4, 128 MiB with n=6",
  check: (run) => [throttled(run, 4, 1_024, 3_072), throttled(run, 6, 128, 640)],
};

/** How long the throttle takes for so many hints of 1 MiB: what it takes from the first to the last, and one more. */
function throttled(run: RunScenario, nodes: number, mebibytes: number, expected: number): Finding {
  const trace = run(
    fileText({
      ...IMMEDIATE,
      system: 'cassandra',
      record: 'hints',
      nodes,
      duration: `${BEGIN_SECONDS + mebibytes + 60 + expected}s`,
      workload: writesFor(mebibytes, { rate: '1/s', payload: '1MiB' }),
      faults: outageOf(mebibytes + 10),
    }),
  );
  const count = trace.totals.hints.delivered;
  const spent = lastDelivery(trace) - firstDelivery(trace);
  return within(`${count} MiB to one of ${nodes} nodes, s`, expected, (spent * mebibytes) / (count - 1), 1e-5);
}

/** Every row of section 3. */
export const HANDOFF_CASES: Section = {
  title: '3. Hinted handoff',
  cases: [H1, H2, H3, H5, H6, H8, H9, ...WAITS, ...LOSSES, H17],
  omissions: [],
};
