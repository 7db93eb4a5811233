/**
 * Runs of correct code, for false positives: nothing may be found. Lives of the store by every law; runs of the cluster by
 * our own assertions, by their twins, and by those properties and rules that no correct design breaks (hold-anywhere.ts).
 * Goes on where it stopped the last time, so that an evening adds to the one before.
 */
import { judgeTree } from './cluster/judge-cluster.ts';
import { isFalsePositive } from './hold-anywhere.ts';
import type { SoakResult } from './results.ts';
import { judgeLife } from './store/judge-store.ts';
import { TAKES } from './store/step.ts';
import { CONFORM_PROFILES, drawScenarios } from '../../sim/conform/profiles.ts';
import { plannedRun } from '../../sim/explore/hunt.ts';
import { PROFILE_NAMES } from '../../sim/explore/profiles.ts';

const LIVES_PER_PIECE = 60;
const RUNS_PER_PIECE = 6;
const PLAN = { seed: 9, systems: [], profiles: PROFILE_NAMES };
const SEED = 9;

/** Nothing was run yet. */
export const NOT_SOAKED: SoakResult = { lives: 0, runs: 0, limited: 0, falsePositives: [] };

/** One piece more: ten lives for each run, as the bars of both are (10^6 and 10^5). */
export function soakPiece({ lives, runs, limited, falsePositives }: SoakResult): SoakResult {
  const found = [...falsePositives, ...badLives(lives)];
  let limitedNow = limited;
  for (let run = runs; run < runs + RUNS_PER_PIECE; run += 1) {
    const { tree } = plannedRun(PLAN, run);
    const { violations, isJudged } = judgeTree(tree, true);
    if (!isJudged) limitedNow += 1;
    for (const violation of violations) {
      if (isFalsePositive(violation, tree)) found.push(`run ${run}: ${violation.property} ${violation.cause}`);
    }
  }
  return { lives: lives + LIVES_PER_PIECE, runs: runs + RUNS_PER_PIECE, limited: limitedNow, falsePositives: found };
}

/** The lives of one piece: all of one profile, the next piece of the next one. */
function badLives(first: number): readonly string[] {
  const round = Math.floor(first / LIVES_PER_PIECE);
  const profile = CONFORM_PROFILES[round % CONFORM_PROFILES.length];
  if (profile === undefined) throw new Error('there are profiles');
  return drawScenarios(profile, LIVES_PER_PIECE, SEED, round).flatMap((scenario, index) => {
    const violated = judgeLife({ takes: TAKES[index % TAKES.length] ?? 'whole', scenario });
    return violated.length === 0 ? [] : [`life ${first + index} (${profile.name}): ${violated.join(', ')}`];
  });
}
