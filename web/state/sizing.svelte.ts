/**
 * Sizing, as far as the page needs it before anybody asks: whether it is shown, what it asks, and the sweep that answers,
 * which comes with the view (`sweep.svelte.ts`). It stands in the place of the timeline, as a comparison does.
 */
import type { WorkerLike } from '../worker/computer.ts';
import type { NamedFile } from '../worker/design-runner.ts';
import type { Compare } from './compare.svelte.ts';
import type { Draft } from './draft.svelte.ts';
import { OPENING_QUESTION, type SizingQuestion } from './sizing-address.ts';
import type { Sweep } from './sweep.svelte.ts';

/** What sizing acts on. */
export interface SizingHost {
  readonly draft: Draft;
  readonly compare: Compare;
  /** A discrete step, for the browser's history. */
  mark(): void;
}

/** Files that a scenario may name, at most; the oldest is forgotten first. */
const MOST_FILES = 8;

export class Sizing {
  readonly makeWorker: () => WorkerLike;
  /** Made by the view when it is first shown; kept, so that what it has computed is there when it is shown again. */
  sweep: Sweep | undefined;
  readonly #host: SizingHost;
  readonly #files = new Map<string, string>();
  #isLinked = false;
  #on = $state(false);
  #question = $state.raw<SizingQuestion>(OPENING_QUESTION);

  constructor(makeWorker: () => WorkerLike, host: SizingHost) {
    this.makeWorker = makeWorker;
    this.#host = host;
  }

  /** The page shows it; a comparison that was opened on top hides it. */
  get on(): boolean {
    return this.#on && !this.#host.compare.on;
  }

  get draft(): Draft {
    return this.#host.draft;
  }

  /** As typed, whether or not it can be read. */
  get question(): SizingQuestion {
    return this.#question;
  }

  /** For a link; undefined while it is not shown. */
  get address(): SizingQuestion | undefined {
    return this.on ? this.#question : undefined;
  }

  get files(): readonly NamedFile[] {
    return [...this.#files].map(([name, text]) => ({ name, text }));
  }

  toggle(): void {
    const shown = !this.on;
    if (shown && this.#host.compare.on) this.#host.compare.toggle();
    this.#on = shown;
    this.#host.mark();
  }

  ask(part: Partial<SizingQuestion>): void {
    this.#question = { ...this.#question, ...part };
    this.#host.mark();
  }

  /** Takes over what a link says; undefined: sizing is not shown. */
  open(question: SizingQuestion | undefined): void {
    this.#on = question !== undefined;
    if (!question) return;
    this.#question = question;
    this.#isLinked = true;
  }

  /** Whether a link asked since this was called last: it is answered without being asked to. */
  takeLinked(): boolean {
    const isLinked = this.#isLinked;
    this.#isLinked = false;
    return isLinked;
  }

  /** Shows what was made of the page instead. */
  leave(): void {
    this.#on = false;
  }

  /** A file that the scenario may name. */
  remember({ name, text }: NamedFile): void {
    this.#files.set(name, text);
    const [oldest] = this.#files.keys();
    if (this.#files.size > MOST_FILES && oldest !== undefined) this.#files.delete(oldest);
  }
}
