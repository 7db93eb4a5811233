/**
 * What the event log shows: rows of one node, one link, one kind or group of kinds, one write with its hints, one hint, one
 * read, the answers that were stale, what follows from one row, or rows whose sentence has some words; and how such a
 * filter is written in a link
 * (`node.1,kind.hints,text.took b`).
 */
import {
  describeEntry,
  Effects,
  isThere,
  LOG_KINDS,
  NONE,
  staleReads,
  SUBJECT_OF,
  type LogKind,
  type Trace,
} from '../../sim/trace/index.ts';
import type { Span } from '../draw/time-scale.ts';

/** Kinds that belong together, in the order of the picker. */
export const KIND_GROUPS = {
  hints: [
    'hintStored',
    'hintRefused',
    'hintShipped',
    'hintRequeued',
    'hintExtended',
    'hintApplied',
    'hintIgnored',
    'strayApplied',
    'strayIgnored',
    'hintAcked',
    'hintFailed',
    'hintExpired',
    'hintLost',
  ],
  requests: ['writeIssued', 'writeAcked', 'writeFailed', 'readIssued', 'readAnswered', 'readFailed'],
  copies: ['copySent', 'copyApplied', 'copyIgnored', 'copyDropped', 'copyRefused', 'repairApplied'],
  beliefs: ['believedDown', 'believedUp', 'heartbeat', 'heartbeatDisplaced'],
  nodes: ['crashed', 'stopped', 'restarted', 'faultBegan', 'faultEnded'],
  delivery: ['sweep', 'sessionOpened', 'sessionClosed', 'linkOpened', 'linkEnded'],
} as const satisfies Record<string, readonly LogKind[]>;
export type KindGroup = keyof typeof KIND_GROUPS;

/** Everything that is given has to be true of a row. */
export interface EventFilter {
  /** Where it happened. */
  readonly node?: number;
  /** With `node`: the link from that node to this one. */
  readonly peer?: number;
  readonly kind?: KindGroup | LogKind;
  /** The write and its hints. */
  readonly write?: number;
  readonly hint?: number;
  readonly read?: number;
  /** Answers to reads that were older than a write acknowledged before the read was issued. */
  readonly stale?: true;
  /** A row: what follows from it. */
  readonly from?: number;
  /** When it happened, both ends included; whole microseconds. */
  readonly within?: Span;
  /** Words that the sentence of the row has, whatever their case. */
  readonly text?: string;
}

/** The filter that lets everything through. */
export const EVERYTHING: EventFilter = {};

/** Whether a filter lets everything through. */
export function isEverything(filter: EventFilter): boolean {
  return filterText(filter) === '';
}

/** Whether a row passes; made once for many rows. Sentences are made only of rows that pass all else. */
export function matcherOf(trace: Trace, filter: EventFilter): (row: number) => boolean {
  const { log } = trace;
  const { node, peer, write, hint, read, from, within } = filter;
  const kinds = kindCodes(filter.kind);
  const place = node === undefined ? undefined : { node, ...(peer === undefined ? {} : { peer }) };
  const words = (filter.text ?? '').trim().toLowerCase();
  const effects = from === undefined ? undefined : new Effects(trace, from);
  const stale = filter.stale ? new Set(staleReads(trace).stale) : undefined;
  return (row) => {
    // First, row by row: left until a rare kind comes, it would have a long way to walk at once.
    if (effects && !effects.has(row)) return false;
    if (kinds?.[log.kind[row] ?? 0] === 0) return false;
    const at = log.at[row] ?? 0;
    if (within && (at < within.from || at > within.until)) return false;
    if (place && !isThere(log, row, place)) return false;
    if (hint !== undefined && !(subjectAt(trace, row) === 'hint' && log.subject[row] === hint)) return false;
    if (read !== undefined && !(subjectAt(trace, row) === 'read' && log.subject[row] === read)) return false;
    if (stale && !(LOG_KINDS[log.kind[row] ?? 0] === 'readAnswered' && stale.has(log.subject[row] ?? NONE)))
      return false;
    if (write !== undefined && writeAt(trace, row) !== write) return false;
    return words === '' || describeEntry(trace, row).toLowerCase().includes(words);
  };
}

function kindCodes(kind: EventFilter['kind']): Uint8Array | undefined {
  if (kind === undefined) return undefined;
  const wanted: readonly string[] = isGroup(kind) ? KIND_GROUPS[kind] : [kind];
  return Uint8Array.from(LOG_KINDS, (each) => (wanted.includes(each) ? 1 : 0));
}

function subjectAt({ log }: Trace, row: number) {
  return SUBJECT_OF[LOG_KINDS[log.kind[row] ?? 0] ?? 'sweep'];
}

/** The write that a row is about, itself or through a hint of it; NONE. */
function writeAt(trace: Trace, row: number): number {
  const subject = trace.log.subject[row] ?? NONE;
  const about = subjectAt(trace, row);
  if (about === 'write') return subject;
  return about === 'hint' ? (trace.hints.write[subject] ?? NONE) : NONE;
}

/** The name of a group. */
export function isGroup(kind: string): kind is KindGroup {
  return Object.hasOwn(KIND_GROUPS, kind);
}

/** The name of a kind of row. */
export function isLogKind(kind: string): kind is LogKind {
  return LOG_KINDS.some((each) => each === kind);
}

/** A filter as a link has it; empty for {@link EVERYTHING}. */
export function filterText({ node, peer, kind, write, hint, read, stale, from, within, text }: EventFilter): string {
  const parts: string[] = [];
  if (node !== undefined) parts.push(peer === undefined ? `node.${node}` : `link.${node}.${peer}`);
  if (kind !== undefined) parts.push(`kind.${kind}`);
  if (write !== undefined) parts.push(`write.${write}`);
  if (hint !== undefined) parts.push(`hint.${hint}`);
  if (read !== undefined) parts.push(`read.${read}`);
  if (stale) parts.push('stale');
  if (from !== undefined) parts.push(`from.${from}`);
  if (within !== undefined) parts.push(`within.${within.from}.${within.until}`);
  if (text !== undefined && text.trim() !== '') parts.push(`text.${text}`); // last: it may have commas
  return parts.join(',');
}

/** The filter that a link has, or undefined where it cannot be read. */
export function parseFilter(written: string): EventFilter | undefined {
  const textAt = /(?:^|,)text\./.exec(written);
  const text = textAt ? written.slice(textAt.index).replace(/^,?text\./, '') : undefined;
  const fields = (textAt ? written.slice(0, textAt.index) : written).split(',').filter((part) => part !== '');
  let filter: EventFilter = text === undefined ? {} : { text };
  for (const field of fields) {
    const read = parseField(field);
    if (read === undefined) return undefined;
    filter = { ...filter, ...read };
  }
  return filter;
}

function parseField(field: string): EventFilter | undefined {
  const [name, a = '', b = '', ...rest] = field.split('.');
  if (rest.length > 0) return undefined;
  if (name === 'kind') return isGroup(a) || isLogKind(a) ? { kind: a } : undefined;
  if (field === 'stale') return { stale: true };
  if (name === 'within') return withinOf(a, b);
  if (!/^\d{1,9}$/.test(a)) return undefined;
  const first = Number(a);
  if (name === 'link') return /^\d{1,9}$/.test(b) ? { node: first, peer: Number(b) } : undefined;
  if (b !== '') return undefined;
  if (name === 'node') return { node: first };
  if (name === 'write') return { write: first };
  if (name === 'read') return { read: first };
  if (name === 'from') return { from: first };
  return name === 'hint' ? { hint: first } : undefined;
}

function withinOf(from: string, until: string): EventFilter | undefined {
  if (!/^\d{1,15}$/.test(from) || !/^\d{1,15}$/.test(until)) return undefined;
  return Number(from) <= Number(until) ? { within: { from: Number(from), until: Number(until) } } : undefined;
}
