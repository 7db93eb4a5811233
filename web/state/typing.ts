/**
 * What is typed into the draft: in the editor, in a field of the form, in a field that is laid over the scenario. It is
 * run once the typing has paused, so that no letter waits for a run, and each kind says what of it undo takes back.
 */
import type { Draft } from './draft.svelte.ts';
import type { Edits } from './edits.svelte.ts';
import type { OverrideName } from './overrides.ts';

/** Milliseconds without typing until a changed scenario is run. */
const TYPING_PAUSE = 250;

/** What typing acts on. */
export interface TypingHost {
  readonly draft: Draft;
  readonly edits: Edits;
  start(): void;
  /** A discrete step, for the browser's history. */
  mark(): void;
}

/** Typing into the draft of one workbench. */
export class Typing {
  readonly #host: TypingHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: TypingHost) {
    this.#host = host;
  }

  /** In the editor: what is typed without a pause is one step that undo takes back. */
  edit(text: string): void {
    this.#write(text, 'typing');
    this.#startSoon(() => this.#host.edits.seal());
  }

  /** In a field of the form: one step until the field is left (`edits.seal`), however slowly it is typed. */
  editField(text: string): void {
    this.#write(text, 'field');
    this.#startSoon(() => undefined);
  }

  /** In a field that is laid over the scenario; one step, too. */
  override(name: OverrideName, text: string): void {
    const { draft, edits } = this.#host;
    edits.remember(draft.state, `field ${name}`);
    draft.override(name, text);
    this.#startSoon(() => this.#host.mark());
  }

  /** What was typed last is not run, or not any more: something else is run now. */
  leave(): void {
    clearTimeout(this.#timer);
  }

  /** Puts a text in the draft. Leaving the story is a step that the browser's Back can undo; each letter is not. */
  #write(text: string, group: string): void {
    const { draft, edits } = this.#host;
    if (text !== draft.text) edits.remember(draft.state, group);
    if (draft.source.kind === 'story') this.#host.mark();
    draft.edit(text);
  }

  #startSoon(before: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      before();
      this.#host.start();
    }, TYPING_PAUSE);
  }
}
