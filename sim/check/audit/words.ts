/**
 * How breaches call what they are about.
 */
import type { Trace } from '../../trace/index.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import type { LogRow } from './row.ts';

/** The hint of a row about its holder and its peer: `hint 3 of a for b`. */
export function hintOfLane(trace: Trace, { node, peer, subject }: LogRow): string {
  return `${hintName(subject)} of ${nodeName(trace, node)} for ${nodeName(trace, peer)}`;
}
