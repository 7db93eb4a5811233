/**
 * What a mutation run mutates and what it is killed by.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { bundle } from '../bundle.ts';
import { countingTurns, mutate } from './mutate.ts';
import type { Mutant } from './mutate.ts';

/** A part of the code with its tests. */
export interface Scope {
  readonly name: string;
  readonly folders: readonly string[];
  /** Bundled with the mutants: exports `cases`. */
  readonly suite: string;
  /** What the score has to be, 0 … 1. */
  readonly bar: number;
}

/** Both parts. */
export const SCOPES = {
  core: { name: 'core', folders: ['core'], suite: 'test/teeth/mutants/core-suite.ts', bar: 0.97 },
  cluster: {
    name: 'sim/engine and sim/cluster',
    folders: ['sim/engine', 'sim/cluster'],
    suite: 'test/teeth/mutants/cluster-suite.ts',
    bar: 0.9,
  },
} as const satisfies Readonly<Record<string, Scope>>;

/** The mutants of a scope, and a bundle that has them all and exports the `cases` of its suite. */
export interface MutatedScope {
  readonly mutants: readonly Mutant[];
  /** A hash of every source that has mutants, by its path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly url: string;
}

const HASH_DIGITS = 12;
const ROOT = new URL('../../../', import.meta.url);

/** Mutates and bundles a scope. Some seconds. */
export async function mutatedScope({ folders, suite }: Scope): Promise<MutatedScope> {
  const texts = new Map<string, string>();
  const sources = new Map<string, string>();
  const mutants: Mutant[] = [];
  for (const file of folders.flatMap(sourcesIn)) {
    const source = readFileSync(new URL(file, ROOT), 'utf8');
    const mutated = mutate(file, source, mutants.length + 1);
    sources.set(file, hashOf(source));
    texts.set(file, mutated.text);
    mutants.push(...mutated.mutants);
  }
  const change = (file: string, text: string): string =>
    texts.get(file) ?? (isCounted(file) ? atHome(file, countingTurns(file, text)) : text);
  const url = await bundle(suite, change, { vitest: 'test/teeth/mutants/suite.ts' });
  return { mutants, sources, url };
}

/** By which a source that has changed is told: 48 bits. */
export function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, HASH_DIGITS);
}

/** Sources that do something: an index only names others. */
function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(new URL(`${folder}/`, ROOT)).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  return names.toSorted().map((name) => `${folder}/${name}`);
}

/** All the rest of our code: a mutant can make its loops run away too. */
function isCounted(file: string): boolean {
  return file.endsWith('.ts') && !file.startsWith('test/teeth/mutants/');
}

/** A test finds its files beside itself, wherever the bundle lies. */
function atHome(file: string, text: string): string {
  return text.replaceAll('import.meta.url', JSON.stringify(new URL(file, ROOT).href));
}
