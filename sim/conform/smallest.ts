/**
 * From a scenario that diverges to the smallest with the same cause. A reduction can end at a local minimum, such as a
 * buffer that is wrong at sixteen hints as it is at two; so where the result is long, others are reduced beside it.
 */
import type { Dialogue, Talk } from './dialogue.ts';
import type { Divergence } from './judge.ts';
import type { Subject } from './policies.ts';
import { reduceScenario } from './reduce-scenario.ts';
import type { Find } from './report.ts';
import type { StoreScenario } from './scenario.ts';
import { transcriptOf, tryOne } from './trials.ts';

/** Trials of one reduction. Further ones are not made, and the result is then not called minimal. */
const MAX_TRIALS = 4_000;
/** The same for a subject that goes silent: each such trial costs a whole time limit. */
const MAX_SILENT_TRIALS = 12;

/** Operations of a transcript that is small enough. */
const SMALL = 6;

/** A scenario that diverges, and where it came from. */
export interface Found {
  readonly profile: string;
  readonly scenario: StoreScenario;
  readonly divergence: Divergence;
}

/** Whether it is worth looking for a smaller one. */
export function isLong({ transcript, repeatable, divergence }: Find): boolean {
  return repeatable && !divergence.silent && operationsIn(transcript) > SMALL;
}

/** The find with fewer operations, the first where both have as many; the trials of both have been made. */
export function smaller(one: Find, other: Find): Find {
  const best = operationsIn(other.transcript) < operationsIn(one.transcript) ? other : one;
  return { ...best, trials: one.trials + other.trials };
}

/** All but `reset`. */
function operationsIn(transcript: Find['transcript']): number {
  return transcript.length - 1;
}

/** Reduces what was found as far as its cause stays the same. */
export function* reduceFound(dialogue: Dialogue, subject: Subject, found: Found): Talk<Find> {
  dialogue.restart();
  const { cause, silent } = found.divergence;
  const limit = silent ? MAX_SILENT_TRIALS : MAX_TRIALS;
  const repeatable = (yield* tryOne(dialogue, subject, found.scenario))?.cause === cause;
  let trials = 1;
  let scenario = found.scenario;
  if (repeatable) {
    const search = reduceScenario(found.scenario);
    let step = search.next();
    while (step.done !== true) {
      const divergence = trials < limit ? yield* tryOne(dialogue, subject, step.value) : undefined;
      trials += trials < limit ? 1 : 0;
      step = search.next(divergence?.cause === cause);
    }
    scenario = step.value;
  }
  const { divergence = found.divergence, transcript } = yield* transcriptOf(dialogue, subject, scenario);
  const mayBe = repeatable && !silent && trials < limit && transcript.length > 0;
  const minimal = mayBe && (yield* isMinimal(dialogue, subject, scenario, cause));
  return { profile: found.profile, scenario, divergence, transcript, trials, minimal, repeatable };
}

/** Whether the scenario passes, or fails for another reason, without any one of its operations. */
function* isMinimal(dialogue: Dialogue, subject: Subject, scenario: StoreScenario, cause: string): Talk<boolean> {
  for (const gone of scenario.operations) {
    const operations = scenario.operations.filter((operation) => operation !== gone);
    const divergence = yield* tryOne(dialogue, subject, { ...scenario, operations });
    if (divergence?.cause === cause) return false;
  }
  return true;
}
