/**
 * The explain pass: how much of a minimal scenario is essential. For each quantity the interval around its value in
 * which the same property still fails for the same cause, and for each request and fault what comes of the run
 * without it.
 */
import { judge, violationOf } from '../judge.ts';
import type { Judgement, ViolationKind } from '../judge.ts';
import { leafOf, quantityOf, roundSteps } from '../quantity.ts';
import type { Quantity } from '../quantity.ts';
import type { ScenarioTree } from '../scenario-tree.ts';
import { valueAt, withoutPath, withValue } from '../tree-paths.ts';
import type { TreePath } from '../tree-paths.ts';
import { quantityPaths } from './passes/numbers.ts';
import { elementPaths } from './removable.ts';
import { deedOf } from './victim.ts';

/** Runs that an explanation may take unless it is given others. */
const DEFAULT_MAX_RUNS = 600;
/** A value that may be so many times as large may be any: doublings tried above it. */
const MAX_DOUBLINGS = 10;
/** Bisections of one end at most; the width is then below a thousandth of what it was. */
const MAX_BISECTIONS = 12;
/** Ends are told to this share of a round step: tenths of a second for times of seconds. */
const FINENESS = 10;

/** How far one value may move alone. Both ends were tried and fail; between them bisection looked, no more. */
export interface FieldInterval {
  readonly path: TreePath;
  readonly value: Quantity;
  readonly from: Quantity;
  readonly to: Quantity;
  /** However large, or for a share up to all, it still fails. */
  readonly isUnbounded: boolean;
}

/** What a request or a fault is there for: the violations that are left without it. */
export interface ElementEffect {
  readonly path: TreePath;
  /** Empty: nothing is violated then. */
  readonly without: readonly ViolationKind[];
}

/** What was found out about a failing scenario. */
export interface Explanation {
  readonly fields: readonly FieldInterval[];
  readonly elements: readonly ElementEffect[];
  /** Runs of the simulator. */
  readonly runs: number;
  /** False if the bound on runs left fields or elements out. */
  readonly isComplete: boolean;
}

/** Explains a scenario that fails in that way. Elements first, then fields in the order of the file. */
export function explain(tree: ScenarioTree, kind: ViolationKind, maxRuns = DEFAULT_MAX_RUNS): Explanation {
  const probe = new Probe(tree, kind, maxRuns);
  const elements = elementPaths(tree).flatMap((path) => probe.effectOf(tree, path));
  const fields = quantityPaths(tree).flatMap((path) => probe.intervalOf(tree, path));
  return { fields, elements, runs: probe.runs, isComplete: !probe.isSpent };
}

class Probe {
  readonly #kind: ViolationKind;
  readonly #maxRuns: number;
  /** The kind of event that did it; undefined if none did. */
  readonly #deed: ReturnType<typeof deedOf>;
  runs = 1;

  constructor(tree: ScenarioTree, kind: ViolationKind, maxRuns: number) {
    this.#kind = kind;
    this.#maxRuns = maxRuns;
    this.#deed = deedIn(judge(tree), kind);
  }

  get isSpent(): boolean {
    return this.runs >= this.#maxRuns;
  }

  /** None if there are no runs left. */
  effectOf(tree: ScenarioTree, path: TreePath): readonly ElementEffect[] {
    if (this.isSpent) return [];
    this.runs++;
    const judged = judge(withoutPath(tree, path));
    const violations = judged.kind === 'judged' ? judged.violations : [];
    return [{ path, without: violations.map(({ property, cause }) => ({ property, cause })) }];
  }

  intervalOf(tree: ScenarioTree, path: TreePath): readonly FieldInterval[] {
    const value = quantityOf(valueAt(tree, path));
    if (value === undefined || this.isSpent) return [];
    const isFailing = (amount: number): boolean =>
      amount === value.value || this.#isFailing(withValue(tree, path, leafOf({ ...value, value: amount })));
    const grain = grainOf(value);
    const from = this.#lowest(value.value, grain, isFailing);
    const [to, isUnbounded] = this.#highest(value, grain, isFailing);
    if (this.isSpent) return [];
    return [{ path, value, from: { ...value, value: from }, to: { ...value, value: to }, isUnbounded }];
  }

  #lowest(value: number, grain: number, isFailing: (amount: number) => boolean): number {
    if (value <= 0 || isFailing(0)) return Math.min(value, 0);
    return this.#edge(value, 0, grain, isFailing);
  }

  /** The highest that still fails, and whether there is an end at all. */
  #highest(
    { kind, value }: Quantity,
    grain: number,
    isFailing: (amount: number) => boolean,
  ): readonly [to: number, isUnbounded: boolean] {
    if (value < 0) return [isFailing(0) ? 0 : this.#edge(value, 0, grain, isFailing), false];
    if (kind === 'share') return isFailing(1) ? [1, true] : [this.#edge(value, 1, grain, isFailing), false];
    let high = value;
    let next = Math.max(value * 2, grain * FINENESS);
    for (let doubling = 0; doubling < MAX_DOUBLINGS; doubling++) {
      if (!isFailing(next)) return [this.#edge(high, next, grain, isFailing), false];
      high = next;
      next *= 2;
    }
    return [high, true];
  }

  /** Between `failing` and `passing`: the last that fails, to a grain. */
  #edge(failing: number, passing: number, grain: number, isFailing: (amount: number) => boolean): number {
    let [last, first] = [failing, passing];
    for (let count = 0; count < MAX_BISECTIONS && Math.abs(first - last) > grain; count++) {
      const middle = rounded((last + first) / 2, grain);
      if (middle === last || middle === first) break;
      if (isFailing(middle)) last = middle;
      else first = middle;
    }
    return last;
  }

  #isFailing(tree: ScenarioTree): boolean {
    if (this.isSpent) return false;
    this.runs++;
    const judged = judge(tree);
    if (judged.kind !== 'judged' || violationOf(judged, this.#kind) === undefined) return false;
    return this.#deed === undefined || this.#deed === deedIn(judged, this.#kind);
  }
}

function deedIn(judged: Judgement, kind: ViolationKind): ReturnType<typeof deedOf> {
  const violation = judged.kind === 'judged' ? violationOf(judged, kind) : undefined;
  return violation === undefined || judged.kind !== 'judged' ? undefined : deedOf(judged.trace, violation.result);
}

/** How finely the ends of an interval are told: a tenth of the coarsest round step that the value has. */
function grainOf({ kind, value }: Quantity): number {
  const steps = roundSteps(kind);
  const [coarsest = 1] = steps;
  const finest = steps.at(-1) ?? 1;
  const step = value === 0 ? coarsest : (steps.find((each) => each <= Math.abs(value)) ?? finest);
  return Math.max(finest, step / FINENESS);
}

/** A multiple of the grain, or of a whole count of them in one where it is a fraction. */
function rounded(amount: number, grain: number): number {
  return grain >= 1 ? Math.round(amount / grain) * grain : Math.round(amount / grain) / Math.round(1 / grain);
}
