/**
 * The outage report: what every outage cost in hints, and whether it outlived them. A hint belongs to the latest
 * outage of its peer if it was stored during it, or after it while hints of that outage were still waiting: an outage
 * answers for its whole backlog, and for nothing after the node had caught up.
 */
import type { Duration } from '../../../core/index.ts';
import { cell } from '../cell.ts';
import { HINT_FATES, NEVER, NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';

/** Hints by fate; stored = delivered + expired + lost + pending. */
export interface HintTally {
  readonly stored: number;
  readonly delivered: number;
  readonly expired: number;
  readonly lost: number;
  readonly pending: number;
}

/** One outage and the hints that it answers for. */
export interface OutageRow extends HintTally {
  readonly node: number;
  readonly from: number;
  /** NEVER if the run ended first. */
  readonly until: number;
  /** Microseconds, up to the end of the run if it ended first. */
  readonly length: number;
  /** Longer than the TTL of hints: what was hinted at its start had expired before its end. */
  readonly outlivesTtl: boolean;
  /** When the last of its hints was applied. NEVER while one is pending, and where none was applied. */
  readonly caughtUpAt: number;
}

/** Every hint of the run, by the outage that it belongs to. */
export interface OutageReport {
  /** In the order of `trace.outages`. */
  readonly rows: readonly OutageRow[];
  /** Hints of no outage: a node that starts takes its peers for `Down`, and a channel can be full without an outage. */
  readonly remainder: HintTally;
}

/** One row per outage. Counts hints from level `hints`; below it they are 0. O(outages + hints). */
export function outageReport(trace: Trace): OutageReport {
  const { outages, hints } = trace;
  const { ttl } = trace.scenario.policy.hints;
  const tallies = Array.from({ length: outages.from.length }, () => new Tally());
  const remainder = new Tally();
  const latest = new Int32Array(trace.scenario.nodes.length).fill(NONE);
  let begun = 0;
  for (let hint = 0; hint < hints.storedAt.length; hint++) {
    const storedAt = hints.storedAt[hint] ?? 0;
    while (begun < outages.from.length && (outages.from[begun] ?? 0) <= storedAt) {
      latest[cell(outages.node, begun)] = begun;
      begun++;
    }
    const outage = cell(latest, cell(hints.peer, hint));
    const isOver = outage === NONE || storedAt >= cell(outages.until, outage);
    const backlog = tallies[outage];
    const tally = backlog !== undefined && (!isOver || backlog.isWaitingAt(storedAt)) ? backlog : remainder;
    tally.add(hints.fate[hint] ?? 0, cell(hints.endedAt, hint));
  }
  const rows = tallies.map((tally, row) => {
    const length = lengthOf(trace, row);
    const until = cell(outages.until, row);
    const span = { node: cell(outages.node, row), from: cell(outages.from, row), until, length };
    return { ...span, outlivesTtl: length > ttl, caughtUpAt: tally.caughtUpAt(), ...tally.counts() };
  });
  return { rows, remainder: remainder.counts() };
}

/** How many outages were longer than a TTL, of how many. The hints need not have had it. O(outages). */
export function shareOutliving(trace: Trace, ttl: Duration): { readonly outlived: number; readonly outages: number } {
  const outages = trace.outages.from.length;
  let outlived = 0;
  for (let row = 0; row < outages; row++) if (lengthOf(trace, row) > ttl) outlived++;
  return { outlived, outages };
}

function lengthOf({ outages, endedAt }: Trace, row: number): number {
  return Math.min(cell(outages.until, row), endedAt) - cell(outages.from, row);
}

const PENDING = HINT_FATES.indexOf('pending');
const DELIVERED = HINT_FATES.indexOf('delivered');
const EXPIRED = HINT_FATES.indexOf('expired');

/** Counts the hints of one outage. */
class Tally {
  #stored = 0;
  #delivered = 0;
  #expired = 0;
  #pending = 0;
  #lastApplied = NEVER;
  #lastEnded = -1;

  add(fate: number, endedAt: number): void {
    this.#stored++;
    this.#lastEnded = Math.max(this.#lastEnded, endedAt);
    if (fate === PENDING) this.#pending++;
    if (fate === EXPIRED) this.#expired++;
    if (fate !== DELIVERED) return;
    this.#lastApplied = this.#delivered === 0 ? endedAt : Math.max(this.#lastApplied, endedAt);
    this.#delivered++;
  }

  /** A hint counted so far had not met its fate by then. */
  isWaitingAt(at: number): boolean {
    return this.#lastEnded > at;
  }

  caughtUpAt(): number {
    return this.#pending > 0 ? NEVER : this.#lastApplied;
  }

  counts(): HintTally {
    const lost = this.#stored - this.#delivered - this.#expired - this.#pending;
    return {
      stored: this.#stored,
      delivered: this.#delivered,
      expired: this.#expired,
      lost,
      pending: this.#pending,
    };
  }
}
