/**
 * What happens to reads, in sentences: what they returned, whether it was stale, and why they failed.
 */
import { levelRule } from '../../scenario/model/levels.ts';
import { cell } from '../cell.ts';
import { formatDuration } from '../format.ts';
import { isStale } from '../measurements.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import type { Happening } from './happening.ts';
import { isDown } from './intervals.ts';
import { commonLevel, keyName, levelName, nodeName, readName, writeName } from './names.ts';
import { isDelete } from './staleness.ts';

/** A client's read reached its coordinator. */
export function readIssued(trace: Trace, { node, subject }: Happening): string {
  const { reads } = trace;
  const probeOf = cell(reads.probeOf, subject);
  const probe = probeOf === NONE ? '' : ` to see whether ${writeName(probeOf)} is visible`;
  const key = keyName(trace, cell(reads.key, subject));
  return `a client sent ${readName(subject)} (${key}) to ${nodeName(trace, node)}${probe}`;
}

/** What the client was told, and what it should have been told. */
export function readAnswered(trace: Trace, { node, subject }: Happening): string {
  const { reads } = trace;
  const value = cell(reads.value, subject);
  const newest = cell(reads.newest, subject);
  const level = levelName(trace, 'read');
  const answered = `${nodeName(trace, node)} answered ${readName(subject)} with ${valueName(value)}, ${level} being met`;
  if (!isStale(value, newest, isDelete(trace, newest))) return answered;
  return `${answered}: stale, for ${writeName(newest)} of its key had been acknowledged before it was issued`;
}

/** The client was told no, or nothing in time: why. */
export function readFailed(trace: Trace, { at, node, subject }: Happening): string {
  const name = nodeName(trace, node);
  const read = readName(subject);
  const { clientTimeout } = trace.scenario.network;
  if (isDown(trace, node, at)) return `${read} failed: ${name} was down`;
  if (at - cell(trace.reads.issuedAt, subject) >= clientTimeout) {
    return `${read} had no answer within ${formatDuration(clientTimeout)}, so its client took it for failed`;
  }
  const level = commonLevel(trace, 'read');
  const mustAgree = level === undefined || levelRule(level).agreement === 'unanimous';
  return `${name} failed ${read}: too few votes${mustAgree ? ' that agree' : ''} for ${levelName(trace, 'read')}`;
}

/** What a read returned: a write, nothing, or a sum. */
export function valueName(value: number): string {
  if (value === NONE) return 'no value';
  return value < NONE ? 'the sum of increments' : writeName(value);
}
