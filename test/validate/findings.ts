/**
 * Findings by the kind of number: the tolerances of the page of external truths. Proportions over n trials have
 * ± 4·√(p(1−p)/n), counts with a Poisson mean a ± 4·√a, means 4 standard deviations: those of the tables, scaled to the
 * trials made, or those of the replications where the table has none.
 */
import type { Finding } from './case.ts';

/** Standard deviations that a random number may be off by. */
const SIGMAS = 4;

/** A number that must be met exactly. */
export function exactly(what: string, expected: number, measured: number): Finding {
  return { what, expected, measured, tolerance: 0 };
}

/** A number that is exact up to what a clock of microseconds, or a fluid formula, does not resolve. */
export function within(what: string, expected: number, measured: number, tolerance: number): Finding {
  return { what, expected, measured, tolerance };
}

/** A share of independent trials. */
export function share(what: string, expected: number, hits: number, trials: number): Finding {
  const tolerance = SIGMAS * Math.sqrt((expected * (1 - expected)) / trials);
  return { what, expected, measured: hits / trials, tolerance };
}

/**
 * A number with a known standard deviation.
 *
 * @param sigma of one run of `trials` in the table
 * @param made trials that were made
 */
export function tabled(
  what: string,
  expected: number,
  measured: number,
  { sigma, trials, made }: { readonly sigma: number; readonly trials: number; readonly made: number },
): Finding {
  return { what, expected, measured, tolerance: SIGMAS * sigma * Math.sqrt(trials / made) };
}

/** The mean of a number over independent replications, judged by their own scatter. */
export function replicated(what: string, expected: number, values: readonly number[]): Finding {
  const tolerance = (SIGMAS * deviationOf(values)) / Math.sqrt(values.length);
  return { what, expected, measured: meanOf(values), tolerance };
}

/** The standard deviation of normal numbers, whose own is σ/√(2(n−1)). */
export function scatter(what: string, expected: number, values: readonly number[]): Finding {
  const tolerance = (SIGMAS * expected) / Math.sqrt(2 * (values.length - 1));
  return { what, expected, measured: deviationOf(values), tolerance };
}

/** The mean of numbers. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Their sample standard deviation. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
}
