/**
 * The operations of the hint store, measured against the reference ported directly (`direct-port.ts`). The name of a
 * row says what one operation is: an enqueue, a hint taken, a whole sweep, a call of stats. The shapes and what to
 * expect of them: performance.md §2.
 */
import { instant, minutes, peerIndex, seconds } from '../../core/units.ts';
import type { Bench, BenchRow } from './harness.ts';
import {
  directPort,
  enqueueAtOnce,
  enqueueScattered,
  enqueueSteadily,
  hintColumns,
  hintStore,
  peerInTurn,
} from './store-subjects.ts';
import type { Deadlines, Subject } from './store-subjects.ts';

/** Sets subjects up and returns the body that is timed: it returns the number of operations it did. */
type Job = (make: () => Subject) => () => number;

/** Whole jobs done before the one that is timed, so that everything in it is compiled. */
const WARM_UPS = 2;

function enqueues(count: number): Job {
  return (make) => {
    const subjects = Array.from({ length: 2_000_000 / count }, make);
    return () => subjects.reduce((accepted, subject) => accepted + enqueueAtOnce(subject, count), 0);
  };
}

const cycles: Job = (make) => {
  const subject = make();
  return () => {
    const ttl = minutes(1);
    let taken = 0;
    for (let cycle = 0; cycle < 2_000; cycle += 1) {
      for (let nth = 0; nth < 1_000; nth += 1) subject.enqueue(peerInTurn(0), ttl);
      taken += subject.take(peerInTurn(0));
    }
    return taken;
  };
};

function takes(count: number): Job {
  return (make) => {
    const subjects = Array.from({ length: 10 }, make);
    for (const subject of subjects) {
      for (let nth = 0; nth < count; nth += 1) subject.enqueue(peerInTurn(0), minutes(1));
    }
    return () => subjects.reduce((taken, subject) => taken + subject.take(peerInTurn(0)), 0);
  };
}

function idleSweeps(pending: number): Job {
  return (make) => {
    const subject = make();
    enqueueAtOnce(subject, pending);
    const sweeps = subject.walksAll ? 3_000_000 / pending : 2_000_000;
    const nothingDue = subject.clock.now();
    return () => {
      let dropped = 0;
      for (let sweep = 0; sweep < sweeps; sweep += 1) dropped += subject.sweep(nothingDue);
      return sweeps + dropped;
    };
  };
}

/** Ten sweeps in a row, each of which finds 1 % of a million hints due. */
function onePercentSweeps(fill: (subject: Subject, count: number) => Deadlines): Job {
  return (make) => {
    const subject = make();
    const { fromMicros, spanMicros } = fill(subject, 1_000_000);
    return () => {
      let dropped = 0;
      for (let percent = 1; percent <= 10; percent += 1) {
        dropped += subject.sweep(instant(fromMicros + (percent * spanMicros) / 100));
      }
      return dropped > 0 ? 10 : 0;
    };
  };
}

const fullSweep: Job = (make) => {
  const subject = make();
  const { fromMicros, spanMicros } = enqueueScattered(subject, 1_000_000);
  return () => (subject.sweep(instant(fromMicros + spanMicros)) > 0 ? 1 : 0);
};

function statsOver(peers: number): Job {
  return (make) => {
    const subject = make();
    for (let peer = 0; peer < peers; peer += 1) subject.enqueue(peerIndex(peer), seconds(1));
    const calls = subject.walksAll ? 10_000_000 / (peers + 10) : 2_000_000;
    return () => {
      let hints = 0;
      for (let call = 0; call < calls; call += 1) hints += subject.hintCount();
      return hints > 0 ? calls : 0;
    };
  };
}

function timed(make: () => Subject, job: Job): () => () => number {
  return () => {
    for (let round = 0; round < WARM_UPS; round += 1) job(make)();
    return job(make);
  };
}

function row(name: string, job: Job): BenchRow {
  return {
    name,
    contenders: {
      'direct port': timed(directPort, job),
      HintStore: timed(hintStore, job),
      HintColumns: timed(hintColumns, job),
    },
    bar: { contender: 'HintColumns', atMost: 1 },
  };
}

export default {
  title: 'Hint store',
  unit: 'operation',
  reference: 'direct port',
  rows: [
    row('enqueue, 1e5 to a store', enqueues(100_000)),
    row('enqueue, 1e6 to a store', enqueues(1_000_000)),
    row('enqueue 1000 and take them, per hint', cycles),
    row('take 1e5, per hint', takes(100_000)),
    row('sweep, nothing due of 1e3', idleSweeps(1_000)),
    row('sweep, nothing due of 1e6', idleSweeps(1_000_000)),
    row('sweep, 1 % due of 1e6, constant ttl', onePercentSweeps(enqueueSteadily)),
    row('sweep, 1 % due of 1e6, random ttl', onePercentSweeps(enqueueScattered)),
    row('sweep, 100 % due of 1e6', fullSweep),
    row('stats, 1 peer', statsOver(1)),
    row('stats, 1e4 peers', statsOver(10_000)),
  ],
} satisfies Bench;
