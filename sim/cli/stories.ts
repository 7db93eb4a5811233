/**
 * The story catalogue on disk: the scenario files that ship with hintlab, beside the code in the sources and in the
 * published package alike. A story is called by its path without the ending: `lanl-23/fortnight`.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../scenario/stories/', import.meta.url);
const ENDING = '.yaml';

/** The names of all stories, in alphabetical order. */
export function storyNames(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ENDING))
    .map((path) => path.slice(0, -ENDING.length).replaceAll('\\', '/'))
    .sort();
}

/** Where the story of that name is. */
export function storyPath(name: string): string {
  return fileURLToPath(new URL(`${name}${ENDING}`, FOLDER));
}
