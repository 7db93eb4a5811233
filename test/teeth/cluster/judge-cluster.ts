/**
 * Judges one scenario of a cluster by the whole catalogue of properties, the rules of the audit, our own assertions, and
 * its twins: the same run once more, in pieces and recorded less. Bundled with `core/` and `sim/` as they are, or with a
 * bug in them.
 */
import { AssertionFailure } from '../../../core/index.ts';
import { audit, isFailure } from '../../../sim/check/index.ts';
import { run, Simulation } from '../../../sim/cluster/index.ts';
import { judge, reduce, sizeOf, textOfTree } from '../../../sim/explore/index.ts';
import type { JudgedRun, Judgement, ScenarioTree, ViolationKind } from '../../../sim/explore/index.ts';
import { causeOf, violationOf } from '../../../sim/explore/judge.ts';
import { withoutKeys } from '../../../sim/explore/tree-paths.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';

/** Our own assertions, as a property. */
export const ASSERTIONS = 'A';
/** The same scenario gives the same run once more, whatever is recorded of it (properties §2.5, T1 and T3). */
export const AGAIN = 'T1';
/** It gives the same run in pieces (properties §2.5, T2). */
export const IN_PIECES = 'T2';

/** What was found in one scenario. */
export interface ClusterVerdict {
  readonly violations: readonly ViolationKind[];
  /** Runs that ended at a limit were not judged. */
  readonly isJudged: boolean;
  /** Requests and faults; Infinity of a run that did not get to its end. */
  readonly events: number;
}

/** The smallest scenario that shows a violation. */
export interface ReducedScenario {
  readonly events: number;
  readonly nodes: number;
  readonly text: string;
}

/** @param checksTwins also run the scenario again and in pieces, at the price of two more runs */
export function judgeTree(tree: ScenarioTree, checksTwins: boolean): ClusterVerdict {
  try {
    const judged = judgeAudited(tree);
    if (judged.kind !== 'judged') return { violations: [], isJudged: false, events: Infinity };
    const violations = judged.violations.map(({ property, cause }) => ({ property, cause }));
    const twins = checksTwins ? differencesOf(judged) : [];
    return { violations: [...violations, ...twins], isJudged: true, events: sizeOf(judged).events };
  } catch (problem) {
    // Beside assertions a bug may break the bounds of a column or read what is not there: that stops a run as well.
    if (!(problem instanceof Error)) throw problem;
    const cause = problem instanceof AssertionFailure ? problem.message : problem.name;
    return { violations: [{ property: ASSERTIONS, cause }], isJudged: true, events: Infinity };
  }
}

/** Reduces a scenario as far as it shows that violation and `keeps` says that it still counts. */
export function reduceTree(
  tree: ScenarioTree,
  kind: ViolationKind,
  maxRuns: number,
  keeps: (scenario: Scenario) => boolean,
): ReducedScenario {
  const reduced = reduce(tree, kind, {
    maxRuns,
    keeps: ({ scenario }: JudgedRun) => keeps(scenario),
    judge: (candidate) => judgeSafely(candidate),
  });
  // A file that names no clients has those of a default. Where nobody needs them, it is to say that there are none.
  const quiet: ScenarioTree = { ...withoutKeys(reduced.tree, 'workload'), requests: [] };
  const alone = judgeSafely(quiet);
  const isEnough = alone.kind === 'judged' && violationOf(alone, kind) !== undefined && keeps(alone.scenario);
  const { events, nodes } = sizeOf(isEnough ? alone : reduced.judged);
  return { events, nodes, text: textOfTree(isEnough ? quiet : reduced.tree) };
}

/** The judgement of the catalogue, with what the audit found beside it. */
export function judgeAudited(tree: ScenarioTree): Judgement {
  const judged = judge(tree);
  if (judged.kind !== 'judged') return judged;
  const { trace, ledger } = judged;
  const broken = audit(trace).filter(isFailure);
  const found = broken.map((result) => ({ property: result.id, cause: causeOf(trace, ledger, result), result }));
  return { ...judged, violations: [...judged.violations, ...found] };
}

/** A candidate that stops at an assertion shows nothing else. */
function judgeSafely(tree: ScenarioTree): Judgement {
  try {
    return judgeAudited(tree);
  } catch (problem) {
    if (!(problem instanceof Error)) throw problem;
    return { kind: 'invalid', problems: [] };
  }
}

const PIECE_EVENTS = 97;

/** One run once more, in pieces and recorded less, asks for both twins; only where it differs it takes more to tell which. */
function differencesOf({ scenario, trace }: JudgedRun): readonly ViolationKind[] {
  const counted: Scenario = { ...scenario, record: 'counters' };
  if (digestInPieces(counted) === trace.digest) return [];
  const inPieces = { property: IN_PIECES, cause: 'digest' };
  const again = run(counted);
  if (again.kind === 'finished' && again.trace.digest === trace.digest) return [inPieces];
  return [{ property: AGAIN, cause: 'digest' }, ...(digestInPieces(scenario) === trace.digest ? [] : [inPieces])];
}

function digestInPieces(scenario: Scenario): string {
  const simulation = new Simulation(scenario);
  while (simulation.advance(PIECE_EVENTS).kind === 'running');
  return simulation.trace().digest;
}
