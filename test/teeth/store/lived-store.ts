/**
 * A store being lived: does the operations of a life to the columns of `core/`, and looks at everything before and after.
 * Beside them lives the store with payloads, which must say the same wherever it has the same operations.
 */
import {
  bytes,
  duration,
  END_OF_TIME,
  HintBatch,
  HintColumns,
  HintStore,
  instant,
  later,
  NO_SLOT,
  peerIndex,
  VirtualClock,
} from '../../../core/index.ts';
import type { HintStoreStats, Instant, PeerIndex } from '../../../core/index.ts';
import type { StoreOperation } from '../../../sim/conform/index.ts';
import { Books } from './books.ts';
import type { HeldHint, Snapshot, Step, StoreLife } from './step.ts';

/** Hints that a take of part of a queue may hand out: 1, 2 and 3 in turn. */
const MOST_AT_ONCE = 3;

interface Numbered {
  readonly byteLength: number;
  readonly reference: number;
}

/** What an operation came to, but for the snapshots. */
type Outcome = Pick<Step, 'answer' | 'newestDeadline' | 'handedOut' | 'expired' | 'atMost' | 'sweptAt' | 'sweptAgain'>;

const NOTHING: Outcome = {
  answer: undefined,
  newestDeadline: undefined,
  handedOut: [],
  expired: [],
  atMost: 0,
  sweptAt: 0,
  sweptAgain: 0,
};

/** Batches that every store uses in turn, each within one call: a life has eight stores, and makes none of its own. */
const IN_HAND = { waiting: new HintBatch(), taken: new HintBatch(), expired: new HintBatch() };

/** Of a store that is not watched. */
const UNWATCHED: Pick<Snapshot, 'lengths' | 'queues' | 'peers'> = { lengths: new Map(), queues: new Map(), peers: [] };

export class LivedStore {
  readonly books = new Books();
  readonly clock = new VirtualClock();
  readonly columns: HintColumns;
  /** Given while all that was done could be done to it as well. */
  readonly store: HintStore<Numbered> | undefined;
  /** The two stores have never disagreed. */
  agrees = true;
  readonly #takes: StoreLife['takes'];
  readonly #isWatched: boolean;
  readonly #peers: readonly PeerIndex[];
  #latest: Snapshot;
  #steps = 0;

  /** @param isWatched beside a store with payloads, and with queues and lengths in its snapshots; without, the books alone */
  constructor({ takes, scenario }: StoreLife, isWatched = true) {
    const maxBytes = bytes(scenario.maxBytes);
    this.#takes = takes;
    this.#isWatched = isWatched;
    this.columns = new HintColumns(this.clock, { maxBytes });
    this.store = isWatched && takes === 'whole' ? new HintStore(this.clock, { maxBytes }) : undefined;
    const peers = new Set(scenario.operations.flatMap((operation) => ('peer' in operation ? [operation.peer] : [])));
    this.#peers = isWatched ? [...peers].map(peerIndex) : [];
    this.#latest = this.#snapshot(UNWATCHED);
  }

  /** Does one operation and tells of it. */
  do(operation: StoreOperation): Step {
    this.#steps += 1;
    const before = this.#latest;
    const outcome = this.#outcomeOf(operation);
    this.#latest = this.#snapshot(before);
    return { operation, now: this.clock.now(), before, after: this.#latest, ...outcome };
  }

  /** All that can be asked of the columns. @param before what has not changed since is the same array, the same map */
  #snapshot(before: Pick<Snapshot, 'lengths' | 'queues' | 'peers'>): Snapshot {
    const { columns } = this;
    const stats = columns.stats();
    const held = this.store?.stats();
    if (held !== undefined && !areSame(held, stats)) this.agrees = false;
    if (!this.#isWatched) return { stats, totalLength: columns.totalLength(), ...UNWATCHED };
    return {
      stats,
      totalLength: columns.totalLength(),
      lengths: this.#byPeer(before.lengths, (peer) => columns.lengthFor(peer)),
      queues: this.#byPeer(before.queues, (peer, known) => this.#queueOf(peer, known)),
      peers: columns.peersWithHints(),
    };
  }

  /** What is so for each peer of the life. */
  #byPeer<Value>(
    known: ReadonlyMap<number, Value>,
    ask: (peer: PeerIndex, known: Value | undefined) => Value,
  ): ReadonlyMap<number, Value> {
    let changed: Map<number, Value> | undefined;
    for (const peer of this.#peers) {
      const before = known.get(peer);
      const now = ask(peer, before);
      if (now !== before) (changed ??= new Map(known)).set(peer, now);
    }
    return changed ?? known;
  }

  #outcomeOf(operation: StoreOperation): Outcome {
    switch (operation.op) {
      case 'enqueue':
        return this.#enqueue(peerIndex(operation.peer), operation.bytes, operation.ttl);
      case 'takeFor':
        return this.#take(peerIndex(operation.peer));
      case 'advance':
        this.clock.advanceTo(later(this.clock.now(), duration(operation.by)));
        return NOTHING;
      case 'expireNow':
        return this.#sweep(instant(Math.max(0, this.clock.now() + operation.offset)));
      default:
        return NOTHING;
    }
  }

  #enqueue(peer: PeerIndex, byteLength: number, ttl: number): Outcome {
    const deadline = Math.min(this.clock.now() + ttl, END_OF_TIME);
    const reference = this.books.offer(peer, byteLength, deadline);
    const answer = this.columns.enqueue(peer, byteLength, reference, duration(ttl));
    const result = this.store?.enqueue(peer, { byteLength, reference }, duration(ttl));
    const isSame = result === undefined || (result.kind === 'accepted') === (answer === 0);
    if (!isSame || (result?.kind === 'accepted' && result.deadline !== deadline)) this.agrees = false;
    const newestDeadline =
      answer === 0 && this.columns.lengthFor(peer) > 0 ? this.columns.newestDeadlineFor(peer) : NaN;
    return { ...NOTHING, answer, newestDeadline };
  }

  #take(peer: PeerIndex): Outcome {
    if (this.#takes === 'each') return this.#takeEach(peer);
    const atMost = this.#takes === 'whole' ? Infinity : this.#atMost();
    const { taken, expired } = IN_HAND;
    taken.clear();
    expired.clear();
    const answer =
      this.#takes === 'whole'
        ? this.columns.takeInto(peer, taken, expired)
        : this.columns.takeSomeInto(peer, atMost, taken, expired);
    const handedOut = hintsIn(taken);
    const payloads = this.store?.takeFor(peer).map(({ payload }) => payload.reference);
    if (payloads !== undefined && !payloads.every((reference, index) => handedOut[index]?.reference === reference)) {
      this.agrees = false;
    }
    return { ...NOTHING, answer, handedOut, expired: hintsIn(expired), atMost };
  }

  /** As an acknowledged delivery does: from the first slot on, dropping what is due and removing what was delivered. */
  #takeEach(peer: PeerIndex): Outcome {
    const { columns } = this;
    const atMost = this.#atMost();
    const handedOut: HeldHint[] = [];
    const expired: HeldHint[] = [];
    let slot = columns.firstSlotFor(peer);
    while (slot !== NO_SLOT && handedOut.length < atMost) {
      const reference = columns.referenceIn(slot);
      const { byteLength, deadline } = this.books.truthOf(reference);
      const next = columns.slotAfter(slot);
      const isDue = columns.isDueIn(slot);
      (isDue ? expired : handedOut).push({ reference, byteLength, deadline });
      if (isDue) columns.expireAt(peer, slot);
      else columns.removeAt(peer, slot);
      slot = next;
    }
    return { ...NOTHING, answer: handedOut.length, handedOut, expired, atMost };
  }

  #sweep(at: Instant): Outcome {
    const { expired } = IN_HAND;
    expired.clear();
    const answer = this.columns.expireNow(at, expired);
    const sweptAgain = this.columns.expireNow(at);
    if (this.store !== undefined && this.store.expireNow(at) !== answer) this.agrees = false;
    return { ...NOTHING, answer, expired: hintsIn(expired), sweptAt: at, sweptAgain };
  }

  #atMost(): number {
    return 1 + (this.#steps % MOST_AT_ONCE);
  }

  #queueOf(peer: PeerIndex, known: readonly HeldHint[] = []): readonly HeldHint[] {
    const { waiting } = IN_HAND;
    waiting.clear();
    this.columns.copyInto(peer, waiting);
    const queue = hintsIn(waiting, known);
    return queue.length === known.length && queue.every((hint, index) => hint === known[index]) ? known : queue;
  }
}

/** The hints of a batch, as rows. @param known rows that are taken again where they say the same */
export function hintsIn(batch: HintBatch, known: readonly HeldHint[] = []): readonly HeldHint[] {
  const hints: HeldHint[] = [];
  for (let index = 0; index < batch.length; index += 1) {
    const [reference, byteLength] = [batch.referenceAt(index), batch.byteLengthAt(index)];
    const hint = { reference, byteLength, deadline: batch.deadlineAt(index) };
    const before = known[index];
    hints.push(isSame(before, hint) ? before : hint);
  }
  return hints;
}

function isSame(before: HeldHint | undefined, { reference, byteLength, deadline }: HeldHint): before is HeldHint {
  return before?.reference === reference && before.byteLength === byteLength && before.deadline === deadline;
}

function areSame(one: HintStoreStats, other: HintStoreStats): boolean {
  return (
    one.hintCount === other.hintCount &&
    one.bytes === other.bytes &&
    one.expiredTotal === other.expiredTotal &&
    one.rejectedOverCapacityTotal === other.rejectedOverCapacityTotal
  );
}
