/**
 * The directory of a trace file: which columns there are and where they lie. Columns follow each other in the order
 * of `columnsOf`, each padded to {@link ALIGNMENT}, so a directory is right or wrong as a whole and no two columns
 * can overlap.
 */
import { blankTables, NO_ROWS } from './blank-tables.ts';
import type { TableRows } from './blank-tables.ts';
import { columnsOf, fullName, TABLE_NAMES } from './tables.ts';
import type { Column, TableName, Tables } from './tables.ts';

/** Every column and the header begin at a multiple of this many bytes. */
export const ALIGNMENT = 8;

/** The types of columns by the names that the directory gives them. */
export const COLUMN_TYPES = ['u8', 'u16', 'u32', 'i32', 'f64'] as const;
/** Unsigned or signed integers of so many bits, or doubles. */
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** Bytes per cell. */
export const WIDTH: Readonly<Record<ColumnType, number>> = { u8: 1, u16: 2, u32: 4, i32: 4, f64: 8 };

/** One column of the file. */
export interface DirectoryEntry {
  /** As in `hints.storedAt`. */
  readonly name: string;
  readonly type: ColumnType;
  /** Rows. */
  readonly length: number;
  /** Bytes from the first column on. */
  readonly offset: number;
}

/** Where a directory and this version's columns part. `offset` is set if it is about the bytes behind the directory. */
export interface Mismatch {
  readonly expected: string;
  readonly found: number | string;
  readonly offset?: number;
}

/** The directory of some tables, and the bytes that their columns take. */
export function directoryOf(tables: Tables): { readonly directory: readonly DirectoryEntry[]; readonly size: number } {
  const directory: DirectoryEntry[] = [];
  let size = 0;
  for (const named of columnsOf(tables)) {
    const type = typeOf(named.column);
    directory.push({ name: fullName(named), type, length: named.column.length, offset: size });
    size += padded(named.column.length * WIDTH[type]);
  }
  return { directory, size };
}

/** The first mismatch between a directory and the columns this version has, in `size` bytes. Allocates no rows. */
export function findMismatch(directory: readonly DirectoryEntry[], size: number): Mismatch | undefined {
  const rows = rowsOf(directory);
  const expected = columnsOf(blankTables(NO_ROWS, 1));
  let offset = 0;
  for (const [index, named] of expected.entries()) {
    const name = fullName(named);
    const type = typeOf(named.column);
    const found = directory[index];
    if (found === undefined) return { expected: `column ${name} in the directory`, found: 'its end' };
    if (found.name !== name) return { expected: `column ${name} in the directory`, found: found.name };
    if (found.type !== type) return { expected: `type ${type} of ${name}`, found: found.type };
    const length = rows[named.table];
    if (found.length !== length) return { expected: `${length} rows of ${name}`, found: found.length };
    if (found.offset !== offset) return { expected: `offset ${offset} of ${name}`, found: found.offset };
    offset += padded(found.length * WIDTH[type]);
    if (offset > size) return { expected: `${offset - size} more bytes for ${name}`, found: 'the end', offset: size };
  }
  if (directory.length > expected.length) return { expected: `${expected.length} columns`, found: directory.length };
  return offset === size ? undefined : { expected: 'the end', found: `${size - offset} more bytes`, offset };
}

/** Rows per table, as the first column of each table claims. */
export function rowsOf(directory: readonly DirectoryEntry[]): TableRows {
  const rows: Record<TableName, number> = { ...NO_ROWS };
  for (const table of TABLE_NAMES) {
    rows[table] = directory.find(({ name }) => name === table || name.startsWith(`${table}.`))?.length ?? 0;
  }
  return rows;
}

/** `length` bytes, rounded up to the alignment. */
export function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function typeOf(column: Column): ColumnType {
  if (column instanceof Uint8Array) return 'u8';
  if (column instanceof Uint16Array) return 'u16';
  if (column instanceof Uint32Array) return 'u32';
  return column instanceof Int32Array ? 'i32' : 'f64';
}
