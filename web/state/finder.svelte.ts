/**
 * Finding moments: the next message, the next change of the selected queue, and the next or the last time that a
 * condition began to hold. Every one is a search in a sorted column, made when it is first asked for.
 */
import { LOG_KINDS, queueSeries, type LogKind, type Trace } from '../../sim/trace/index.ts';
import { bisectLeft, bisectRight } from 'd3-array';
import { beginnings, lastTime, nextTime, unanswerable, type Condition } from './conditions.ts';
import type { Playback } from './playback.svelte.ts';
import type { Selection } from './selection.ts';

/** What finding needs of the workbench. */
export interface FinderHost {
  readonly run: { readonly trace: Trace | undefined };
  readonly playback: Playback;
  readonly selection: Selection;
  goTo(at: number, entry?: number): void;
}

/** Which way to look. */
export type Way = 'on' | 'back';

const MESSAGES: ReadonlySet<LogKind> = new Set<LogKind>([
  'copySent',
  'copyApplied',
  'copyIgnored',
  'copyRefused',
  'copyDropped',
  'repairApplied',
  'hintShipped',
  'hintApplied',
  'hintIgnored',
  'strayApplied',
  'strayIgnored',
  'hintAcked',
  'hintFailed',
]);

export class Finder {
  readonly #host: FinderHost;
  #condition = $state.raw<Condition>({ kind: 'misjudged', node: 0 });
  #sought = $state('');

  /** When the condition begins to hold; none where the trace cannot tell. */
  readonly #times = $derived.by(() => {
    const { trace } = this.#host.run;
    if (!trace || unanswerable(trace, this.#condition.kind) !== undefined) return new Float64Array();
    return beginnings(trace, this.#condition);
  });
  readonly #messages = $derived.by(() => (this.#host.run.trace ? messageRows(this.#host.run.trace) : new Int32Array()));
  readonly #changes = $derived.by(() => {
    const { run, selection } = this.#host;
    if (!run.trace || selection.kind !== 'queue') return undefined;
    return queueSeries(run.trace, selection.holder, selection.peer).at;
  });

  constructor(host: FinderHost) {
    this.#host = host;
  }

  get condition(): Condition {
    return this.#condition;
  }

  set condition(condition: Condition) {
    this.#condition = condition;
    this.#sought = '';
  }

  /** How often the condition begins to hold in this run. */
  get count(): number {
    return this.#times.length;
  }

  /** What the last search came to, in a few words. */
  get sought(): string {
    return this.#sought;
  }

  /** A queue is selected, whose changes can be stepped through. */
  get hasQueue(): boolean {
    return this.#changes !== undefined;
  }

  /** Runs on to where the condition begins to hold next, or back to where it began last. */
  seek(way: Way): void {
    const { playback } = this.#host;
    const at = way === 'on' ? nextTime(this.#times, playback.moment) : lastTime(this.#times, playback.moment);
    if (at === undefined) {
      this.#sought = way === 'on' ? 'not again in this run' : 'not before in this run';
      return;
    }
    this.#sought = `${bisectRight(this.#times, at)} of ${this.#times.length}`;
    this.#host.goTo(at);
  }

  /** To the next row of the log at which a message is sent or arrives, or is lost. */
  stepMessage(way: Way): void {
    const { entry } = this.#host.playback;
    const rows = this.#messages;
    const row = way === 'on' ? rows[bisectRight(rows, entry)] : rows[bisectLeft(rows, entry) - 1];
    const at = row === undefined ? undefined : this.#host.run.trace?.log.at[row];
    if (at !== undefined) this.#host.goTo(at, row);
  }

  /** To the next change of the selected queue. */
  stepQueue(way: Way): void {
    const { moment } = this.#host.playback;
    const ats = this.#changes ?? new Float64Array();
    const at = way === 'on' ? nextTime(ats, moment) : lastTime(ats, moment);
    if (at !== undefined) this.#host.goTo(at);
  }
}

function messageRows({ log }: Trace): Int32Array {
  const counts = LOG_KINDS.map((kind) => MESSAGES.has(kind));
  const rows: number[] = [];
  log.kind.forEach((kind, row) => {
    if (counts[kind]) rows.push(row);
  });
  return Int32Array.from(rows);
}
