/**
 * A first value for a place of a form: the least that the schema asks for, so that what is added can be run or is at
 * once told what it lacks. Always in one line.
 */
import { isOfNodes } from '../editor/completions.ts';
import { optionsOf } from '../editor/guide.ts';
import { keySource } from '../state/text-splices.ts';
import type { TextNode } from '../state/text-tree.ts';
import { choicesOf, type Choice, type ScalarBuild } from './choices.ts';

/** What first values are made of. */
export interface Ground {
  /** The key of the root that the place is below. */
  readonly topic: string;
  readonly nodes: readonly string[];
  /** A value that stood there before, which is kept where it fits. */
  readonly seed?: string | undefined;
}

/** Writes first values; of names of nodes it takes one after the other. */
export class Starter {
  readonly #ground: Ground;
  #taken = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** @param key the key that the value is for @param meaning what the schema says of that key */
  valueOf({ build }: Choice, key: string, meaning: string): string {
    switch (build.kind) {
      case 'scalar':
        return this.#single(build, key, meaning);
      case 'names':
        return `[${this.#single(build.item, key, meaning)}]`;
      case 'list':
        return `[${this.#first(optionsOf(build.item), key, meaning)}]`;
      case 'tuple':
        return `[${build.items.map((item) => this.#first(optionsOf(item), key, meaning)).join(', ')}]`;
      case 'named':
        return `{ ${this.nameFor(key, meaning, [])}: ${this.#first(optionsOf(build.value), key, meaning)} }`;
      case 'map': {
        const needed = build.keys.filter((guide) => build.required.includes(guide.key));
        const entries = needed.map((guide) => `${guide.key}: ${this.#first(guide.options, guide.key, guide.meaning)}`);
        return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
      }
    }
  }

  /** A name for another row of a map of names. */
  nameFor(key: string, meaning: string, taken: readonly string[]): string {
    const shown = /such as ([\w.]+(?:, [\w.]+)*)/.exec(meaning)?.[1]?.split(', ') ?? [];
    const known = /\bby node\b/.test(meaning) ? this.#ground.nodes : shown;
    const free = known.find((name) => !taken.includes(name));
    if (free !== undefined) return keySource(free);
    const letter = /^[A-Za-z]/.exec(key)?.[0] ?? 'n';
    let number = 1;
    while (taken.includes(`${letter}${number}`)) number++;
    return `${letter}${number}`;
  }

  #first(options: Parameters<typeof choicesOf>[0], key: string, meaning: string): string {
    const choice = choicesOf(options)[0];
    return choice === undefined ? '""' : this.valueOf(choice, key, meaning);
  }

  #single(build: ScalarBuild, key: string, meaning: string): string {
    const { seed, topic, nodes } = this.#ground;
    const { words, texts, numbers, name, flag, example } = build;
    if (name && isOfNodes(topic, meaning)) {
      const begun = nodes.indexOf(seed ?? '');
      return nodes[(Math.max(0, begun) + this.#taken++) % Math.max(1, nodes.length)] ?? 'a';
    }
    if (seed !== undefined && fits(seed, build)) return seed;
    if (flag) return 'true';
    return example !== '' && (words.length > 0 || numbers || texts) ? example : key;
  }
}

/** The first single value in a node, to begin another value with. */
export function seedIn(node: TextNode | undefined): string | undefined {
  if (node?.kind === 'scalar') return node.plain === '' ? undefined : node.plain;
  if (node?.kind === 'map') return node.entries.map(({ value }) => seedIn(value)).find((seed) => seed !== undefined);
  if (node?.kind === 'list') return node.items.map(({ value }) => seedIn(value)).find((seed) => seed !== undefined);
  return undefined;
}

/** A word is one of those listed; a quantity has digits, and may take the place of another quantity. */
function fits(seed: string, { words, numbers, texts, name }: ScalarBuild): boolean {
  if (words.includes(seed)) return true;
  if (name) return /^[A-Za-z][\w.-]*$/.test(seed);
  const isNumber = /^\d+$/.test(seed);
  return numbers && (isNumber ? !texts : texts) && /^[\d.][\w. /%]*$/.test(seed);
}
