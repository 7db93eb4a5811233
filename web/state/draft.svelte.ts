/**
 * The draft: what the user asks for, as typed. A story or a text of their own, and the few overrides of the form.
 * Nothing typed is ever corrected or thrown away; whether it can be run is for the parser to say.
 */
import { storyText } from '../stories.ts';
import { NO_OVERRIDES, overrideSets, type OverrideName, type Overrides } from './overrides.ts';

/** Where the draft's text comes from. */
export type Source =
  | { readonly kind: 'story'; readonly name: string }
  /** `name`: the file dropped, or the story that was edited. */
  | { readonly kind: 'text'; readonly name: string };

/** A draft as a value, to come back to. */
export interface DraftState {
  readonly source: Source;
  readonly text: string;
  readonly overrides: Overrides;
}

export class Draft {
  #source = $state.raw<Source>({ kind: 'story', name: '' });
  #text = $state('');
  #overrides = $state.raw<Overrides>(NO_OVERRIDES);

  /** Counts what was asked for, so that a slow answer does not undo a later wish. */
  #turns = 0;

  readonly sets = $derived(overrideSets(this.#overrides));

  get source(): Source {
    return this.#source;
  }

  get text(): string {
    return this.#text;
  }

  get overrides(): Overrides {
    return this.#overrides;
  }

  /** Loads a story. Unless it is `picked`, nothing has changed: it is unknown, or something else was opened meanwhile. */
  async pickStory(name: string): Promise<'picked' | 'unknown' | 'overtaken'> {
    const turn = ++this.#turns;
    const text = await storyText(name).catch(() => undefined); // its file did not arrive
    if (turn !== this.#turns) return 'overtaken';
    if (text === undefined) return 'unknown';
    this.#source = { kind: 'story', name };
    this.#text = text;
    return 'picked';
  }

  /** Takes text over as a scenario of the user's own. */
  open(text: string, name: string): void {
    this.#turns++;
    this.#source = { kind: 'text', name };
    this.#text = text;
  }

  /** The user typed in the editor. */
  edit(text: string): void {
    if (text !== this.#text) this.open(text, this.#source.name);
  }

  get state(): DraftState {
    return { source: this.#source, text: this.#text, overrides: this.#overrides };
  }

  /** Whether the draft asks for the same run as a state does. */
  isAt({ text, overrides }: DraftState): boolean {
    return text === this.#text && overrideSets(overrides).join('\n') === this.sets.join('\n');
  }

  /** Back to a state that the draft has been in. */
  restore({ source, text, overrides }: DraftState): void {
    this.#turns++;
    this.#source = source;
    this.#text = text;
    this.#overrides = overrides;
  }

  override(name: OverrideName, text: string): void {
    this.#overrides = { ...this.#overrides, [name]: text };
  }

  setOverrides(overrides: Overrides): void {
    this.#overrides = overrides;
  }
}
