/**
 * Presets: what a system does unless a scenario says otherwise, one value per policy axis, each with its source.
 * §n is a section of the reference page on handoff systems; paths are those of dynomite-rs.
 */
import { days, mebibytes, microseconds, milliseconds, seconds } from '../../core/index.ts';
import type { FixedDetector, Network, PhiDetector, Policy, SystemName } from './scenario.ts';

/** The values that a scenario starts from. */
export interface Preset {
  readonly policy: Policy;
  readonly network: Network;
  /** What `detector: { phi: … }` and `detector: { fixed: … }` start from. */
  readonly phi: PhiDetector;
  readonly fixed: FixedDetector;
}

const DYNOMITE_PHI: PhiDetector = {
  kind: 'phi',
  // The dynomite book's 1 Hz. The default of `gos_interval` in the code is 30 s (conf/pool.rs 52), with which a
  // crash is believed after 553 s instead of 18.4 s (§1.2).
  gossip: seconds(1),
  threshold: 8, // failure_detector.rs 222-275 (§1.2)
  window: 100, // the same
  meanFloor: seconds(1), // the same
};

/** Stands in for phi over 1 s gossip: 8 · ln 10 · 1 s = 18.42 s of silence and up to 1 s to the next look (§1.2). */
const DYNOMITE_FIXED: FixedDetector = {
  kind: 'fixed',
  downAfter: seconds(20),
  // A peer is `Normal` again with its first heartbeat: at most one gossip interval (gossip.rs 581-628).
  upAfter: seconds(1),
};

const DYNOMITE: Preset = {
  policy: {
    hints: {
      // Off by default there (conf/pool.rs 53-64, §1.2); a run without handoff has nothing to show.
      enabled: true,
      ttl: days(1), // 86 400 s (conf/pool.rs 58, §1.2)
      maxBytes: mebibytes(64), // conf/pool.rs 53-64 (§1.2)
    },
    drain: { interval: seconds(30) }, // every 30 000 ms (server.rs 2670-2776, §1.2)
    channel: {
      slots: 256, // `try_send` into a 256-slot channel (server.rs 714, §1.2)
      messageTime: microseconds(0), // no throttle anywhere (§1.2)
      reconnect: seconds(1), // an assumption: the book does not say how soon a link to a returned peer is open
    },
    detector: DYNOMITE_PHI,
    // Both default to DC_ONE in dynomite; the levels themselves are §1.2.
    consistency: { write: 'DC_ONE', read: 'DC_ONE' },
  },
  network: {
    // Assumptions of this project, not of dynomite: a backend on the same machine, a rack switch, a continent.
    local: { kind: 'constant', value: microseconds(100) },
    sameDatacentre: { kind: 'constant', value: milliseconds(1) },
    crossDatacentre: { kind: 'constant', value: milliseconds(40) },
    clientTimeout: seconds(5), // dynomite's request timeout, 5 000 ms
  },
  phi: DYNOMITE_PHI,
  fixed: DYNOMITE_FIXED,
};

/** Every preset by its name. */
export const PRESETS: Readonly<Record<SystemName, Preset>> = { dynomite: DYNOMITE };
