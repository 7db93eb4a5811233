/**
 * The fault lane: every entry of the draft's `faults:` as bars on the time axis, to be dragged. An entry that repeats
 * has a bar for each time; entries whose times overlap lie in rows below each other.
 *
 * It shows the draft, not the run: what is being dragged is there before anything has been computed.
 */
import { clockLabel } from '../draw/ticks.ts';
import type { Span } from '../draw/time-scale.ts';
import type { Fault } from '../../sim/scenario/index.ts';
import type { FaultEntry, FaultKey } from './fault-entry.ts';

/** Rows of the lane; what overlaps more often than that shares the last one. */
export const MOST_ROWS = 8;
/** An entry with more bars in view than this is shown as one. */
export const MOST_BARS = 120;

/** An entry with its place in the lane. */
export interface PlacedEntry {
  readonly entry: FaultEntry;
  readonly row: number;
  /** When the next entry of its row begins; Infinity if there is none. */
  readonly next: number;
}

/** One time of an entry, or all of those in view where there are too many to tell apart. */
export interface FaultBar extends Span {
  /** From 0 on: the how manieth time. */
  readonly time: number;
  /** How many times it stands for. */
  readonly times: number;
}

/** The entries in rows, in the order of their beginnings; each goes to the first row that is free. O(n²) at worst. */
export function placedEntries(entries: readonly FaultEntry[], end: number): readonly PlacedEntry[] {
  const freeAt: number[] = [];
  const placed = entries
    .toSorted((a, b) => a.at - b.at || a.index - b.index)
    .map((entry) => {
      const free = freeAt.findIndex((at) => at <= entry.at);
      const row = free >= 0 ? free : Math.min(freeAt.length, MOST_ROWS - 1);
      freeAt[row] = Math.max(freeAt[row] ?? 0, lastEnd(entry, end), entry.at + 1);
      return { entry, row };
    });
  return placed.map(({ entry, row }, i) => {
    const next = placed.slice(i + 1).find((other) => other.row === row);
    return { entry, row, next: next?.entry.at ?? Infinity };
  });
}

/** The bars of an entry that touch a span, in order; `end` is that of the run, where endless faults end. */
export function barsOf(entry: FaultEntry, span: Span, end: number): readonly FaultBar[] {
  const { at, every } = entry;
  const lasts = Math.max(0, Math.min(entry.end, Math.max(end, at + 1)) - at);
  if (every <= 0)
    return at <= span.until && at + lasts >= span.from ? [{ time: 0, times: 1, from: at, until: at + lasts }] : [];
  const first = Math.max(0, Math.ceil((span.from - at - lasts) / every));
  const last = Math.min(entry.times - 1, Math.floor((Math.min(span.until, end) - at) / every));
  const count = last - first + 1;
  if (count <= 0) return [];
  const from = at + first * every;
  if (count > MOST_BARS) return [{ time: first, times: count, from, until: at + last * every + lasts }];
  return Array.from({ length: count }, (_, i) => ({
    time: first + i,
    times: 1,
    from: from + i * every,
    until: from + i * every + lasts,
  }));
}

/** What a bar says: `crash b`, `partition a, b`, `loss`. */
export function faultWords({ kind, nodes, fields }: FaultEntry): string {
  const named = nodes.length > 4 ? `${nodes.length} nodes` : nodes.join(', ');
  const factor =
    kind === 'slow' ? ` ×${fields.get('factor') ?? '?'}` : kind === 'loss' ? ` ${fields.get('loss') ?? ''}` : '';
  return `${kind === undefined ? 'an entry' : (KEY_WORDS[kind] ?? kind)}${factor} ${named}`.trim();
}

/** The same with its times, for somebody who does not see it. */
export function faultSentence(entry: FaultEntry, end: number): string {
  const from = `from ${clockLabel(entry.at)}`;
  const until = entry.end === entry.at ? '' : ` to ${entry.end > end ? 'the end of the run' : clockLabel(entry.end)}`;
  const again = entry.every > 0 ? `, every ${clockLabel(entry.every)}` : '';
  return `${faultWords(entry)}, ${from}${until}${again}`;
}

/** The mark of an entry: the key names what is written, the mark what happens. */
export function markOf(kind: FaultKey | undefined): Fault['kind'] {
  if (kind === undefined || kind === 'restart' || kind === 'lanl') return 'crash';
  return kind;
}

const KEY_WORDS: Partial<Record<FaultKey, string>> = {
  diskFull: 'hint disk full',
  pauseDrain: 'drain paused',
  lanl: 'recorded outages',
};

/** The end of the last time of an entry, as far as the run goes. */
function lastEnd(entry: FaultEntry, end: number): number {
  if (entry.kind === 'lanl') return end;
  if (entry.every <= 0) return Math.min(entry.end, end);
  const last = entry.at + (entry.times - 1) * entry.every + (entry.end - entry.at);
  return Math.min(last, end);
}
