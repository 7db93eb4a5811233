/**
 * Our teeth, small: every patch still applies, the canaries are red, and some seeded bugs are found in ten seconds.
 * `npm run teeth` does all of them, over many seeds.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLUSTER_BUGS } from './bugs/cluster-bugs.ts';
import { INEXPRESSIBLE } from './bugs/inexpressible.ts';
import { STORE_BUGS } from './bugs/store-bugs.ts';
import { CANARIES } from './canaries.ts';
import { judge } from '../../sim/explore/index.ts';
import { PROFILE_NAMES } from '../../sim/explore/profiles.ts';
import { clusterRow } from './matrix/cluster-matrix.ts';
import { TEETH_PROFILES, teethRun } from './matrix/portfolio.ts';
import { storeLife, storeRow } from './matrix/store-matrix.ts';
import { patched } from './patch.ts';
import { judgeLife } from './store/judge-store.ts';

const BUGS = [...STORE_BUGS, ...CLUSTER_BUGS];
const ROOT = new URL('../../', import.meta.url);
/** The catalogue of properties §3.2. */
const CATALOGUE = Array.from({ length: 78 }, (_, index) => index + 1);
/** The largest counterexample of a store, in operations. */
const MAX_OPERATIONS = 6;
/** Bugs of which a hunt is short. */
const QUICK_STORE = ['3', '7', '19'];
const QUICK_CLUSTER = ['50', '51', '70'];

describe('a seeded bug', () => {
  it.each(BUGS)('still applies to the sources: $id, $sentence', ({ patches }) => {
    for (const file of new Set(patches.map((patch) => patch.file))) {
      const text = readFileSync(new URL(file, ROOT), 'utf8');
      expect(patched(file, text, patches)).not.toBe(text);
    }
  });

  it('has an id of its own', () => {
    expect(new Set(BUGS.map(({ id }) => id)).size).toBe(BUGS.length);
  });

  it('stands for each number of the catalogue, or a reason says why there is none', () => {
    const seeded = new Set(BUGS.map(({ id }) => Number.parseInt(id, 10)));
    expect(CATALOGUE.filter((number) => !seeded.has(number) && !INEXPRESSIBLE.has(number))).toEqual([]);
    expect(CATALOGUE.filter((number) => seeded.has(number) && INEXPRESSIBLE.has(number))).toEqual([]);
  });
});

describe('a patch', () => {
  const patch = { file: 'a.ts', before: 'x < y', after: '$&x' };

  it('is applied as it stands, dollar signs and all', () => {
    expect(patched('a.ts', 'if (x < y) f();', [patch])).toBe('if ($&x) f();');
    expect(patched('b.ts', 'x < y', [patch])).toBe('x < y');
  });

  it('is rotten if its text is gone, or there twice', () => {
    expect(() => patched('a.ts', 'x > y', [patch])).toThrow('occurs 0 times');
    expect(() => patched('a.ts', 'x < y || x < y', [patch])).toThrow('occurs 2 times');
  });
});

describe('a canary', () => {
  it.each(CANARIES)('is red: $name', async ({ look }) => {
    const { red, saw } = await look();
    expect(red, `it saw ${saw}`).toBe(true);
  });
});

describe('the portfolio of the matrix', () => {
  const trees = TEETH_PROFILES.map((_, run) => teethRun(3, run).tree);

  it('is that of the hunts and two profiles more, in turn, and the same for the same numbers', () => {
    expect(TEETH_PROFILES).toEqual([...PROFILE_NAMES, 'shortLives', 'adaptiveWindows']);
    const drawn = TEETH_PROFILES.map((_, run) => teethRun(3, run));
    expect(drawn.map(({ profile }) => profile)).toEqual(TEETH_PROFILES);
    expect(drawn.map(({ tree }) => tree)).toEqual(trees);
  });

  it('draws scenarios that are valid, with the values of its own profiles in them', () => {
    expect(trees.map((tree) => judge(tree).kind)).not.toContain('invalid');
    const [shortLives, adaptiveWindows] = trees.slice(-2);
    expect(shortLives).toMatchObject({ hints: { ttl: '5s' }, channel: { slots: 1, rate: '4/s' } });
    expect(adaptiveWindows).toMatchObject({ drain: { adapt: 'aimd' } });
  });
});

describe('the matrix, small', () => {
  it.each(STORE_BUGS.filter(({ id }) => QUICK_STORE.includes(id)))(
    'finds bug $id of the store by two properties, and makes it small',
    async (bug) => {
      const { runs, properties, shrunk } = await storeRow(bug, 1);
      expect(runs).toHaveLength(1);
      expect(properties.length).toBeGreaterThanOrEqual(2);
      expect(shrunk?.size).toBeLessThanOrEqual(MAX_OPERATIONS);
    },
  );

  it.each(CLUSTER_BUGS.filter(({ id }) => QUICK_CLUSTER.includes(id)))(
    'finds bug $id of the cluster by two properties',
    async (bug) => {
      const { runs, properties } = await clusterRow(bug, 1, 34);
      expect(runs).toHaveLength(1);
      expect(properties.length).toBeGreaterThanOrEqual(2);
    },
  );

  it('finds nothing in the store as it is', () => {
    const lives = Array.from({ length: 24 }, (_, run) => storeLife(run % 6, 77, run));
    expect(lives.flatMap(judgeLife)).toEqual([]);
  });
});
