/**
 * The one sentence under the transport: what just happened at the playhead. On a row of the log it is that row; at any
 * other moment the last thing that matters to a hint or a node, because heartbeats and healthy writes never stop.
 */
import { bisector, bisectRight } from 'd3-array';
import { describeEntry, LOG_KINDS, type LogKind, type Trace } from '../../sim/trace/index.ts';
import { once } from '../lanes/lane.ts';

export interface Caption {
  readonly at: number;
  readonly text: string;
  /** The row of the log that it tells of, where there is one. */
  readonly entry?: number;
}

/** What goes on all the time in a healthy cluster: told only when stepped onto. */
const QUIET: ReadonlySet<LogKind> = new Set<LogKind>([
  'heartbeat',
  'sweep',
  'writeIssued',
  'writeAcked',
  'readIssued',
  'readAnswered',
  'copySent',
  'copyApplied',
]);

/** Finds captions of one trace; makes its index of telling rows once. */
export class Captions {
  readonly trace: Trace;
  readonly #telling: Int32Array;
  readonly #changes: () => readonly Caption[];

  constructor(trace: Trace) {
    this.trace = trace;
    this.#telling = tellingRows(trace.log.kind);
    this.#changes = once(() => changesOf(trace));
  }

  /** `exact`: the playhead was put on that very row of the log. */
  at(moment: number, entry: number, exact: boolean): Caption {
    if (this.trace.log.at.length === 0) return this.#unlogged(moment);
    const row = exact ? entry : (this.#telling[bisectRight(this.#telling, entry) - 1] ?? -1);
    const at = this.trace.log.at[row];
    return at === undefined ? START : { at, text: describeEntry(this.trace, row), entry: row };
  }

  /** Without a log: the last outage or belief that changed. */
  #unlogged(moment: number): Caption {
    const changes = this.#changes();
    return changes[bisector((change: Caption) => change.at).right(changes, moment) - 1] ?? START;
  }
}

/** The rows whose kind is not quiet, ascending. */
function tellingRows(kinds: Trace['log']['kind']): Int32Array {
  const isLoud = LOG_KINDS.map((kind) => !QUIET.has(kind));
  const rows = new Int32Array(kinds.length);
  let count = 0;
  for (let row = 0; row < kinds.length; row++) if (isLoud[kinds[row] ?? 0]) rows[count++] = row;
  return rows.slice(0, count);
}

/** Every outage and belief that began or ended within the run, in order of time. */
function changesOf({ outages, beliefs, scenario, endedAt }: Trace): Caption[] {
  const name = (node: number | undefined) => scenario.nodes[node ?? 0]?.name ?? `#${node}`;
  const changes: Caption[] = [];
  outages.node.forEach((node, i) => {
    changes.push({ at: outages.from[i] ?? 0, text: `${name(node)} went down.` });
    changes.push({ at: outages.until[i] ?? 0, text: `${name(node)} came back.` });
  });
  beliefs.observer.forEach((observer, i) => {
    const belief = `${name(observer)} took ${name(beliefs.peer[i])} for`;
    changes.push({ at: beliefs.from[i] ?? 0, text: `${belief} Down: writes for it are hinted from here on.` });
    const text = `${belief} Normal again: the next drain tick may send its hints.`;
    changes.push({ at: beliefs.until[i] ?? 0, text });
  });
  return changes.filter(({ at }) => at > 0 && at <= endedAt).sort((a, b) => a.at - b.at);
}

const START: Caption = { at: 0, text: 'The run begins; nothing has happened to a hint or a node yet.' };
