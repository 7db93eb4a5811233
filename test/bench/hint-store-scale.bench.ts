/**
 * What must not grow with the store: the same operation of `HintColumns` on a small store (the reference) and on a
 * large one. A sweep with nothing due looks at one number, and stats are running totals, so both ratios are 1; the
 * bar leaves room for noise, not for a walk, which would miss it by a factor of hundreds.
 */
import { peerIndex, seconds } from '../../core/units.ts';
import type { Bench, BenchRow, Contender } from './harness.ts';
import { enqueueAtOnce, hintColumns } from './store-subjects.ts';
import type { Subject } from './store-subjects.ts';

const CALLS = 2_000_000;
const SAME = 1.25;

/** Calls often enough to be compiled, then as often again for the clock. */
function repeated(subject: Subject, call: (subject: Subject) => number): () => number {
  const repeat = (): number => {
    let sum = 0;
    for (let times = 0; times < CALLS; times += 1) sum += call(subject);
    return sum >= 0 ? CALLS : 0;
  };
  repeat();
  return repeat;
}

function idleSweeps(pending: number): Contender {
  return () => {
    const subject = hintColumns();
    enqueueAtOnce(subject, pending);
    const nothingDue = subject.clock.now();
    return repeated(subject, ({ sweep }) => sweep(nothingDue));
  };
}

function statsOver(peers: number): Contender {
  return () => {
    const subject = hintColumns();
    for (let peer = 0; peer < peers; peer += 1) subject.enqueue(peerIndex(peer), seconds(1));
    return repeated(subject, ({ hintCount }) => hintCount());
  };
}

function row(name: string, small: Contender, large: Contender): BenchRow {
  return { name, contenders: { small, large }, bar: { contender: 'large', atMost: SAME } };
}

export default {
  title: 'Hint store, small and large',
  unit: 'call',
  reference: 'small',
  rows: [
    row('sweep, nothing due of 1e3 or 1e6', idleSweeps(1_000), idleSweeps(1_000_000)),
    row('stats, 1 or 1e4 peers', statsOver(1), statsOver(10_000)),
  ],
} satisfies Bench;
