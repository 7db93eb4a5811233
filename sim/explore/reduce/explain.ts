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
/** A value that may be so many times as large may be any. */
const ANY_LARGER = 1_024;
/** Ends are told to this share of a round step: tenths of a second for times of seconds. */
const FINENESS = 10;

/**
 * How far one value may move alone, in either direction up to where it first stops failing: what fails again beyond is
 * another story. Both ends were tried and fail, and so does what lies steps from the value that double; no more was tried.
 */
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
    const [least, most] = limitsOf(value, grain);
    const from = lastFailing(value.value, least, grain, isFailing);
    const to = lastFailing(value.value, most, grain, isFailing);
    if (this.isSpent) return [];
    const isUnbounded = value.value >= 0 && to === most;
    return [{ path, value, from: { ...value, value: from }, to: { ...value, value: to }, isUnbounded }];
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

/** How far a value is moved at most: to nothing, and to all there is of it, or so much that it may be any. */
function limitsOf({ kind, value }: Quantity, grain: number): readonly [least: number, most: number] {
  if (value < 0) return [value, 0];
  return [0, kind === 'share' ? 1 : Math.max(value, grain * FINENESS) * ANY_LARGER];
}

/** From a failing value towards a limit: the last that fails before one that does not, to a grain. */
function lastFailing(value: number, limit: number, grain: number, isFailing: (amount: number) => boolean): number {
  let last = value;
  for (let step = grain; last !== limit; step *= 2) {
    const isFar = step >= Math.abs(limit - value);
    const next = isFar ? limit : rounded(value + (limit < value ? -step : step), grain);
    if (!isFailing(next)) return edge(last, next, grain, isFailing);
    last = next;
  }
  return last;
}

/** Between `failing` and `passing`: the last that fails, to a grain. */
function edge(failing: number, passing: number, grain: number, isFailing: (amount: number) => boolean): number {
  let [last, first] = [failing, passing];
  while (Math.abs(first - last) > grain) {
    const middle = rounded((last + first) / 2, grain);
    if (middle === last || middle === first) break;
    if (isFailing(middle)) last = middle;
    else first = middle;
  }
  return last;
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
