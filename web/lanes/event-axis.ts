/**
 * The axis by event: which instants are one unit apart. Heartbeats and empty sweeps never stop, so they are left out;
 * what is between two events shrinks to nothing, which is the point.
 */
import { LOG_KINDS, moments, type LogKind, type Trace } from '../../sim/trace/index.ts';

const ROUTINE: ReadonlySet<LogKind> = new Set<LogKind>(['heartbeat', 'sweep']);

/** The start, every instant at which something happened, and the end: ascending and distinct. O(log rows). */
export function eventInstants(trace: Trace): Float64Array {
  const ats = trace.log.at.length > 0 ? loggedInstants(trace) : moments(trace);
  const all = new Float64Array(ats.length + 2);
  let count = 1; // the start, at 0
  for (const at of ats) if (at > (all[count - 1] ?? 0)) all[count++] = at;
  if (trace.endedAt > (all[count - 1] ?? 0)) all[count++] = trace.endedAt;
  return all.slice(0, count);
}

function loggedInstants({ log }: Trace): Float64Array {
  const counts = LOG_KINDS.map((kind) => !ROUTINE.has(kind));
  return log.at.filter((_, row) => counts[log.kind[row] ?? 0]);
}
