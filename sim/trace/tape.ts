/**
 * The tape: what a run at level `full` writes down while it goes, as small as it can be and in the order of happening.
 * A run pays for a recording by the memory that it touches, and the tables of a trace take nearly three times as much,
 * so they are made of the tape when somebody asks for them (`play-tape.ts`).
 *
 * A row is three words: the time since the row before and a code; two nodes; a subject. Codes with more to say have
 * words after that. Most codes are kinds of the log, and such a row is an entry of the log; `TAPE` adds the others.
 */

/** Codes beyond those of the log. */
export const TAPE = {
  /** No entry of the log: how a coordinator treats a replica of a write. node = replica, peer = route, subject = write. */
  planned: 48,
  /** No entry: the hint of such a copy was refused elsewhere. As `planned`. */
  rerouted: 49,
  /** An entry `copySent`, with a hint for another node: the copy for the replica is told of by other rows. */
  diverted: 50,
  /** An entry `hintStored` for a copy that was sent before. */
  joined: 51,
  /** An entry `copyIgnored` of read repair, which may bring a write to a node that it was not meant for. */
  repairIgnored: 52,
  /** No entry: more time has gone by than a row can say. The words after the first are that time. */
  leap: 63,
} as const;

/** Operation and flags of a write, where other rows have their peer; words after that: key, bytes, and by the flags. */
export const OPERATION_MASK = 3;
/** Its timestamp is not the time of the run: a float64 follows. */
export const SKEWED = 4;
/** It is another attempt of a write: that one follows. */
export const RETRY = 8;

/** The first word: the code below, the microseconds since the row before above. */
export const CODE_BITS = 6;
/** The second: node below, peer above. */
export const NODE_BITS = 16;
/** Microseconds that the next row is too far off. */
const LEAP_MICROS = 1 << (32 - CODE_BITS);
/** A leap is two words, low and high: one more of the high is so many microseconds. */
export const LEAP_HIGH = 4_294_967_296;

/** Words of a piece of tape: 256 KiB, which engines take from the system as zeroed pages. */
const PIECE_WORDS = 65_536;
/** The most words of a row, with a leap before it. */
const ROW_WORDS = 12;
/** Where a row may begin at the latest. */
const LAST_START = PIECE_WORDS - ROW_WORDS;

/** A float64 and the two words that it is. */
const DOUBLE = new Float64Array(1);
const HALVES = new Int32Array(DOUBLE.buffer);

/** The float64 that two words of a tape are. */
export function doubleOf(first: number, second: number): number {
  HALVES[0] = first;
  HALVES[1] = second;
  return DOUBLE[0] ?? 0;
}

/** What was on a tape at some moment, piece after piece; a row is in one piece. */
export type TapePieces = readonly Int32Array[];

/** A tape that is being written. */
export class Tape {
  readonly #pieces: Int32Array[] = [];
  /** The piece that is being written; there is none before the first row, and that counts as full. */
  #words = new Int32Array(0);
  #next = PIECE_WORDS;
  #at = 0;
  #entries = 0;

  /** Rows of the log that the tape holds. */
  get entries(): number {
    return this.#entries;
  }

  /** Adds a row that is an entry of the log, too. Times never go back. @param code a kind of the log, or of `TAPE` */
  entry(at: number, code: number, node: number, peer: number, subject: number): void {
    this.#entries++;
    this.note(at, code, node, peer, subject);
  }

  /** Adds a row that is none. */
  note(at: number, code: number, node: number, peer: number, subject: number): void {
    if (this.#next > LAST_START) this.#turn();
    let gap = at - this.#at;
    if (gap >= LEAP_MICROS) gap = this.#leap(gap);
    this.#at = at;
    const words = this.#words;
    const next = this.#next;
    words[next] = (gap << CODE_BITS) | code;
    words[next + 1] = node | (peer << NODE_BITS);
    words[next + 2] = subject;
    this.#next = next + 3;
  }

  /** Adds a word to the last row. */
  word(value: number): void {
    this.#words[this.#next++] = value;
  }

  /** Adds a float64 to the last row: two words. */
  double(value: number): void {
    DOUBLE[0] = value;
    this.word(HALVES[0] ?? 0);
    this.word(HALVES[1] ?? 0);
  }

  /** What is on it now. What is added later does not show. O(pieces). */
  pieces(): TapePieces {
    return [...this.#pieces, this.#words.subarray(0, this.#next)];
  }

  #leap(gap: number): number {
    const next = this.#next;
    this.#words[next] = TAPE.leap;
    this.#words[next + 1] = (gap % LEAP_HIGH) | 0;
    this.#words[next + 2] = Math.floor(gap / LEAP_HIGH);
    this.#next = next + 3;
    return 0;
  }

  #turn(): void {
    if (this.#words.length > 0) this.#pieces.push(this.#words.subarray(0, this.#next));
    this.#words = new Int32Array(PIECE_WORDS);
    this.#next = 0;
  }
}
