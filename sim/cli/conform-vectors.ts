/**
 * The static vectors on disk: one JSON file for each part of a store's surface, beside the code of the conformance kit in
 * the sources and in the published package alike.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readVectors, type VectorCase } from '../conform/index.ts';

const FOLDER = new URL('../conform/vectors/', import.meta.url);

/** Every case of every file, files in alphabetical order. */
export function conformVectors(): VectorCase[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => {
    const json: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
    return readVectors(json);
  });
}
