/**
 * The outages one by one: what each cost in hints and how long its node took to catch up once it was back. Where there
 * are many, the longest of them.
 */
import {
  formatCount,
  formatDuration,
  formatInstant,
  NEVER,
  outageReport,
  type OutageRow,
  type Trace,
} from '../index.ts';
import { tableLines } from './table.ts';

const MAX_ROWS = 12;

/** The lines of the table; none where there was no outage. Below level `hints` the hint columns are left out. */
export function outageRows(trace: Trace): string[] {
  const all = outageReport(trace).rows;
  if (all.length === 0) return [];
  const longest = all.toSorted((a, b) => b.length - a.length).slice(0, MAX_ROWS);
  const rows = longest.toSorted((a, b) => a.from - b.from || a.node - b.node);
  const told = trace.level === 'counters' ? [] : HINT_COLUMNS;
  const title = all.length > MAX_ROWS ? `longest ${MAX_ROWS} of ${formatCount(all.length)} outages` : 'outage of';
  return tableLines(
    [
      { title, align: 'left' },
      { title: 'from', align: 'right' },
      { title: 'for', align: 'right' },
      ...told.map((column) => ({ title: column.title, align: 'right' as const })),
    ],
    rows.map((row) => [
      trace.scenario.nodes[row.node]?.name ?? '',
      formatInstant(row.from),
      formatDuration(row.length),
      ...told.map((column) => column.cell(row)),
    ]),
  );
}

const HINT_COLUMNS: readonly { readonly title: string; readonly cell: (row: OutageRow) => string }[] = [
  { title: 'hints', cell: (row) => formatCount(row.stored) },
  { title: 'delivered', cell: (row) => formatCount(row.delivered) },
  { title: 'expired', cell: (row) => formatCount(row.expired) },
  { title: 'lost', cell: (row) => formatCount(row.lost) },
  { title: 'caught up after', cell: caughtUp },
];

/** From the node's return to the last of its hints applied; `-` where there was nothing to catch up on. */
function caughtUp({ stored, delivered, pending, until, caughtUpAt }: OutageRow): string {
  if (stored === 0) return '-';
  if (pending > 0 || until === NEVER) return 'not yet';
  return delivered === 0 ? 'never' : formatDuration(Math.max(caughtUpAt - until, 0));
}
