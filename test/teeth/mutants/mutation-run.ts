/**
 * A mutation run: which of the mutants in a bundle some test kills. Each case is run once without a mutant, to learn which
 * mutants it meets and how many turns its loops take; then every mutant has to get past the cases that meet it, the
 * cheapest first. In one process: a loop that runs away is stopped by its turns.
 */
import type { Case } from './suite.ts';
import type { Mutant } from './mutate.ts';
import { LoopRanAway, mutation } from './switch.ts';

/** What became of a mutant. A loop that ran away is no kill: nothing said that it was wrong. */
export type Fate =
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'ranAway'; readonly by: string }
  | { readonly kind: 'survived' }
  /** No case meets it at all. */
  | { readonly kind: 'unmet' };

/** A mutant and what became of it. */
export interface Outcome {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

/** A case, and what it does without a mutant. */
interface KnownCase {
  readonly case: Case;
  readonly met: ReadonlySet<number>;
  readonly turns: number;
  readonly millis: number;
}

/** What the cases do without a mutant, and which mutants are met while their modules are loaded. */
interface DryRun {
  readonly atLoad: ReadonlySet<number>;
  readonly known: readonly KnownCase[];
}

/** A loop may take so many times as many turns as without the mutant, and so many more. */
const TURNS_FACTOR = 10;
const TURNS_MORE = 20_000;
/** And while modules are loaded: they make tables of some hundred rows. */
const TURNS_AT_LOAD = 1_000_000;

/** Loads the bundle as often as it is asked to, each time anew. */
export type LoadCases = (version: string) => Promise<readonly Case[]>;

/** Runs every mutant that is given. Throws if a case fails without one. */
export async function runMutants(
  load: LoadCases,
  mutants: readonly Mutant[],
  told: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  Object.assign(mutation, { active: 0, isRecording: true, met: new Set(), maxTurns: Infinity });
  const cases = await load('0');
  const run: DryRun = { atLoad: mutation.met, known: await dryRun(cases) };
  const outcomes: Outcome[] = [];
  for (const mutant of mutants) {
    const outcome = { mutant, fate: await fateOf(mutant, run, load) };
    told(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function dryRun(cases: readonly Case[]): Promise<readonly KnownCase[]> {
  const known: KnownCase[] = [];
  for (const each of cases) {
    mutation.met = new Set();
    mutation.turns = 0;
    const started = performance.now();
    await each.run();
    known.push({ case: each, met: mutation.met, turns: mutation.turns, millis: performance.now() - started });
  }
  mutation.isRecording = false;
  return known.toSorted((a, b) => a.millis - b.millis);
}

async function fateOf(mutant: Mutant, { atLoad, known }: DryRun, load: LoadCases): Promise<Fate> {
  Object.assign(mutation, { active: mutant.id, turns: 0, maxTurns: TURNS_AT_LOAD });
  try {
    const isMetAtLoad = atLoad.has(mutant.id);
    const met = isMetAtLoad ? await anew(mutant, known, load) : known.filter((each) => each.met.has(mutant.id));
    if (met.length === 0) return { kind: 'unmet' };
    for (const each of met) {
      const fate = await tried(each);
      if (fate !== undefined) return fate;
    }
    return { kind: 'survived' };
  } catch (problem) {
    return { kind: problem instanceof LoopRanAway ? 'ranAway' : 'killed', by: 'loading' };
  } finally {
    Object.assign(mutation, { active: 0, maxTurns: Infinity });
  }
}

/** A mutant that is met while modules load is on from the beginning: all cases, of a bundle of its own. */
async function anew(mutant: Mutant, known: readonly KnownCase[], load: LoadCases): Promise<readonly KnownCase[]> {
  const fresh = new Map((await load(String(mutant.id))).map((each) => [each.name, each]));
  return known.map((each) => ({ ...each, case: fresh.get(each.case.name) ?? each.case }));
}

async function tried({ case: { name, run }, turns }: KnownCase): Promise<Fate | undefined> {
  mutation.turns = 0;
  mutation.maxTurns = turns * TURNS_FACTOR + TURNS_MORE;
  try {
    await run();
    return undefined;
  } catch (problem) {
    const ranAway = problem instanceof LoopRanAway || mutation.turns > mutation.maxTurns;
    return ranAway ? { kind: 'ranAway', by: name } : { kind: 'killed', by: name };
  } finally {
    mutation.maxTurns = Infinity;
  }
}
