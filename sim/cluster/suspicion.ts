/**
 * Suspicion as a number: phi, the negative decimal logarithm of the chance that a peer silent for so long is alive
 * (Hayashibara et al. 2004). Two laws of heartbeat intervals are in use: exponential (dynomite-rs `failure_detector.rs`,
 * Cassandra) and normal, by its logistic approximation (Akka). Pure functions in any one unit of time.
 */
import { exp, ln } from '../engine/index.ts';

/** ln 10 to the nearest double. */
export const LN_10 = 2.302585092994046;

/** Phi after a silence, with exponential intervals of this mean > 0: silence / (mean · ln 10). */
export function phiOf(silence: number, mean: number): number {
  return silence / (mean * LN_10);
}

/** The silence at which {@link phiOf} reaches a threshold: above it a peer is suspected. */
export function patienceOf(threshold: number, mean: number): number {
  return threshold * LN_10 * mean;
}

/**
 * Phi after a silence, with normal intervals (Akka `PhiAccrualFailureDetector.phi`).
 *
 * @param mean of the intervals, plus the pause that is forgiven
 * @param deviation of the intervals, > 0
 * @returns 0 … Infinity, where a silence is longer than a double can tell
 */
export function akkaPhi(mean: number, deviation: number, silence: number): number {
  const y = (silence - mean) / deviation;
  const e = exp(-y * (1.5976 + 0.070566 * y * y));
  const chance = silence > mean ? e / (1 + e) : 1 - 1 / (1 + e);
  return -ln(chance) / LN_10;
}
