/**
 * Judges one scenario of a cluster by the whole catalogue of properties, our own assertions, and its twin: the same run
 * once more, in pieces. Bundled with `core/` and `sim/` as they are, or with a bug in them.
 */
import { AssertionFailure } from '../../../core/index.ts';
import { Simulation } from '../../../sim/cluster/index.ts';
import { judge, reduce, sizeOf, textOfTree } from '../../../sim/explore/index.ts';
import type { JudgedRun, ScenarioTree, ViolationKind } from '../../../sim/explore/index.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';

/** Our own assertions, as a property. */
export const ASSERTIONS = 'A';
/** The same scenario gives the same run, in one go or in pieces (properties §2.5, T1 and T2). */
export const TWICE = 'T';

/** What was found in one scenario. */
export interface ClusterVerdict {
  readonly violations: readonly ViolationKind[];
  /** Runs that ended at a limit were not judged. */
  readonly isJudged: boolean;
}

/** The smallest scenario that shows a violation. */
export interface ReducedScenario {
  readonly events: number;
  readonly nodes: number;
  readonly text: string;
}

/** @param checksTwice also run the scenario in pieces, at the price of another run */
export function judgeTree(tree: ScenarioTree, checksTwice: boolean): ClusterVerdict {
  try {
    const judged = judge(tree);
    if (judged.kind !== 'judged') return { violations: [], isJudged: false };
    const violations = judged.violations.map(({ property, cause }) => ({ property, cause }));
    if (checksTwice && digestInPieces(judged.scenario) !== judged.trace.digest)
      violations.push({ property: TWICE, cause: 'digest' });
    return { violations, isJudged: true };
  } catch (problem) {
    // Beside assertions a bug may break the bounds of a column or read what is not there: that stops a run as well.
    if (!(problem instanceof Error)) throw problem;
    const cause = problem instanceof AssertionFailure ? problem.message : problem.name;
    return { violations: [{ property: ASSERTIONS, cause }], isJudged: true };
  }
}

/** Reduces a scenario as far as it shows that violation and `keeps` says that it still counts. */
export function reduceTree(
  tree: ScenarioTree,
  kind: ViolationKind,
  maxRuns: number,
  keeps: (scenario: Scenario) => boolean,
): ReducedScenario {
  const { judged, tree: smallest } = reduce(tree, kind, {
    maxRuns,
    keeps: ({ scenario }: JudgedRun) => keeps(scenario),
  });
  const { events, nodes } = sizeOf(judged);
  return { events, nodes, text: textOfTree(smallest) };
}

const PIECE_EVENTS = 97;

function digestInPieces(scenario: Scenario): string {
  const simulation = new Simulation(scenario);
  while (simulation.advance(PIECE_EVENTS).kind === 'running');
  return simulation.trace().digest;
}
