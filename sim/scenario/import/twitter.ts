/**
 * What a real cache cluster gets to serve: one row of the table of 54 Twitter clusters in twitter/cache-trace
 * (`2020Mar.md`; Yang, Yue and Rashmi, OSDI 2020; CC BY 4.0). The table is markdown, and some cells are N/A.
 */
import { Findings, nearestName } from '../problem.ts';
import type { Note, Place } from '../problem.ts';
import { shownText } from '../text/source-tree.ts';
import { MAX_IMPORT_CHARS } from './import-bounds.ts';
import type { InvalidImport } from './lanl.ts';

/** Which row to read. */
export interface TwitterOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** 12 or `cluster12`. */
  readonly cluster: number | string;
}

/** A figure of the table, and where it stands; `value` is undefined where the table has none. */
export interface Figure {
  readonly value: number | undefined;
  readonly at: Place;
  /** The cell, as it is written. */
  readonly text: string;
  /** The column's name. */
  readonly column: string;
}

/** The profile of a cluster. */
export interface TwitterProfile {
  readonly kind: 'profile';
  readonly cluster: string;
  /** Mean bytes of a key, and of a value. */
  readonly key: Figure;
  readonly value: Figure;
  /** Requests per second: the table has thousands of them. */
  readonly rate: Figure;
  /** Share of reads among the operations listed. */
  readonly readShare: Figure;
  /** Zipf alpha of the popularity of keys. */
  readonly zipf: Figure;
  readonly notes: readonly Note[];
}

const READS = ['get', 'gets'];
const WRITES = ['set', 'add', 'cas', 'replace', 'append', 'prepend', 'incr', 'decr', 'delete'];
const COLUMNS = ['cluster', 'key size', 'value size', 'request rate', 'operation', 'zipf alpha'] as const;
type Column = (typeof COLUMNS)[number];

interface Cell {
  readonly text: string;
  readonly at: Place;
}

type TableRow = ReadonlyMap<Column, Cell>;

/** The profile of one cluster of the table. Columns are found by the names in the header. */
export function importTwitter(text: string, options: TwitterOptions): TwitterProfile | InvalidImport {
  const findings = new Findings();
  const rows = readTable(text, options.file, findings);
  const wanted = /^\d+$/.test(String(options.cluster)) ? `cluster${options.cluster}` : String(options.cluster);
  const row = rows.find((candidate) => candidate.get('cluster')?.text === wanted);
  if (row === undefined && findings.isClean) unknownCluster(rows, wanted, options.file, findings);
  if (row === undefined || !findings.isClean) return { kind: 'invalid', problems: findings.problems() };
  const kqps = figure(row, 'request rate', options.file);
  return {
    kind: 'profile',
    cluster: wanted,
    key: figure(row, 'key size', options.file),
    value: figure(row, 'value size', options.file),
    rate: { ...kqps, value: kqps.value === undefined ? undefined : kqps.value * 1_000 },
    readShare: readShare(figure(row, 'operation', options.file), findings),
    zipf: figure(row, 'zipf alpha', options.file),
    notes: findings.notes(),
  };
}

function readTable(text: string, file: string, findings: Findings): readonly TableRow[] {
  const start = { file, line: 1, column: 1 };
  if (text.length > MAX_IMPORT_CHARS) {
    const expected = `a file of at most ${MAX_IMPORT_CHARS} characters`;
    findings.problem(start, '', { code: 'tooLong', expected, found: `${text.length} characters` });
    return [];
  }
  const lines = text.split(/\r?\n/).map((line, index) => cellsOf(line, file, index + 1));
  const header = lines.find((cells) => cells.some((cell) => plainName(cell.text) === 'cluster'));
  if (header === undefined) {
    const expected = `a table with the columns ${COLUMNS.join(', ')}`;
    findings.problem(start, '', { code: 'data', expected, found: 'none' });
    return [];
  }
  const names = header.map((cell) => plainName(cell.text));
  for (const column of COLUMNS) {
    if (names.includes(column)) continue;
    const nearest = nearestName(column, names);
    const complaint = { code: 'data', expected: `a header with the column ${column}`, found: 'none' } as const;
    findings.problem(header[0]?.at ?? start, '', nearest === undefined ? complaint : { ...complaint, nearest });
  }
  return lines.slice(lines.indexOf(header) + 1).map((cells) => {
    const present = COLUMNS.map((column) => [column, cells[names.indexOf(column)]] as const);
    return new Map(present.flatMap(([column, cell]) => (cell === undefined ? [] : [[column, cell] as const])));
  });
}

/** The cells of a line of a markdown table; none if it is no such line. */
function cellsOf(line: string, file: string, number: number): readonly Cell[] {
  if (!line.trimStart().startsWith('|')) return [];
  const cells: Cell[] = [];
  let start = line.indexOf('|') + 1;
  for (const part of line.slice(start).split('|')) {
    const indent = part.length - part.trimStart().length;
    cells.push({ text: part.trim(), at: { file, line: number, column: start + indent + 1 } });
    start += part.length + 1;
  }
  return cells;
}

function figure(row: TableRow, column: Column, file: string): Figure {
  const cell = row.get(column) ?? { text: '', at: row.get('cluster')?.at ?? { file, line: 1, column: 1 } };
  const value = /^\d+(\.\d+)?$/.test(cell.text) ? Number(cell.text) : undefined;
  return { value, at: cell.at, text: cell.text, column };
}

/** `set:0.80 get:0.20`. The table rounds and leaves small operations out, so shares are taken of what it lists. */
function readShare(operations: Figure, findings: Findings): Figure {
  let reads = 0;
  let writes = 0;
  for (const [, name = '', share = ''] of operations.text.matchAll(/([A-Za-z]+):(\d+(?:\.\d+)?)/g)) {
    if (READS.includes(name)) reads += Number(share);
    else if (WRITES.includes(name)) writes += Number(share);
    else findings.note(operations.at, `the operation ${shownText(name)} is neither a read nor a write here: left out`);
  }
  const listed = reads + writes;
  if (listed === 0) return operations;
  // Sums of two-digit decimals: what they miss 1 by is a hundredth or nothing.
  if (Math.abs(listed - 1) > 0.005) {
    findings.note(operations.at, `the operations listed add up to ${listed.toFixed(2)}: shares are of those`);
  }
  return { ...operations, value: reads / listed };
}

function unknownCluster(rows: readonly TableRow[], wanted: string, file: string, findings: Findings): void {
  const names = rows.map((row) => row.get('cluster')?.text ?? '').filter((name) => /^cluster\d+$/.test(name));
  const at = rows[0]?.get('cluster')?.at ?? { file, line: 1, column: 1 };
  const expected = `one of the ${names.length} clusters ${names.at(0) ?? ''} … ${names.at(-1) ?? ''}`;
  const nearest = nearestName(wanted, names);
  const complaint = { code: 'unknownName', expected, found: shownText(wanted) } as const;
  findings.problem(at, '', nearest === undefined ? complaint : { ...complaint, nearest });
}

/** A header name as it is compared: without the unit in brackets. */
function plainName(name: string): string {
  return name.replace(/\(.*$/, '').trim().toLowerCase();
}
