/**
 * The outcome of reading one value from text: the value, or what was expected instead. Where the text stood is the
 * business of the caller, who knows.
 */
import type { Complaint } from '../problem.ts';

/** A complaint about one value, before anybody has said what stood there. */
export interface Misreading extends Omit<Complaint, 'found'> {
  readonly kind: 'misread';
}

/** A value, or what was expected in its place. */
export type Reading<T> = { readonly kind: 'read'; readonly value: T } | Misreading;

/** A value that could be read. */
export function read<T>(value: T): Reading<T> {
  return { kind: 'read', value };
}

/** A value that could not. */
export function misread(code: Complaint['code'], expected: string, nearest?: string): Misreading {
  return nearest === undefined ? { kind: 'misread', code, expected } : { kind: 'misread', code, expected, nearest };
}
