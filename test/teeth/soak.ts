/**
 * Runs of correct code, for false positives: nothing may be found. Lives of the store by every law; runs of the cluster by
 * our own assertions, by their twins, and by those properties and rules that no correct design breaks (hold-anywhere.ts).
 *
 * One plan says all of them, piece by piece: ten lives for each run, as the bars of both are (10^6 and 10^5). A piece is a
 * function of its number, so pieces are worked out by any number of processes (`soak-pool.ts`), and an evening adds to the
 * one before.
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

/** What came out in a piece of the plan. */
export interface SoakPiece {
  readonly piece: number;
  /** Runs that were ended by a limit and not judged. */
  readonly limited: number;
  readonly falsePositives: readonly string[];
}

/** Works out a piece. Some hundred milliseconds. */
export function soakPiece(piece: number): SoakPiece {
  const falsePositives = [...badLives(piece)];
  let limited = 0;
  for (let run = piece * RUNS_PER_PIECE; run < (piece + 1) * RUNS_PER_PIECE; run += 1) {
    const { tree } = plannedRun(PLAN, run);
    const { violations, isJudged } = judgeTree(tree, true);
    if (!isJudged) limited += 1;
    for (const violation of violations) {
      if (isFalsePositive(violation, tree)) falsePositives.push(`run ${run}: ${violation.property} ${violation.cause}`);
    }
  }
  return { piece, limited, falsePositives };
}

/** A result of which the pieces in which something was found are worked out again: the code is not what it was. */
export function foundStill(known: SoakResult): SoakResult {
  const pieces = new Set(known.falsePositives.map(pieceOf));
  return { ...known, falsePositives: [...pieces].flatMap((piece) => soakPiece(piece).falsePositives) };
}

function pieceOf(found: string): number {
  const [kind, number] = found.split(/[ :]/);
  return Math.floor(Number(number) / (kind === 'run' ? RUNS_PER_PIECE : LIVES_PER_PIECE));
}

/** The first piece of the plan that a result does not know. */
export function nextPiece({ runs }: SoakResult): number {
  return runs / RUNS_PER_PIECE;
}

/**
 * A result with pieces that follow it, in whatever order they came: as far as they go on without a gap.
 * @param pieces by their numbers; those that are taken in are taken out
 */
export function withPieces(known: SoakResult, pieces: Map<number, SoakPiece>): SoakResult {
  let { lives, runs, limited, falsePositives } = known;
  for (let piece = takenOut(pieces, nextPiece(known)); piece !== undefined; piece = takenOut(pieces, piece.piece + 1)) {
    lives += LIVES_PER_PIECE;
    runs += RUNS_PER_PIECE;
    limited += piece.limited;
    falsePositives = [...falsePositives, ...piece.falsePositives];
  }
  return { lives, runs, limited, falsePositives };
}

function takenOut(pieces: Map<number, SoakPiece>, number: number): SoakPiece | undefined {
  const piece = pieces.get(number);
  pieces.delete(number);
  return piece;
}

/** The lives of one piece: all of one profile, the next piece of the next one. */
function badLives(piece: number): readonly string[] {
  const profile = CONFORM_PROFILES[piece % CONFORM_PROFILES.length];
  if (profile === undefined) throw new Error('there are profiles');
  return drawScenarios(profile, LIVES_PER_PIECE, SEED, piece).flatMap((scenario, index) => {
    const violated = judgeLife({ takes: TAKES[index % TAKES.length] ?? 'whole', scenario });
    const life = piece * LIVES_PER_PIECE + index;
    return violated.length === 0 ? [] : [`life ${life} (${profile.name}): ${violated.join(', ')}`];
  });
}
