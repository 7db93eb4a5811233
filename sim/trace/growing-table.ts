/**
 * A table of a trace while a run writes it: columns of one capacity, and rows up to a length. Recording costs more by
 * the memory that it asks for than by the rows that it writes, so a table that is full looks ahead: at the pace so far,
 * how many rows will there be when the run is over? It takes that many at once, and a run that keeps its pace moves its
 * rows a few times while they are few, and hands the columns over as they are.
 *
 * Rows that are never written cost next to nothing: engines ask the system for zeroed pages, and get them when touched.
 */

const FIRST_ROWS = 4_096;
/** Up to so many rows a guess is worth trying; beyond, it may quadruple a table, and is by then a good one. */
const GUESSED_ROWS = 1_048_576;
/** What is taken beyond the guess, as the share of it: a pace is never quite even. */
const SPARE = 1 / 8;

/** A table that has more than this share of its rows unused is copied when it is handed over. */
const MAX_UNUSED = 1 / 4;

/** Any column. */
interface Column extends ArrayLike<number> {
  readonly BYTES_PER_ELEMENT: number;
  set(from: ArrayLike<number>): void;
  subarray(begin: number, end: number): Column;
}

/** A table of columns, which come in one order in all tables of the same making. */
type Columns<Table> = { readonly [Name in keyof Table]: Column };

export class GrowingTable<Table extends Columns<Table>> {
  /** For whoever writes the rows. Others once the table grows, so read after {@link add}. */
  columns: Table;
  readonly #blank: (rows: number) => Table;
  readonly #runMicros: number;
  readonly #rowBytes: number;
  #capacity = 0;
  #length = 0;

  /**
   * @param blank makes a table of so many rows, all zero
   * @param runMicros how long the run goes on, in microseconds
   */
  constructor(blank: (rows: number) => Table, runMicros: number) {
    this.#blank = blank;
    this.#runMicros = runMicros;
    this.columns = blank(0);
    this.#rowBytes = Object.values<Column>(this.columns).reduce((sum, { BYTES_PER_ELEMENT: size }) => sum + size, 0);
  }

  /** Rows so far: the number of the next row. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the rows so far. */
  get weight(): number {
    return this.#length * this.#rowBytes;
  }

  /** Adds a row of zeros; answers with its number. Amortised O(1). @param at the time now, which tells the pace */
  add(at: number): number {
    if (this.#length === this.#capacity) this.#grow(at);
    return this.#length++;
  }

  /** The finished table: views of the columns themselves, or copies if too much of them is unused. */
  table(): Table {
    const rows = this.#length;
    if (this.#capacity - rows > this.#capacity * MAX_UNUSED) return copied(this.columns, this.#blank(rows));
    const views = Object.entries<Column>(this.columns).map(
      ([name, column]) => [name, column.subarray(0, rows)] as const,
    );
    return Object.assign(this.#blank(0), Object.fromEntries(views));
  }

  #grow(at: number): void {
    const rows = this.#length;
    const guess = rows === 0 ? FIRST_ROWS : (rows * this.#runMicros * (1 + SPARE)) / Math.max(1, at);
    const capacity = Math.max(2 * rows, Math.min(guess, Math.max(4 * rows, GUESSED_ROWS)));
    this.#capacity = Math.ceil(capacity);
    this.columns = copied(this.columns, this.#blank(this.#capacity));
  }
}

/** Fills `to` with the rows of `from`, as many as both have; answers with it. */
function copied<Table extends Columns<Table>>(from: Table, to: Table): Table {
  const targets = Object.values<Column>(to);
  Object.values<Column>(from).forEach((column, position) => {
    const target = targets[position];
    target?.set(column.subarray(0, target.length));
  });
  return to;
}
