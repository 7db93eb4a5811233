/**
 * Every crash of a node, with the hints that were in its store at that moment: what a policy promised to keep or lose.
 */
import type { Fault } from '../scenario/model/fault.ts';
import { NEVER } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';

/** A process that died, but not by a graceful stop. */
export interface Crash {
  readonly node: number;
  readonly at: number;
  /** The machine lost power. */
  readonly isPower: boolean;
  /** An empty node took its place. */
  readonly isReplaced: boolean;
  /** Ids of the hints in its store at that moment, ascending. */
  readonly hints: readonly number[];
}

/** Every crash, by node and in order; from level `hints`. O(hints + hints found, summed over the crashes). */
export function crashesOf(trace: Trace): readonly Crash[] {
  const { outages, scenario } = trace;
  const faults = new Map<string, Fault>();
  for (const fault of scenario.faults) {
    if (fault.kind === 'stop' || fault.kind === 'replace' || fault.kind === 'crash') {
      faults.set(`${fault.node}/${fault.from}`, fault);
    }
  }
  const shelves = scenario.nodes.map(() => new Shelf(trace));
  trace.hints.holder.forEach((holder, hint) => shelves[holder]?.hints.push(hint));
  const crashes: Crash[] = [];
  // Outages are ordered by their beginnings.
  outages.node.forEach((node, row) => {
    const at = outages.from[row] ?? 0;
    const fault = faults.get(`${node}/${at}`);
    const hints = shelves[node]?.at(at) ?? [];
    const isPower = fault?.kind === 'crash' && fault.power;
    if (fault?.kind !== 'stop') crashes.push({ node, at, isPower, isReplaced: fault?.kind === 'replace', hints });
  });
  return crashes;
}

/** The hints of one holder, asked for what was there at ascending instants. */
class Shelf {
  /** Ids of all it ever held, ascending. */
  readonly hints: number[] = [];
  readonly #trace: Trace;
  #next = 0;
  #there: readonly number[] = [];

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Stored before an instant, and not gone before it. */
  at(instant: number): readonly number[] {
    const { storedAt, leftAt } = this.#trace.hints;
    const there = [...this.#there];
    while (this.#next < this.hints.length && (storedAt[this.hints[this.#next] ?? 0] ?? NEVER) < instant) {
      there.push(this.hints[this.#next++] ?? 0);
    }
    this.#there = there.filter((hint) => (leftAt[hint] ?? NEVER) >= instant);
    return this.#there;
  }
}
