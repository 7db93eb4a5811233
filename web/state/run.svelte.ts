/**
 * The run on screen and the one being computed. The last good trace stays while a newer scenario is computed or
 * refused; only the timeline draws a run that takes long while it goes on. A trace is large and never changes, so it is held raw: nothing inside it is made reactive.
 */
import { laneGroups } from '../lanes/groups.ts';
import { wholeRun } from '../lanes/whole-run.ts';
import type { Note, Problem } from '../../sim/scenario/index.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { Pin, PinOrder } from '../../sim/explore/pin.ts';
import { Computer, type WorkerLike } from '../worker/computer.ts';
import type { Findings } from '../worker/findings.ts';
import type { Reply } from '../worker/protocol.ts';

export type RunStatus =
  | { readonly kind: 'idle' }
  /** `share` of the virtual time that is done, 0 … 1. */
  | { readonly kind: 'running'; readonly share: number; readonly events: number }
  | { readonly kind: 'done'; readonly millis: number }
  /** A saved trace was opened; nothing was computed. */
  | { readonly kind: 'opened'; readonly name: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'broken'; readonly message: string };

export interface RunEvents {
  readonly done: (trace: Trace) => void;
  /** A run that takes long is drawn while it goes on; without one, drawing it ended before the run did. */
  readonly sketched: (sketch: Trace | undefined) => void;
  /** A file became scenario text. */
  readonly opened: (file: { readonly name: string; readonly text: string }) => void;
  /** A saved trace is about to be shown. */
  readonly openedTrace: (name: string) => void;
  readonly unopened: (file: { readonly name: string; readonly reason: string }) => void;
  /** What a run violates became a file of the corpus, or did not. */
  readonly pinned: (pin: Pin) => void;
}

const NO_PROBLEMS: readonly Problem[] = [];

export class Run {
  readonly #computer: Computer;
  readonly #events: RunEvents;
  #trace = $state.raw<Trace | undefined>();
  #sketch = $state.raw<Trace | undefined>();
  #findings = $state.raw<Findings | undefined>();
  #status = $state.raw<RunStatus>({ kind: 'idle' });
  #fileNotes = $state.raw<readonly Note[]>([]);
  #runNotes = $state.raw<readonly Note[]>([]);

  /** What importers said: about the file that was opened, and about the scenario. */
  readonly notes = $derived([...this.#fileNotes, ...this.#runNotes]);

  /** What the timeline draws: the run on screen, or as far as it got the one that is being computed. */
  readonly drawn = $derived(this.#sketch ?? this.#trace);
  /** Of the run on screen, and of the one that is being computed: when that is stopped, the lanes are there still. */
  readonly #groups = $derived(this.#trace ? laneGroups(this.#trace) : []);
  readonly #sketchGroups = $derived(this.#sketch ? laneGroups(this.#sketch) : []);
  readonly #whole = $derived(this.#trace ? wholeRun(this.#trace) : undefined);
  readonly groups = $derived(this.#sketch ? this.#sketchGroups : this.#groups);
  readonly whole = $derived(this.#sketch ? wholeRun(this.#sketch) : this.#whole);
  readonly problems = $derived(this.#status.kind === 'refused' ? this.#status.problems : NO_PROBLEMS);

  constructor(makeWorker: () => WorkerLike, events: RunEvents) {
    this.#computer = new Computer(makeWorker, (reply) => this.#receive(reply));
    this.#events = events;
  }

  get trace(): Trace | undefined {
    return this.#trace;
  }

  /** The run that is being computed, as far as it got, if it takes so long that it is drawn meanwhile. */
  get sketch(): Trace | undefined {
    return this.#sketch;
  }

  /** What the trace shows of every property, and of its replicas; undefined until it is checked. */
  get findings(): Findings | undefined {
    return this.#findings;
  }

  get status(): RunStatus {
    return this.#status;
  }

  /** The scenario is no longer that of the file opened last. */
  leaveFile(): void {
    this.#fileNotes = [];
  }

  start(scenario: { readonly text: string; readonly file: string; readonly sets: readonly string[] }): void {
    this.#status = { kind: 'running', share: 0, events: 0 };
    this.#computer.run(scenario);
  }

  open(file: { readonly name: string; readonly text: string }): void {
    this.#computer.open(file);
  }

  /** Shows a saved trace as a run, once it is read. */
  openTrace(file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }): void {
    this.#computer.openTrace(file);
  }

  /** Makes a file of the corpus of a run and the property that it violates. */
  pin(order: PinOrder): void {
    this.#computer.pin(order);
  }

  cancel(): void {
    if (this.#status.kind !== 'running') return;
    this.#computer.cancel();
    this.#status = { kind: 'idle' };
    this.#dropSketch();
  }

  /** What was drawn of a run that came to nothing goes. */
  #dropSketch(): void {
    if (!this.#sketch) return;
    this.#sketch = undefined;
    this.#events.sketched(undefined);
  }

  #receive(reply: Reply): void {
    switch (reply.kind) {
      case 'progress':
        this.#status = { kind: 'running', share: reply.now / reply.duration, events: reply.events };
        return;
      case 'sketch':
        this.#sketch = reply.trace;
        this.#events.sketched(reply.trace);
        return;
      case 'refused':
        this.#dropSketch();
        this.#status = { kind: 'refused', problems: reply.problems };
        return;
      case 'broken':
        this.#dropSketch();
        this.#status = { kind: 'broken', message: reply.message };
        return;
      case 'done':
        this.#sketch = undefined;
        this.#trace = reply.trace;
        this.#findings = undefined;
        this.#runNotes = reply.notes;
        this.#status = { kind: 'done', millis: reply.millis };
        this.#events.done(reply.trace);
        return;
      case 'checked':
        this.#findings = reply.findings;
        return;
      case 'opened':
        this.#fileNotes = reply.notes;
        this.#events.opened(reply);
        return;
      case 'openedTrace':
        this.#events.openedTrace(reply.name);
        this.#sketch = undefined;
        this.#trace = reply.trace;
        this.#findings = undefined;
        this.#fileNotes = [];
        this.#runNotes = [];
        this.#status = { kind: 'opened', name: reply.name };
        this.#events.done(reply.trace);
        return;
      case 'unopened':
        this.#events.unopened(reply);
        return;
      case 'pinned':
      case 'unpinned':
        this.#events.pinned(reply);
        return;
      case 'cell':
      case 'studied':
      case 'tried':
        return; // of sweeps and comparisons, which have workers of their own
    }
  }
}
