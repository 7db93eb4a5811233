/**
 * Checks the cells of tables that came from outside: first every column by its own rule, then what columns owe each
 * other. A trace that passes can be queried without meeting a row, a node or a kind that does not exist.
 */
import type { Scenario, TraceLevel } from '../scenario/model/scenario.ts';
import { SUBJECT_OF } from './subject.ts';
import { columnsOf, fullName } from './tables.ts';
import type { NamedColumn, Tables } from './tables.ts';
import { COPY_ROUTES, HINT_FATES, LOG_KINDS, NEVER, NOBODY, NONE } from './trace.ts';

const HINTED = COPY_ROUTES.indexOf('hinted');
const DELIVERED = HINT_FATES.indexOf('delivered');

/** The first cell that breaks a rule. */
export interface BadCell {
  /** As in `hints.storedAt`. */
  readonly column: string;
  readonly row: number;
  readonly expected: string;
  readonly found: number;
}

/** The first bad cell of a trace of `scenario`, or undefined if all is well. O(cells). */
export function findBadCell(
  tables: Tables,
  level: TraceLevel,
  scenario: Pick<Scenario, 'nodes' | 'faults'>,
): BadCell | undefined {
  const columns = columnsOf(tables);
  const rows = new Map(columns.map(({ table, column }) => [table, column.length]));
  for (const named of columns) {
    const { rule } = named;
    // Below `full` a hint names a write that has no row: any id will do.
    const limit = level === 'full' ? (rows.get(rule.kind === 'row' ? rule.of : 'writes') ?? 0) : NEVER;
    const bad = badCellOf(named, scenario.nodes.length, limit);
    if (bad !== undefined) return bad;
  }
  return (
    badChain(tables) ??
    badHint(tables) ??
    badFirstCopy(tables) ??
    badRoute(tables) ??
    badSubject(tables, scenario.faults.length)
  );
}

function badCellOf(named: NamedColumn, nodes: number, rows: number): BadCell | undefined {
  const { column, rule } = named;
  if (rule.kind === 'any') return undefined;
  let before = 0;
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? NaN;
    const expected = expectation(named, { value, before, nodes, rows });
    if (expected !== undefined) return { column: fullName(named), row, expected, found: value };
    before = value;
  }
  return undefined;
}

interface Cell {
  readonly value: number;
  readonly before: number;
  readonly nodes: number;
  /** Rows of the table that the column refers to, or NEVER if any id will do. */
  readonly rows: number;
}

/** What the cell should have been, or undefined if it obeys its rule. */
function expectation({ rule }: NamedColumn, { value, before, nodes, rows }: Cell): string | undefined {
  switch (rule.kind) {
    case 'any':
      return undefined;
    case 'finite':
      return Number.isFinite(value) ? undefined : 'a finite number';
    case 'amount':
      return value >= 0 && value < NEVER ? undefined : 'a finite number ≥ 0';
    case 'instant':
      return value === NEVER || isInstant(value) ? undefined : 'integer microseconds or never';
    case 'ascending':
      return isInstant(value) && value >= before ? undefined : `integer microseconds from ${before} on`;
    case 'node':
      return value < nodes ? undefined : `a node below ${nodes}`;
    case 'nodeOrNobody':
      return value < nodes || value === NOBODY ? undefined : `a node below ${nodes}, or nobody`;
    case 'below':
      return value < rule.limit ? undefined : `a code below ${rule.limit}`;
    case 'value':
      return value < rows ? undefined : `a row of writes below ${rows}, none, or a sum`;
    case 'row':
      return value >= NONE && value < rows ? undefined : `a row of ${rule.of} below ${rows}, or none`;
  }
}

function isInstant(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The chain is pairs of lanes. */
function badChain({ chain }: Tables): BadCell | undefined {
  if (chain.length % 2 === 0) return undefined;
  return { column: 'chain', row: chain.length - 1, expected: 'pairs of lanes', found: chain.length };
}

/** A hint is stored, then leaves, then ends; one that was delivered may leave after that, when it is acknowledged. */
function badHint({ hints }: Tables): BadCell | undefined {
  for (let row = 0; row < hints.storedAt.length; row++) {
    const storedAt = hints.storedAt[row] ?? 0;
    const leftAt = hints.leftAt[row] ?? 0;
    const endedAt = hints.endedAt[row] ?? 0;
    if (leftAt < storedAt) return { column: 'hints.leftAt', row, expected: `at least ${storedAt}`, found: leftAt };
    const earliest = hints.fate[row] === DELIVERED ? storedAt : leftAt;
    if (endedAt < earliest) return { column: 'hints.endedAt', row, expected: `at least ${earliest}`, found: endedAt };
  }
  return undefined;
}

/** The copies of a write begin where those of the write before it end. */
function badFirstCopy({ writes, copies }: Tables): BadCell | undefined {
  let before = 0;
  for (let row = 0; row < writes.firstCopy.length; row++) {
    const found = writes.firstCopy[row] ?? 0;
    if (found < before || found > copies.write.length) {
      return { column: 'writes.firstCopy', row, expected: `${before} to ${copies.write.length}`, found };
    }
    before = found;
  }
  return undefined;
}

/** A copy that was hinted names its hint. */
function badRoute({ copies }: Tables): BadCell | undefined {
  for (let row = 0; row < copies.route.length; row++) {
    if (copies.route[row] !== HINTED || copies.hint[row] !== NONE) continue;
    return { column: 'copies.hint', row, expected: 'the hint of a hinted copy', found: NONE };
  }
  return undefined;
}

/** A log row's subject is a row of the table that its kind speaks of. */
function badSubject({ log, hints, writes, reads }: Tables, faults: number): BadCell | undefined {
  const limits = {
    hint: hints.write.length,
    write: writes.issuedAt.length,
    read: reads.issuedAt.length,
    fault: faults,
    nothing: NEVER,
  };
  for (let row = 0; row < log.at.length; row++) {
    const kind = LOG_KINDS[log.kind[row] ?? 0];
    const subject = kind === undefined ? 'nothing' : SUBJECT_OF[kind];
    const found = log.subject[row] ?? NONE;
    if (subject === 'nothing' || (found > NONE && found < limits[subject])) continue;
    return { column: 'log.subject', row, expected: `a ${subject} below ${limits[subject]}`, found };
  }
  return undefined;
}
