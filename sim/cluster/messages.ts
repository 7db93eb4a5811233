/**
 * Messages: what travels over a link, as rows of a pool. A row is taken when a channel accepts the message, turned
 * into its own reply at the far end, and freed when the reply is in or either of them is dropped.
 */
import { widen } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import { LimitReached } from './limit-reached.ts';

/** What a message is; a reply keeps the row of the request it answers. */
export const WRITE = 0;
export const READ = 1;
export const HINT = 2;
export const HEARTBEAT = 3;
export const REPLY_TO_WRITE = 4;
export const REPLY_TO_READ = 5;

/** The most messages under way at once; a run that needs more ends there. */
export const MAX_MESSAGES = 8_388_608;

const INITIAL_ROWS = 256;

export class Messages {
  kind = new Uint8Array(INITIAL_ROWS);
  link = new Int32Array(INITIAL_ROWS);
  /** The connection the message left on: stale once the link was cut. */
  epoch = new Int32Array(INITIAL_ROWS);
  /** Of a hint: the receiver's incarnation when it left, which tells which end a dropped message owes its loss to. */
  receiver = new Int32Array(INITIAL_ROWS);
  /** The request it belongs to, or the hint it carries. */
  subject = new Int32Array(INITIAL_ROWS);
  /** Of the request row, so that a late reply does not vote for its successor. */
  generation = new Int32Array(INITIAL_ROWS);
  key = new Int32Array(INITIAL_ROWS);
  /** The write it carries, or the value that a read found. */
  value = new Int32Array(INITIAL_ROWS);
  /** The next message in the same channel, or the next free row. */
  next = new Int32Array(INITIAL_ROWS);
  #free = NONE;
  #used = 0;

  /** A row for a message on `link`; its fields beyond these four are the caller's. */
  take(kind: number, link: number, subject: number, value: number): number {
    const row = this.#row();
    this.kind[row] = kind;
    this.link[row] = link;
    this.subject[row] = subject;
    this.value[row] = value;
    this.next[row] = NONE;
    return row;
  }

  /** Bytes of the pool. */
  get weight(): number {
    return this.kind.length * 37;
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
    this.link = widen(this.link, new Int32Array(capacity));
    this.epoch = widen(this.epoch, new Int32Array(capacity));
    this.receiver = widen(this.receiver, new Int32Array(capacity));
    this.subject = widen(this.subject, new Int32Array(capacity));
    this.generation = widen(this.generation, new Int32Array(capacity));
    this.key = widen(this.key, new Int32Array(capacity));
    this.value = widen(this.value, new Int32Array(capacity));
    this.next = widen(this.next, new Int32Array(capacity));
  }
}
