/**
 * The hold model: with a steady number of events pending, take the earliest and schedule another after it.
 * The reference, flatqueue, does less: it keeps no order among ties, and carries one integer where an event has
 * a kind and two.
 */
import FlatQueue from 'flatqueue';
import { instant } from '../../core/units.ts';
import { EventQueue } from '../../sim/engine/event-queue.ts';
import { RandomStreams } from '../../sim/engine/random.ts';
import { Distribution } from '../../sim/engine/distribution.ts';
import type { Bench, BenchRow, Contender } from './harness.ts';

const HOLDS = 2_000_000;
/** Increments are drawn beforehand and taken in turn; a power of two. */
const INCREMENTS = 262_144;

/** The laws of an increment, in microseconds: with 10^4 pending, the first three have a mean of about a second. */
const LAWS = {
  exponential: Distribution.exponential(1_000_000),
  bimodal: Distribution.mixture([
    { weight: 0.99, distribution: Distribution.exponential(5_525) },
    { weight: 0.01, distribution: Distribution.exponential(18_000 * 5_525) },
  ]),
  constant: Distribution.constant(1_000_000),
  'cluster-like': Distribution.mixture([
    { weight: 0.85, distribution: Distribution.exponential(1_000) },
    { weight: 0.15, distribution: Distribution.constant(1_000_000) },
  ]),
};

function incrementsOf(law: Distribution): Float64Array {
  const streams = new RandomStreams(1);
  const stream = streams.open('hold model', 'increments');
  return Float64Array.from({ length: INCREMENTS }, () => law.sampleMicros(streams, stream));
}

/** Runs `hold` as long again as it will be timed, so that it is compiled and the queue has settled. */
function warmedUp(hold: (times: number) => number): () => number {
  hold(HOLDS);
  return () => hold(HOLDS);
}

function flatqueue(law: Distribution, pending: number): Contender {
  return () => {
    const increments = incrementsOf(law);
    const queue = new FlatQueue(pending + 1, Float64Array, Uint32Array);
    let drawn = 0;
    const nextIncrement = () => increments[drawn++ & (INCREMENTS - 1)] ?? 0;
    for (let id = 0; id < pending; id += 1) queue.push(id, nextIncrement());
    return warmedUp((times) => {
      for (let hold = 0; hold < times; hold += 1) {
        const at = queue.peekValue() ?? 0;
        const id = queue.pop() ?? 0;
        queue.push(id, at + nextIncrement());
      }
      return times;
    });
  };
}

function eventQueue(law: Distribution, pending: number): Contender {
  return () => {
    const increments = incrementsOf(law);
    const queue = new EventQueue();
    let drawn = 0;
    const nextIncrement = () => increments[drawn++ & (INCREMENTS - 1)] ?? 0;
    for (let id = 0; id < pending; id += 1) queue.schedule(instant(nextIncrement()), 1, id, -id);
    return warmedUp((times) => {
      for (let hold = 0; hold < times; hold += 1) {
        queue.next();
        queue.schedule(instant(queue.at + nextIncrement()), queue.kind, queue.a, queue.b);
      }
      return times;
    });
  };
}

function row(lawName: keyof typeof LAWS, pending: number): BenchRow {
  const law = LAWS[lawName];
  const contenders = { flatqueue: flatqueue(law, pending), EventQueue: eventQueue(law, pending) };
  const name = `${lawName}, ${pending.toLocaleString('en')} pending`;
  return pending === 10_000 ? { name, contenders, bar: { contender: 'EventQueue', atMost: 1 } } : { name, contenders };
}

export default {
  title: 'Event queue, hold model',
  unit: 'hold',
  reference: 'flatqueue',
  rows: [
    row('exponential', 100),
    row('exponential', 10_000),
    row('bimodal', 10_000),
    row('constant', 10_000),
    row('cluster-like', 10_000),
    row('exponential', 1_000_000),
  ],
} satisfies Bench;
