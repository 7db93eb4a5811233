/**
 * `hintlab segment`: a segment of hints as dynomite-rs leaves it on disk (`peer-3.hints`), record by record, up to the first
 * damage. Nothing is run; what a restart would read back is what is listed.
 */
import { basename } from 'node:path';
import {
  peerOfSegmentName,
  readSegment,
  recordBytes,
  type SegmentContent,
  type SegmentRecord,
} from '../../core/index.ts';
import { formatBytes, formatCount, formatCountOf } from '../index.ts';
import { damageText, segmentEndText } from '../segment-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readBytes } from './files.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import { left, right, tableLines } from './table.ts';
import { tell } from './tell.ts';
import { utcText } from './wall-time.ts';

/** The version of the object that `segment --json` prints; fields may be added within a version, never renamed. */
export const SEGMENT_SCHEMA = 1;

export interface SegmentOptions {
  /** The wall clock to judge deadlines by, milliseconds since 1970; without it nothing is said of expiry. */
  readonly now?: bigint;
  /** One JSON object instead of text. */
  readonly json: boolean;
}

/** Shows the segment in `file`. */
export function segmentCommand(file: string, options: SegmentOptions, io: Io): ExitCode {
  const read = readBytes(file);
  if (read.kind === 'missing') return tell(io, [`no file is called '${file}'`]);
  if (read.kind === 'folder')
    return tell(io, [`${file} is a folder; expected one segment, such as ${file}/peer-1.hints`]);
  if (read.kind === 'unreadable') return tell(io, [`${file} ${read.why}`]);
  const content = readSegment(read.bytes);
  const text = options.json
    ? JSON.stringify(asJson(file, read.bytes.length, content, options.now), undefined, 2)
    : asLines(file, read.bytes.length, content, options.now, io).join('\n');
  io.out(`${text}\n`);
  return EXIT.ok;
}

function asJson(file: string, bytes: number, { records, end }: SegmentContent, now: bigint | undefined): object {
  return {
    schema: SEGMENT_SCHEMA,
    peer: peerOfSegmentName(basename(file)) ?? null,
    bytes,
    ...(now === undefined ? {} : { now: utcText(now) }),
    records: records.map((record) => ({
      offset: record.offset,
      bytes: recordBytes(record.payload.length),
      payloadBytes: record.payload.length,
      deadline: utcText(record.deadlineMillis),
      // A string: JSON numbers are exact to 2^53 only.
      deadlineMillis: String(record.deadlineMillis),
      ...(now === undefined ? {} : { expired: isExpired(record, now) }),
    })),
    end: end.kind === 'clean' ? end : { ...end, why: damageText(end.reason) },
  };
}

function asLines(
  file: string,
  bytes: number,
  { records, end }: SegmentContent,
  now: bigint | undefined,
  io: Io,
): string[] {
  const paint = paintFor(io.colour);
  const peer = peerOfSegmentName(basename(file));
  const [head = '', ...rows] = tableLines(
    [
      right('offset'),
      right('bytes'),
      right('payload'),
      left('deadline (UTC)'),
      ...(now === undefined ? [] : [left('')]),
    ],
    records.map((record) => [
      formatCount(record.offset),
      formatCount(recordBytes(record.payload.length)),
      formatCount(record.payload.length),
      utcText(record.deadlineMillis),
      ...(now === undefined ? [] : [isExpired(record, now) ? 'expired' : '']),
    ]),
  );
  const whose = peer === undefined ? 'its name says no peer' : `hints for the peer at position ${peer}`;
  const expired =
    now === undefined
      ? ''
      : `, ${formatCount(records.filter((record) => isExpired(record, now)).length)} expired at ${utcText(now)}`;
  return [
    `${paint.strong(basename(file))}: ${formatBytes(bytes)}, ${whose}`,
    `${formatCountOf(records.length, 'record')}${expired}`,
    ...(records.length === 0 ? [] : ['', paint.quiet(head), ...rows]),
    '',
    segmentEndText(end),
  ];
}

/** `deadline <= now`, as in the store. */
function isExpired({ deadlineMillis }: SegmentRecord, now: bigint): boolean {
  return deadlineMillis <= now;
}
