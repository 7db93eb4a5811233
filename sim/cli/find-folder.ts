/**
 * The folder that a hunt saves its finds in, one file of each kind, each as soon as it is there: what was caught before
 * an interrupt, or before a disk was full, is kept.
 */
import { join } from 'node:path';
import { corpusFileName } from '../explore/index.ts';
import type { HuntPlan } from '../explore/hunt.ts';
import type { Caught } from '../explore/shrink-sighting.ts';
import { writeOut } from './files.ts';

export class FindFolder {
  readonly #folder: string;
  /** Finds of one system are named after it, so that hunts of several can share a folder. */
  readonly #namesSystem: boolean;
  readonly #files = new Map<string, string>();
  #problem: string | undefined;

  constructor(folder: string, { systems }: HuntPlan) {
    this.#folder = folder;
    this.#namesSystem = systems.length > 0;
  }

  /** The files that were written, by the id of what they show. */
  get files(): ReadonlyMap<string, string> {
    return this.#files;
  }

  /** Why the first one that could not be written could not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  save({ id, property, cause, system, text }: Caught): void {
    const file = join(this.#folder, corpusFileName({ property, cause }, this.#namesSystem ? system : ''));
    const problem = writeOut(file, text);
    if (problem === undefined) this.#files.set(id, file);
    else this.#problem ??= problem;
  }
}
