/**
 * Everything that a mutant of `sim/engine` or `sim/cluster` has to get past: their unit tests, the corpus, and drawn
 * scenarios, judged by the properties that hold in every correct design. Then digests: of the corpus as it was recorded,
 * and of the drawn scenarios as they were before any mutant was on. A mutant that only a digest sees is another
 * simulator, and nobody has said that it is a wrong one, so those are counted apart.
 */
import fc from 'fast-check';
import { judgeTree } from '../cluster/judge-cluster.ts';
import { digestOf } from '../cluster/digest-of.ts';
import { isFalsePositive } from '../hold-anywhere.ts';
import { plannedRun } from '../../../sim/explore/hunt.ts';
import { isAsRecorded, replay, treeOfText } from '../../../sim/explore/index.ts';
import type { FindStanding } from '../../../sim/explore/index.ts';
import { PROFILE_NAMES } from '../../../sim/explore/profiles.ts';
import { describe, expect, it } from 'vitest';
import { itsDigest, writtenDown } from './suite.ts';
import type { Case } from './suite.ts';
import { golden } from './switch.ts';

/** Scenarios: every profile four times. */
const RUNS = PROFILE_NAMES.length * 4;
const PLAN = { seed: 20_260_523, systems: [], profiles: PROFILE_NAMES };

/** Files of the corpus, by their paths. */
const CORPUS: Readonly<Record<string, string>> = import.meta.glob('../../corpus/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Stories and bounds of a second each and more: what they tell, shorter cases tell as well. */
const DEAR = [
  'hint-storm',
  'hints-from-overload',
  'window-reopened',
  'beyond-the-window',
  'replay-starves-foreground',
  'window-flap-gc',
  'replay-livelock',
  'loading-backend',
  'tail-requeue',
  'single-outage',
  'keep the same digest and totals at every level of recording',
  'ends when more messages are under way than it can hold',
  'holds exactly MAX_PENDING_EVENTS events',
];

// A property that fails has done its part; its smallest counterexample is not wanted here.
fc.configureGlobal({ endOnFailure: true });

/** How a file of the corpus stands; undefined if its run ends at a limit. */
function standingOf(text: string): FindStanding | undefined {
  const replayed = replay(treeOfText(text) ?? {});
  return replayed.kind === 'judged' ? replayed.standing : undefined;
}

describe('the corpus', () => {
  for (const [path, text] of Object.entries(CORPUS)) {
    it(`shows what ${path} finds, for its cause`, () => {
      const standing = standingOf(text);
      expect(standing !== undefined && isAsRecorded(standing)).toBe(true);
    });
    itsDigest(`shows it in ${path} with the same outcome`, () => {
      expect(standingOf(text)?.kind).toMatch(/^(shown|dormant)$/);
    });
  }
});

describe('a drawn scenario', () => {
  for (let run = 0; run < RUNS; run++) {
    const { tree } = plannedRun(PLAN, run);
    it(`violates nothing that holds in every correct design, in one go or in pieces (${run})`, () => {
      const { violations } = judgeTree(tree, true);
      expect(violations.filter((violation) => isFalsePositive(violation, tree))).toEqual([]);
    });
    itsDigest(`has the run it had (${run})`, () => {
      const digest = digestOf(tree);
      expect(digest).toBe(golden.get(`run ${run}`) ?? digest);
      golden.set(`run ${run}`, digest);
    });
  }
});

// Left out: what says how far many runs reach, and a year of a real cluster, which takes a minute.
import.meta.glob(
  [
    '../../sim/engine/*.test.ts',
    '../../sim/cluster/*.test.ts',
    '!../../sim/cluster/*.property.test.ts',
    '!../../sim/cluster/lanl-stories.test.ts',
  ],
  { eager: true },
);

/** What there is to run: files are loaded before this one, so all is written down by now. */
export const cases: readonly Case[] = writtenDown.filter(({ name }) => !DEAR.some((dear) => name.includes(dear)));
