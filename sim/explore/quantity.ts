/**
 * The quantities of a tree: leaves that say a number with its unit, read as the number and written back in the same
 * kind. This is what lets a reducer make a time rounder without knowing what the time is for.
 */
import {
  readDuration,
  readRate,
  readShare,
  readSize,
  writeDuration,
  writeRate,
  writeShare,
  writeSize,
} from '../scenario/index.ts';
import type { Reading } from '../scenario/index.ts';
import type { Tree } from './scenario-tree.ts';

/** What a quantity measures; numbers without a unit are counts, or factors where they are not whole. */
export type QuantityKind = 'duration' | 'size' | 'rate' | 'byteRate' | 'share' | 'count' | 'factor';

/** A leaf as a number. */
export interface Quantity {
  readonly kind: QuantityKind;
  /** Microseconds, bytes, per second, or the bare number; negative for a clock that is behind. */
  readonly value: number;
}

interface Form {
  readonly kind: QuantityKind;
  readonly read: (text: string) => Reading<number>;
  readonly write: (value: number) => string | number;
  /** From the coarsest to the finest: what counts as a round number of this kind. */
  readonly steps: readonly number[];
}

const PER_SECOND = '/s';
const MISREAD = { kind: 'misread', code: 'type', expected: 'a quantity' } as const;
const FACTOR: Form = { kind: 'factor', read: () => MISREAD, write: (value) => value, steps: [1, 0.1, 0.01] };

const FORMS: readonly Form[] = [
  { kind: 'duration', read: readDuration, write: writeDuration, steps: [1_000_000, 100_000, 1_000, 1] },
  { kind: 'size', read: readSize, write: writeSize, steps: [100, 1] },
  { kind: 'byteRate', read: readByteRate, write: (value) => writeSize(value) + PER_SECOND, steps: [100, 1] },
  { kind: 'rate', read: readRate, write: writeRate, steps: [1, 0.1] },
  { kind: 'share', read: readPercentage, write: writeShare, steps: [0.1, 0.01] },
  { kind: 'count', read: () => MISREAD, write: (value) => value, steps: [1] },
  FACTOR,
];

/** The quantity that a leaf says; undefined for words, names and flags. */
export function quantityOf(leaf: Tree | undefined): Quantity | undefined {
  if (typeof leaf === 'number') return { kind: Number.isInteger(leaf) ? 'count' : 'factor', value: leaf };
  if (typeof leaf !== 'string') return undefined;
  const [sign, text] = leaf.startsWith('-') ? [-1, leaf.slice(1)] : [1, leaf];
  for (const { kind, read } of FORMS) {
    const reading = read(text);
    if (reading.kind === 'read') return { kind, value: sign * reading.value };
  }
  return undefined;
}

/** A quantity as a leaf; {@link quantityOf} reads it as the same. */
export function leafOf({ kind, value }: Quantity): string | number {
  const written = formOf(kind).write(Math.abs(value));
  if (value >= 0) return written;
  return typeof written === 'number' ? -written : `-${written}`;
}

/** What a round number of that kind is a multiple of, from the coarsest to the finest. */
export function roundSteps(kind: QuantityKind): readonly number[] {
  return formOf(kind).steps;
}

/** The multiple of a step, without what floating point adds to tenths. */
export function multipleOf(step: number, times: number): number {
  return step >= 1 ? step * times : times / Math.round(1 / step);
}

function formOf(kind: QuantityKind): Form {
  return FORMS.find((form) => form.kind === kind) ?? FACTOR;
}

function readByteRate(text: string): Reading<number> {
  return text.endsWith(PER_SECOND) ? readSize(text.slice(0, -PER_SECOND.length)) : MISREAD;
}

function readPercentage(text: string): Reading<number> {
  return text.endsWith('%') ? readShare(text) : MISREAD;
}
