/**
 * Section 2, queueing theory: one node's backend as a queue, fed by an open loop. A mean service takes one second, so the
 * microseconds of the clock are nothing, and every time below is in mean services.
 *
 * A row is run as independent replications, each after a warm-up. Where the table has a σ for 10^6 customers, it is the
 * tolerance; else the replications say how far their mean may be off.
 */
import type { Trace } from '../../sim/trace/index.ts';
import type { Finding, Section, ValidationCase } from './case.ts';
import { exactly, meanOf, replicated, tabled, within } from './findings.ts';
import { fileText, inSeconds, replications, SECOND } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

type ServiceReport = Trace['statistics']['services'][number];

/** Replications, and customers of each: those of the warm-up, and those that count. */
const RUNS = 16;
const WARM_UP = 5_000;
const CUSTOMERS = 125_000;
/** Customers for which the table states σ. */
const TABLED = 1_000_000;

type Law = Readonly<Record<string, unknown>>;

/** A queueing system: arrivals a second and their law, the law of service, servers, and places to wait. */
interface System {
  readonly rate: number;
  readonly arrivals?: 'poisson' | 'steady';
  readonly service: Law;
  readonly workers?: number;
  readonly queue?: number;
  readonly nodes?: readonly string[];
  readonly faults?: readonly Law[];
}

/** More than ever wait. */
const UNBOUNDED = 1_000_000;
const EXPONENTIAL: Law = { exponential: '1s' };
const CONSTANT: Law = { constant: '1s' };

/** A queueing system as a scenario; requests are writes, which every node executes. */
function systemFile(
  { rate, arrivals = 'poisson', service, workers = 1, queue = UNBOUNDED, nodes = ['a'], faults = [] }: System,
  customers = CUSTOMERS,
): ScenarioFile {
  return {
    duration: inSeconds((WARM_UP + customers) / rate),
    record: 'counters',
    nodes,
    hints: { enabled: false },
    drain: { enabled: false },
    channel: { slots: 1_000_000, rate: 'unlimited' },
    service: { time: service, workers, queue, late: 'execute' },
    detector: { fixed: { down: '0s', up: '0s' } },
    consistency: nodes.length,
    network: { latency: { local: '0s', near: '0s' }, timeout: '1h' },
    measure: { from: inSeconds(WARM_UP / rate) },
    workload: { rate: `${rate}/s`, arrivals, keys: 1_000, coordinators: nodes.slice(0, 1) },
    faults,
  };
}

/** A quantity of a run: what it is called, its exact value, how to read it, and its σ over 10^6 customers. */
interface Quantity {
  readonly what: string;
  readonly expected: number;
  readonly of: (service: ServiceReport, trace: Trace) => number;
  readonly sigma?: number;
}

function queueCase(id: string, name: string, system: System, quantities: readonly Quantity[]): ValidationCase {
  return {
    id,
    title: `${name}, ${RUNS} × ${CUSTOMERS} customers`,
    check: (run) => {
      const rows = replications(RUNS, systemFile(system)).map((text) => {
        const trace = run(text);
        const [service] = trace.statistics.services;
        return quantities.map(({ of }) => (service === undefined ? NaN : of(service, trace)));
      });
      return quantities.map((quantity, index) =>
        judge(
          quantity,
          rows.map((row) => row[index] ?? NaN),
        ),
      );
    },
  };
}

function judge({ what, expected, sigma }: Quantity, values: readonly number[]): Finding {
  if (sigma === undefined) return replicated(what, expected, values);
  return tabled(what, expected, meanOf(values), { sigma, trials: TABLED, made: RUNS * CUSTOMERS });
}

const wait = (expected: number, sigma?: number): Quantity =>
  quantity('Wq', expected, ({ wait: { mean } }) => mean / SECOND, sigma);
const waited = (expected: number, sigma?: number): Quantity =>
  quantity('P(wait > 0)', expected, (service) => service.waited / service.arrived, sigma);
const inSystem = (expected: number, sigma?: number): Quantity =>
  quantity('L', expected, (service) => service.inSystemMicros / service.observed, sigma);
const loss = (expected: number, sigma?: number): Quantity =>
  quantity('loss', expected, (service) => service.refused / service.arrived, sigma);
const sojourn = (expected: number, sigma?: number): Quantity =>
  quantity('W', expected, (service) => service.sojourn.mean / SECOND, sigma);
const sojournAt = (share: 'p50' | 'p99', expected: number): Quantity =>
  quantity(`sojourn ${share}`, expected, (service) => service.sojourn[share] / SECOND);

function quantity(what: string, expected: number, of: Quantity['of'], sigma?: number): Quantity {
  return sigma === undefined ? { what, expected, of } : { what, expected, of, sigma };
}

/** A server that fails with rate .1 and is repaired with rate .9, and goes on with the work that it had. */
const FLAPPING: Law = {
  flap: 'a',
  what: 'stall',
  at: '0s',
  up: { exponential: inSeconds(1 / 0.1) },
  down: { exponential: inSeconds(1 / 0.9) },
};

/** Little's law without luck: a run that ends empty. */
const LITTLE: ValidationCase = {
  id: 'Q23',
  title: "Little's law in a run that ends empty",
  check: (run) => {
    const file = systemFile({ rate: 0.8, service: EXPONENTIAL }, 5_000);
    const clients = { rate: '0.8/s', arrivals: 'poisson', keys: 1_000, coordinators: ['a'], until: '5000s' };
    const { statistics } = run(fileText({ ...file, duration: '10000s', measure: { from: '0s' }, workload: clients }));
    const [service] = statistics.services;
    const sojourns = (service?.sojourn.mean ?? NaN) * (service?.sojourn.count ?? NaN);
    return [
      exactly('requests that never left', 0, (service?.arrived ?? NaN) - (service?.sojourn.count ?? NaN)),
      within('∫N dt / Σ sojourns', 1, (service?.inSystemMicros ?? NaN) / sojourns, 1e-9),
    ];
  },
};

const FORK_JOIN: Quantity = quantity('W', 2.875, (_, { statistics }) => statistics.writes.mean / SECOND, 6.9e-3);

/** Every row of section 2. */
export const QUEUEING: Section = {
  title: '2. Queueing theory',
  cases: [
    queueCase('Q1', 'M/M/1 λ=.5', { rate: 0.5, service: EXPONENTIAL }, [wait(1, 5.2e-3), waited(0.5, 9e-4)]),
    queueCase('Q2', 'M/M/1 λ=.8', { rate: 0.8, service: EXPONENTIAL }, [
      wait(4, 4.6e-2),
      sojournAt('p50', 3.465736),
      sojournAt('p99', 23.025851),
    ]),
    queueCase('Q4', 'M/D/1 λ=.8', { rate: 0.8, service: CONSTANT }, [wait(2, 1.4e-2), inSystem(2.4)]),
    queueCase('Q6', 'M/M/3 λ=2', { rate: 2, service: EXPONENTIAL, workers: 3 }, [
      wait(0.444444, 4.5e-3),
      waited(0.444444),
    ]),
    queueCase('Q9', 'M/G/1 S~U(0,2) λ=.7', { rate: 0.7, service: { uniform: ['0s', '2s'] } }, [wait(1.555556, 9.2e-3)]),
    queueCase('Q10', 'M/G/1 S lognormal cv²=4 λ=.5', { rate: 0.5, service: { lognormal: { mean: '1s', cv: 2 } } }, [
      wait(2.5, 5.6e-2),
    ]),
    queueCase('Q14', 'M/M/1/5 λ=.8', { rate: 0.8, service: EXPONENTIAL, queue: 4 }, [
      loss(0.0888195, 4.9e-4),
      sojourn(2.563065, 5.3e-3),
      inSystem(1.868332),
    ]),
    queueCase('Q17', 'D/M/1 λ=.8', { rate: 0.8, arrivals: 'steady', service: EXPONENTIAL }, [
      waited(0.62863),
      wait(1.692731, 1.3e-2),
    ]),
    queueCase('Q18', 'M/D/m/m a=8 m=10', { rate: 8, service: CONSTANT, workers: 10, queue: 0 }, [loss(0.121661, 4e-4)]),
    queueCase('Q19', 'fork-join 2×M/M/1 λ=.5', { rate: 0.5, service: EXPONENTIAL, nodes: ['a', 'b'] }, [FORK_JOIN]),
    queueCase('Q21', 'M/M/1 with a flapping server λ=.5', { rate: 0.5, service: EXPONENTIAL, faults: [FLAPPING] }, [
      inSystem(1.375, 5.7e-3),
    ]),
    LITTLE,
  ],
  omissions: [],
};
