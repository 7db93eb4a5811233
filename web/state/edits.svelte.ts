/**
 * Edits of the draft by hand: faults added, moved, pulled longer and removed, and every change of the draft
 * undone and done again. What edits text comes with the first edit, so that the page opens without it.
 *
 * A drag edits live: the draft changes with every move, the newest state is run as soon as the run before it is done,
 * and letting go (`settle`) makes it one step of the history.
 */
import type { Draft, DraftState } from './draft.svelte.ts';
import type * as FaultEdits from './fault-edits.ts';
import type { FaultEdit } from './fault-edits.ts';
import type * as FaultEntries from './fault-entries.ts';
import type { FaultEntry } from '../lanes/fault-entry.ts';
import { History } from './history.svelte.ts';
import type { NewFault } from './new-fault.ts';

/** What edits act on. */
export interface EditHost {
  readonly draft: Draft;
  /** A run is being computed. */
  readonly computing: boolean;
  start(): void;
  /** A discrete step, for the browser's history. */
  mark(): void;
  notify(notices: readonly string[]): void;
}

/** An edge of a fault, or all of it. */
export type Grip = 'whole' | 'from' | 'until';

type Tools = typeof FaultEdits & typeof FaultEntries;

export class Edits {
  readonly #host: EditHost;
  readonly #history = new History<DraftState>();
  #tools = $state.raw<Tools | undefined>();
  #loading: Promise<Tools> | undefined;
  /** The draft was edited live and the newest state of it is not settled yet. */
  #live = false;

  /** The faults of the draft, or undefined until {@link load}, or while its text is no scenario. */
  readonly faults: readonly FaultEntry[] | undefined = $derived.by(() =>
    this.#tools?.faultEntries(this.#host.draft.text),
  );

  constructor(host: EditHost) {
    this.#host = host;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Gets what edits text. */
  async load(): Promise<Tools> {
    this.#loading ??= Promise.all([import('./fault-edits.ts'), import('./fault-entries.ts')]).then(
      ([edits, entries]) => ({ ...edits, ...entries }),
    );
    return (this.#tools ??= await this.#loading);
  }

  /** Adds a fault and runs the draft. Resolves to its position in `faults:`, or undefined if it was refused. */
  addFault(fault: NewFault): Promise<number | undefined> {
    return this.#step((tools, text) => tools.addFault(text, fault));
  }

  removeFault(index: number): Promise<number | undefined> {
    return this.#step((tools, text) => tools.removeFault(text, index));
  }

  /** Moves a fault, or an edge of it, to `to` microseconds, as a step of its own. */
  pullFault(index: number, grip: Grip, to: number): Promise<number | undefined> {
    return this.#step((tools, text) => pulled(tools, text, index, grip, to));
  }

  /** The same while it is being dragged; `settle` ends the drag. Says why not, if it cannot be. */
  dragFault(index: number, grip: Grip, to: number): string | undefined {
    if (!this.#tools) return undefined; // nothing to drag is on screen before they are there
    const edit = pulled(this.#tools, this.#host.draft.text, index, grip, to);
    if (edit.kind === 'refused') return edit.why;
    if (edit.text === this.#host.draft.text) return undefined;
    this.#live = true;
    this.remember(this.#host.draft.state, `${grip} ${index}`);
    this.#host.draft.edit(edit.text);
    if (!this.#host.computing) this.#host.start();
    return undefined;
  }

  /** Ends a drag. */
  settle(): void {
    this.#history.seal();
    if (!this.#live) return;
    this.#live = false;
    this.#host.mark();
    this.#host.start();
  }

  /** Takes a drag back as if it had not been. */
  abandon(): void {
    if (!this.#live) return;
    this.#live = false;
    this.undo();
  }

  /** Keeps what the draft was before a change, for `undo`. Changes of one `group` are one step. */
  remember(before: DraftState = this.#host.draft.state, group?: string): void {
    if (before.source.name !== '') this.#history.record(before, group); // else nothing was open yet
  }

  /** The next change is a step of its own. */
  seal(): void {
    this.#history.seal();
  }

  undo(): void {
    this.#restore(this.#history.undo(this.#host.draft.state));
  }

  redo(): void {
    this.#restore(this.#history.redo(this.#host.draft.state));
  }

  #restore(state: DraftState | undefined): void {
    if (state === undefined) return;
    this.#host.draft.restore(state);
    this.#host.mark();
    this.#host.start();
  }

  async #step(edit: (tools: Tools, text: string) => FaultEdit): Promise<number | undefined> {
    const tools = await this.load();
    const done = edit(tools, this.#host.draft.text);
    if (done.kind === 'refused') {
      this.#host.notify([done.why]);
      return undefined;
    }
    if (done.text === this.#host.draft.text) return done.index;
    this.remember();
    this.#host.draft.edit(done.text);
    this.#host.mark();
    this.#host.start();
    return done.index;
  }
}

function pulled(tools: Tools, text: string, index: number, grip: Grip, to: number): FaultEdit {
  return grip === 'whole' ? tools.moveFault(text, index, to) : tools.resizeFault(text, index, grip, to);
}
