/**
 * What each node suspected of each other one, in numbers: how long a crash took to be noticed, how long a return, and
 * how often a node was wrong. At every level. That a node takes its peers for `Down` when it starts is no suspicion.
 */
import { cell, countUpTo } from '../cell.ts';
import { nodesOf, pairOf } from '../pairs.ts';
import { TimeHistogram } from '../time-histogram.ts';
import type { TimeSummary } from '../statistics.ts';
import { NEVER } from '../trace.ts';
import type { NodeIntervals, Trace } from '../trace.ts';
import { nodeName } from './names.ts';
import { startsDown } from './node-sentences.ts';

/** The suspicions of one observer about one peer. */
export interface SuspicionReport {
  readonly observer: string;
  readonly peer: string;
  /** How often the observer came to take the peer for `Down`; and how often the peer was up then. */
  readonly suspicions: number;
  readonly mistaken: number;
  /** From the beginning of an outage to the belief in it. */
  readonly detection: TimeSummary;
  /** From the end of an outage to the end of the belief in it, unless the observer's own end ended it. */
  readonly recovery: TimeSummary;
}

/** One report per pair with a suspicion, by observer, then peer. O(beliefs · log outages). */
export function suspicionReports(trace: Trace): readonly SuspicionReport[] {
  const { beliefs } = trace;
  const outages = trace.scenario.nodes.map((_, node) => new OutagesOfNode(trace.outages, node));
  const pairs = new Map<number, Suspicions>();
  for (let row = 0; row < beliefs.from.length; row++) {
    const [observer, peer] = [outages[cell(beliefs.observer, row)], outages[cell(beliefs.peer, row)]];
    const [from, until] = [cell(beliefs.from, row), cell(beliefs.until, row)];
    if (observer === undefined || peer === undefined) continue;
    if (startsDown(trace) && (from === 0 || observer.lastEnd(from) === from)) continue;
    const pair = pairOf(observer.node, peer.node);
    const suspicions = pairs.get(pair) ?? new Suspicions();
    pairs.set(pair, suspicions);
    suspicions.began(from, peer.beginAround(from));
    const back = peer.lastEnd(until);
    const isChangeOfMind = until < trace.endedAt && observer.beginAround(until) === undefined;
    if (isChangeOfMind && back !== undefined && back >= from) suspicions.ended(until - back);
  }
  const ordered = [...pairs].toSorted(([left], [right]) => left - right);
  return ordered.map(([pair, suspicions]) => {
    const [observer, peer] = nodesOf(pair);
    return { observer: nodeName(trace, observer), peer: nodeName(trace, peer), ...suspicions.report() };
  });
}

/** The outages of one node, which do not overlap, in columns to look up an instant in. */
class OutagesOfNode {
  readonly node: number;
  readonly #from: Float64Array;
  readonly #until: Float64Array;

  constructor({ node, from, until }: NodeIntervals, index: number) {
    this.node = index;
    this.#from = from.filter((_, row) => node[row] === index);
    this.#until = until.filter((_, row) => node[row] === index);
  }

  /** When the outage began that covers an instant; undefined if the node was up. */
  beginAround(at: number): number | undefined {
    const row = countUpTo(this.#from, at) - 1;
    return (this.#until[row] ?? 0) > at ? this.#from[row] : undefined;
  }

  /** When the node last came back, at or before an instant; undefined if it never had. */
  lastEnd(at: number): number | undefined {
    const row = countUpTo(this.#until, at) - 1;
    const end = this.#until[row] ?? NEVER;
    return end < NEVER ? end : undefined;
  }
}

class Suspicions {
  #count = 0;
  #mistaken = 0;
  readonly #detection = new TimeHistogram();
  readonly #recovery = new TimeHistogram();

  /** @param outage when the outage of the peer had begun; undefined if it was up */
  began(at: number, outage: number | undefined): void {
    this.#count++;
    if (outage === undefined) this.#mistaken++;
    else this.#detection.add(at - outage);
  }

  ended(sinceReturn: number): void {
    this.#recovery.add(sinceReturn);
  }

  report(): Pick<SuspicionReport, 'suspicions' | 'mistaken' | 'detection' | 'recovery'> {
    return {
      suspicions: this.#count,
      mistaken: this.#mistaken,
      detection: this.#detection.summary(),
      recovery: this.#recovery.summary(),
    };
  }
}
