/**
 * When, and in which event, a missing copy was lost. The cause says what to look for; the log at level `full` has it.
 */
import { unreachable } from '../../core/index.ts';
import type { LogKind, Trace } from '../trace/index.ts';
import { NEVER, NONE } from '../trace/index.ts';
import { lastOfChains } from './coalesced-hints.ts';
import { entryAtNode, entryOf } from './entries.ts';
import { goesBack } from './history.ts';
import type { History } from './history.ts';
import type { LedgerRow } from './standing.ts';

/** Where to look for a loss. */
export interface Loss {
  /** NEVER for a copy that is still under way. */
  readonly at: number;
  /** Row of the log, or NONE if the log does not show it. */
  readonly event: number;
}

const UNDER_WAY: Loss = { at: NEVER, event: NONE };
const HINT_ENDS: readonly LogKind[] = ['hintExpired', 'hintLost'];
const COPY_ENDS: readonly LogKind[] = ['copyDropped', 'copyRefused'];

/** Finds losses in one trace. */
export class Losses {
  readonly #trace: Trace;
  readonly #history: History;
  /** Per replica and key: positions in the history at which an older write took the place of a newer one. */
  readonly #setbacks = new Map<number, Map<number, number[]>>();
  readonly #lastOfChains: Int32Array | undefined;

  constructor(trace: Trace, history: History) {
    this.#trace = trace;
    this.#history = history;
    this.#lastOfChains = trace.scenario.policy.hints.coalesce ? lastOfChains(trace) : undefined;
    history.write.forEach((write, at) => {
      if (goesBack(history, at, trace)) this.#addSetback(history.replica[at] ?? 0, write, at);
    });
  }

  /** The loss of a missing pair. O(log n + rows of its instant + times its key went back there). */
  of({ copy, write, replica, cause }: LedgerRow): Loss {
    const { copies, writes, hints } = this.#trace;
    if (cause === undefined) return UNDER_WAY;
    switch (cause) {
      case 'overwritten':
      case 'resurrected':
      case 'outranked':
        return this.#takenOver(copy, write, replica);
      case 'dataLost':
        return this.#replacement(replica, this.#trace.copies.appliedAt[this.#standIn(copy, replica)] ?? NEVER);
      case 'refusedAtCap':
      case 'windowClosed':
      case 'diskRefused':
      case 'overloaded':
        return this.#refusal(write, replica);
      case 'neverHinted': {
        const at = writes.issuedAt[write] ?? NEVER;
        return { at, event: entryOf(this.#trace, ['writeIssued'], at, write) };
      }
      case 'waiting':
      case 'inFlight':
        return UNDER_WAY;
      case 'dropped':
      case 'tooLate':
      case 'expired':
      case 'holderCrashed':
      case 'linkCut':
      case 'messageLost':
      case 'requeueRefused':
      case 'refusedByPeer':
      case 'tornTail':
      case 'coalesced':
      case 'misdelivered':
      case 'holderReplaced': {
        const hint = copies.hint[copy] ?? NONE;
        if (hint !== NONE && cause === 'coalesced') return this.#endOfHint(hint, hints);
        if (hint !== NONE) return this.#endOfHint(this.#lastOfChains?.[hint] ?? hint, hints);
        const at = copies.droppedAt[copy] ?? NEVER;
        return { at, event: entryOf(this.#trace, COPY_ENDS, at, write, replica) };
      }
      default:
        return unreachable(cause);
    }
  }

  #endOfHint(hint: number, hints: Trace['hints']): Loss {
    const at = hints.endedAt[hint] ?? NEVER;
    return { at, event: entryOf(this.#trace, HINT_ENDS, at, hint) };
  }

  /** Ignored on arrival, or applied and then replaced by an older write; it, or the one that came in its place. */
  #takenOver(copy: number, write: number, replica: number): Loss {
    const { copies, writes, log } = this.#trace;
    const arrived = this.#standIn(copy, replica);
    const at = copies.appliedAt[arrived] ?? NEVER;
    if (copies.ignored[arrived] === 1) {
      const direct = entryOf(this.#trace, ['copyIgnored'], at, copies.write[arrived] ?? NONE);
      const event = direct === NONE ? entryOf(this.#trace, ['hintIgnored'], at, copies.hint[arrived] ?? NONE) : direct;
      return { at, event };
    }
    const positions = this.#setbacks.get(replica)?.get(writes.key[write] ?? 0) ?? [];
    const { entry, before, write: older } = this.#history;
    const found = positions.find((position) => {
      const isLater = (log.at[entry[position] ?? 0] ?? 0) >= at;
      return isLater && (before[position] ?? NONE) >= write && (older[position] ?? NONE) < write;
    });
    if (found === undefined) return { at, event: NONE };
    const event = entry[found] ?? NONE;
    return { at: log.at[event] ?? NEVER, event };
  }

  /** The copy that came: this one, or else that of the hint which took the place of its own. */
  #standIn(copy: number, replica: number): number {
    const { copies, hints, writes } = this.#trace;
    const hint = copies.hint[copy] ?? NONE;
    if (copies.appliedAt[copy] !== NEVER || hint === NONE) return copy;
    const write = hints.write[this.#lastOfChains?.[hint] ?? hint] ?? NONE;
    for (let other = writes.firstCopy[write] ?? 0; copies.write[other] === write; other++) {
      if (copies.replica[other] === replica) return other;
    }
    return copy;
  }

  #replacement(replica: number, appliedAt: number): Loss {
    const { faults } = this.#trace.scenario;
    const fault = faults.findIndex(
      ({ kind, from }, index) => kind === 'replace' && from >= appliedAt && nodeOfFault(this.#trace, index) === replica,
    );
    const at = faults[fault]?.from ?? appliedAt;
    const began = entryOf(this.#trace, ['faultBegan'], at, fault);
    return { at, event: began === NONE ? entryAtNode(this.#trace, 'crashed', at, replica) : began };
  }

  #refusal(write: number, replica: number): Loss {
    const { refusals, writes } = this.#trace;
    const issuedAt = writes.issuedAt[write] ?? NEVER;
    // A coordinator that keeps its own hints is refused in the instant of the write; another holder later.
    const event = entryOf(this.#trace, ['hintRefused'], issuedAt, write, replica);
    if (event !== NONE) return { at: issuedAt, event };
    const row = refusals.write.findIndex((of, index) => of === write && refusals.peer[index] === replica);
    const at = refusals.at[row] ?? issuedAt;
    return { at, event: entryOf(this.#trace, ['hintRefused'], at, write, replica) };
  }

  #addSetback(replica: number, write: number, at: number): void {
    const keys = this.#setbacks.get(replica) ?? new Map<number, number[]>();
    this.#setbacks.set(replica, keys);
    const key = this.#trace.writes.key[write] ?? 0;
    const positions = keys.get(key) ?? [];
    keys.set(key, positions);
    positions.push(at);
  }
}

function nodeOfFault({ scenario }: Trace, index: number): number {
  const fault = scenario.faults[index];
  return fault?.kind === 'replace' ? fault.node : NONE;
}
