/**
 * What hazards are recognised by: what happened in a run, told from its trace, its ledger and its properties, and never
 * from how its scenario was written. What several hazards ask for is worked out once, when it is first asked for.
 */
import { assert } from '../../../core/index.ts';
import { goesBack, historyOf } from '../../check/history.ts';
import type { MissingCause } from '../../check/index.ts';
import { OPERATIONS } from '../../scenario/index.ts';
import type { Operation } from '../../scenario/index.ts';
import { HINT_FATES, HINT_REASONS, NEVER, NONE, WRITE_OUTCOMES } from '../../trace/index.ts';
import type { HintFate, HintReason, Trace } from '../../trace/index.ts';
import { wayApplied } from '../../trace/queries/applied-write.ts';
import type { AppliedWay } from '../../trace/queries/applied-write.ts';
import type { JudgedRun } from '../judge.ts';

/** An older write took the place of a newer one at a replica. */
export interface Setback {
  readonly at: number;
  readonly replica: number;
  readonly older: number;
  readonly newer: number;
  /** What brought the older one. */
  readonly by: AppliedWay;
  /** The hint that brought it, or NONE. */
  readonly hint: number;
}

/** A stored hint, with its words in the place of codes. */
export interface HintFacts {
  readonly id: number;
  readonly write: number;
  readonly holder: number;
  readonly peer: number;
  readonly reason: HintReason;
  readonly fate: HintFate;
  readonly storedAt: number;
  readonly deadline: number;
  readonly leftAt: number;
  readonly endedAt: number;
  readonly requeues: number;
}

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/** The evidence of one run. */
export class Evidence {
  readonly judged: JudgedRun;
  readonly trace: Trace;
  #hints: readonly HintFacts[] | undefined;
  #setbacks: readonly Setback[] | undefined;

  constructor(judged: JudgedRun) {
    this.judged = judged;
    this.trace = judged.trace;
  }

  /** Every stored hint, in the order of storing. */
  get hints(): readonly HintFacts[] {
    return (this.#hints ??= hintsOf(this.trace));
  }

  /** Every time that a replica's value went back, in order. */
  get setbacks(): readonly Setback[] {
    return (this.#setbacks ??= setbacksOf(this.trace));
  }

  /** A property of that id was violated. */
  violates(id: string): boolean {
    return this.judged.violations.some(({ property }) => property === id);
  }

  /** An acknowledged write is missing at a replica for that cause. */
  misses(cause: MissingCause): boolean {
    return this.judged.ledger.totals.missing[cause] > 0;
  }

  isAcked(write: number): boolean {
    return this.trace.writes.outcome[write] === ACKED;
  }

  operationOf(write: number): Operation | undefined {
    return OPERATIONS[this.trace.writes.operation[write] ?? NONE];
  }

  /** The copy of a write at a replica, or NONE. */
  copyOf(write: number, replica: number): number {
    const { copies, writes } = this.trace;
    for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
      if (copies.replica[copy] === replica) return copy;
    }
    return NONE;
  }

  /** A node was down at some time of [from, until]. */
  wasDown(node: number, from: number, until: number): boolean {
    const { outages } = this.trace;
    return outages.node.some((each, row) => {
      const [began, ended] = [outages.from[row] ?? NEVER, outages.until[row] ?? NEVER];
      return each === node && began <= until && ended >= from;
    });
  }

  /** The power of a node's machine was cut at that instant. */
  lostPower(node: number, at: number): boolean {
    return this.trace.scenario.faults.some(
      (fault) => fault.kind === 'crash' && fault.node === node && fault.from === at && fault.power,
    );
  }
}

function hintsOf({ hints }: Trace): readonly HintFacts[] {
  return Array.from(hints.write, (write, id) => ({
    id,
    write,
    holder: hints.holder[id] ?? NONE,
    peer: hints.peer[id] ?? NONE,
    reason: HINT_REASONS[hints.reason[id] ?? 0] ?? 'peerDown',
    fate: HINT_FATES[hints.fate[id] ?? 0] ?? 'pending',
    storedAt: hints.storedAt[id] ?? NEVER,
    deadline: hints.deadline[id] ?? NEVER,
    leftAt: hints.leftAt[id] ?? NEVER,
    endedAt: hints.endedAt[id] ?? NEVER,
    requeues: hints.requeues[id] ?? 0,
  }));
}

function setbacksOf(trace: Trace): readonly Setback[] {
  const { log } = trace;
  const history = historyOf(trace);
  return history.entry.flatMap((entry, position): Setback[] => {
    if (!goesBack(history, position, trace)) return [];
    const by = wayApplied(trace, entry);
    assert(by !== undefined, 'a value goes back by a write that is applied', entry);
    return [
      {
        at: log.at[entry] ?? NEVER,
        replica: history.replica[position] ?? NONE,
        older: history.write[position] ?? NONE,
        newer: history.before[position] ?? NONE,
        by,
        hint: by === 'hint' ? (log.subject[entry] ?? NONE) : NONE,
      },
    ];
  });
}
