/**
 * A mutation run: which of the mutants in a bundle some test kills. Each case is run once without a mutant, to learn which
 * mutants it meets and how many turns its loops take; then every mutant has to get past the cases that meet it: checks
 * first, then digests, and of each the one first that has killed most in that file for what it costs. In one process: a loop
 * that runs away is stopped by its turns.
 */
import type { Case, Evidence } from './suite.ts';
import type { Mutant } from './mutate.ts';
import { LoopRanAway, mutation, takeMet } from './switch.ts';

/** What became of a mutant. One that makes a loop run away is noticed by whoever waits, and counted apart. */
export type Fate =
  | { readonly kind: 'killed'; readonly by: string; readonly evidence: Evidence }
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
  readonly cases: readonly Case[];
  readonly mutants: readonly Mutant[];
}

/** A loop may take so many times as many turns as without the mutant, and so many more. */
const TURNS_FACTOR = 10;
const TURNS_MORE = 20_000;
/** And while modules are loaded: they make tables of some hundred rows. */
const TURNS_AT_LOAD = 1_000_000;
/** A case that takes more turns than that without a mutant is too dear to be run for every one, and is left out. */
const TURNS_OF_A_CASE = 600_000;

/** Loads the bundle as often as it is asked to, each time anew. */
export type LoadCases = (version: string) => Promise<readonly Case[]>;

/** Cases that were run without a mutant, ready for any number of mutants. */
export class MutationRun {
  /** Cases that are run, and those that are too dear, by name. */
  readonly cases: number;
  readonly leftOut: readonly string[];
  readonly #load: LoadCases;
  readonly #atLoad: ReadonlySet<number>;
  readonly #known: readonly KnownCase[];
  readonly #idsByFile: ReadonlyMap<string, readonly number[]>;
  /** By file and case: mutants killed. What killed the last one often kills the next. */
  readonly #kills = new Map<string, Map<string, number>>();

  /**
   * Runs every case without a mutant. Rejects if one fails.
   * @param mutants all that are in the bundle
   */
  static async begin(load: LoadCases, mutants: readonly Mutant[]): Promise<MutationRun> {
    Object.assign(mutation, { active: 0, isRecording: true, turns: 0, maxTurns: Infinity });
    mutation.met.fill(0);
    const cases = await load('0');
    const atLoad = takeMet();
    const known: KnownCase[] = [];
    for (const each of cases) {
      const row = await dryRun(each);
      if (row !== undefined) known.push(row);
    }
    mutation.isRecording = false;
    return new MutationRun(load, { atLoad, known, cases, mutants });
  }

  private constructor(load: LoadCases, { atLoad, known, cases, mutants }: DryRun) {
    this.#load = load;
    this.#atLoad = atLoad;
    this.#known = known.toSorted((a, b) => a.millis - b.millis);
    this.cases = known.length;
    const names = new Set(known.map((each) => each.case.name));
    this.leftOut = cases.map(({ name }) => name).filter((name) => !names.has(name));
    const idsByFile = new Map<string, number[]>();
    for (const { file, id } of mutants) idsByFile.set(file, [...(idsByFile.get(file) ?? []), id]);
    this.#idsByFile = idsByFile;
  }

  /** What becomes of a mutant. */
  async fateOf(mutant: Mutant): Promise<Fate> {
    Object.assign(mutation, { active: mutant.id, turns: 0, maxTurns: TURNS_AT_LOAD });
    try {
      const met = this.#atLoad.has(mutant.id)
        ? await this.#anew(mutant)
        : this.#known.filter((each) => each.met.has(mutant.id));
      if (met.length === 0) return { kind: 'unmet' };
      for (const each of this.#inOrder(mutant.file, met)) {
        const fate = await tried(each);
        if (fate?.kind === 'killed') this.#credit(mutant.file, fate.by);
        if (fate !== undefined) return fate;
      }
      return { kind: 'survived' };
    } catch (problem) {
      if (problem instanceof LoopRanAway) return { kind: 'ranAway', by: 'loading' };
      return { kind: 'killed', by: 'loading', evidence: 'check' };
    } finally {
      Object.assign(mutation, { active: 0, maxTurns: Infinity });
    }
  }

  /**
   * A mutant that is met while modules load is on from the beginning, in a bundle of its own. Who meets what it made is not
   * known, so it is run by all cases that meet something of its file; by all there are, if none does.
   */
  async #anew(mutant: Mutant): Promise<readonly KnownCase[]> {
    const fresh = new Map((await this.#load(String(mutant.id))).map((each) => [each.name, each]));
    const ids = this.#idsByFile.get(mutant.file) ?? [];
    const inFile = this.#known.filter(({ met }) => ids.some((id) => met.has(id)));
    const chosen = inFile.length === 0 ? this.#known : inFile;
    return chosen.map((each) => ({ ...each, case: fresh.get(each.case.name) ?? each.case }));
  }

  #inOrder(file: string, met: readonly KnownCase[]): readonly KnownCase[] {
    const kills = this.#kills.get(file);
    const yieldOf = ({ case: { name }, millis }: KnownCase): number => (kills?.get(name) ?? 0) / (1 + millis);
    const sorted = met.toSorted((a, b) => yieldOf(b) - yieldOf(a));
    const by = (evidence: Evidence): readonly KnownCase[] => sorted.filter((each) => each.case.evidence === evidence);
    return [...by('check'), ...by('digest')];
  }

  #credit(file: string, name: string): void {
    const kills = this.#kills.get(file) ?? new Map<string, number>();
    this.#kills.set(file, kills.set(name, (kills.get(name) ?? 0) + 1));
  }
}

/** What a case does without a mutant; undefined if it is too dear. */
async function dryRun(each: Case): Promise<KnownCase | undefined> {
  mutation.turns = 0;
  mutation.maxTurns = TURNS_OF_A_CASE;
  const started = performance.now();
  try {
    await each.run();
  } catch (problem) {
    if (mutation.turns <= mutation.maxTurns)
      throw new Error(`it fails without a mutant: ${each.name}`, { cause: problem });
  } finally {
    mutation.maxTurns = Infinity;
  }
  const met = takeMet();
  const { turns } = mutation;
  return turns > TURNS_OF_A_CASE ? undefined : { case: each, met, turns, millis: performance.now() - started };
}

async function tried({ case: { name, run, evidence }, turns }: KnownCase): Promise<Fate | undefined> {
  mutation.turns = 0;
  mutation.maxTurns = turns * TURNS_FACTOR + TURNS_MORE;
  try {
    await run();
    return undefined;
  } catch (problem) {
    const ranAway = problem instanceof LoopRanAway || mutation.turns > mutation.maxTurns;
    return ranAway ? { kind: 'ranAway', by: name } : { kind: 'killed', by: name, evidence };
  } finally {
    mutation.maxTurns = Infinity;
  }
}
