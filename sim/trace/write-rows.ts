/**
 * Collects the tables of level `full`: every write, every copy of a write, and the log of everything that happened.
 */
import { assert, widen } from '../../core/index.ts';
import { FIRST_CAPACITY } from './capacity.ts';
import { NEVER, NONE } from './trace.ts';
import type { CopyTable, EventLog, WriteTable } from './trace.ts';

/** The write table while it grows. Row = write id. */
export class WriteRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #issuedAt = new Float64Array(FIRST_CAPACITY);
  #coordinator = new Uint16Array(FIRST_CAPACITY);
  #key = new Uint32Array(FIRST_CAPACITY);
  #bytes = new Float64Array(FIRST_CAPACITY);
  #outcome = new Uint8Array(FIRST_CAPACITY);
  #resolvedAt = new Float64Array(FIRST_CAPACITY);
  #firstCopy = new Uint32Array(FIRST_CAPACITY);

  get weight(): number {
    return this.#length * 35;
  }

  issued(at: number, coordinator: number, key: number, bytes: number, firstCopy: number): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    this.#issuedAt[row] = at;
    this.#coordinator[row] = coordinator;
    this.#key[row] = key;
    this.#bytes[row] = bytes;
    this.#resolvedAt[row] = NEVER;
    this.#firstCopy[row] = firstCopy;
  }

  resolved(write: number, outcome: number, at: number): void {
    this.#outcome[write] = outcome;
    this.#resolvedAt[write] = at;
  }

  firstCopyOf(write: number): number {
    return this.#firstCopy[write] ?? 0;
  }

  table(): WriteTable {
    const end = this.#length;
    return {
      issuedAt: this.#issuedAt.slice(0, end),
      coordinator: this.#coordinator.slice(0, end),
      key: this.#key.slice(0, end),
      bytes: this.#bytes.slice(0, end),
      outcome: this.#outcome.slice(0, end),
      resolvedAt: this.#resolvedAt.slice(0, end),
      firstCopy: this.#firstCopy.slice(0, end),
    };
  }

  #widen(): void {
    this.#capacity *= 2;
    this.#issuedAt = widen(this.#issuedAt, new Float64Array(this.#capacity));
    this.#coordinator = widen(this.#coordinator, new Uint16Array(this.#capacity));
    this.#key = widen(this.#key, new Uint32Array(this.#capacity));
    this.#bytes = widen(this.#bytes, new Float64Array(this.#capacity));
    this.#outcome = widen(this.#outcome, new Uint8Array(this.#capacity));
    this.#resolvedAt = widen(this.#resolvedAt, new Float64Array(this.#capacity));
    this.#firstCopy = widen(this.#firstCopy, new Uint32Array(this.#capacity));
  }
}

/** The copy table while it grows: one row per (write, replica). */
export class CopyRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #write = new Int32Array(FIRST_CAPACITY);
  #replica = new Uint16Array(FIRST_CAPACITY);
  #route = new Uint8Array(FIRST_CAPACITY);
  #appliedAt = new Float64Array(FIRST_CAPACITY);
  #droppedAt = new Float64Array(FIRST_CAPACITY);
  #hint = new Int32Array(FIRST_CAPACITY);

  /** Rows so far: the position of the next copy. */
  get length(): number {
    return this.#length;
  }

  get weight(): number {
    return this.#length * 27;
  }

  planned(write: number, replica: number, route: number, hint: number): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    this.#write[row] = write;
    this.#replica[row] = replica;
    this.#route[row] = route;
    this.#appliedAt[row] = NEVER;
    this.#droppedAt[row] = NEVER;
    this.#hint[row] = hint;
  }

  /** The copy of `write`, whose copies begin at `firstCopy`, has been applied by `replica`. */
  applied(write: number, firstCopy: number, replica: number, at: number): void {
    const row = this.#find(write, firstCopy, replica);
    if (this.#appliedAt[row] === NEVER) this.#appliedAt[row] = at;
  }

  /** The direct copy of `write` for `replica` was lost on its way. */
  dropped(write: number, firstCopy: number, replica: number, at: number): void {
    this.#droppedAt[this.#find(write, firstCopy, replica)] = at;
  }

  #find(write: number, firstCopy: number, replica: number): number {
    let row = firstCopy;
    while (this.#replica[row] !== replica && this.#write[row] === write) row++;
    assert(this.#write[row] === write, 'a write has a copy for each of its replicas', write);
    return row;
  }

  table(): CopyTable {
    const end = this.#length;
    return {
      write: this.#write.slice(0, end),
      replica: this.#replica.slice(0, end),
      route: this.#route.slice(0, end),
      appliedAt: this.#appliedAt.slice(0, end),
      droppedAt: this.#droppedAt.slice(0, end),
      hint: this.#hint.slice(0, end),
    };
  }

  #widen(): void {
    this.#capacity *= 2;
    this.#write = widen(this.#write, new Int32Array(this.#capacity));
    this.#replica = widen(this.#replica, new Uint16Array(this.#capacity));
    this.#route = widen(this.#route, new Uint8Array(this.#capacity));
    this.#appliedAt = widen(this.#appliedAt, new Float64Array(this.#capacity));
    this.#droppedAt = widen(this.#droppedAt, new Float64Array(this.#capacity));
    this.#hint = widen(this.#hint, new Int32Array(this.#capacity));
  }
}

/** The event log while it grows. */
export class LogRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #at = new Float64Array(FIRST_CAPACITY);
  #kind = new Uint8Array(FIRST_CAPACITY);
  #node = new Uint16Array(FIRST_CAPACITY);
  #peer = new Uint16Array(FIRST_CAPACITY);
  #subject = new Int32Array(FIRST_CAPACITY);

  get weight(): number {
    return this.#length * 17;
  }

  add(at: number, kind: number, node: number, peer: number, subject: number = NONE): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    this.#at[row] = at;
    this.#kind[row] = kind;
    this.#node[row] = node;
    this.#peer[row] = peer;
    this.#subject[row] = subject;
  }

  table(): EventLog {
    const end = this.#length;
    return {
      at: this.#at.slice(0, end),
      kind: this.#kind.slice(0, end),
      node: this.#node.slice(0, end),
      peer: this.#peer.slice(0, end),
      subject: this.#subject.slice(0, end),
    };
  }

  #widen(): void {
    this.#capacity *= 2;
    this.#at = widen(this.#at, new Float64Array(this.#capacity));
    this.#kind = widen(this.#kind, new Uint8Array(this.#capacity));
    this.#node = widen(this.#node, new Uint16Array(this.#capacity));
    this.#peer = widen(this.#peer, new Uint16Array(this.#capacity));
    this.#subject = widen(this.#subject, new Int32Array(this.#capacity));
  }
}
