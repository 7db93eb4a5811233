/**
 * Judges: what gossip-fed detectors make of heartbeat intervals, and when a silence is too long.
 *
 * Phi over exponential intervals: phi = silence / (mean · ln 10), the mean never below a floor; suspect iff phi is above
 * the threshold. dynomite-rs takes every interval, the silence of an outage too (H17), and has phi 0 with fewer than two
 * heartbeats; Cassandra begins with an interval of its own and leaves out long ones (validation §4).
 *
 * Phi over normal intervals (Akka): begins with two intervals around a first estimate, forgives a pause on top of the
 * mean, suspects once phi reaches the threshold, and leaves out the interval that ended a suspicion.
 */
import type { NormalDetector, PhiDetector } from '../scenario/model/detector.ts';
import type { HeartbeatHistory } from './heartbeat-history.ts';
import { akkaPhi, patienceOf } from './suspicion.ts';

/** Judges silences by a history of heartbeats. Times are microseconds. */
export interface Judge {
  /** The first heartbeat of a pair is in. */
  begin(pair: number): void;
  /** Another heartbeat is in, so long after the one before. */
  hear(pair: number, interval: number): void;
  /** A pair that has had a heartbeat has been silent for too long. */
  suspects(pair: number, silence: number): boolean;
}

/** Exponential intervals. */
export class PhiJudge implements Judge {
  readonly #history: HeartbeatHistory;
  readonly #policy: PhiDetector;

  constructor(history: HeartbeatHistory, policy: PhiDetector) {
    this.#history = history;
    this.#policy = policy;
  }

  begin(pair: number): void {
    if (this.#policy.firstInterval > 0) this.#history.add(pair, this.#policy.firstInterval);
  }

  hear(pair: number, interval: number): void {
    const { ignoreAbove } = this.#policy;
    if (ignoreAbove === 0 || interval <= ignoreAbove) this.#history.add(pair, interval);
  }

  suspects(pair: number, silence: number): boolean {
    if (this.#history.count(pair) === 0) return false;
    const mean = Math.max(this.#history.mean(pair), this.#policy.meanFloor);
    return silence > patienceOf(this.#policy.threshold, mean);
  }
}

/** Normal intervals. */
export class NormalJudge implements Judge {
  readonly #history: HeartbeatHistory;
  readonly #policy: NormalDetector;

  constructor(history: HeartbeatHistory, policy: NormalDetector) {
    this.#history = history;
    this.#policy = policy;
  }

  begin(pair: number): void {
    const { firstInterval } = this.#policy;
    this.#history.add(pair, firstInterval - firstInterval / 4);
    this.#history.add(pair, firstInterval + firstInterval / 4);
  }

  hear(pair: number, interval: number): void {
    if (!this.suspects(pair, interval)) this.#history.add(pair, interval);
  }

  suspects(pair: number, silence: number): boolean {
    const { pause, minDeviation, threshold } = this.#policy;
    const deviation = Math.max(Math.sqrt(this.#history.variance(pair)), minDeviation);
    return akkaPhi(this.#history.mean(pair) + pause, deviation, silence) >= threshold;
  }
}
