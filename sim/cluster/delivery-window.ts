/**
 * The window of a delivery session over its queue: the hints at the front that it has sent, of which some are
 * acknowledged, and the cursor at the next one to send. Hints never change places, so the window is two slots:
 *
 *   front                cursor
 *   sent · acked · sent · next · … · tail
 *
 * A hint leaves the store when it is acknowledged and no older one is waited for. What the window knows of hints it has
 * sent means something only while its session is open.
 */
import { assert, NO_SLOT, widen } from '../../core/index.ts';
import type { HintColumns, Instant, PeerIndex } from '../../core/index.ts';
import type { HintShelf } from './hint-shelf.ts';
import type { Topology } from './topology.ts';

const INITIAL_ROWS = 1_024;
/** Openings are counted from 1. */
const NEVER_SENT = 0;

/** The windows of all sessions. A session goes by the number of its link. */
export class DeliveryWindow {
  readonly #topology: Topology;
  readonly #shelf: HintShelf;
  // By session: the slots of the oldest hint of the queue and of the next one to send, and the hints waited for.
  readonly #front: Int32Array;
  readonly #cursor: Int32Array;
  readonly #inFlight: Int32Array;
  // By row of the hint registry: when it was sent last, and whether the peer has acknowledged it since.
  #sentAt = new Float64Array(INITIAL_ROWS);
  #isAcknowledged = new Uint8Array(INITIAL_ROWS);
  // By row: the opening of its session in which it was sent, while it is in that window; else NEVER_SENT.
  #sentIn = new Int32Array(INITIAL_ROWS);
  /** By session: the ordinal of its last opening among those of all sessions. */
  readonly #opening: Int32Array;
  #openings = 0;

  constructor(topology: Topology, shelf: HintShelf) {
    const sessions = topology.count * topology.count;
    this.#topology = topology;
    this.#shelf = shelf;
    this.#front = new Int32Array(sessions);
    this.#cursor = new Int32Array(sessions);
    this.#inFlight = new Int32Array(sessions);
    this.#opening = new Int32Array(sessions);
  }

  /** Bytes of the columns. */
  get weight(): number {
    return this.#sentAt.length * 13;
  }

  /** A session opens: nothing is sent yet. */
  open(session: number): void {
    const front = this.#store(session).firstSlotFor(this.#peer(session));
    this.#front[session] = front;
    this.#cursor[session] = front;
    this.#inFlight[session] = 0;
    this.#opening[session] = ++this.#openings;
  }

  /** Hints sent and not acknowledged. */
  inFlight(session: number): number {
    return this.#inFlight[session] ?? 0;
  }

  /** Nothing is left in the queue. */
  isDone(session: number): boolean {
    return this.#store(session).lengthFor(this.#peer(session)) === 0;
  }

  /** Whether there is a hint to send. Those at the cursor that are past their deadline are dropped on the way. */
  hasNext(session: number): boolean {
    const store = this.#store(session);
    let cursor = this.#cursor[session] ?? NO_SLOT;
    while (cursor !== NO_SLOT && store.isDueIn(cursor)) {
      const row = store.referenceIn(cursor);
      const next = store.slotAfter(cursor);
      if (this.#front[session] === cursor) this.#front[session] = next;
      store.expireAt(this.#peer(session), cursor);
      this.#tidySegment(session, row);
      this.#shelf.fates.left(row, 'expired');
      cursor = next;
    }
    this.#cursor[session] = cursor;
    return cursor !== NO_SLOT;
  }

  /** Takes the next hint into the window, as sent at `at`. Answers with its row. */
  take(session: number, at: Instant): number {
    const store = this.#store(session);
    const slot = this.#cursor[session] ?? NO_SLOT;
    assert(slot !== NO_SLOT, 'a session sends what there is', session);
    const row = store.referenceIn(slot);
    if (row >= this.#sentAt.length) this.#widen(row + 1);
    this.#sentAt[row] = at;
    this.#isAcknowledged[row] = 0;
    this.#sentIn[row] = this.#opening[session] ?? NEVER_SENT;
    this.#cursor[session] = store.slotAfter(slot);
    this.#inFlight[session] = this.inFlight(session) + 1;
    return row;
  }

  /** The row of the hint that was sent first of those waited for; there must be one. */
  oldest(session: number): number {
    const front = this.#front[session] ?? NO_SLOT;
    assert(front !== this.#cursor[session], 'the oldest hint of a session that waits has been sent', session);
    return this.#store(session).referenceIn(front);
  }

  /** When a hint of the window was sent, in microseconds. */
  sentAt(row: number): number {
    return this.#sentAt[row] ?? 0;
  }

  /** The peer has acknowledged a hint of the window. The store lets go of those at the front that are acknowledged. */
  acknowledge(session: number, row: number): void {
    this.#isAcknowledged[row] = 1;
    this.#inFlight[session] = this.inFlight(session) - 1;
    const store = this.#store(session);
    let front = this.#front[session] ?? NO_SLOT;
    while (front !== this.#cursor[session]) {
      const oldest = store.referenceIn(front);
      if (this.#isAcknowledged[oldest] === 0) break;
      const next = store.slotAfter(front);
      this.#sentIn[oldest] = NEVER_SENT;
      store.removeAt(this.#peer(session), front);
      this.#tidySegment(session, oldest);
      this.#shelf.fates.acked(oldest);
      front = next;
    }
    this.#front[session] = front;
  }

  /** A hint was stored behind all others of the queue. */
  appended(session: number, slot: number): void {
    if (this.#front[session] === NO_SLOT) this.#front[session] = slot;
    if (this.#cursor[session] === NO_SLOT) this.#cursor[session] = slot;
  }

  /**
   * A hint that no message carries is about to leave the queue. It may have been sent all the same: its message was lost,
   * which nobody has noticed yet, or it is acknowledged and stands behind one that is not.
   */
  replacing(session: number, slot: number): void {
    const store = this.#store(session);
    const row = store.referenceIn(slot);
    if (this.#sentIn[row] === this.#opening[session] && this.#isAcknowledged[row] === 0) {
      this.#inFlight[session] = this.inFlight(session) - 1;
    }
    this.#sentIn[row] = NEVER_SENT;
    const next = store.slotAfter(slot);
    if (this.#cursor[session] === slot) this.#cursor[session] = next;
    if (this.#front[session] === slot) this.#front[session] = next;
  }

  /** A segment of which nothing is left is deleted. */
  #tidySegment(session: number, row: number): void {
    if (!this.isDone(session)) return;
    this.#shelf.disk.rewritten(this.#topology.from(session), this.#shelf.fates.registry.position[row] ?? 0);
  }

  #store(session: number): HintColumns {
    return this.#shelf.store(this.#topology.from(session));
  }

  #peer(session: number): PeerIndex {
    return this.#shelf.peer(this.#topology.to(session));
  }

  #widen(rows: number): void {
    const capacity = Math.max(rows, this.#sentAt.length * 2);
    this.#sentAt = widen(this.#sentAt, new Float64Array(capacity));
    this.#sentIn = widen(this.#sentIn, new Int32Array(capacity));
    this.#isAcknowledged = widen(this.#isAcknowledged, new Uint8Array(capacity));
  }
}
