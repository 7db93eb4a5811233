/**
 * A process of a mutation run: loads the bundle that it is told of, runs its cases once without a mutant, and then answers
 * what becomes of one mutant after the other.
 */
import { MutationRun } from './mutation-run.ts';
import type { Fate } from './mutation-run.ts';
import type { Mutant } from './mutate.ts';
import type { Case } from './suite.ts';

/** What a process is told: first the bundle with all its mutants, then a mutant at a time. */
export type Order =
  | { readonly kind: 'begin'; readonly url: string; readonly mutants: readonly Mutant[] }
  | { readonly kind: 'judge'; readonly mutant: Mutant };

/** What it answers. */
export type Answer =
  | { readonly kind: 'begun'; readonly cases: number; readonly leftOut: readonly string[] }
  | { readonly kind: 'judged'; readonly fate: Fate }
  | { readonly kind: 'failed'; readonly message: string };

let run: MutationRun | undefined;

process.on('message', (order: Order) => {
  void answerTo(order)
    .catch((problem: unknown): Answer => ({ kind: 'failed', message: messageOf(problem) }))
    .then((answer) => process.send?.(answer));
});

async function answerTo(order: Order): Promise<Answer> {
  if (order.kind === 'begin') {
    run = await MutationRun.begin((version) => casesOf(order.url, version), order.mutants);
    return { kind: 'begun', cases: run.cases, leftOut: run.leftOut };
  }
  if (run === undefined) return { kind: 'failed', message: 'no bundle was named' };
  return { kind: 'judged', fate: await run.fateOf(order.mutant) };
}

async function casesOf(url: string, version: string): Promise<readonly Case[]> {
  const module: { readonly cases: readonly Case[] } = await import(`${url}?mutant=${version}`);
  return module.cases;
}

function messageOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  return problem.cause === undefined ? problem.message : `${problem.message}: ${messageOf(problem.cause)}`;
}
