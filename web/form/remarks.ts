/** What is said about places from elsewhere, by their paths: problems of the parser, and values that the header sets. */
import type { Problem } from '../../sim/scenario/index.ts';
import type { TextPath } from '../state/text-tree.ts';
import { isWithin } from './place.ts';

/** Problems of one file by the path that each is about. */
export function problemsByPath(problems: readonly Problem[], file: string): ReadonlyMap<string, readonly Problem[]> {
  const byPath = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.file !== file) continue;
    const there = byPath.get(problem.path);
    if (there) there.push(problem);
    else byPath.set(problem.path, [problem]);
  }
  return byPath;
}

/** How many there are at a path and below it. */
export function countWithin(byPath: ReadonlyMap<string, readonly Problem[]>, path: TextPath): number {
  let count = 0;
  for (const [at, problems] of byPath) if (isWithin(at, path)) count += problems.length;
  return count;
}

/** Settings `path=value` by their path. */
export function settingsByPath(sets: readonly string[]): ReadonlyMap<string, string> {
  return new Map(sets.map((set) => [set.slice(0, set.indexOf('=')), set.slice(set.indexOf('=') + 1)]));
}
