/**
 * The random campaign: draws scenarios, profile after profile, asks a batch of them at once, and judges each against the
 * model. The first that diverges is reduced; if that leaves it long, so are a few others with the same cause.
 */
import type { Dialogue, Talk } from './dialogue.ts';
import type { Subject } from './policies.ts';
import { drawScenarios, type Profile } from './profiles.ts';
import type { ConformReport, Find } from './report.ts';
import type { Rule } from './rules.ts';
import { type Found, isLong, reduceFound, smaller } from './smallest.ts';
import { type Trial, tryAll } from './trials.ts';

/** Scenarios asked at once: some two thousand lines. */
const SCENARIOS_PER_BATCH = 20;

/** Batches that are drawn for other scenarios with the cause of a long find: each profile comes by several times. */
const MAX_FURTHER_BATCHES = 30;

/** What is to be tried. */
export interface Campaign {
  readonly scenarios: number;
  readonly seed: number;
  readonly profiles: readonly Profile[];
}

/** Runs the campaign up to the first divergence. */
export function* hunt(dialogue: Dialogue, subject: Subject, campaign: Campaign): Talk<ConformReport['random']> {
  const counts = { scenarios: 0, operations: 0, errors: 0, inconclusive: 0 };
  const reached = new Map<Rule, number>();
  let find: Find | undefined;
  for (let round = 0; counts.scenarios < campaign.scenarios && find === undefined; round += 1) {
    const count = Math.min(SCENARIOS_PER_BATCH, campaign.scenarios - counts.scenarios);
    const { profile, trials } = yield* batch(dialogue, subject, campaign, round, count, reached);
    for (const trial of trials) {
      const { outcome } = trial;
      counts.scenarios += 1;
      counts.operations += trial.script.asks.length;
      if (outcome.kind === 'agrees') counts.errors += outcome.errors;
      else if (outcome.kind === 'inconclusive') counts.inconclusive += 1;
      else {
        const found = { profile, scenario: trial.scenario, divergence: outcome.divergence };
        find = yield* shortest(dialogue, subject, campaign, found, round);
        break;
      }
    }
  }
  return { seed: campaign.seed, ...counts, reached: Object.fromEntries(reached), find };
}

function* batch(
  dialogue: Dialogue,
  subject: Subject,
  { profiles, seed }: Campaign,
  round: number,
  count: number,
  reached?: Map<Rule, number>,
): Talk<{ readonly profile: string; readonly trials: readonly Trial[] }> {
  const profile = profiles[round % profiles.length];
  if (profile === undefined) return { profile: '', trials: [] };
  const scenarios = drawScenarios(profile, count, seed, round);
  return { profile: profile.name, trials: yield* tryAll(dialogue, subject, scenarios, reached) };
}

/** The shortest of `found` and, where that stays long, of others with the same cause from the rounds that come after. */
function* shortest(dialogue: Dialogue, subject: Subject, campaign: Campaign, found: Found, round: number): Talk<Find> {
  let best = yield* reduceFound(dialogue, subject, found);
  for (let further = 1; further <= MAX_FURTHER_BATCHES && isLong(best); further += 1) {
    dialogue.restart();
    const { profile, trials } = yield* batch(dialogue, subject, campaign, round + further, SCENARIOS_PER_BATCH);
    for (const { scenario, outcome } of trials) {
      if (outcome.kind !== 'diverges' || outcome.divergence.cause !== found.divergence.cause) continue;
      best = smaller(
        best,
        yield* reduceFound(dialogue, subject, { profile, scenario, divergence: outcome.divergence }),
      );
      break;
    }
  }
  return best;
}
