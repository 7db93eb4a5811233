/**
 * A sighting that is reduced: the smallest of what its scenarios come to, within its runs, or as far as there was time for.
 */
import { describe, expect, it } from 'vitest';
import { findOf, judge, treeOfText, violationOf } from '../../../sim/explore/index.ts';
import { shrinkSighting } from '../../../sim/explore/shrink-sighting.ts';
import type { Sighting, Specimen } from '../../../sim/explore/tally.ts';

const KIND = { property: 'I1', cause: 'overwritten' };

/** A late hint, with something beside it that has nothing to do with it. */
function specimen(run: number, beside: string): Specimen {
  const text = `hintlab: 1
duration: 70s
nodes: [a, b, c]
requests: [{ at: 40s, set: x }, { at: 52s, set: x }${beside}]
faults: [{ crash: b, at: 5s, for: 45.5s }]
`;
  return { ...KIND, run, profile: 'lateHint', system: 'dynomite', events: 3, text };
}

const SIGHTING: Sighting = {
  id: 'I1 overwritten',
  runs: 9,
  first: 4,
  smallest: [specimen(4, ', { at: 45s, set: other }, { at: 46s, set: another }'), specimen(7, '')],
};
const OPTIONS = { maxRuns: 3_000, seed: 1, version: '0.0.0' };

/** Whether a file shows what it says. */
function isShown(text: string): boolean {
  const tree = treeOfText(text) ?? {};
  const judged = judge(tree);
  return judged.kind === 'judged' && findOf(tree)?.property === 'I1' && violationOf(judged, KIND) !== undefined;
}

describe('a sighting that is reduced', () => {
  it('is the smallest of its scenarios, and says from which run it came', () => {
    const { id, minimal, events, text } = shrinkSighting(SIGHTING, OPTIONS);
    // Two writes and a crash: by hand, the least that a late hint takes.
    expect({ id, minimal, events, shown: isShown(text) }).toEqual({
      ...{ id: 'I1 overwritten', minimal: true, events: 3, shown: true },
    });
    expect(findOf(treeOfText(text) ?? {})?.foundBy).toMatchObject({ seed: 1, profile: 'lateHint' });
  });

  it('takes no more runs than it may for each of its scenarios, and is then not called minimal', () => {
    const { runs, minimal, text } = shrinkSighting(SIGHTING, { ...OPTIONS, maxRuns: 6 });
    expect({ runs, minimal, shown: isShown(text) }).toEqual({ runs: 12, minimal: false, shown: true });
  });

  it('asked to stop at once, is one of its scenarios as it was seen, after the one run that tells what it shows', () => {
    const { runs, minimal, events, text } = shrinkSighting(SIGHTING, OPTIONS, () => true);
    expect({ runs, minimal, events, shown: isShown(text) }).toEqual({
      runs: 1,
      minimal: false,
      events: 5,
      shown: true,
    });
  });

  it('asked to stop on the way, is as small as it had become', () => {
    let looks = 0;
    const { runs, minimal, events, text } = shrinkSighting(SIGHTING, OPTIONS, () => looks++ > 30);
    expect({ minimal, shown: isShown(text) }).toEqual({ minimal: false, shown: true });
    expect(runs).toBeGreaterThan(10);
    expect(events).toBeLessThan(5);
  });
});
