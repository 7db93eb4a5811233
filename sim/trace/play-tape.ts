/**
 * Makes the tables of level `full` out of a tape: writes, their copies, reads, and the log. Each row of the tape is
 * what a verb of the recorder said, and here is what that means for the tables.
 */
import { assert } from '../../core/index.ts';
import { blankLog } from './blank-tables.ts';
import { CopyRows } from './copy-rows.ts';
import { LOG } from './log-codes.ts';
import { ReadRows } from './read-rows.ts';
import { CODE_BITS, doubleOf, LEAP_HIGH, NODE_BITS, OPERATION_MASK, RETRY, SKEWED, TAPE } from './tape.ts';
import type { TapePieces } from './tape.ts';
import { COPY_ROUTES, NOBODY, NONE, WRITE_OUTCOMES } from './trace.ts';
import type { EventLog, Trace } from './trace.ts';
import { WriteRows } from './write-rows.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');
const FAILED = WRITE_OUTCOMES.indexOf('failed');
const DIRECT = COPY_ROUTES.indexOf('direct');
const HINTED = COPY_ROUTES.indexOf('hinted');
const CODE_MASK = (1 << CODE_BITS) - 1;
const NODE_MASK = (1 << NODE_BITS) - 1;

/** The tables that are made of a tape. */
export type FullTables = Pick<Trace, 'writes' | 'copies' | 'reads' | 'log'>;
/** How many rows each of them has. */
export type FullRows = Readonly<Record<keyof FullTables, number>>;

/** The tables of a tape. O(rows). @param writeOfHint by hint: its write */
export function playTape(pieces: TapePieces, rows: FullRows, writeOfHint: Int32Array): FullTables {
  const player = new Player(rows, writeOfHint);
  for (const words of pieces) player.play(words);
  return player.tables;
}

class Player {
  readonly #writeOfHint: Int32Array;
  readonly #writes: WriteRows;
  readonly #copies: CopyRows;
  readonly #reads: ReadRows;
  readonly #log: EventLog;
  #entry = 0;
  #at = 0;
  #words: TapePieces[number] = new Int32Array(0);
  #next = 0;

  constructor(rows: FullRows, writeOfHint: Int32Array) {
    this.#writeOfHint = writeOfHint;
    this.#writes = new WriteRows(rows.writes);
    this.#copies = new CopyRows(rows.copies);
    this.#reads = new ReadRows(rows.reads);
    this.#log = blankLog(rows.log);
  }

  get tables(): FullTables {
    return { writes: this.#writes.table, copies: this.#copies.table, reads: this.#reads.table, log: this.#log };
  }

  /** Plays the next piece. What happens most is told here, and the columns of the log are at hand. */
  play(words: Int32Array): void {
    const log = this.#log;
    let entry = this.#entry;
    let at = this.#at;
    this.#words = words;
    this.#next = 0;
    while (this.#next < words.length) {
      const head = this.#word();
      let kind = head & CODE_MASK;
      at += head >>> CODE_BITS;
      const nodes = this.#word();
      const node = nodes & NODE_MASK;
      let peer = nodes >>> NODE_BITS;
      const subject = this.#word();
      switch (kind) {
        case LOG.writeIssued:
          this.#issued(at, node, peer, subject);
          peer = NOBODY;
          break;
        case LOG.copySent:
          this.#copies.planned(subject, peer, DIRECT);
          break;
        case LOG.copyApplied:
          this.#copies.applied(this.#copyOf(subject, node), at);
          break;
        case LOG.writeAcked:
          this.#writes.resolved(subject, ACKED, at);
          break;
        case TAPE.leap:
          at += (nodes >>> 0) + subject * LEAP_HIGH;
          continue;
        default:
          kind =
            kind < TAPE.planned
              ? this.#told(at, kind, node, peer, subject)
              : this.#aside(at, kind, node, peer, subject);
          if (kind === NONE) continue;
      }
      log.at[entry] = at;
      log.kind[entry] = kind;
      log.node[entry] = node;
      log.peer[entry] = peer;
      log.subject[entry] = subject;
      entry++;
    }
    this.#entry = entry;
    this.#at = at;
  }

  /** A row whose code is its kind in the log. Answers with it. */
  #told(at: number, code: number, node: number, peer: number, subject: number): number {
    switch (code) {
      case LOG.writeFailed:
        this.#writes.resolved(subject, FAILED, at);
        break;
      case LOG.readIssued:
        this.#reads.issued(subject, at, node, this.#word(), this.#word(), this.#word());
        break;
      case LOG.readAnswered:
        this.#reads.resolved(subject, ACKED, at, this.#word());
        break;
      case LOG.readFailed:
        this.#reads.resolved(subject, FAILED, at, NONE);
        break;
      case LOG.hintStored:
        this.#copies.hinted(this.#copies.planned(this.#written(subject), peer, HINTED), subject);
        break;
      default:
        this.#arrived(at, code, node, peer, subject);
    }
    return code;
  }

  /** A row about what became of a copy, or about none. */
  #arrived(at: number, code: number, node: number, peer: number, subject: number): void {
    switch (code) {
      case LOG.copyDropped:
      case LOG.copyRefused:
        return this.#copies.dropped(this.#copyOf(subject, peer), at, this.#word());
      case LOG.copyIgnored:
        return this.#copies.ignored(this.#copyOf(subject, node), at);
      case LOG.repairApplied:
        return this.#appliedIfMeant(subject, node, at);
      case LOG.hintApplied:
        return this.#copies.applied(this.#copyOf(this.#written(subject), node), at);
      case LOG.hintIgnored:
        return this.#copies.ignored(this.#copyOf(this.#written(subject), node), at);
      case LOG.strayApplied:
        return this.#appliedIfMeant(this.#written(subject), node, at);
      default:
    }
  }

  /** A row whose code is of the tape alone. Answers with its kind in the log, or NONE. */
  #aside(at: number, code: number, node: number, peer: number, subject: number): number {
    switch (code) {
      case TAPE.planned:
        this.#copies.planned(subject, node, peer);
        return NONE;
      case TAPE.rerouted:
        this.#copies.refused(this.#copyOf(subject, node), peer);
        return NONE;
      case TAPE.diverted:
        return LOG.copySent;
      case TAPE.joined:
        this.#copies.hinted(this.#copyOf(this.#written(subject), peer), subject);
        return LOG.hintStored;
      case TAPE.repairIgnored: {
        const copy = this.#findCopy(subject, node);
        if (copy !== NONE) this.#copies.ignored(copy, at);
        return LOG.copyIgnored;
      }
      default:
        assert(false, 'every code of a tape is played', code);
    }
  }

  #issued(at: number, coordinator: number, flags: number, write: number): void {
    const key = this.#word() >>> 0;
    const bytes = this.#word() >>> 0;
    const timestamp = flags & SKEWED ? doubleOf(this.#word(), this.#word()) : at;
    const retryOf = flags & RETRY ? this.#word() : NONE;
    const operation = flags & OPERATION_MASK;
    this.#writes.issued(write, at, coordinator, key, bytes, operation, timestamp, retryOf, this.#copies.length);
  }

  #appliedIfMeant(write: number, replica: number, at: number): void {
    const copy = this.#findCopy(write, replica);
    if (copy !== NONE) this.#copies.applied(copy, at);
  }

  #word(): number {
    return this.#words[this.#next++] ?? 0;
  }

  #written(hint: number): number {
    return this.#writeOfHint[hint] ?? NONE;
  }

  /** The row of a copy that was planned. */
  #copyOf(write: number, replica: number): number {
    const copy = this.#findCopy(write, replica);
    assert(copy !== NONE, 'a write has a copy for each of its replicas', write);
    return copy;
  }

  /** The row of the copy of a write for a node, or NONE: it was not meant for that one. */
  #findCopy(write: number, replica: number): number {
    return this.#copies.find(write, this.#writes.firstCopyOf(write), replica);
  }
}
