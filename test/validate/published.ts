/**
 * Section 5, published behaviour: what the documentation of a system says, as the values of its preset and, where it is
 * about what happens, as a run.
 */
import { formatProblem, parseScenario } from '../../sim/scenario/index.ts';
import type { Policy } from '../../sim/scenario/index.ts';
import { HINT_REASONS } from '../../sim/trace/index.ts';
import type { RunScenario, Section, ValidationCase } from './case.ts';
import { exactly } from './findings.ts';
import { fileText, SECOND } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** The policy that a scenario file gets which names a system and nothing else. */
function policyOf(system: string): Policy {
  const parsed = parseScenario(fileText({ system, duration: '1m' }), { file: `${system}.yaml` });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.scenario.policy;
}

const WINDOW_SECONDS = 3 * 3_600;

const B4: ValidationCase = {
  id: 'B4',
  title: "Cassandra's defaults",
  check: () => {
    const { hints, drain } = policyOf('cassandra');
    return [
      exactly('window, s', WINDOW_SECONDS, hints.window / SECOND),
      exactly('throttle, KiB/s', 1_024, drain.throttle / 1_024),
      exactly('÷ (nodes − 1)', 1, Number(drain.throttleShared)),
      exactly('delivery threads', 2, drain.sessions),
      exactly('trigger every, s', 10, drain.interval / SECOND),
      exactly('flush, s', 10, hints.disk.flush / SECOND),
    ];
  },
};

/** Writes of a run in which a proxy coordinates for three replicas. */
const WRITES = 1_000;

function writesTo(file: ScenarioFile): ScenarioFile {
  return {
    system: 'cassandra',
    record: 'hints',
    duration: '60s',
    nodes: ['a', 'b', 'c'],
    proxies: ['p'],
    detector: { fixed: { down: '0s', up: '0s' } },
    ...file,
    workload: { rate: '50/s', from: '10s', until: '30s', coordinators: ['p'] },
  };
}

/** Acknowledged writes at a level with so many replicas away. */
function ackedAt(run: RunScenario, level: string, away: readonly string[]): number {
  const consistency = { write: level, unavailable: 'try' };
  const faults = away.map((node) => ({ crash: node, at: '5s' }));
  return run(fileText(writesTo({ consistency, faults }))).totals.writes.acked;
}

const B5: ValidationCase = {
  id: 'B5',
  title: 'Cassandra: hints count for ANY alone, and timed-out writes are hinted',
  check: (run) => {
    const all = ['a', 'b', 'c'];
    const partition = { partition: [['p'], ['b']], at: '5s' };
    const { hints, totals } = run(fileText(writesTo({ consistency: 'ONE', faults: [partition] })));
    const late = hints.reason.filter((reason) => reason === HINT_REASONS.indexOf('timeout')).length;
    return [
      exactly('acked at ONE, nobody up', 0, ackedAt(run, 'ONE', all)),
      exactly('acked at ANY, nobody up', WRITES, ackedAt(run, 'ANY', all)),
      exactly('acked at QUORUM, one of three up', 0, ackedAt(run, 'QUORUM', ['a', 'b'])),
      exactly('acked at QUORUM, two of three up', WRITES, ackedAt(run, 'QUORUM', ['a'])),
      exactly('acked at ALL, two of three up', 0, ackedAt(run, 'ALL', ['a'])),
      exactly('acked at ONE, a replica cut off', WRITES, totals.writes.acked),
      exactly('hints for writes that timed out', WRITES, late),
    ];
  },
};

const B6: ValidationCase = {
  id: 'B6',
  title: "Scylla's defaults",
  check: () => {
    const { hints, drain } = policyOf('scylla');
    return [
      exactly('window, s', WINDOW_SECONDS, hints.window / SECOND),
      exactly('throttle (0: none)', 0, drain.throttle),
      exactly('flush, s', 10, hints.disk.flush / SECOND),
    ];
  },
};

const B7: ValidationCase = {
  id: 'B7',
  title: "Voldemort's defaults",
  check: () => {
    const { drain } = policyOf('voldemort');
    return [
      exactly('pusher every, s', 300, drain.interval / SECOND),
      exactly('bytes a second', 10_000_000, drain.throttle),
    ];
  },
};

const B8: ValidationCase = {
  id: 'B8',
  title: "Riak's defaults",
  check: () => {
    const { drain } = policyOf('riak');
    return [
      exactly('handoff concurrency', 2, drain.sessions),
      exactly('tick after a failure, s', 10, drain.retryAfter / SECOND),
      exactly('mean of T + uniform(T), T = 60 s idle', 90, drain.interval / SECOND),
    ];
  },
};

/** Systems that hint for a peer because they take it for down; InfluxDB takes nobody for down. */
const BELIEVERS = ['dynomite', 'dynomite-durable', 'cassandra', 'scylla', 'scylla-old', 'riak', 'voldemort'];

const B10: ValidationCase = {
  id: 'B10',
  title: 'three nodes, RF 3, one down: every write creates exactly one hint',
  check: (run) =>
    BELIEVERS.map((system) => {
      const file = {
        system,
        record: 'counters',
        duration: '40s',
        nodes: ['a', 'b', 'c'],
        detector: { fixed: { down: '0s', up: '0s' } },
        workload: { rate: '50/s', from: '10s', until: '30s', coordinators: ['a', 'c'] },
        faults: [{ crash: 'b', at: '5s' }],
      };
      const { hints, writes } = run(fileText(file)).totals;
      return exactly(`${system}: hints per write`, 1, hints.stored / writes.issued);
    }),
};

/** Every row of section 5 that a model can be asked for. */
export const PUBLISHED: Section = {
  title: '5. Published behaviour',
  cases: [B4, B5, B6, B7, B8, B10],
  omissions: [
    { id: 'B1', why: 'shares of versions seen in production: there is no model of that cluster to run' },
    { id: 'B2', why: 'latencies measured in production: the same' },
    { id: 'B4', why: 'of it, files of 128 MiB: segments have no size here' },
    { id: 'B6', why: 'of it, segments of 32 MB: the same' },
  ],
};
