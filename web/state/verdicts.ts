/**
 * The verdicts of a run as the page shows them: in groups, worst first, and as badges on the time axis, where the first
 * violations of several properties that fall onto the same pixels share one.
 */
import { isFailure } from '../../sim/check/index.ts';
import { xOf, type TimeScale } from '../draw/time-scale.ts';
import type { PropertyFinding } from '../worker/findings.ts';

/** Properties by what the run has shown of them, each in the order of the catalogue. */
export interface Verdicts {
  readonly violated: readonly PropertyFinding[];
  readonly holding: readonly PropertyFinding[];
  /** Among them what should happen sometimes and did not: no failure, but no test either. */
  readonly notExercised: readonly PropertyFinding[];
}

/** A mark on the axis, centred at `x` pixels. */
export interface Badge {
  readonly x: number;
  /** Ascending by instant; at least one. */
  readonly violations: readonly [PropertyFinding, ...PropertyFinding[]];
}

/** CSS pixels between the centres of two badges, at least. */
export const BADGE_PITCH = 20;

export function verdictsOf(properties: readonly PropertyFinding[]): Verdicts {
  const violated = properties.filter(isFailure);
  const holding = properties.filter(({ verdict }) => verdict === 'holds');
  const rest = properties.filter((each) => !violated.includes(each) && !holding.includes(each));
  return { violated, holding, notExercised: rest };
}

/** The badges in view, from left to right. A badge stands at the first of the violations that it holds. */
export function badgesOf(properties: readonly PropertyFinding[], scale: TimeScale): readonly Badge[] {
  const inView = properties
    .filter((each) => isFailure(each) && each.at !== null && each.at >= scale.from && each.at <= scale.until)
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const badges: Badge[] = [];
  for (const violation of inView) {
    const x = xOf(scale, violation.at ?? 0);
    const last = badges.at(-1);
    if (last && x - last.x < BADGE_PITCH) {
      badges[badges.length - 1] = { x: last.x, violations: [...last.violations, violation] };
    } else badges.push({ x, violations: [violation] });
  }
  return badges;
}
