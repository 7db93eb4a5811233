/**
 * Runs saved in this browser: each the address of its view with the scenario's text in it, a name, when it was saved and
 * the digest it had. No trace is kept: it is computed again, and the digest tells whether it is the same.
 *
 * Kept as one versioned JSON text. What another version or another hand has left there is read as far as it is
 * understood. Storage that is full or forbidden is answered with a sentence, and nothing is lost that was there.
 */
import * as v from 'valibot';

/** A saved run. */
export interface SavedRun {
  /** Unique in the list. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970, by the clock of the browser. */
  readonly at: number;
  readonly digest: string;
  /** The fragment of its address, with `#`. */
  readonly address: string;
}

/** The part of a browser's storage that is needed. */
export type RunStorage = Pick<Storage, 'getItem' | 'setItem'>;

const STORAGE_KEY = 'hintlab.runs';
/** More are not kept: the list is read as a whole. */
export const MOST_SAVED = 200;

const RunSchema = v.object({
  id: v.string(),
  name: v.string(),
  at: v.number(),
  digest: v.string(),
  address: v.pipe(v.string(), v.startsWith('#')),
});
const FileSchema = v.object({ version: v.literal(1), runs: v.array(v.unknown()) });

export class SavedRuns {
  readonly #storage: () => RunStorage;
  #runs = $state.raw<readonly SavedRun[]>([]);
  #problem = $state('');

  /** @param storage asked for at every use: a browser may forbid even looking at it */
  constructor(storage: () => RunStorage) {
    this.#storage = storage;
    this.read();
  }

  /** Newest first. */
  get runs(): readonly SavedRun[] {
    return this.#runs;
  }

  /** Why the last wish was not fulfilled, as a sentence; empty if it was. */
  get problem(): string {
    return this.#problem;
  }

  /** Reads the list again: another window of the page may have changed it. */
  read(): void {
    try {
      this.#runs = parsedRuns(this.#storage().getItem(STORAGE_KEY));
      this.#problem = '';
    } catch {
      this.#problem = 'This browser keeps nothing for this page: saved runs need its storage.';
    }
  }

  /** Adds a run to the top of the list. */
  add(run: Omit<SavedRun, 'id'>): void {
    this.read();
    if (this.#problem !== '') return;
    if (this.#runs.length >= MOST_SAVED) {
      this.#problem = `${MOST_SAVED} runs are saved, and more are not kept: delete one first.`;
      return;
    }
    this.#write([{ ...run, id: this.#freeId(run.at) }, ...this.#runs]);
  }

  rename(id: string, name: string): void {
    this.read();
    this.#write(this.#runs.map((run) => (run.id === id ? { ...run, name } : run)));
  }

  remove(id: string): void {
    this.read();
    this.#write(this.#runs.filter((run) => run.id !== id));
  }

  #freeId(at: number): string {
    const taken = new Set(this.#runs.map(({ id }) => id));
    let id = at;
    while (taken.has(id.toString(36))) id++;
    return id.toString(36);
  }

  #write(runs: readonly SavedRun[]): void {
    if (this.#problem !== '') return;
    try {
      this.#storage().setItem(STORAGE_KEY, JSON.stringify({ version: 1, runs }));
      this.#runs = runs;
    } catch {
      this.#problem = 'This browser has no room left for this page: delete a saved run, or copy the link instead.';
    }
  }
}

/** The runs in a stored text; whatever is none of ours is left out. */
export function parsedRuns(stored: string | null): readonly SavedRun[] {
  if (stored === null) return [];
  let content: unknown;
  try {
    content = JSON.parse(stored);
  } catch {
    return []; // not JSON: not ours
  }
  const file = v.safeParse(FileSchema, content);
  if (!file.success) return [];
  return file.output.runs.flatMap((run) => {
    const parsed = v.safeParse(RunSchema, run);
    return parsed.success ? [parsed.output] : [];
  });
}
