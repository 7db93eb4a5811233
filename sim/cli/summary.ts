/**
 * A run as text for people: what it was, what clients got, where every hint went, what the stores hold, and what the
 * outages cost. Numbers are aligned; the hint table is the conservation law written out.
 */
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatShare,
  LOSS_CAUSE_NAMES,
  LOSS_CAUSES,
  MISSING_CAUSE_NAMES,
  MISSING_CAUSES,
  type Trace,
} from '../index.ts';
import { outageRows } from './outage-rows.ts';
import type { Paint } from './paint.ts';
import type { Report } from './report.ts';
import { left, right, tableLines } from './table.ts';
import { wrapText } from './wrap-text.ts';

const ABOUT_WIDTH = 96;

/** The lines of the summary, without a final newline each. `properties`: their lines, title first, or none. */
export function summaryLines(report: Report, trace: Trace, properties: readonly string[], paint: Paint): string[] {
  const section = (lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', paint.strong(lines[0] ?? ''), ...lines.slice(1)];
  return [
    paint.strong(report.scenario.name),
    ...wrapText(trace.scenario.about, ABOUT_WIDTH),
    '',
    ...identity(report).map(paint.quiet),
    ...section(clients(report)),
    ...section(hints(report)),
    ...section(copies(report)),
    ...section(properties),
    ...section(stores(report)),
    ...section(outages(report)),
    ...section(outageRows(trace)),
    ...section(outlived(report)),
  ];
}

function identity(report: Report): string[] {
  return [
    `${report.system}, seed ${report.seed}, scenario ${report.scenario.digest}`,
    `${formatInstant(report.virtualMicros)} of virtual time, ${formatCount(report.events)} events in ${report.wallSeconds.toFixed(2)} s, digest ${report.digest}`,
  ];
}

function clients({ writes, reads, statistics: { staleReads, answeredReads } }: Report): string[] {
  const row = (name: string, issued: number, good: number, failed: number, pending: number): string[] => [
    name,
    ...[issued, good, failed, pending].map(formatCount),
    formatShare(failed, issued),
  ];
  const table = tableLines(
    [left('clients'), right('issued'), right('answered'), right('failed'), right('pending'), right('failed of issued')],
    [
      row('writes', writes.issued, writes.acked, writes.failed, writes.pending),
      row('reads', reads.issued, reads.answered, reads.failed, reads.pending),
    ],
  );
  const stale = `stale reads: ${formatCount(staleReads)} of ${formatCount(answeredReads)} answered, ${formatShare(staleReads, answeredReads)}`;
  return staleReads === 0 ? table : [...table, stale];
}

function hints({ hints: count, hintBytes, lostBy }: Report): string[] {
  const row = (name: string, of: Report['hintBytes']): string[] => [
    name,
    ...[of.stored, of.delivered, of.expired, of.lost, of.pending].map(formatCount),
  ];
  const causes = LOSS_CAUSES.filter((cause) => lostBy[cause] > 0).map(
    (cause) => `${LOSS_CAUSE_NAMES[cause]} ${formatCount(lostBy[cause])}`,
  );
  return [
    ...tableLines(
      [left('hints'), right('stored'), right('= delivered'), right('+ expired'), right('+ lost'), right('+ pending')],
      [row('count', count), row('bytes', hintBytes)],
    ),
    `refused ${refusals(count)}, requeued ${formatCount(count.requeued)} times${redelivered(count)}${causes.length === 0 ? '' : `; lost: ${causes.join(', ')}`}`,
  ];
}

/** The cap is always told; the others where they refused any. */
function refusals(hints: Report['hints']): string {
  const { rejectedOverCapacity, refusedByWindow, refusedByDisk, refusedByOverload } = hints;
  const others = [
    refusedByWindow === 0 ? '' : `, by the window ${formatCount(refusedByWindow)}`,
    refusedByDisk === 0 ? '' : `, by the disk ${formatCount(refusedByDisk)}`,
    refusedByOverload === 0 ? '' : `, by the in-flight guard ${formatCount(refusedByOverload)}`,
  ];
  return `at the cap ${formatCount(rejectedOverCapacity)}${others.join('')}`;
}

function redelivered({ redelivered: times }: Report['hints']): string {
  return times === 0 ? '' : `, delivered again ${formatCount(times)} times`;
}

/** What acknowledged writes left at their replicas; nothing where copies are not recorded. */
function copies({ copies: book }: Report): string[] {
  if (book === null) return [];
  const causes = MISSING_CAUSES.filter((cause) => book.missing[cause] > 0);
  const missing = causes.reduce((sum, cause) => sum + book.missing[cause], 0);
  return [
    ...tableLines(
      [left('copies of acknowledged writes'), right('present'), right('superseded'), right('missing')],
      [['at every replica that should have one', ...[book.present, book.superseded, missing].map(formatCount)]],
    ),
    ...causes.map((cause) => `missing, ${MISSING_CAUSE_NAMES[cause]}: ${formatCount(book.missing[cause])}`),
  ];
}

function stores({ stores: all }: Report): string[] {
  return tableLines(
    [left('stores'), right('hints left'), right('bytes'), right('cap'), right('expired'), right('refused')],
    all.map((store) => [
      store.node,
      formatCount(store.hintCount),
      formatBytes(store.bytes),
      store.maxBytes === 0 ? 'none' : formatBytes(store.maxBytes),
      formatCount(store.expiredTotal),
      formatCount(store.rejectedOverCapacityTotal),
    ]),
  );
}

function outages({ outages: { count, nodes } }: Report): string[] {
  if (count === 0 && nodes.length === 0) return ['outages: none'];
  return tableLines(
    [left('node'), right('outages'), right('down'), right('longest'), right('behind'), right('longest behind')],
    nodes.map((node) => [
      node.node,
      formatCount(node.outages),
      ...[node.downMicros, node.longestDownMicros, node.behindMicros, node.longestBehindMicros].map(formatDuration),
    ]),
  );
}

function outlived({ outages: { count, outlivingTtl } }: Report): string[] {
  if (count === 0) return [];
  return tableLines(
    [left('ttl'), right('outages that outlive it'), right('share'), left('')],
    outlivingTtl.map((share) => [
      formatDuration(share.ttlMicros),
      `${formatCount(share.outlived)} of ${formatCount(share.outages)}`,
      formatShare(share.outlived, share.outages),
      share.own ? 'this scenario' : '',
    ]),
  );
}
