import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '../../../sim/check/index.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { BADGE_PITCH, badgesOf, verdictsOf } from '../../../web/state/verdicts.ts';
import type { PropertyFinding } from '../../../web/worker/findings.ts';
import { Reach } from '../../support/reach.ts';

const PLAIN: PropertyFinding = {
  ...{ id: 'I1', kind: 'always', verdict: 'holds', at: null, event: null, detail: '', violations: 0 },
  ...{ write: null, hint: null, copy: null, sentence: '', source: '' },
};
const violated = (id: string, at: number | null): PropertyFinding => ({ ...PLAIN, id, at, verdict: 'violated' });
/** One pixel is a millisecond. */
const SCALE = timeScale({ from: 1_000_000, until: 2_000_000 }, 1_000);

test('properties fall into three groups, and nothing that should happen sometimes counts as violated', () => {
  const groups = verdictsOf([
    { ...PLAIN, id: 'holds' },
    violated('violated', 5),
    { ...PLAIN, id: 'idle', verdict: 'notExercised' },
    { ...violated('sometimes', null), kind: 'sometimes' },
  ]);
  const ids = (of: readonly PropertyFinding[]) => of.map(({ id }) => id);
  expect([ids(groups.violated), ids(groups.holding), ids(groups.notExercised)]).toEqual([
    ['violated'],
    ['holds'],
    ['idle', 'sometimes'],
  ]);
});

test('first violations less than a badge apart share one, which stands at the first of them', () => {
  const badges = badgesOf([violated('I2', 1_119_000), violated('I1', 1_100_000), violated('C3', 1_120_000)], SCALE);
  expect(badges.map(({ x, violations }) => [x, violations.map(({ id }) => id)])).toEqual([
    [100, ['I1', 'I2']],
    [120, ['C3']],
  ]);
});

test('what was violated at no instant, or out of view, or holds, has no badge', () => {
  expect(badgesOf([violated('I1', null), violated('I2', 999_999), violated('I3', 2_000_001), PLAIN], SCALE)).toEqual(
    [],
  );
});

test('every violation in view is in exactly one badge, and no two badges overlap', () => {
  const reach = new Reach<'shared' | 'several' | 'out of view'>();
  const instants = fc.array(fc.integer({ min: 900_000, max: 2_100_000 }), { maxLength: 40, size: 'max' });
  const property = fc.property(instants, (ats) => {
    const given = ats.map((at, i) => violated(`P${i}`, at));
    const badges = badgesOf(given, SCALE);
    const inView = given.filter(
      (each) => isFailure(each) && (each.at ?? 0) >= SCALE.from && (each.at ?? 0) <= SCALE.until,
    );
    const shown = badges.flatMap(({ violations }) => violations.map(({ id }) => id));
    expect(shown.toSorted()).toEqual(inView.map(({ id }) => id).toSorted());
    badges.forEach(({ x }, i) => expect(x - (badges[i - 1]?.x ?? -Infinity)).toBeGreaterThanOrEqual(BADGE_PITCH));
    reach.note(
      'shared',
      badges.some(({ violations }) => violations.length > 1),
    );
    reach.note('several', badges.length > 3);
    reach.note('out of view', inView.length < given.length);
  });
  fc.assert(property, { numRuns: 200, seed: 3 });
  expect(reach.rarerThan(20, ['shared', 'several', 'out of view'])).toEqual([]);
});
