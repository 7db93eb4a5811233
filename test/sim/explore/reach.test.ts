/**
 * The reach of the portfolio: a hunt of ordinary size meets every property and every effect of a fault, so that what it
 * does not find is not there for want of looking.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROPERTIES } from '../../../sim/check/index.ts';
import { storyPath } from '../../../sim/cli/index.ts';
import { hunt, portfolio } from '../../../sim/explore/hunt.ts';
import { judge, treeOfText } from '../../../sim/explore/index.ts';
import { FAULT_EFFECTS, REACHED_PROPERTIES, reachOf } from '../../../sim/explore/reach.ts';

const RUNS = 600;

/** Effects that take several faults in a row, and come up in one run of some hundreds or thousands. */
const RARE = [
  ...['crash.tornTail', 'crash.power', 'reindex.misdelivered', 'clock.deadline', 'pauseDrain.held'],
  'inFlight.refused',
];

function reachOfStory(story: string): readonly string[] {
  const judged = judge(treeOfText(readFileSync(storyPath(story), 'utf8')) ?? {});
  return judged.kind === 'judged' ? reachOf(judged) : expect.unreachable(`${story} runs`);
}

describe('the reach of a hunt', () => {
  it('has every property that can be violated, and every effect of a fault but the rarest', () => {
    const { reach } = hunt({ seed: 2, systems: [], profiles: portfolio([]) }, 0, RUNS);
    const met = new Set(reach.map(({ id }) => id));
    const wanted = [...REACHED_PROPERTIES, ...FAULT_EFFECTS.map(({ id }) => id).filter((id) => !RARE.includes(id))];
    expect(wanted.filter((id) => !met.has(id))).toEqual([]);
  }, 120_000);

  it('counts each property once, and no twin', () => {
    expect(REACHED_PROPERTIES).toEqual(PROPERTIES.map(({ id }) => id).filter((id) => !id.includes('.')));
  });

  it('counts what stories are about, and nothing that they have not', () => {
    expect(reachOfStory('crash-recovery/a')).toContain('crash.tornTail');
    expect(reachOfStory('crash-recovery/b')).toContain('reindex.misdelivered');
    expect(reachOfStory('zombie-data')).toContain('collect.resurrected');
    expect(reachOfStory('lost-on-replace')).toContain('replace.tookData');
    const plain = reachOfStory('late-hint');
    for (const { id } of FAULT_EFFECTS) expect(plain).not.toContain(id);
  });
});
