/**
 * The mutation run: what a mutated text says, that a mutant is killed, lives, is never met or runs away, and the figures.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { countingTurns, mutate } from './mutate.ts';
import type { Mutant } from './mutate.ts';
import { bundle } from '../bundle.ts';
import { mutationText } from '../report-mutation.ts';
import { withSample } from '../results.ts';
import { drawnResult, leftOf, withLeft } from './measure.ts';
import { runMutants } from './mutation-pool.ts';
import type { PoolResult } from './mutation-pool.ts';
import { MutationRun } from './mutation-run.ts';
import type { Fate, Outcome } from './mutation-run.ts';
import { hashOf, SCOPES } from './scope.ts';
import { itsDigest, writtenDown } from './suite.ts';
import type { Case } from './suite.ts';
import { sampleOf, wilson } from './sample.ts';
import { readSurvivors, reasonFor } from './survivors.ts';
import { isOn, mutation, turn } from './switch.ts';

/** Each mutant of a text, as `operator: original → mistake`. */
function mutantsOf(text: string): readonly string[] {
  return mutate('core/a.ts', text, 1).mutants.map(
    ({ operator, original, mistake }) => `${operator}: ${original} → ${mistake}`,
  );
}

interface Loaded {
  readonly f: (a: number, b: number) => number;
  readonly turnOn: (id: number) => void;
}

/** A mutated text as a module of its own, with a switch of its own in the place of the shared one. */
async function loaded(mutated: string): Promise<Loaded> {
  const stand =
    'let on = 0; export const turnOn = (id) => { on = id; }; const $on = (id) => id === on; const $turn = () => 0;';
  const code = stand + mutated.slice(mutated.indexOf('\n'));
  const module: Loaded = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  return module;
}

const OF_NOWHERE: Omit<Mutant, 'id'> = {
  file: 'a.ts',
  line: 1,
  column: 1,
  code: '',
  operator: '',
  original: '',
  mistake: '',
};

const MUTANT: Mutant = { id: 1, ...OF_NOWHERE };

/** What becomes of mutant 1 in a suite of these cases. */
async function fateIn(...cases: readonly Case[]): Promise<Fate> {
  const run = await MutationRun.begin(() => Promise.resolve(cases), [MUTANT]);
  return run.fateOf(MUTANT);
}

/** What becomes of it in a suite of one check. */
function fateOf(run: () => void): Promise<Fate> {
  return fateIn({ name: 'the case', evidence: 'check', run });
}

describe('mutate', () => {
  it('makes the mistakes that an operator names', () => {
    expect(mutantsOf('const f = a < b;').toSorted()).toEqual([
      'boundary: a < b → (a) <= (b)',
      'negation: a < b → (a) >= (b)',
    ]);
    expect(mutantsOf('const f = a && !b;').toSorted()).toEqual(['logic: a && !b → (a) || (!b)', 'negation: !b → (b)']);
    expect(mutantsOf('f(1);').toSorted()).toEqual(
      ['constant: 1 → (1 - 1)', 'constant: 1 → (1 + 1)', 'removal: f(1); → '].toSorted(),
    );
    expect(mutantsOf('function f() { return g; }')).toEqual(['return value: g → undefined']);
  });

  it('leaves types, assertions, texts and fallbacks alone', () => {
    expect(mutantsOf('class C { f() { this.#assertTotalsAgree(); } }')).toEqual([]);
    expect(mutantsOf("type T = 1 | 2;\nassert(a < b, 'x', 1);\nconst f = column[i] ?? 0;\nconst s = 'a' + b;")).toEqual(
      [],
    );
  });

  it('says in the mutated text what the original says, as long as no mutant is on', async () => {
    const text =
      'export const f = (a, b) => { let n = 0; for (let i = a; i < b; i++) if (i % 2 === 0) n += i; else n -= 1; return n; };';
    const { text: mutated, mutants } = mutate('core/a.ts', text, 1);
    const { f, turnOn } = await loaded(mutated);
    // 0 - 1 + 2 - 1 + 4 = 4, by hand.
    expect(f(0, 5)).toBe(4);
    const boundary = mutants.find(({ original, operator }) => original === 'i < b' && operator === 'boundary');
    turnOn(boundary?.id ?? 0);
    // And with i <= b one turn more: 4 - 1.
    expect(f(0, 5)).toBe(3);
  });

  it('yields a text that can be read, for every file of core/', () => {
    for (const name of ['hint-columns.ts', 'block-pool.ts', 'segment.ts']) {
      const text = readFileSync(new URL(`../../../core/${name}`, import.meta.url), 'utf8');
      for (const made of [mutate(`core/${name}`, text, 1).text, countingTurns(`core/${name}`, text)]) {
        expect(ts.transpileModule(made, { reportDiagnostics: true }).diagnostics).toEqual([]);
      }
    }
  });
});

describe('a mutant', () => {
  it('is killed by a case that fails with it', async () => {
    expect(await fateOf(() => expect(isOn(1)).toBe(false))).toEqual({
      kind: 'killed',
      by: 'the case',
      evidence: 'check',
    });
  });

  it('survives cases that hold all the same', async () => {
    expect(await fateOf(() => void isOn(1))).toEqual({ kind: 'survived' });
  });

  it('is unmet if no case comes by', async () => {
    expect(await fateOf(() => undefined)).toEqual({ kind: 'unmet' });
  });

  it('counts as seen by a digest only if no check kills it, however cheap the digest is', async () => {
    const seen = (): void => expect(isOn(1)).toBe(false);
    const slow = (): void => {
      for (let i = 0; i < 500_000; i += 1) turn();
      seen();
    };
    const digest: Case = { name: 'the digest', evidence: 'digest', run: seen };
    expect(await fateIn(digest, { name: 'the check', evidence: 'check', run: slow })).toMatchObject({
      by: 'the check',
      evidence: 'check',
    });
    expect(await fateIn(digest, { name: 'the check', evidence: 'check', run: () => void isOn(1) })).toMatchObject({
      by: 'the digest',
      evidence: 'digest',
    });
  });

  it('that is met while modules load is on from the beginning, for all cases that meet its file', async () => {
    const versions: string[] = [];
    const load = (version: string): Promise<readonly Case[]> => {
      versions.push(version);
      // As a constant of a module: whoever asks later gets what was made then.
      const constant = isOn(1) ? 4 : 3;
      const run = (): void => expect(isOn(2) ? 0 : constant).toBe(3);
      return Promise.resolve([{ name: 'of the file', evidence: 'check', run }]);
    };
    const mutants = [MUTANT, { ...MUTANT, id: 2 }];
    const run = await MutationRun.begin(load, mutants);
    expect(await run.fateOf(MUTANT)).toMatchObject({ kind: 'killed', by: 'of the file' });
    expect(versions).toEqual(['0', '1']);
  });

  it('is not held against a case that is too dear to be run for every mutant', async () => {
    const dear = (): void => {
      for (let i = 0; i < 1_500_000; i += 1) turn();
      expect(isOn(1)).toBe(false);
    };
    const run = await MutationRun.begin(
      () => Promise.resolve([{ name: 'the dear one', evidence: 'check', run: dear }]),
      [MUTANT],
    );
    expect(run.leftOut).toEqual(['the dear one']);
    expect(await run.fateOf(MUTANT)).toEqual({ kind: 'unmet' });
  });

  it('cannot be judged by a case that fails without it', async () => {
    await expect(fateOf(() => expect(1).toBe(2))).rejects.toThrow('it fails without a mutant: the case');
  });

  it('that loops for ever is stopped, and that is told apart from a kill', async () => {
    const loop = (): void => {
      for (let i = 0; i < 10 || isOn(1); i += 1) turn();
    };
    expect(await fateOf(loop)).toEqual({ kind: 'ranAway', by: 'the case' });
    expect(mutation.active).toBe(0);
  });
});

describe('a run over all processors', () => {
  const ORDERS = { until: Infinity, processes: Infinity, told: () => undefined };

  /** A bundle of one case, in which mutant 1 is killed, 2 survives, 3 takes its process down and 4 is met by nothing. */
  const code = (switchUrl: string): string =>
    `import { isOn } from '${switchUrl}';
    const run = () => { if (isOn(1)) throw new Error('wrong'); isOn(2); if (isOn(3)) process.exit(3); };
    export const cases = [{ name: 'the case', evidence: 'check', run }]; //`;

  it('says what becomes of each mutant, and goes on after one that takes its process down', async () => {
    const url = `data:text/javascript,${encodeURIComponent(code(new URL('switch.ts', import.meta.url).href))}`;
    const mutants = [1, 2, 3, 4].map((id) => ({ ...MUTANT, id }));
    const { outcomes, cases } = await runMutants({ url, mutants }, mutants, ORDERS);
    const kinds = new Map(outcomes.map(({ mutant, fate }) => [mutant.id, fate.kind]));
    expect([1, 2, 3, 4].map((id) => kinds.get(id))).toEqual(['killed', 'survived', 'ranAway', 'unmet']);
    expect(cases).toBe(1);
    const late = await runMutants({ url, mutants }, mutants, { ...ORDERS, until: 0 });
    expect(late).toMatchObject({ outcomes: [], cases: 1 });
  });
});

describe('a sample of mutants', () => {
  const mutants = Array.from({ length: 10 }, (_, index) => ({ ...MUTANT, id: 1 + index, column: 1 + index }));
  const elsewhere = Array.from({ length: 4 }, (_, index) => ({
    ...MUTANT,
    file: 'b.ts',
    id: 11 + index,
    column: index,
  }));
  const scope = {
    mutants: [...mutants, ...elsewhere],
    sources: new Map([
      ['a.ts', hashOf('as it was')],
      ['b.ts', hashOf('as it was')],
    ]),
  };
  const SURVIVED = { kind: 'survived' } as const;
  const KILLED = { kind: 'killed', by: 'a case', evidence: 'check' } as const;
  const DIGESTED = { kind: 'killed', by: 'a digest', evidence: 'digest' } as const;
  const RAN_AWAY = { kind: 'ranAway', by: 'a case' } as const;
  const run = (outcomes: readonly Outcome[], cases: number): PoolResult => ({
    outcomes,
    cases,
    leftOut: ['a dear one'],
  });
  /** Of nine mutants two live, one is noticed by a digest, one runs away and five are killed; one of four more lives. */
  const fates: readonly Fate[] = [SURVIVED, DIGESTED, SURVIVED, RAN_AWAY, KILLED, KILLED, KILLED, KILLED, KILLED];
  const outcomes = [...mutants.slice(0, 9), ...elsewhere.slice(0, 1)].map((mutant, index) => ({
    mutant,
    fate: fates[index] ?? SURVIVED,
  }));
  const before = drawnResult(scope, 7, run(outcomes, 5));

  it('is told file by file, with what no check noticed, and with what it was when it was drawn', () => {
    expect(before).toEqual({
      mutants: 14,
      sampled: 10,
      seed: 7,
      drawn: { mutants: 10, byCheck: 5, byDigest: 1, ranAway: 1 },
      cases: 5,
      leftOut: 1,
      files: [
        { file: 'a.ts', source: hashOf('as it was'), mutants: 9, byCheck: 5, byDigest: 1, ranAway: 1 },
        { file: 'b.ts', source: hashOf('as it was'), mutants: 1, byCheck: 0, byDigest: 0, ranAway: 0 },
      ],
      digested: [mutants[1]],
      alive: [mutants[0], mutants[2], elsewhere[0]].map((mutant) => ({ mutant, fate: SURVIVED })),
    });
    const all = [...mutants, ...elsewhere].map((mutant) => ({ mutant, fate: KILLED }));
    expect(drawnResult(scope, 7, run(all, 5)).drawn).toBeUndefined();
  });

  it('is run again where no check noticed a mutant, and the others count for what they were', () => {
    const left = leftOf(before, scope);
    expect(left).toEqual([mutants[0], mutants[1], mutants[2], elsewhere[0]]);
    const again = left.map((mutant) => ({ mutant, fate: mutant === mutants[2] ? SURVIVED : KILLED }));
    expect(withLeft(before, scope, run(again, 6))).toEqual({
      ...before,
      cases: 6,
      files: [
        { file: 'a.ts', source: hashOf('as it was'), mutants: 9, byCheck: 7, byDigest: 0, ranAway: 1 },
        { file: 'b.ts', source: hashOf('as it was'), mutants: 1, byCheck: 1, byDigest: 0, ranAway: 0 },
      ],
      digested: [],
      alive: [{ mutant: mutants[2], fate: SURVIVED }],
    });
  });

  it('is drawn anew in a file that has changed since, and keeps nothing of one that is gone', () => {
    const sources = new Map([['a.ts', hashOf('as it is now')]]);
    const changed = { mutants: mutants.slice(1).map((mutant) => ({ ...mutant, line: 2 })), sources };
    const left = leftOf(before, changed);
    // As many as before: all nine that are there now.
    expect(new Set(left)).toEqual(new Set(changed.mutants));
    const again = left.map((mutant) => ({ mutant, fate: KILLED }));
    expect(withLeft(before, changed, run(again, 6))).toEqual({
      ...before,
      mutants: 9,
      sampled: 9,
      cases: 6,
      files: [{ file: 'a.ts', source: hashOf('as it is now'), mutants: 9, byCheck: 9, byDigest: 0, ranAway: 0 }],
      digested: [],
      alive: [],
    });
  });

  it('stands beside those of other seeds, and takes the place of the last one of its own', () => {
    const [one, two] = [1, 2].map((seed) => drawnResult(scope, seed, run(outcomes, 5)));
    if (one === undefined || two === undefined) throw new Error('there are two');
    expect(withSample(undefined, two)).toEqual([two]);
    expect(withSample([two], one)).toEqual([one, two]);
    expect(withSample([one, two], { ...one, cases: 9 })).toEqual([{ ...one, cases: 9 }, two]);
  });

  it('is reported by what it was when it was drawn, and by what it is now', () => {
    // Drawn: 6 of 10 noticed by checks. Now 9 of 10; the last is nowhere explained.
    const now = withLeft(before, scope, run([{ mutant: mutants[0] ?? MUTANT, fate: SURVIVED }], 6));
    const text = mutationText({ ...SCOPES.cluster, name: 'a part' }, [{ ...now, files: before.files }]).join('\n');
    expect(text).toContain('10 of 14 mutants, drawn with the seed 7');
    expect(text).toContain('60.0 % (31.3 % to 83.2 %) by checks when it was drawn');
    expect(text).toContain('before a test was written for what lived in it, without those that are equivalent');
    expect(text).toContain('a.ts:1: `` → `nothing`: **no reason yet**');
  });
});

describe('the suite', () => {
  it('finds the digests of runs without a mutant in every copy of its bundle', async () => {
    const url = await bundle('test/teeth/mutants/cluster-suite.ts', (_, text) => text, {
      vitest: 'test/teeth/mutants/suite.ts',
    });
    const shared = /import \{([^}]*)\} from "file:[^"]*switch\.ts"/.exec(readFileSync(new URL(url), 'utf8'));
    expect(shared?.[1]?.trim()).toBe('golden');
  });

  it('tells what goes by a digest from what goes by a check', () => {
    itsDigest('the digest', () => undefined);
    expect(writtenDown.at(-1)).toMatchObject({ name: 'the digest', evidence: 'digest' });
  });
});

describe('a sample', () => {
  it('is the same for the same seed, of that size, and begins with every smaller one', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const sample = sampleOf(items, 10, 3);
    expect(sample).toEqual(sampleOf(items, 10, 3));
    expect(new Set(sample).size).toBe(10);
    expect(sampleOf(items, 4, 3)).toEqual(sample.slice(0, 4));
    expect(sampleOf(items, 10, 4)).not.toEqual(sample);
    expect(sampleOf(items, 99, 3).toSorted((one, other) => one - other)).toEqual(items);
  });

  it('has the interval of Wilson', () => {
    // Newcombe (1998), table I: 81 of 263 is 0.2553 to 0.3662, and 0 of 20 is 0 to 0.1611.
    expect(wilson(81, 263).from).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).to).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20)).toMatchObject({ share: 0, from: 0 });
    expect(wilson(0, 20).to).toBeCloseTo(0.1611, 4);
  });
});

describe('the survivors', () => {
  it('are each of a place that is still there', () => {
    const gone = readSurvivors().filter(({ file, code, original }) => {
      const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').replace(/\s+/g, ' ');
      return [code ?? '', original].some((part) => !text.includes(part.replace(/…$/, '')));
    });
    expect(gone).toEqual([]);
  });

  it('name their line where the text alone says nothing', () => {
    const vague = readSurvivors().filter(({ code, original }) => code === undefined && /^\d+n?$/.test(original));
    expect(vague).toEqual([]);
  });

  it('are told apart by their text', () => {
    const explained = {
      file: 'a.ts',
      code: undefined,
      original: 'x',
      mistake: 'y',
      kind: 'equivalent',
      reason: 'z',
    } as const;
    const mutant = { id: 1, ...OF_NOWHERE, code: 'f(x);', original: 'x', mistake: 'y' };
    expect(reasonFor(mutant, [explained])).toBe(explained);
    expect(reasonFor({ ...mutant, mistake: 'w' }, [explained])).toBeUndefined();
    expect(reasonFor({ ...mutant, mistake: 'w' }, [{ ...explained, mistake: undefined }])?.reason).toBe('z');
    expect(reasonFor(mutant, [{ ...explained, code: 'f(x);' }])?.reason).toBe('z');
    expect(reasonFor(mutant, [{ ...explained, code: 'g(x);' }])).toBeUndefined();
  });
});
