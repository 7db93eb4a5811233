/**
 * The list of completions while it is open: which line is the active one, and what taking it makes of the text. What
 * completes comes with the first letter typed, so that the page opens without it.
 */
import type { Completion, Completions } from './completions.ts';
import type * as Tools from './tools.ts';

/** A text, and where the caret goes in it. */
export interface Taken {
  readonly text: string;
  readonly caret: number;
}

export class Suggestions {
  readonly #nodes: () => readonly string[];
  #tools: Promise<typeof Tools> | undefined;
  #found = $state.raw<Completions | undefined>();
  #active = $state(0);
  /** Counts what was asked for, so that a late answer does not open a list again. */
  #turns = 0;

  /** @param nodes names of the nodes that there are now */
  constructor(nodes: () => readonly string[]) {
    this.#nodes = nodes;
  }

  get isOpen(): boolean {
    return this.#found !== undefined;
  }

  get items(): readonly Completion[] {
    return this.#found?.items ?? [];
  }

  /** The position of the active line. */
  get active(): number {
    return this.#active;
  }

  /** The offset at which what is replaced begins. */
  get from(): number {
    return this.#found?.from ?? 0;
  }

  /**
   * Looks for completions at the caret.
   * @param asked the user asked for them; while they only type, at least one letter must be there
   */
  async look(text: string, caret: number, asked: boolean): Promise<void> {
    const turn = ++this.#turns;
    this.#tools ??= import('./tools.ts');
    const { complete } = await this.#tools;
    if (turn !== this.#turns) return;
    const found = complete(text, caret, this.#nodes());
    this.#found = found && (asked || found.typed !== '') ? found : undefined;
    this.#active = 0;
  }

  close(): void {
    this.#turns++;
    this.#found = undefined;
  }

  /** Moves to another line, around the ends. */
  move(by: number): void {
    const count = this.items.length;
    if (count > 0) this.#active = (this.#active + by + count) % count;
  }

  /** Takes a line, by default the active one, and closes the list. */
  take(text: string, position = this.#active): Taken | undefined {
    const found = this.#found;
    const item = found?.items[position];
    if (!found || !item) return undefined;
    this.close();
    const taken = text.slice(0, found.from) + item.insert + text.slice(found.until);
    return { text: taken, caret: found.from + item.insert.length - item.back };
  }
}
