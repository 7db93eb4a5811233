/**
 * The passes of the reducer in their order (properties §5.2): from what takes away most for the fewest runs, to what
 * only makes the rest plainer. A round of all of them is repeated until it changes nothing.
 */
import { canonical } from './passes/canonical.ts';
import { configuration } from './passes/configuration.ts';
import { cut } from './passes/cut.ts';
import { elements, pairs } from './passes/elements.ts';
import { gaps } from './passes/gaps.ts';
import { latencies } from './passes/latencies.ts';
import { materialise } from './passes/materialise.ts';
import { merge } from './passes/merge.ts';
import { numbers } from './passes/numbers.ts';
import { rename } from './passes/rename.ts';
import { slice } from './passes/slice.ts';
import { verify } from './passes/verify.ts';
import { warmUp } from './passes/warm-up.ts';
import type { Pass } from './trial.ts';

/** One round. */
export const PASSES: readonly Pass[] = [
  canonical,
  materialise,
  warmUp,
  cut,
  slice,
  elements,
  configuration,
  latencies,
  merge,
  pairs,
  gaps,
  numbers,
  rename,
  verify,
];
