/**
 * Finds of the conformance kit that are kept: files that say what they said, and the corpus of them, one for each rule that
 * a store can break by itself. Each file names a broken store: if that no longer shows it, or a correct one does, the file
 * is rotten.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKept } from '../../sim/cli/read-store-find.ts';
import { CONFORM_PROFILES, replayKept, STORE_FILE_KEY, textOfKept } from '../../sim/conform/index.ts';
import type { KeptFind, StoreReplay } from '../../sim/conform/index.ts';
import { RULES } from '../../sim/conform/rules.ts';
import { BROKEN_STORES } from './broken-stores.ts';
import { coreSubject } from './core-subject.ts';
import { carryTo, exampleSubject } from './in-process.ts';

const FOLDER = new URL('../corpus/stores/', import.meta.url);
const FILES = readdirSync(FOLDER);
const RULE_IDS = Object.keys(RULES).filter((id): id is keyof typeof RULES => id in RULES);

function keptIn(text: string): KeptFind {
  const read = readKept(text);
  if (read.kind === 'invalid') throw new Error(read.why);
  return read.kept;
}

const fileOf = (name: string): KeptFind => keptIn(readFileSync(new URL(name, FOLDER), 'utf8'));

async function askedOf(kept: KeptFind, bug?: string): Promise<StoreReplay> {
  const patches = BROKEN_STORES.find(({ name }) => name === bug)?.patches;
  if (bug !== undefined && patches === undefined) throw new Error(`no broken store is called ${bug}`);
  return carryTo(replayKept(kept), await exampleSubject(patches));
}

describe('the corpus of stores', () => {
  it.each(FILES)('holds %s, small, which its broken store shows and two correct ones do not', async (name) => {
    const kept = fileOf(name);
    expect(kept.scenario.operations.length).toBeLessThanOrEqual(6);
    expect(await askedOf(kept, kept.bug ?? '')).toMatchObject({ kind: 'diverges', isAsRecorded: true });
    expect(await askedOf(kept)).toEqual({ kind: 'agrees', name: 'ring store' });
    expect(carryTo(replayKept(kept), () => coreSubject()).kind).toBe('agrees');
  });

  it('has a file for each rule that is broken without another one', () => {
    const rules = FILES.map((name) => fileOf(name).rule);
    expect(new Set(rules).size).toBe(FILES.length);
    // What is said of hints past their deadline, of nothing to take or to drop, and of books shows in another rule.
    const elsewhere = ['dueCounts', 'takeNothing', 'sweepNothing', 'deadline', 'books'];
    expect(RULE_IDS.filter((id) => !rules.includes(id))).toEqual(elsewhere.toSorted(byRule));
  });
});

describe('a find that is kept', () => {
  const scenario = fc.oneof(...CONFORM_PROFILES.map(({ scenarios }) => scenarios));
  const finds: fc.Arbitrary<KeptFind> = fc.record(
    {
      rule: fc.constantFrom(...RULE_IDS),
      cause: fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('true', 'enqueue ', 'takeFor [0].bytes', '1', '~')),
      foundBy: fc.record({ seed: fc.nat(), profile: fc.string({ maxLength: 9 }) }),
      minimal: fc.boolean(),
      bug: fc.string({ maxLength: 30 }),
      scenario,
    },
    { requiredKeys: ['rule', 'cause', 'scenario'] },
  );

  it('reads as it was written', () => {
    let longest = 0;
    fc.assert(
      fc.property(finds, (kept) => {
        longest = Math.max(longest, kept.scenario.operations.length);
        expect(readKept(textOfKept(kept))).toEqual({ kind: 'kept', kept });
      }),
      { seed: 4, numRuns: 200 },
    );
    expect(longest).toBeGreaterThan(120);
  });

  const head = `${STORE_FILE_KEY}: 1\nfind: { rule: takeAll, cause: x }\nmaxBytes: 0\n`;
  it.each([
    ['a rule that is none', head.replace('takeAll', 'takeSome'), /^2:15: find.rule: expected one of zeroTtl, /],
    [
      'an operation that is none',
      `${head}operations:\n  - { op: takeFor, peer: 0 }\n  - { op: take }`,
      /^6:11: operations.1.op: /,
    ],
    ['a size below nothing', `${head}operations:\n  - { op: advance, by: -1 }`, /^5:24: operations.0.by: /],
    ['no operations', head, /^1:1: operations: /],
    ['another version', 'hintlabStore: 2', /^1:15: hintlabStore: /],
    ['no map', '- 1', /^1:1: /],
    ['no YAML', 'maxBytes: [', /^1:\d+: /],
    ['an alias to something else', `${head.replace('maxBytes: 0', 'maxBytes: *a')}operations: []`, /^3:11: /],
    ['a cycle', `${head}operations: &a [*a]`, /^4:/],
    ['lists too deep for anybody', `find: ${'['.repeat(9_000)}${']'.repeat(9_000)}`, /^1:\d+: .*at most 32 deep/],
  ])('of %s is refused where that is', (_, text, why) => {
    const read = readKept(text);
    expect(read.kind === 'invalid' && read.why).toMatch(why);
  });

  it('is told to be another one where a store goes wrong in another way', async () => {
    const kept = fileOf('store-take-all.yaml');
    const other = { ...kept, cause: 'enqueue ' };
    expect(await askedOf(other, kept.bug)).toMatchObject({ kind: 'diverges', isAsRecorded: false });
  });

  it('is asked of nobody who does not say hello', () => {
    const kept = fileOf('store-take-all.yaml');
    expect(carryTo(replayKept(kept), () => () => 'hello?').kind).toBe('unusable');
  });
});

function byRule(one: string, other: string): number {
  const order: readonly string[] = RULE_IDS;
  return order.indexOf(one) - order.indexOf(other);
}
