/**
 * A trace as one file. Everything is little-endian, whatever the machine:
 *
 *     byte  0  magic, 8 bytes          20  checksum of all other bytes, u32
 *           8  version, u32            24  header, JSON in UTF-8, then zeros up to a multiple of 8
 *          12  header length, u32       …  the columns in the order of `columnsOf`, each padded
 *          16  file length / 8, u32        with zeros to a multiple of 8
 *
 * The directory in the header lets other programs find the columns without knowing this code.
 */
import { assert } from '../../core/index.ts';
import { blankTables } from './blank-tables.ts';
import { findBadCell } from './check-tables.ts';
import { checksum } from './checksum.ts';
import { readColumn, writeColumn } from './column-bytes.ts';
import { ALIGNMENT, directoryOf, findMismatch, padded, rowsOf, WIDTH } from './directory.ts';
import type { DirectoryEntry } from './directory.ts';
import { readHeader, writeHeader } from './header.ts';
import type { Header } from './header.ts';
import { columnsOf } from './tables.ts';
import type { Column, Tables } from './tables.ts';
import { TRACE_VERSION } from './trace.ts';
import type { Trace } from './trace.ts';

/** The first bytes of a trace file: a byte that is not text, `HINTLAB`. */
const MAGIC = [0x89, 0x48, 0x49, 0x4e, 0x54, 0x4c, 0x41, 0x42] as const;
const VERSION_AT = 8;
const HEADER_LENGTH_AT = 12;
const FILE_LENGTH_AT = 16;
/** The byte where the checksum lies. */
export const CHECKSUM_AT = 20;
const HEADER_AT = 24;

/** A trace, or where and why some bytes are not one. */
export type DecodeResult =
  | { readonly kind: 'trace'; readonly trace: Trace }
  | {
      readonly kind: 'invalid';
      /** The byte where the file stops making sense. */
      readonly at: number;
      /** One sentence: that byte, what was expected there, what was found. */
      readonly problem: string;
    };

type Invalid = Extract<DecodeResult, { kind: 'invalid' }>;

/** The file of a trace; the same trace gives the same bytes. O(cells). */
export function encodeTrace(trace: Trace): Uint8Array {
  const { directory, size } = directoryOf(trace);
  const header = writeHeader(trace, directory);
  const columnsAt = HEADER_AT + padded(header.length);
  const bytes = new Uint8Array(columnsAt + size);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes.set(header, HEADER_AT);
  view.setUint32(VERSION_AT, TRACE_VERSION, true);
  view.setUint32(HEADER_LENGTH_AT, header.length, true);
  view.setUint32(FILE_LENGTH_AT, bytes.length / ALIGNMENT, true);
  eachColumn(trace, directory, (column, offset) => writeColumn(view, columnsAt + offset, column));
  view.setUint32(CHECKSUM_AT, fileChecksum(view), true);
  return bytes;
}

/** The trace in a file, or where and why it is not one. Never throws; columns are fresh. O(bytes). */
export function decodeTrace(bytes: Uint8Array): DecodeResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damage = findDamage(bytes, view);
  if (damage !== undefined) return damage;
  const headerLength = view.getUint32(HEADER_LENGTH_AT, true);
  const columnsAt = HEADER_AT + padded(headerLength);
  if (columnsAt > bytes.length) {
    return invalid(HEADER_LENGTH_AT, `a header of at most ${bytes.length - HEADER_AT} bytes`, headerLength);
  }
  const read = readHeader(bytes.subarray(HEADER_AT, HEADER_AT + headerLength));
  if (read.kind === 'invalid') return { kind: 'invalid', at: HEADER_AT, problem: `byte ${HEADER_AT}: ${read.problem}` };
  return decodeColumns(view, columnsAt, read.header);
}

/** Every distinct buffer behind the columns of a trace: what `postMessage` may move instead of copying. */
export function transferables(trace: Trace): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { column } of columnsOf(trace)) if (column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
  return [...buffers];
}

/** The checksum that belongs at {@link CHECKSUM_AT}: over all bytes but its own four. */
export function fileChecksum(view: DataView): number {
  return checksum(view, HEADER_AT, view.byteLength, checksum(view, 0, CHECKSUM_AT, 0));
}

/** What is wrong with the file before looking into it. */
function findDamage(bytes: Uint8Array, view: DataView): Invalid | undefined {
  const foreign = MAGIC.findIndex((value, at) => bytes[at] !== value);
  if (foreign !== -1 && foreign < bytes.length) return invalid(foreign, `${MAGIC[foreign]}`, bytes[foreign] ?? 0);
  if (bytes.length < HEADER_AT) return invalid(bytes.length, `at least ${HEADER_AT} bytes`, bytes.length);
  const version = view.getUint32(VERSION_AT, true);
  if (version !== TRACE_VERSION) return invalid(VERSION_AT, `trace version ${TRACE_VERSION}`, version);
  const length = view.getUint32(FILE_LENGTH_AT, true) * ALIGNMENT;
  if (length !== bytes.length) {
    return invalid(Math.min(length, bytes.length), `a file of ${length} bytes`, bytes.length);
  }
  const sum = fileChecksum(view);
  const written = view.getUint32(CHECKSUM_AT, true);
  return sum === written ? undefined : invalid(CHECKSUM_AT, `checksum ${sum}`, written);
}

function decodeColumns(view: DataView, columnsAt: number, header: Header): DecodeResult {
  const { columns: directory, bucketMicros, ...rest } = header;
  const wrong = findMismatch(directory, view.byteLength - columnsAt);
  if (wrong !== undefined) {
    const at = wrong.offset === undefined ? HEADER_AT : columnsAt + wrong.offset;
    return invalid(at, wrong.expected, wrong.found);
  }
  const tables = blankTables(rowsOf(directory), bucketMicros);
  eachColumn(tables, directory, (column, offset) => readColumn(view, columnsAt + offset, column));
  const bad = findBadCell(tables, header.level, header.scenario);
  if (bad === undefined) return { kind: 'trace', trace: { version: TRACE_VERSION, ...rest, ...tables } };
  const entry = directory.find(({ name }) => name === bad.column);
  assert(entry !== undefined, 'a bad cell lies in a column of the directory', bad.column);
  const at = columnsAt + entry.offset + bad.row * WIDTH[entry.type];
  return invalid(at, `${bad.expected} in ${bad.column} row ${bad.row}`, bad.found);
}

/** Visits every column of some tables with its place in the directory that describes them. */
function eachColumn(
  tables: Tables,
  directory: readonly DirectoryEntry[],
  visit: (column: Column, offset: number) => void,
): void {
  columnsOf(tables).forEach(({ column }, index) => {
    const entry = directory[index];
    assert(entry?.length === column.length, 'a directory has the columns of its tables', index);
    visit(column, entry.offset);
  });
}

function invalid(at: number, expected: string, found: number | string): Invalid {
  return { kind: 'invalid', at, problem: `byte ${at}: expected ${expected}, found ${found}` };
}
