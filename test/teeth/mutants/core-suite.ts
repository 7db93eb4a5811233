/**
 * Everything that a mutant of `core/` has to get past: the unit tests of `core/`, and the laws of the store over some lives
 * of every profile. Bundled with the mutated sources.
 */
import fc from 'fast-check';
import { CONFORM_PROFILES, drawScenarios } from '../../../sim/conform/profiles.ts';
import { judgeLife } from '../store/judge-store.ts';
import { TAKES } from '../store/step.ts';
import { writtenDown } from './suite.ts';
import { describe, expect, it } from 'vitest';

/** What there is to run, once all files below are loaded. */
export const cases = writtenDown;

/** Lives of a profile in one case. */
const LIVES = 9;
const SEED = 20_260_523;

// A property that fails has done its part; its smallest counterexample is not wanted here.
fc.configureGlobal({ endOnFailure: true });

describe('the laws of the store', () => {
  it.each(CONFORM_PROFILES)('hold in lives of a profile', (profile) => {
    drawScenarios(profile, LIVES, SEED, 0).forEach((scenario, index) => {
      expect(judgeLife({ takes: TAKES[index % TAKES.length] ?? 'whole', scenario })).toEqual([]);
    });
  });
});

import.meta.glob(['../../core/*.test.ts', '!../../core/hint-store.model.test.ts'], { eager: true });
