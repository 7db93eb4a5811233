/**
 * What a hint store must answer, written from the rules of hints.rs as plainly as they can be said: one flat list, exact
 * integers, every sum added up anew. It shares no code with `core/`, so that it can judge that store as any other.
 *
 * The model takes the policies of the subject; with those of the reference it is the reference. Every answer comes with
 * the rule that decided it. O(hints held) for each operation.
 */
import { unreachable } from '../../core/index.ts';
import type { Policies } from './policies.ts';
import type { Ask, EnqueueAnswer } from './protocol.ts';
import type { Rule } from './rules.ts';

/** What a value of an answer may be: integers are exact, and their width is no concern of the model. */
export type Expected = bigint | string | readonly Expected[] | { readonly [field: string]: Expected };

/** The answer to one operation and the rule that decided it. */
export interface Answer {
  readonly expected: Expected;
  readonly rule: Rule;
  /** Whether the hints held are others than before; counters aside. */
  readonly changes: boolean;
}

interface HeldHint {
  readonly peer: number;
  readonly bytes: bigint;
  readonly fill: number;
  readonly deadline: bigint;
}

export class StoreModel {
  readonly #maxBytes: bigint;
  readonly #policies: Policies;
  /** In the order of their arrival, over all peers. */
  #hints: readonly HeldHint[] = [];
  #expiredTotal = 0n;
  #rejectedTotal = 0n;

  /** An empty store; `maxBytes` of 0 is no cap. */
  constructor(maxBytes: bigint, policies: Policies) {
    this.#maxBytes = maxBytes;
    this.#policies = policies;
  }

  /** Does the operation and says what comes of it. */
  answer(ask: Ask): Answer {
    const before = this.#hints;
    const { expected, rule } = this.#decide(ask);
    return { expected, rule, changes: this.#hints.length !== before.length || this.#hints.at(-1) !== before.at(-1) };
  }

  #decide(ask: Ask): { expected: Expected; rule: Rule } {
    switch (ask.op) {
      case 'enqueue':
        return this.#enqueue(ask);
      case 'takeFor':
        return this.#take(ask.peer, ask.now);
      case 'expireNow':
        return this.#sweep(ask.at, ask.now);
      case 'lengthFor':
        return { expected: count(this.#hints.filter(({ peer }) => peer === ask.peer)), rule: 'lengths' };
      case 'totalLength':
        return { expected: count(this.#hints), rule: 'lengths' };
      case 'peersWithHints':
        return { expected: this.#peers(), rule: 'peers' };
      case 'stats':
        return { expected: this.#stats(), rule: 'books' };
      default:
        return unreachable(ask);
    }
  }

  #enqueue({ now, peer, bytes, fill, ttl }: Ask & { op: 'enqueue' }): { expected: EnqueueAnswer; rule: Rule } {
    if (ttl === 0n) return { expected: 'zeroTtl', rule: 'zeroTtl' };
    if (bytes === 0n) return { expected: 'emptyPayload', rule: 'emptyPayload' };
    if (this.#policies.sweepBeforeCap) this.#drop(this.#hints.filter((hint) => this.#isDue(hint, now)));
    const counted = this.#hints.filter((hint) => this.#policies.capScope === 'store' || hint.peer === peer);
    const after = sum(counted) + bytes;
    if (this.#maxBytes > 0n && after > this.#maxBytes) {
      this.#rejectedTotal += 1n;
      const live = counted.filter((hint) => !this.#isDue(hint, now));
      return { expected: 'overCapacity', rule: sum(live) + bytes > this.#maxBytes ? 'overCapacity' : 'dueCounts' };
    }
    this.#hints = [...this.#hints, { peer, bytes, fill, deadline: now + ttl }];
    if (this.#maxBytes === 0n) return { expected: 'accepted', rule: 'noCap' };
    return { expected: 'accepted', rule: after === this.#maxBytes ? 'exactlyFull' : 'fits' };
  }

  #take(peer: number, now: bigint): { expected: Expected; rule: Rule } {
    const queue = this.#hints.filter((hint) => hint.peer === peer);
    const due = queue.filter((hint) => this.#isDue(hint, now));
    this.#drop(due);
    this.#hints = this.#hints.filter((hint) => hint.peer !== peer);
    const live = queue.filter((hint) => !due.includes(hint));
    const expected = live.map(({ bytes, fill, deadline }) => ({ bytes, fill: BigInt(fill), deadline }));
    if (queue.length === 0) return { expected, rule: 'takeNothing' };
    if (queue.some(({ deadline }) => deadline === now)) return { expected, rule: 'takeAtDeadline' };
    if (queue.some(({ deadline }) => deadline === now + 1n)) return { expected, rule: 'takeBeforeDeadline' };
    return { expected, rule: due.length > 0 ? 'takeDropsDue' : 'takeAll' };
  }

  #sweep(at: bigint, now: bigint): { expected: bigint; rule: Rule } {
    const time = this.#policies.sweepTime === 'argument' ? at : now;
    const rule = this.#sweepRule(time, now);
    const due = this.#hints.filter((hint) => this.#isDue(hint, time));
    this.#drop(due);
    return { expected: count(due), rule };
  }

  #sweepRule(time: bigint, now: bigint): Rule {
    const due = (at: bigint): number => this.#hints.filter((hint) => this.#isDue(hint, at)).length;
    if (due(time) !== due(now)) return 'sweepOwnTime';
    if (this.#hints.some(({ deadline }) => deadline === time)) return 'sweepAtDeadline';
    if (this.#hints.some(({ deadline }) => deadline === time + 1n)) return 'sweepBeforeDeadline';
    return due(time) > 0 ? 'sweepDue' : 'sweepNothing';
  }

  #isDue({ deadline }: HeldHint, now: bigint): boolean {
    return this.#policies.expired === 'deadline<=now' ? deadline <= now : deadline < now;
  }

  #drop(due: readonly HeldHint[]): void {
    if (due.length === 0) return;
    this.#hints = this.#hints.filter((hint) => !due.includes(hint));
    this.#expiredTotal += count(due);
  }

  #peers(): bigint[] {
    const peers = new Set(this.#hints.map(({ peer }) => peer));
    return [...peers].toSorted((a, b) => a - b).map(BigInt);
  }

  #stats(): Expected {
    return {
      hintCount: count(this.#hints),
      bytes: sum(this.#hints),
      maxBytes: this.#maxBytes,
      expiredTotal: this.#expiredTotal,
      rejectedOverCapacityTotal: this.#rejectedTotal,
    };
  }
}

function sum(hints: readonly HeldHint[]): bigint {
  let bytes = 0n;
  for (const hint of hints) bytes += hint.bytes;
  return bytes;
}

function count(hints: readonly HeldHint[]): bigint {
  return BigInt(hints.length);
}
