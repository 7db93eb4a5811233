/**
 * Messages: what travels over a link, as rows of a pool. A row is taken when a channel accepts the message (or the
 * coordinator hands it to its own backend), turned into its own reply at the far end, and freed when the reply is in or
 * either of them is lost.
 */
import { widen } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import { LimitReached } from './limit-reached.ts';

/** What a message is; a reply keeps the row of the request it answers. */
export const WRITE = 0; /* subject: request, value: write */
export const READ = 1; /* subject: request */
export const HINT = 2; /* subject: hint row, value: write */
export const HEARTBEAT = 3; /* subject: – */
export const REPAIR = 4; /* value: write : read repair, nobody waits for it */
export const KEEP = 5; /* subject: request, value: write, receiver: intended peer : a hint for another node to hold */
export const GOODBYE = 6; /* value: incarnation : the sender stops gracefully */
export const PEEK = 7; /* subject: request, receiver: intended peer : a read of what another node keeps for that peer */
export const REPLY_TO_WRITE = 8;
export const REPLY_TO_READ = 9;
export const REPLY_TO_HINT = 10;
export const REPLY_TO_KEEP = 11;
export const REPLY_TO_PEEK = 12;

/** What a reply says: an error, OK, or an integer n as `INTEGER + n`. Replies are compared byte for byte by code. */
export const ERROR = -1;
/** Not a reply: the replica has a hint that counts for nothing. */
export const HINTED = -2;
export const OK = 0;
export const INTEGER = 1;

/** The most messages under way at once; a run that needs more ends there. */
export const MAX_MESSAGES = 8_388_608;

const INITIAL_ROWS = 256;

export class Messages {
  kind = new Uint8Array(INITIAL_ROWS);
  /** Who sent it to whom, and the link from the one to the other. A reply goes back along them. */
  from = new Uint16Array(INITIAL_ROWS);
  to = new Uint16Array(INITIAL_ROWS);
  link = new Int32Array(INITIAL_ROWS);
  /** The connection the message left on: stale once the link was cut. */
  epoch = new Int32Array(INITIAL_ROWS);
  /**
   * Of a hint: the receiver's incarnation when it left, which tells which end a lost message owes its loss to. Of a KEEP
   * or a PEEK: the peer that the hint is meant for.
   */
  receiver = new Int32Array(INITIAL_ROWS);
  /** The request it belongs to, or the hint it carries. */
  subject = new Int32Array(INITIAL_ROWS);
  /** Of the request row, or of the session: a late reply does not count for a successor. */
  generation = new Int32Array(INITIAL_ROWS);
  key = new Int32Array(INITIAL_ROWS);
  /** The write it carries, or the value that a read found. */
  value = new Int32Array(INITIAL_ROWS);
  /** Of a reply: what it says. Of a KEEP: why the hint is kept, an index into `HINT_REASONS`. */
  code = new Int32Array(INITIAL_ROWS);
  /** Payload bytes on the wire. */
  bytes = new Float64Array(INITIAL_ROWS);
  /** When it reached the backend that executes it. */
  arrivedAt = new Float64Array(INITIAL_ROWS);
  /** When nobody waits for it any more; Infinity if nobody gives up. */
  lateAt = new Float64Array(INITIAL_ROWS);
  /** The next message in the same channel or the same backend's queue, or the next free row. */
  next = new Int32Array(INITIAL_ROWS);
  readonly #nodes: number;
  #free = NONE;
  #used = 0;

  /** @param nodes in the peer table */
  constructor(nodes: number) {
    this.#nodes = nodes;
  }

  /** A row for a message between two nodes; its fields beyond these are the caller's, or left at "none". */
  take(kind: number, from: number, to: number, subject: number, value: number): number {
    const row = this.#row();
    this.kind[row] = kind;
    this.from[row] = from;
    this.to[row] = to;
    this.link[row] = from * this.#nodes + to;
    this.subject[row] = subject;
    this.value[row] = value;
    this.code[row] = OK;
    this.bytes[row] = 0;
    this.lateAt[row] = Infinity;
    this.next[row] = NONE;
    return row;
  }

  /** Bytes of the pool. */
  get weight(): number {
    return this.kind.length * 69;
  }

  free(row: number): void {
    this.next[row] = this.#free;
    this.#free = row;
  }

  #row(): number {
    const row = this.#free;
    if (row !== NONE) {
      this.#free = this.next[row] ?? NONE;
      return row;
    }
    if (this.#used === this.kind.length) this.#widen();
    return this.#used++;
  }

  #widen(): void {
    const capacity = this.kind.length * 2;
    if (capacity > MAX_MESSAGES) throw new LimitReached('messages', MAX_MESSAGES);
    this.kind = widen(this.kind, new Uint8Array(capacity));
    this.from = widen(this.from, new Uint16Array(capacity));
    this.to = widen(this.to, new Uint16Array(capacity));
    this.link = widen(this.link, new Int32Array(capacity));
    this.epoch = widen(this.epoch, new Int32Array(capacity));
    this.receiver = widen(this.receiver, new Int32Array(capacity));
    this.subject = widen(this.subject, new Int32Array(capacity));
    this.generation = widen(this.generation, new Int32Array(capacity));
    this.key = widen(this.key, new Int32Array(capacity));
    this.value = widen(this.value, new Int32Array(capacity));
    this.code = widen(this.code, new Int32Array(capacity));
    this.bytes = widen(this.bytes, new Float64Array(capacity));
    this.arrivedAt = widen(this.arrivedAt, new Float64Array(capacity));
    this.lateAt = widen(this.lateAt, new Float64Array(capacity));
    this.next = widen(this.next, new Int32Array(capacity));
  }
}
