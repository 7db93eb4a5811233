/**
 * Hazards are recognised where the reference page says that they are (handoff-systems §11, and §8 for the incidents), and
 * nowhere else: every other story is a witness that the recognisers do not see what did not happen.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storyPath } from '../../../sim/cli/index.ts';
import { HAZARDS, HAZARDS_OUTSIDE, hazardsIn, showsHazard } from '../../../sim/explore/hazards/catalogue.ts';
import { judge, treeOfText } from '../../../sim/explore/index.ts';
import type { JudgedRun } from '../../../sim/explore/index.ts';

/** The hazards of each story: those that the page names for it first, then those that come with them by the page's text. */
const STORIES: readonly (readonly [story: string, named: readonly string[], beside: readonly string[]])[] = [
  // Beside: dynomite counts a hint as a vote at every level, so an outage of two, or of the coordinator's view, shows H10.
  ['late-hint', ['H1'], ['H10']],
  ['majority-reversal', ['H1', 'H2'], ['H10']],
  ['majority-reversal/zombie', ['H2', 'H3'], ['H10']],
  ['coordinator-restart', ['H4'], ['H1', 'H10']],
  ['coordinator-restart/slow-gossip', ['H4'], ['H1', 'H10']],
  ['acked-then-lost', ['H6', 'H11', 'H20'], ['H10']],
  ['crash-recovery', ['H21', 'H23'], ['H10']],
  ['crash-recovery/a', ['H21'], ['H10']],
  ['crash-recovery/b', ['H23'], ['H10']],
  ['crash-recovery/c', ['H16'], ['H10']],
  ['tail-requeue', ['H18', 'H19'], ['H1', 'H10']],
  // The other systems: incidents of §8, which are no hazards of §9 but where they are the same thing.
  ['zombie-data', ['H3'], []],
  ['client-retries', [], []],
  ['drops-in-short-outage', [], []],
  ['full-disk-stops-writes', [], []],
  ['lost-on-replace', [], []],
  ['overload-by-hints', [], []],
];

function judged(story: string): JudgedRun {
  const tree = treeOfText(readFileSync(storyPath(story), 'utf8'));
  const judgement = tree === undefined ? undefined : judge(tree);
  if (judgement?.kind !== 'judged') expect.unreachable(`${story} runs`);
  return judgement;
}

describe('hazards', () => {
  it.each(STORIES)('of %s are those that the page says: %j', (story, named, beside) => {
    const found = hazardsIn(judged(story));
    const expected = [...named, ...beside].toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    expect(found).toEqual(expected);
  });

  it('are of §9: H1 to H27, each either in the model or outside of it with a reason', () => {
    const ids = [...HAZARDS, ...HAZARDS_OUTSIDE].map(({ id }) => Number(id.slice(1)));
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 27 }, (_, at) => at + 1));
    for (const { reason } of HAZARDS_OUTSIDE) expect(reason).toMatch(/\.$/);
  });

  it('are asked for one at a time, too', () => {
    const run = judged('late-hint');
    expect(HAZARDS.filter(({ id }) => showsHazard(run, id)).map(({ id }) => id)).toEqual(hazardsIn(run));
  });
});
