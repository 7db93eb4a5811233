import { expect, test } from 'vitest';
import { timeScale } from '../../../web/draw/time-scale.ts';
import {
  differingAxes,
  divergenceCards,
  partingBadges,
  tellDivergence,
  whyTheyPart,
} from '../../../web/state/divergences.ts';
import { outcomeRows } from '../../../web/state/outcome-rows.ts';
import { studyOf, type Study } from '../../../web/worker/study.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

const traces = ['dynomite', 'cassandra'].map((system) =>
  traceOf(scenarioOf(storyText('late-hint'), [`system=${system}`, 'record=full'])),
);
const studies: readonly Study[] = traces.map((trace, place) => studyOf(trace, place === 0 ? undefined : traces[0]));
const [dynomite, cassandra] = studies;
if (!dynomite || !cassandra) throw new Error('both ran');

test('the card of late-hint says what the story says: one applies the old write, the other ignores it', () => {
  const told = tellDivergence({ letter: 'A', study: dynomite }, { letter: 'B', study: cassandra });
  expect(told).toEqual({
    kind: 'parts',
    at: 60_001_000,
    title: '1m 0.001s',
    sides: [
      { letter: 'A', when: '', text: 'b applied write 0' },
      { letter: 'B', when: '', text: 'b ignored write 0: it held one with a newer timestamp' },
    ],
    selection: { kind: 'write', write: 0 },
  });
});

test('a badge stands where designs part; those of the same pixels share one, and those out of view have none', () => {
  const at = (letter: string, micros: number) => ({
    letter,
    study: { ...cassandra, divergence: cassandra.divergence && { ...cassandra.divergence, at: micros } },
  });
  const designs = [at('B', 60), at('C', 20), at('D', 61), { letter: 'E', study: dynomite }, at('F', 400)];
  const badges = partingBadges(designs, timeScale({ from: 0, until: 100 }, 1_000));
  expect(badges.map(({ x, letters }) => [x, letters])).toEqual([
    [200, 'C'],
    [600, 'B D'],
  ]);
});

test('a design without a run, or a base without one, waits for it; one that cannot run says so', () => {
  const column = (letter: string, kind: string, study: Study | undefined) => ({
    ...{ id: 1, place: 0, letter, name: letter.toLowerCase() },
    ...{ status: { kind }, study },
  });
  const base = column('A', 'ran', dynomite);
  const kinds = (...columns: Parameters<typeof divergenceCards>[0]) =>
    divergenceCards(columns).map(({ letter, told }) => [letter, told.kind]);
  const others = [column('B', 'ran', cassandra), column('C', 'running', cassandra), column('D', 'refused', undefined)];
  expect(kinds(base, ...others)).toEqual([
    ['B', 'parts'],
    ['C', 'waits'],
    ['D', 'waits'],
  ]);
  expect(kinds(column('A', 'refused', undefined), column('B', 'ran', cassandra))).toEqual([['B', 'waits']]);
  expect(divergenceCards([])).toEqual([]);
});

test('designs that never part are told apart from runs that do not tell', () => {
  const same = { letter: 'B', study: dynomite };
  expect(tellDivergence({ letter: 'A', study: dynomite }, same)).toEqual({
    kind: 'none',
    why: 'Every request went the same way at the same times.',
  });
  const less: Study = { ...dynomite, level: 'hints' };
  expect(tellDivergence({ letter: 'A', study: less }, same)).toMatchObject({ why: /record everything/ });
});

test('one axis that differs is the cause; of several, one is; none leaves the rest of the scenario', () => {
  const letters = { base: 'A', other: 'B' };
  const axes = differingAxes(
    [
      { path: 'hints.ttl', value: '1d' },
      { path: 'hints.vote', value: 'full' },
    ],
    [
      { path: 'hints.vote', value: 'full' },
      { path: 'hints.ttl', value: '1h' },
    ],
  );
  expect(axes).toEqual([{ path: 'hints.ttl', base: '1d', other: '1h' }]);
  expect(whyTheyPart(axes, letters)).toBe('Why: hints.ttl is 1d in A and 1h in B; nothing else differs.');
  expect(whyTheyPart([...axes, ...axes], letters)).toContain('one of the 2 axes');
  expect(whyTheyPart([], letters)).toContain('rest of the scenario');
});

test('the table of outcomes says in words by how much a design differs from the base', () => {
  const rows = outcomeRows(studies, { onlyDifferences: true, order: { by: 'name' } }).flatMap((group) => group.rows);
  expect(rows.every(({ differs }) => differs)).toBe(true);
  const cells = (name: string) =>
    rows.find((row) => row.name === name)?.cells.map(({ text, differs, example }) => [text, differs, example?.at]);
  // Of six copies the late hint costs dynomite one, which cassandra counts as superseded.
  expect(cells('superseded')).toEqual([
    ['2', '', undefined],
    ['3', '1 more', undefined],
  ]);
  expect(cells('missing: overwritten by an older write')?.[1]).toEqual(['0', '1 fewer', undefined]);
  expect(cells('C3')).toEqual([
    ['violated', '', 60_001_000],
    ['holds', 'unlike the base', undefined],
  ]);
  expect(rows.find(({ name }) => name === 'C3')?.promise).toMatch(/^[A-Z].*\.$/);
});

test('the table sorts by a design, within its groups, either way', () => {
  const order = (direction: 'ascending' | 'descending') =>
    outcomeRows(studies, { onlyDifferences: false, order: { by: 'design', place: 0, direction } })
      .find(({ group }) => group === 'copies')
      ?.rows.map(({ cells }) => Number(cells[0]?.text));
  expect(order('descending')).toEqual([3, 2, 1]);
  expect(order('ascending')).toEqual([1, 2, 3]);
});
