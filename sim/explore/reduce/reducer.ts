/**
 * The reducer: makes a failing scenario as small as it gets, without ever leaving the failure that it began with. A
 * candidate is taken only if the same property fails for the same cause, by the same kind of event; other failures met
 * on the way are kept aside.
 *
 * Synchronous, bounded and resumable: `step(runs)` goes on where the last one stopped, and `best` is worth having at
 * any moment. A run is a run of the simulator; texts that were tried before and trees that are no scenario cost none.
 */
import { assert } from '../../../core/index.ts';
import { judge, violationOf } from '../judge.ts';
import type { Judgement, JudgedRun, RunViolation, ViolationKind } from '../judge.ts';
import { textOfTree } from '../scenario-tree.ts';
import type { ScenarioTree } from '../scenario-tree.ts';
import { withoutKeys } from '../tree-paths.ts';
import { sizeOf } from './find-size.ts';
import type { FindSize } from './find-size.ts';
import { PASSES } from './passes.ts';
import type { Found, Pass, Trial } from './trial.ts';
import { deedOf } from './victim.ts';
import { isWarm } from './warmth.ts';

/** Runs that a reduction may take unless it is given others: seconds for scenarios of an ordinary size. */
const DEFAULT_MAX_RUNS = 2_000;
/** Rounds over all passes; a scenario that still changes then is given up as not minimal. */
const MAX_ROUNDS = 20;
/**
 * A candidate that is shorter to write may be far longer to run: a flapping node with spans of a millisecond. One of more
 * events than these, and than twice those of the first run, is no smaller.
 */
const ALWAYS_SMALL = 50_000;
/** Other failures that are kept. */
const MAX_OTHERS = 16;

/** A failure that a scenario shows, with the smallest scenario that did. */
export interface OtherFind {
  readonly kind: ViolationKind;
  readonly tree: ScenarioTree;
}

/** What became of a failing scenario. */
export interface Reduction {
  readonly tree: ScenarioTree;
  readonly judged: JudgedRun;
  /** The violation that it was all about, as the reduced run shows it. */
  readonly violation: RunViolation;
  /** Runs of the simulator that it took. */
  readonly runs: number;
  /** Every request, fault, node and key was tried alone, and none can go. */
  readonly minimal: boolean;
  readonly size: FindSize;
  /** Failures of another property, or for another cause, met on the way: each worth a reduction of its own. */
  readonly others: readonly OtherFind[];
}

/** How far a reduction may go. */
export interface ReduceOptions {
  /** Runs of the simulator at most, the first one included; default 2 000. */
  readonly maxRuns?: number;
  /** What must be true of the run, too, such as that it still shows a hazard; default nothing more. */
  readonly keeps?: (judged: JudgedRun) => boolean;
  /** Who says what a run violates; default the catalogue of properties. */
  readonly judge?: (tree: ScenarioTree) => Judgement;
}

/** Reduces to the end, or to the bound on runs. The scenario must show a violation of that kind. */
export function reduce(tree: ScenarioTree, kind: ViolationKind, options: ReduceOptions = {}): Reduction {
  const reducer = new Reducer(tree, kind, options);
  while (reducer.step(Infinity) === 'more');
  return reducer.result();
}

/** A reduction under way. */
export class Reducer {
  readonly #kind: ViolationKind;
  /** The kind of event that did it in the first run; undefined before that, or if none did. */
  #deed: ReturnType<typeof deedOf>;
  readonly #maxRuns: number;
  readonly #keeps: (judged: JudgedRun) => boolean;
  readonly #judge: (tree: ScenarioTree) => Judgement;
  /** Whether a tree still fails, by its text. */
  readonly #verdicts = new Map<string, boolean>();
  readonly #others = new Map<string, OtherFind>();
  /** The tree that the pass under way began with, and the last one since that still failed. */
  #found: Found;
  #latest: Found;
  /** The tree that the pass began with is warm, so what comes of it must be. */
  #staysWarm = false;
  #pass = 0;
  #trial: Trial;
  #answer = false;
  #round = 1;
  #runs = 0;
  #textOfRound: string;
  /** Events that a candidate may take at most. */
  #mostEvents = Infinity;
  #state: 'more' | 'minimal' | 'stopped' = 'more';

  /** Runs the scenario once: `tree` must be a valid one that shows a violation of that kind. */
  constructor(
    tree: ScenarioTree,
    kind: ViolationKind,
    { maxRuns = DEFAULT_MAX_RUNS, keeps = () => true, judge: judgedBy = judge }: ReduceOptions = {},
  ) {
    this.#kind = kind;
    this.#maxRuns = maxRuns;
    this.#keeps = keeps;
    this.#judge = judgedBy;
    // What a file said of the larger scenario is not true of a smaller one.
    const start = { ...withoutKeys(tree, 'find', 'name', 'about'), record: 'full' };
    const found = this.#judged(start);
    assert(found !== undefined, 'what is to be reduced fails, and as it is said to', 0);
    this.#deed = deedOf(found.judged.trace, found.violation.result);
    this.#mostEvents = Math.max(ALWAYS_SMALL, 2 * found.judged.trace.events);
    this.#found = found;
    this.#latest = found;
    this.#textOfRound = textOfTree(start);
    this.#trial = this.#passAt(0).try(found);
  }

  /** The smallest scenario so far. */
  get best(): ScenarioTree {
    return this.#best().tree;
  }

  /** The pass under way, for progress. */
  get pass(): string {
    return this.#passAt(this.#pass).name;
  }

  /** Runs so far. */
  get runs(): number {
    return this.#runs;
  }

  /** Goes on for at most `runs` runs. `done`: the scenario is minimal, or a bound was reached. */
  step(runs: number): 'more' | 'done' {
    const until = Math.min(this.#runs + runs, this.#maxRuns);
    while (this.#state === 'more' && this.#runs < until) this.#advance();
    if (this.#state === 'more' && this.#runs >= this.#maxRuns) this.#state = 'stopped';
    return this.#state === 'more' ? 'more' : 'done';
  }

  /** What has been reached so far. */
  result(): Reduction {
    const { tree, judged, violation } = this.#best();
    const minimal = this.#state === 'minimal';
    const others = [...this.#others.values()];
    return { tree, judged, violation, runs: this.#runs, minimal, size: sizeOf(judged), others };
  }

  /** One candidate, or the end of a pass. */
  #advance(): void {
    const next = this.#trial.next(this.#answer);
    if (next.done === true) this.#finishPass(next.value);
    else this.#answer = this.#isFailing(next.value);
  }

  #finishPass(tree: ScenarioTree): void {
    this.#found = this.#foundFor(tree);
    this.#latest = this.#found;
    this.#staysWarm ||= isWarm(this.#found.judged.trace);
    this.#pass++;
    if (this.#pass === PASSES.length) this.#finishRound();
    this.#answer = false;
    this.#trial = this.#passAt(this.#pass).try(this.#found);
  }

  #finishRound(): void {
    const text = textOfTree(this.#found.tree);
    if (text === this.#textOfRound) this.#state = 'minimal';
    else if (this.#round === MAX_ROUNDS) this.#state = 'stopped';
    this.#textOfRound = text;
    this.#round++;
    this.#pass = 0;
  }

  /** A pass returns what it began with, or what it was last told fails, or, rarely, an earlier one of those. */
  #foundFor(tree: ScenarioTree): Found {
    const known = [this.#found, this.#latest].find((found) => found.tree === tree);
    if (known !== undefined) return known;
    const text = textOfTree(tree);
    const same = [this.#latest, this.#found].find((found) => textOfTree(found.tree) === text);
    if (same !== undefined) return same;
    const found = this.#judged(tree);
    assert(found !== undefined, 'a pass returns a tree that fails', this.#pass);
    return found;
  }

  #isFailing(tree: ScenarioTree): boolean {
    const text = textOfTree(tree);
    const known = this.#verdicts.get(text);
    // A tree that is accepted becomes the one to go on with, so its run is needed, not its verdict alone.
    if (known === false) return false;
    if (text === textOfTree(this.#latest.tree)) return true;
    const found = this.#judged(tree);
    this.#verdicts.set(text, found !== undefined);
    if (found === undefined) return false;
    this.#latest = found;
    return true;
  }

  /** Runs a tree; undefined if it is no scenario, outgrows its limits or the first run, or fails in another way, or only cold. */
  #judged(tree: ScenarioTree): Found | undefined {
    const judged = this.#judge(tree);
    if (judged.kind === 'invalid') return undefined;
    this.#runs++;
    if (judged.kind === 'limit' || judged.trace.events > this.#mostEvents) return undefined;
    this.#keepOthers(tree, judged);
    const violation = violationOf(judged, this.#kind);
    if (violation === undefined || !this.#keeps(judged)) return undefined;
    const isOtherDeed = this.#deed !== undefined && this.#deed !== deedOf(judged.trace, violation.result);
    const isCold = this.#staysWarm && !isWarm(judged.trace);
    return isOtherDeed || isCold ? undefined : { tree, judged, violation };
  }

  #keepOthers(tree: ScenarioTree, { violations }: JudgedRun): void {
    for (const { property, cause } of violations) {
      if (property === this.#kind.property && cause === this.#kind.cause) continue;
      const name = `${property} ${cause}`;
      if (this.#others.has(name) || this.#others.size < MAX_OTHERS)
        this.#others.set(name, { kind: { property, cause }, tree });
    }
  }

  /** In the middle of a pass the last failing tree may be a detour, such as repeated faults written out. */
  #best(): Found {
    return isLighter(this.#latest, this.#found) ? this.#latest : this.#found;
  }

  #passAt(index: number): Pass {
    const pass = PASSES[index];
    assert(pass !== undefined, 'a round has passes', index);
    return pass;
  }
}

/** By events, then nodes, then the length of the file. */
function isLighter(a: Found, b: Found): boolean {
  const [one, other] = [sizeOf(a.judged), sizeOf(b.judged)];
  if (one.events !== other.events) return one.events < other.events;
  if (one.nodes !== other.nodes) return one.nodes < other.nodes;
  return textOfTree(a.tree).length < textOfTree(b.tree).length;
}
