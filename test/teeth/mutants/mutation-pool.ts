/**
 * A mutation run over all processors: as many processes, each with the whole bundle, and each mutant goes to the one that
 * is free. A mutant that holds its process up in code whose turns nobody counts, or takes all its memory, loses the
 * process: that one ran away, and the next process goes on.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Fate, Outcome } from './mutation-run.ts';
import type { Answer, Order } from './mutation-worker.ts';
import type { Mutant } from './mutate.ts';
import type { MutatedScope } from './scope.ts';

/** No mutant takes as long, even where a run is given a small part of the processor. */
const PATIENCE_MS = 900_000;

/** How a run goes on. */
export interface RunOrders {
  /** When it stops, by `performance.now()`: a mutant that is under way then counts for nothing. */
  readonly until: number;
  /** Processes at a time; never more than there are cores. */
  readonly processes: number;
  readonly told: (outcome: Outcome) => void;
}

/** What a run over a bundle came to. */
export interface PoolResult {
  readonly outcomes: readonly Outcome[];
  /** Cases that each mutant had to get past, if they met it; and those that were too dear. */
  readonly cases: number;
  readonly leftOut: readonly string[];
}

/** Runs the mutants of `sample`, in its order; outcomes are in no order. Rejects if a case fails without a mutant. */
export async function runMutants(
  { url, mutants }: Pick<MutatedScope, 'url' | 'mutants'>,
  sample: readonly Mutant[],
  { until, processes, told }: RunOrders,
): Promise<PoolResult> {
  const waiting = [...sample];
  const outcomes: Outcome[] = [];
  let cases = 0;
  let leftOut: readonly string[] = [];
  const isOver = (): boolean => waiting.length === 0 || performance.now() >= until;
  const work = async (): Promise<void> => {
    do {
      const process = new MutationProcess();
      ({ cases, leftOut } = await process.begin(url, mutants));
      while (process.isAlive && !isOver()) {
        const mutant = waiting.shift();
        if (mutant === undefined) break;
        const fate = await process.fateOf(mutant, Math.min(PATIENCE_MS, until - performance.now()));
        if (fate.kind === 'ranAway' && performance.now() >= until) break;
        const outcome = { mutant, fate };
        told(outcome);
        outcomes.push(outcome);
      }
      process.end();
    } while (!isOver());
  };
  const atATime = Math.min(availableParallelism(), processes, sample.length);
  await Promise.all(Array.from({ length: atATime }, work));
  return { outcomes, cases, leftOut };
}

/** A process, until a mutant takes it down. */
class MutationProcess {
  isAlive = true;
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(new URL('mutation-worker.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  }

  async begin(url: string, mutants: readonly Mutant[]): Promise<Extract<Answer, { readonly kind: 'begun' }>> {
    const answer = await this.#answerTo({ kind: 'begin', url, mutants }, Infinity);
    if (answer?.kind === 'begun') return answer;
    throw new Error(answer?.kind === 'failed' ? answer.message : 'a process ended before it had begun');
  }

  /** @param patience in milliseconds */
  async fateOf(mutant: Mutant, patience: number): Promise<Fate> {
    const answer = await this.#answerTo({ kind: 'judge', mutant }, patience);
    if (answer?.kind === 'judged') return answer.fate;
    if (answer !== undefined) throw new Error(answer.kind === 'failed' ? answer.message : 'no fate was told');
    this.end();
    return { kind: 'ranAway', by: 'the process' };
  }

  end(): void {
    this.isAlive = false;
    this.#child.kill('SIGKILL');
  }

  /** Undefined if the process ended, or there was no answer in time. */
  #answerTo(order: Order, patience: number): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const settle = (answer: Answer | undefined): void => {
        clearTimeout(timer);
        this.#child.removeAllListeners();
        resolve(answer);
      };
      const timer = Number.isFinite(patience) ? setTimeout(() => settle(undefined), patience) : undefined;
      this.#child.once('message', (answer: Answer) => settle(answer));
      this.#child.once('exit', () => settle(undefined));
      this.#child.send(order);
    });
  }
}
