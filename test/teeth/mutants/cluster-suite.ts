/**
 * Everything that a mutant of `sim/engine` or `sim/cluster` has to get past: their unit tests, and the digests of drawn
 * scenarios. Here a digest may decide: it is golden, taken from the same bundle before any mutant is on, and a mutant
 * that changes a run without changing anything worth having is still another simulator.
 */
import fc from 'fast-check';
import { judgeTree } from '../cluster/judge-cluster.ts';
import { isOurs } from '../cluster/ours.ts';
import { digestOf } from '../cluster/digest-of.ts';
import { plannedRun } from '../../../sim/explore/hunt.ts';
import { PROFILE_NAMES } from '../../../sim/explore/profiles.ts';
import { describe, expect, it } from 'vitest';
import { writtenDown } from './suite.ts';
import { golden } from './switch.ts';

/** What there is to run, once all files below are loaded. */
export const cases = writtenDown;

/** Scenarios: every profile four times. */
const RUNS = PROFILE_NAMES.length * 4;
const PLAN = { seed: 20_260_523, systems: [], profiles: PROFILE_NAMES };

fc.configureGlobal({ endOnFailure: true });

describe('a drawn scenario', () => {
  const trees = Array.from({ length: RUNS }, (_, run) => plannedRun(PLAN, run).tree);
  it.each(trees.map((tree, run) => ({ tree, run })))('has the run it had', ({ tree, run }) => {
    const digest = digestOf(tree);
    expect(digest).toBe(golden.get(`run ${run}`) ?? digest);
    golden.set(`run ${run}`, digest);
  });
  it.each(trees.slice(0, PROFILE_NAMES.length))('breaks no assertion and no rule, in one go or in pieces', (tree) => {
    expect(judgeTree(tree, true).violations.filter(({ property }) => isOurs(property))).toEqual([]);
  });
});

import.meta.glob(
  ['../../sim/engine/*.test.ts', '../../sim/cluster/*.test.ts', '!../../sim/cluster/*.property.test.ts'],
  {
    eager: true,
  },
);
