/**
 * The one sentence under the transport: what just happened at the playhead. On a row of the log it is that row; at any
 * other moment the last thing that matters to a hint or a node, because heartbeats and healthy writes never stop.
 */
import { bisectRight } from 'd3-array';
import { describeEntry, LOG_KINDS, type LogKind, type Trace } from '../../sim/trace/index.ts';

export interface Caption {
  readonly at: number;
  readonly text: string;
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
  readonly #trace: Trace;
  readonly #telling: Int32Array;

  constructor(trace: Trace) {
    this.#trace = trace;
    const loud = LOG_KINDS.map((kind) => !QUIET.has(kind));
    const rows: number[] = [];
    trace.log.kind.forEach((kind, row) => {
      if (loud[kind]) rows.push(row);
    });
    this.#telling = Int32Array.from(rows);
  }

  /** `exact`: the playhead was put on that very row of the log. */
  at(moment: number, entry: number, exact: boolean): Caption {
    if (this.#trace.log.at.length === 0) return this.#unlogged(moment);
    const row = exact ? entry : (this.#telling[bisectRight(this.#telling, entry) - 1] ?? -1);
    const at = this.#trace.log.at[row];
    return at === undefined ? START : { at, text: describeEntry(this.#trace, row) };
  }

  /** Without a log: the last outage or belief that changed. */
  #unlogged(moment: number): Caption {
    const { outages, beliefs, scenario } = this.#trace;
    const name = (node: number | undefined) => scenario.nodes[node ?? 0]?.name ?? `#${node}`;
    let latest = START;
    const consider = (at: number | undefined, text: () => string) => {
      if (at !== undefined && at <= moment && at >= latest.at && at > 0) latest = { at, text: text() };
    };
    outages.node.forEach((node, i) => {
      consider(outages.from[i], () => `${name(node)} went down.`);
      consider(outages.until[i], () => `${name(node)} came back.`);
    });
    beliefs.observer.forEach((observer, i) => {
      consider(
        beliefs.from[i],
        () => `${name(observer)} took ${name(beliefs.peer[i])} for Down: writes for it are hinted from here on.`,
      );
      consider(
        beliefs.until[i],
        () =>
          `${name(observer)} took ${name(beliefs.peer[i])} for Normal again: the next drain tick may send its hints.`,
      );
    });
    return latest;
  }
}

const START: Caption = { at: 0, text: 'The run begins; nothing has happened to a hint or a node yet.' };
