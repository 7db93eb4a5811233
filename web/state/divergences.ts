/**
 * The first divergences as the page tells them: where a design parts from the base, what each of the two did there, and
 * the axes of their policies that differ, which is all there is to blame: requests and luck are the same.
 */
import type { Axis } from '../../sim/scenario/index.ts';
import { areTimesApart, formatInstant, type Divergence } from '../../sim/trace/index.ts';
import { xOf, type TimeScale } from '../draw/time-scale.ts';
import { requestSelection, type Selection } from './selection.ts';
import type { Study } from '../worker/study.ts';

/** An axis that is not the same in both designs. */
export interface DifferingAxis {
  readonly path: string;
  readonly base: string;
  readonly other: string;
}

/** One of the two designs at the point where they part. */
export interface ToldSide {
  readonly letter: string;
  /** Empty where both sides are of one instant, or one of them did nothing. */
  readonly when: string;
  readonly text: string;
}

/** What is to be said of one design against the base. */
export type ToldDivergence =
  | { readonly kind: 'none'; readonly why: string }
  | {
      readonly kind: 'parts';
      readonly at: number;
      /** When, as text; with what it is if only times differ. */
      readonly title: string;
      readonly sides: readonly [ToldSide, ToldSide];
      /** What to look at: the request. */
      readonly selection: Selection;
    };

/** A design, as far as it is told of. */
export interface Told {
  readonly letter: string;
  readonly study: Study;
}

/** Where `other` parts from `base`. */
export function tellDivergence(base: Told, other: Told): ToldDivergence {
  const { divergence } = other.study;
  if (divergence === undefined) return { kind: 'none', why: whyNone(base.study, other.study) };
  const { at, kind, first, other: second, subject } = divergence;
  const isTimed = areTimesApart(divergence);
  const side = (letter: string, { at: when, text }: Divergence['first']): ToldSide => ({
    letter,
    when: isTimed ? formatInstant(when) : '',
    text,
  });
  return {
    kind: 'parts',
    at,
    title: `${formatInstant(at)}${kind === 'time' ? ', in times alone' : ''}`,
    sides: [side(base.letter, first), side(other.letter, second)],
    selection: requestSelection(subject),
  };
}

function whyNone(base: Study, other: Study): string {
  if (base.level === 'full' && other.level === 'full') return 'Every request went the same way at the same times.';
  return 'Where they part is told of runs that record everything; this one is too large for that.';
}

/** A design beside the base on the page: what there is to tell, or why there is nothing yet. */
export interface DivergenceCard {
  readonly id: number;
  readonly place: number;
  readonly letter: string;
  readonly name: string;
  readonly told: ToldDivergence | { readonly kind: 'waits'; readonly why: string };
  /** What differs between the two policies; none while there is nothing to tell. */
  readonly axes: readonly DifferingAxis[];
}

/** A column of the comparison, as far as its card needs it. */
export interface CardColumn extends Omit<DivergenceCard, 'told' | 'axes'> {
  readonly status: { readonly kind: string };
  readonly study: Study | undefined;
}

/** A card for each design but the base, in their order. */
export function divergenceCards([base, ...others]: readonly CardColumn[]): readonly DivergenceCard[] {
  if (!base) return [];
  return others.map(({ id, place, letter, name, status, study }): DivergenceCard => {
    const card = { id, place, letter, name };
    if (status.kind === 'refused') return { ...card, told: { kind: 'waits', why: 'cannot run this.' }, axes: [] };
    if (!base.study || !study || status.kind !== 'ran') {
      const why = `is held against ${base.letter} when both have run.`;
      return { ...card, told: { kind: 'waits', why }, axes: [] };
    }
    const told = tellDivergence({ letter: base.letter, study: base.study }, { letter, study });
    return { ...card, told, axes: differingAxes(base.study.axes, study.axes) };
  });
}

/** A mark on the axis, centred at `x` pixels: where some designs part from the base. */
export interface PartingBadge {
  readonly x: number;
  /** Of the designs, the earliest first. */
  readonly letters: string;
  /** Of the earliest of them. */
  readonly divergence: Divergence;
}

/** CSS pixels between the centres of two badges, at least. */
const BADGE_PITCH = 34;

/** The badges in view, from left to right; designs that part within the same pixels share one. */
export function partingBadges(
  designs: readonly { readonly letter: string; readonly study: Study | undefined }[],
  scale: TimeScale,
): readonly PartingBadge[] {
  const parting = designs
    .flatMap(({ letter, study }) => (study?.divergence ? [{ letter, divergence: study.divergence }] : []))
    .filter(({ divergence: { at } }) => at >= scale.from && at <= scale.until)
    .toSorted((a, b) => a.divergence.at - b.divergence.at);
  const badges: PartingBadge[] = [];
  for (const { letter, divergence } of parting) {
    const x = xOf(scale, divergence.at);
    const last = badges.at(-1);
    if (last && x - last.x < BADGE_PITCH) badges[badges.length - 1] = { ...last, letters: `${last.letters} ${letter}` };
    else badges.push({ x, letters: letter, divergence });
  }
  return badges;
}

/** The axes of the two policies that differ, in the order of the policy. */
export function differingAxes(base: readonly Axis[], other: readonly Axis[]): readonly DifferingAxis[] {
  const values = new Map(other.map(({ path, value }) => [path, value]));
  return base.flatMap(({ path, value }) => {
    const theirs = values.get(path) ?? value;
    return theirs === value ? [] : [{ path, base: value, other: theirs }];
  });
}

/** What an experiment has found. */
export function causeFound({ path, base, other }: DifferingAxis, letters: { base: string; other: string }): string {
  return `Why: ${path} is ${base} in ${letters.base} and ${other} in ${letters.other}; that alone makes the same difference.`;
}

/** Why two designs part, in a sentence: one axis is the cause; of several, one of them is. */
export function whyTheyPart(axes: readonly DifferingAxis[], letters: { base: string; other: string }): string {
  const [first, ...more] = axes;
  if (first === undefined) return 'Their policies are the same; what differs is in the rest of the scenario.';
  if (more.length > 0) return `Why: one of the ${axes.length} axes in which they differ, for nothing else does.`;
  return `Why: ${first.path} is ${first.base} in ${letters.base} and ${first.other} in ${letters.other}; nothing else differs.`;
}
