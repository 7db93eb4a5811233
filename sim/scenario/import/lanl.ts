/**
 * Node outages that really happened, from the operational data of Los Alamos National Laboratory (LA-UR-05-7318).
 *
 * The rows were typed in by operators, to the minute, in local time: they overlap, some were never closed, and nodes
 * that never failed are absent. What is read, in this order: rows whose times make no outage are dropped, records
 * that are open or absurdly long are capped, overlapping and touching records of a node are merged, and what is left
 * is clipped to the range. Everything that was dropped, capped, merged or clipped is in the notes, with its line.
 */
import { days } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import { Findings, nearestName } from '../problem.ts';
import type { Note, Place, Problem } from '../problem.ts';
import { shownText } from '../text/source-tree.ts';
import { writeDuration } from '../text/quantities.ts';
import { formatDate, MINUTES_PER_DAY, readLanlTime } from './calendar.ts';
import { parseCsv } from './csv.ts';
import type { Field, Row } from './csv.ts';
import { MAX_IMPORT_CHARS } from './import-bounds.ts';

/** A node broken for longer than this was out of the cluster, or nobody closed its record. */
export const DEFAULT_LONGEST_OUTAGE: Duration = days(7);

const MICROS_PER_MINUTE = 60_000_000;
const CAUSES = ['Facilities', 'Hardware', 'Human Error', 'Network', 'Undetermined', 'Software'];
const COLUMNS = ['System', 'nodes', 'nodenum', 'nodenumz', 'Prob Started', 'Prob Fixed'];

/** What to read of a file. Dates are minutes since 1970-01-01, civil time; the range is half-open. */
export interface LanlOptions {
  /** Its name, for messages. */
  readonly file: string;
  /** May be left out if the file has one system only. */
  readonly system?: number;
  /** Default: midnight before the first outage. */
  readonly from?: number;
  /** Default: midnight after the last one. */
  readonly to?: number;
  /** Records still open, or longer, end after this. Default {@link DEFAULT_LONGEST_OUTAGE}. */
  readonly longest?: Duration;
}

/** A node was down in [from, to). */
export interface LanlOutage {
  /** Position of the node in the cluster, from 0: `nodenumz`. */
  readonly node: number;
  /** Minutes since 1970-01-01, civil time. */
  readonly from: number;
  readonly to: number;
  /** The entry of the cause column that is filled; several, of merged records, are joined by `; `. */
  readonly cause: string;
}

/** The outages of one system, by beginning, then node. */
export interface LanlOutages {
  readonly kind: 'outages';
  readonly system: number;
  /** Names of all nodes of the cluster by position, those that never failed included: `n` and LANL's `nodenum`. */
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly outages: readonly LanlOutage[];
  readonly notes: readonly Note[];
}

/** Why nothing could be read. */
export interface InvalidImport {
  readonly kind: 'invalid';
  readonly problems: readonly Problem[];
}

/** A row whose times make an outage. */
interface Record extends LanlOutage {
  readonly line: number;
}

/**
 * The outages of one system in a file of LANL's format. Columns are found by the names in the header.
 * Cost: linear in the text, plus sorting the outages.
 */
export function importLanl(text: string, options: LanlOptions): LanlOutages | InvalidImport {
  const table = new LanlTable(text, options);
  return table.read();
}

class LanlTable {
  readonly #text: string;
  readonly #options: LanlOptions;
  readonly #findings = new Findings();
  /** Column numbers by header name, in lower case. */
  readonly #columns = new Map<string, number>();

  constructor(text: string, options: LanlOptions) {
    this.#text = text;
    this.#options = options;
  }

  read(): LanlOutages | InvalidImport {
    const rows = this.#rows();
    const system = this.#system(rows);
    if (system === undefined) return { kind: 'invalid', problems: this.#findings.problems() };
    const own = rows.filter((row) => this.#number(row, 'System') === system);
    const records = own.map((row) => this.#record(row)).filter((record) => record !== undefined);
    const merged = this.#merged(records);
    const from =
      this.#options.from ?? midnightBefore(merged.reduce((least, { from: at }) => Math.min(least, at), Infinity));
    const to = this.#options.to ?? midnightAfter(merged.reduce((most, { to: at }) => Math.max(most, at), from));
    this.#checkRange(merged, from, to);
    if (!this.#findings.isClean) return { kind: 'invalid', problems: this.#findings.problems() };
    const outages = this.#clipped(merged, from, to);
    return { kind: 'outages', system, names: this.#names(own), from, to, outages, notes: this.#findings.notes() };
  }

  #rows(): readonly Row[] {
    const { file } = this.#options;
    const start = { file, line: 1, column: 1 };
    if (this.#text.length > MAX_IMPORT_CHARS) {
      const expected = `a file of at most ${MAX_IMPORT_CHARS} characters`;
      this.#findings.problem(start, '', { code: 'tooLong', expected, found: `${this.#text.length} characters` });
      return [];
    }
    const [header, ...rows] = parseCsv(this.#text);
    for (const [index, field] of (header?.fields ?? []).entries()) this.#columns.set(plainName(field.text), index);
    for (const name of COLUMNS) {
      if (this.#columns.has(plainName(name))) continue;
      const nearest = nearestName(
        name,
        (header?.fields ?? []).map((field) => field.text),
      );
      const complaint = { code: 'data', expected: `a header with the column ${name}`, found: 'none' } as const;
      this.#findings.problem(start, '', nearest === undefined ? complaint : { ...complaint, nearest });
    }
    return this.#findings.isClean ? rows : [];
  }

  /** The system to read: the one asked for, or the only one there is. */
  #system(rows: readonly Row[]): number | undefined {
    if (!this.#findings.isClean) return undefined;
    const { file, system } = this.#options;
    const present = [
      ...new Set(rows.map((row) => this.#number(row, 'System')).filter((number) => number !== undefined)),
    ];
    const names = present.toSorted((a, b) => a - b).join(', ');
    const [only] = present;
    if (system === undefined && only !== undefined && present.length === 1) return only;
    if (system !== undefined && present.includes(system)) return system;
    const expected = present.length === 0 ? 'rows with a system number' : `one of the systems in the file: ${names}`;
    const found = system === undefined ? `${present.length} systems` : `system ${system}`;
    const nearest = nearestName(String(system), present.map(String));
    const complaint = { code: 'unknownName', expected, found } as const;
    this.#findings.problem(
      { file, line: 1, column: 1 },
      '',
      nearest === undefined ? complaint : { ...complaint, nearest },
    );
    return undefined;
  }

  /** The outage of a row, or undefined if it says none; the notes then say why. */
  #record(row: Row): Record | undefined {
    const node = this.#number(row, 'nodenumz');
    if (node === undefined) return this.#dropped(row, 'nodenumz', 'it has no node number');
    const started = this.#field(row, 'Prob Started');
    const from = readLanlTime(started?.text ?? '');
    if (from.kind === 'misread') return this.#dropped(row, 'Prob Started', `expected ${from.expected}`);
    const longest = Math.max(1, Math.round((this.#options.longest ?? DEFAULT_LONGEST_OUTAGE) / MICROS_PER_MINUTE));
    const cause =
      CAUSES.map((column) => this.#field(row, column)?.text.trim() ?? '').find((entry) => entry !== '') ?? '';
    const record = { node, from: from.value, to: from.value + longest, cause, line: row.line };
    const fixed = this.#field(row, 'Prob Fixed');
    const limit = writeDuration(longest * MICROS_PER_MINUTE);
    if (fixed === undefined || fixed.text.trim() === '') {
      this.#note(row, 'Prob Fixed', `a record that was never closed: taken to end after ${limit}`);
      return record;
    }
    const to = readLanlTime(fixed.text);
    if (to.kind === 'misread') return this.#dropped(row, 'Prob Fixed', `expected ${to.expected}`);
    if (to.value <= from.value) return this.#dropped(row, 'Prob Fixed', 'it ends before it begins, or lasts no time');
    if (to.value - from.value <= longest) return { ...record, to: to.value };
    const length = writeDuration((to.value - from.value) * MICROS_PER_MINUTE);
    this.#note(row, 'Prob Fixed', `a record of ${length}, longer than a node is out: taken to end after ${limit}`);
    return record;
  }

  /** Records of a node that overlap or touch are one outage. */
  #merged(records: readonly Record[]): readonly Record[] {
    const sorted = records.toSorted((a, b) => a.node - b.node || a.from - b.from || a.line - b.line);
    const merged: Record[] = [];
    const lines: number[] = [];
    for (const record of sorted) {
      const last = merged.at(-1);
      if (last === undefined || last.node !== record.node || record.from > last.to) {
        merged.push(record);
        continue;
      }
      lines.push(record.line);
      const cause = joined(last.cause, record.cause);
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, record.to), cause };
    }
    const [first] = lines.toSorted((a, b) => a - b);
    if (first !== undefined) {
      const text = `${lines.length} records overlap or touch another one of their node and are merged with it`;
      this.#findings.note({ file: this.#options.file, line: first, column: 1 }, text);
    }
    return merged.toSorted((a, b) => a.from - b.from || a.node - b.node);
  }

  /** A range without an outage is a mistake where the table gives one end of it, and worth a note where both are given. */
  #checkRange(records: readonly Record[], from: number, to: number): void {
    if (records.some((record) => record.from < to && record.to > from)) return;
    const at = { file: this.#options.file, line: 1, column: 1 };
    const first = records.reduce((least, record) => Math.min(least, record.from), Infinity);
    const last = records.reduce((most, record) => Math.max(most, record.to), -Infinity);
    const whole = records.length === 0 ? 'there are none' : `they go from ${formatDate(first)} to ${formatDate(last)}`;
    if (to > from) return this.#findings.note(at, `no outage of the system lies in the range: ${whole}`);
    const expected = `a range with outages in it; ${whole}`;
    this.#findings.problem(at, '', { code: 'range', expected, found: `${formatDate(from)} to ${formatDate(to)}` });
  }

  #clipped(records: readonly Record[], from: number, to: number): readonly LanlOutage[] {
    return records.flatMap((record) => {
      const { node, cause, line } = record;
      const clipped = { node, from: Math.max(record.from, from), to: Math.min(record.to, to), cause };
      if (clipped.from >= clipped.to) return [];
      if (clipped.from !== record.from || clipped.to !== record.to) {
        const whole = `${formatDate(record.from)} to ${formatDate(record.to)}`;
        const place = { file: this.#options.file, line, column: 1 };
        this.#findings.note(place, `an outage from ${whole} reaches out of the range and is clipped to it`);
      }
      return [clipped];
    });
  }

  /** Every node of the cluster: `nodenum` counts from 1 in some systems and from 0 in others. */
  #names(rows: readonly Row[]): readonly string[] {
    let count = 0;
    let offset = 0;
    for (const row of rows) {
      const position = this.#number(row, 'nodenumz') ?? 0;
      offset = (this.#number(row, 'nodenum') ?? position) - position;
      count = Math.max(count, this.#number(row, 'nodes') ?? 0, position + 1);
    }
    return Array.from({ length: count }, (_, position) => `n${position + offset}`);
  }

  #dropped(row: Row, column: string, why: string): undefined {
    this.#note(row, column, `a row that is dropped: ${why}, found ${shownText(this.#field(row, column)?.text ?? '')}`);
  }

  #note(row: Row, column: string, text: string): void {
    this.#findings.note(this.#place(row, column), text);
  }

  #place(row: Row, column: string): Place {
    return { file: this.#options.file, line: row.line, column: this.#field(row, column)?.column ?? 1 };
  }

  #field(row: Row, column: string): Field | undefined {
    const index = this.#columns.get(plainName(column));
    return index === undefined ? undefined : row.fields[index];
  }

  /** A whole number of up to four digits, or undefined. */
  #number(row: Row, column: string): number | undefined {
    const text = this.#field(row, column)?.text.trim() ?? '';
    return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  }
}

/** A header name as it is compared: some copies of the file add a format in brackets. */
function plainName(name: string): string {
  return name.replace(/\(.*$/, '').trim().toLowerCase();
}

function joined(causes: string, cause: string): string {
  if (cause === '' || causes.split('; ').includes(cause)) return causes;
  return causes === '' ? cause : `${causes}; ${cause}`;
}

function midnightBefore(minutes: number): number {
  return Number.isFinite(minutes) ? Math.floor(minutes / MINUTES_PER_DAY) * MINUTES_PER_DAY : 0;
}

function midnightAfter(minutes: number): number {
  return Math.ceil(minutes / MINUTES_PER_DAY) * MINUTES_PER_DAY;
}
