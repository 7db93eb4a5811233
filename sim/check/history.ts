/**
 * The history of the replicas' data: every write that reached a replica's backend, in order, with what the replica had
 * of that key before. One pass over the log of level `full`, shared by all properties about data.
 */
import { INCREMENT } from '../scenario/model/workload.ts';
import { NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import { LOG } from '../trace/log-codes.ts';
import { emptiesNode, writeApplied } from '../trace/queries/applied-write.ts';

/** One write reaching one replica; rows of equal position in the columns belong together. */
export interface History {
  /** Row in the log. */
  readonly entry: readonly number[];
  readonly replica: readonly number[];
  readonly write: readonly number[];
  /** The newest write that the key had there before, by the order of issuing what it applied last; NONE for none. */
  readonly before: readonly number[];
  /** It had reached the replica before. */
  readonly isRepeat: readonly boolean[];
  /** The replica kept what it had. */
  readonly isIgnored: readonly boolean[];
}

/** The history that a log tells. O(rows of the log). */
export function historyOf(trace: Trace): History {
  const { log } = trace;
  const teller = new Teller(trace);
  for (let entry = 0; entry < log.at.length; entry++) {
    const subject = log.subject[entry] ?? NONE;
    switch (log.kind[entry]) {
      case LOG.copyIgnored:
        teller.reached(entry, subject, true);
        break;
      case LOG.hintIgnored:
      case LOG.strayIgnored:
        teller.reached(entry, trace.hints.write[subject] ?? NONE, true);
        break;
      case LOG.faultBegan:
        if (emptiesNode(trace, entry)) teller.replaced(log.node[entry] ?? 0);
        break;
      default: {
        const write = writeApplied(trace, entry);
        if (write !== NONE) teller.reached(entry, write, false);
      }
    }
  }
  return teller;
}

class Teller implements History {
  readonly entry: number[] = [];
  readonly replica: number[] = [];
  readonly write: number[] = [];
  readonly before: number[] = [];
  readonly isRepeat: boolean[] = [];
  readonly isIgnored: boolean[] = [];
  readonly #trace: Trace;
  /** Per node and key: the write that it has. */
  readonly #held: readonly Map<number, number>[];
  /** Per copy: it has reached its replica. */
  readonly #hasCome: Uint8Array;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#held = trace.scenario.nodes.map(() => new Map<number, number>());
    this.#hasCome = new Uint8Array(trace.copies.write.length);
  }

  reached(entry: number, write: number, isIgnored: boolean): void {
    const { log, writes } = this.#trace;
    const replica = log.node[entry] ?? 0;
    const key = writes.key[write] ?? 0;
    const before = this.#held[replica]?.get(key) ?? NONE;
    this.entry.push(entry);
    this.replica.push(replica);
    this.write.push(write);
    this.before.push(before);
    this.isRepeat.push(this.#isRepeat(write, replica));
    this.isIgnored.push(isIgnored);
    if (!isIgnored) this.#held[replica]?.set(key, this.#afterwards(write, before));
  }

  replaced(node: number): void {
    this.#held[node]?.clear();
  }

  /** Increments add up in any order, so an older one takes nothing from a newer one. */
  #afterwards(write: number, before: number): number {
    const { operation } = this.#trace.writes;
    const areBoth = operation[write] === INCREMENT && operation[before] === INCREMENT;
    return areBoth ? Math.max(write, before) : write;
  }

  #isRepeat(write: number, replica: number): boolean {
    const { copies, writes } = this.#trace;
    for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
      if (copies.replica[copy] !== replica) continue;
      const hadCome = this.#hasCome[copy] === 1;
      this.#hasCome[copy] = 1;
      return hadCome;
    }
    return false;
  }
}

/** At this position an older write took the place of a newer one: the replica's value went back. */
export function goesBack({ write, before, isIgnored }: History, at: number, { writes }: Trace): boolean {
  const [newer, older] = [before[at] ?? NONE, write[at] ?? NONE];
  if (isIgnored[at] === true || older >= newer) return false;
  return writes.operation[newer] !== INCREMENT || writes.operation[older] !== INCREMENT;
}
