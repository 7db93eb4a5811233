/**
 * From a sighting to a find: the smallest scenarios of a hunt, each reduced, and the best of them as a file of the corpus.
 * Reductions that begin apart end apart, so several are tried (properties §5.2). A hazard has to stay recognisable.
 */
import { assert } from '../../core/index.ts';
import { keptText } from './corpus.ts';
import { showsHazard } from './hazards/catalogue.ts';
import { Reducer } from './reduce/index.ts';
import type { Reduction } from './reduce/index.ts';
import { textOfTree, treeOfText } from './scenario-tree.ts';
import { withoutPath } from './tree-paths.ts';
import type { Sighting, Specimen } from './tally.ts';

/** What a reduced sighting comes to. */
export interface Caught {
  /** That of the sighting. */
  readonly id: string;
  readonly property: string;
  readonly cause: string;
  readonly system: string;
  readonly events: number;
  readonly nodes: number;
  readonly minimal: boolean;
  /** Runs of the simulator over all reductions. */
  readonly runs: number;
  /** The first violation, in a sentence. */
  readonly detail: string;
  /** The file of the corpus. */
  readonly text: string;
}

/** What a reduction may cost, and what its file says of it. */
export interface ShrinkOptions {
  /** Runs for each of the scenarios, at most. */
  readonly maxRuns: number;
  /** The hazard that must stay, by id; undefined for none. */
  readonly hazard?: string;
  /** Seed of the hunt. */
  readonly seed: number;
  readonly version: string;
}

/** Reduces each of the scenarios of a sighting and takes the smallest; asked to stop, the smallest so far. */
export function shrinkSighting(
  { id, smallest }: Sighting,
  options: ShrinkOptions,
  isStopped: () => boolean = () => false,
): Caught {
  let runs = 0;
  let best: { readonly reduction: Reduction; readonly specimen: Specimen } | undefined;
  for (const specimen of smallest) {
    if (best !== undefined && isStopped()) break;
    const reduction = reduced(specimen, options, isStopped);
    runs += reduction.runs;
    if (best === undefined || isSmaller(reduction, best.reduction)) best = { reduction, specimen };
  }
  assert(best !== undefined, 'a sighting has a scenario', smallest.length);
  const { reduction, specimen } = best;
  const { violation, size, minimal } = reduction;
  const foundBy = { seed: options.seed, profile: specimen.profile, run: specimen.run, version: options.version };
  return {
    id,
    property: violation.property,
    cause: violation.cause,
    system: specimen.system,
    events: size.events,
    nodes: size.nodes,
    minimal,
    runs,
    detail: violation.result.detail,
    text: keptText(withoutPath(reduction.tree, ['record']), violation, reduction.judged, { foundBy, minimal }),
  };
}

function reduced(specimen: Specimen, { maxRuns, hazard }: ShrinkOptions, isStopped: () => boolean): Reduction {
  const tree = treeOfText(specimen.text);
  assert(tree !== undefined, 'a specimen is a scenario file', specimen.run);
  const keeps = hazard === undefined ? {} : { keeps: (judged: Reduction['judged']) => showsHazard(judged, hazard) };
  const reducer = new Reducer(tree, specimen, { maxRuns, ...keeps });
  while (!isStopped() && reducer.step(1) === 'more');
  return reducer.result();
}

/** By events, nodes, then the length of the file. */
function isSmaller(one: Reduction, other: Reduction): boolean {
  if (one.size.events !== other.size.events) return one.size.events < other.size.events;
  if (one.size.nodes !== other.size.nodes) return one.size.nodes < other.size.nodes;
  return textOfTree(one.tree).length < textOfTree(other.tree).length;
}
