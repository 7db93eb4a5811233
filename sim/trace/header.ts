/**
 * The header of a trace file: everything of a trace that is not a column, and the directory of its columns, as JSON.
 * Reading it is the door: after {@link readHeader} its types are trusted.
 */
import * as v from 'valibot';
import { TRACE_LEVELS } from '../scenario/model/scenario.ts';
import { COLUMN_TYPES } from './directory.ts';
import type { DirectoryEntry } from './directory.ts';
import { scenarioSchema } from './scenario-schema.ts';
import type { TableName } from './tables.ts';
import type { Trace } from './trace.ts';
import { amount, bytesValue, count, durationValue, instantValue } from './value-schemas.ts';

/** Everything of a trace that is not a column, and where the columns are. */
export interface Header extends Omit<Trace, 'version' | TableName> {
  readonly bucketMicros: number;
  readonly columns: readonly DirectoryEntry[];
}

/** A header, or the place in its text that is not one. */
export type HeaderResult =
  { readonly kind: 'header'; readonly header: Header } | { readonly kind: 'invalid'; readonly problem: string };

const requests = () => v.object({ issued: count(), acked: count(), failed: count(), pending: count() });
const fates = () => ({ stored: count(), delivered: count(), expired: count(), lost: count(), pending: count() });

const totals = () =>
  v.object({
    writes: requests(),
    reads: requests(),
    hints: v.object({
      ...fates(),
      rejectedOverCapacity: count(),
      refusedByWindow: count(),
      refusedByDisk: count(),
      refusedByOverload: count(),
      redelivered: count(),
      requeued: count(),
    }),
    hintBytes: v.object(fates()),
    lostBy: v.object({
      holderCrashed: count(),
      linkCut: count(),
      requeueRefused: count(),
      messageLost: count(),
      refusedByPeer: count(),
      tornTail: count(),
      coalesced: count(),
      misdelivered: count(),
      holderReplaced: count(),
    }),
    messages: v.object({ sent: count(), delivered: count(), dropped: count(), refused: count() }),
  });

const storeReport = () =>
  v.object({
    node: v.string(),
    hintCount: count(),
    bytes: bytesValue(),
    maxBytes: bytesValue(),
    expiredTotal: count(),
    rejectedOverCapacityTotal: count(),
  });

const timeSummary = () =>
  v.object({
    count: count(),
    mean: amount(),
    p50: amount(),
    p90: amount(),
    p99: amount(),
    p999: amount(),
    max: amount(),
  });

const serviceReport = () =>
  v.object({
    node: v.string(),
    arrived: count(),
    refused: count(),
    late: count(),
    waited: count(),
    wait: timeSummary(),
    sojourn: timeSummary(),
    inSystemMicros: amount(),
    observed: durationValue(),
  });

const statistics = () =>
  v.object({
    from: instantValue(),
    writes: timeSummary(),
    reads: timeSummary(),
    visibility: v.array(v.object({ after: durationValue(), reads: count(), consistent: count() })),
    staleReads: count(),
    answeredReads: count(),
    services: v.array(serviceReport()),
  });

const directoryEntry = () =>
  v.object({ name: v.string(), type: v.picklist(COLUMN_TYPES), length: count(), offset: count() });

const headerSchema = (): v.GenericSchema<unknown, Header> =>
  v.pipe(
    v.object({
      level: v.picklist(TRACE_LEVELS),
      digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
      events: count(),
      endedAt: instantValue(),
      bucketMicros: v.pipe(count(), v.minValue(1)),
      totals: totals(),
      stores: v.array(storeReport()),
      statistics: statistics(),
      columns: v.array(directoryEntry()),
      scenario: scenarioSchema(),
    }),
    v.check(({ stores, scenario }) => stores.length === scenario.nodes.length, 'one store per node'),
    v.check(
      ({ statistics: { services }, scenario }) => services.length === scenario.nodes.length,
      'one service report per node',
    ),
  );

/** The header of `trace` as bytes. */
export function writeHeader(trace: Trace, columns: readonly DirectoryEntry[]): Uint8Array {
  const { level, digest, events, endedAt, stores, scenario } = trace;
  const measured = { totals: trace.totals, statistics: trace.statistics, bucketMicros: trace.outcomes.bucketMicros };
  const header: Header = { level, digest, events, endedAt, ...measured, stores, columns, scenario };
  return new TextEncoder().encode(JSON.stringify(header));
}

/** Reads and checks a header; the problem names the place in the JSON. */
export function readHeader(text: Uint8Array): HeaderResult {
  const json = parseJson(text);
  if (json.kind === 'invalid') return json;
  const result = v.safeParse(headerSchema(), json.value, { abortEarly: true });
  if (result.success) return { kind: 'header', header: result.output };
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? 'the whole of it';
  return {
    kind: 'invalid',
    problem: `expected ${issue.expected ?? issue.message} at ${path}, found ${issue.received}`,
  };
}

type Json = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'invalid'; readonly problem: string };

function parseJson(text: Uint8Array): Json {
  try {
    return { kind: 'json', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) };
  } catch {
    return { kind: 'invalid', problem: 'expected JSON in UTF-8, found something else' };
  }
}
