/**
 * Section 3, H10: how long a peer that is back waits for its hints, and how long its keys are stale meanwhile. The lengths
 * of its stretches spread over multiples of the drain interval, so it returns at any phase of it alike.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { HINT_FATES } from '../../sim/trace/index.ts';
import type { Finding, ValidationCase } from './case.ts';
import { deviationOf, meanOf, replicated, share, tabled, within } from './findings.ts';
import { HANDOFF } from './handoff-file.ts';
import { outageAt, outagesOf } from './handoff-outages.ts';
import type { Outage } from './handoff-outages.ts';
import { fileText, SECOND } from './scenario-file.ts';

const PEER = 1;
const WAITS_HOURS = 480;
const STALE_HOURS = 32;
const KEYS = 100;
/** The standard deviation of a sample deviation of n uniform numbers is this × σ/√n: √((9/5 − 1)/4). */
const DEVIATION_OF_UNIFORM = 0.4473;

const DRAIN_WAIT: ValidationCase = {
  id: 'H10',
  title: `Δ=30 s: from return to drain, outages of ${WAITS_HOURS} h; ${KEYS} keys with (κ, D, Δ) = (.05/s, 60 s, 30 s), of ${STALE_HOURS} h`,
  check: (run) => {
    const flap = { flap: 'b', up: { uniform: ['100s', '160s'] }, down: { uniform: ['60s', '90s'] } };
    const workload = { rate: '1/s', coordinators: ['a'] };
    const waits = waitsOf(run(fileText({ ...HANDOFF, duration: `${WAITS_HOURS}h`, workload, faults: [flap] })));
    return [...judgeWaits(waits), ...judgeStale(run(fileText(staleFile())))];
  },
};

function judgeWaits(waits: readonly number[]): Finding[] {
  const sigma = 8.660254;
  const spread = (4 * DEVIATION_OF_UNIFORM * sigma) / Math.sqrt(waits.length);
  const long = waits.filter((wait) => wait > 20).length;
  return [
    tabled('drain wait, mean s', 15, meanOf(waits), { sigma, trials: 1, made: waits.length }),
    within('drain wait, sd s', sigma, deviationOf(waits), spread),
    share('P(drain wait > 20 s)', 1 / 3, long, waits.length),
  ];
}

/** Seconds from each return to the delivery of the first hint of that outage. */
function waitsOf(trace: Trace): readonly number[] {
  const outages = outagesOf(trace, PEER);
  const { storedAt, endedAt, fate } = trace.hints;
  const first = new Float64Array(outages.length).fill(Infinity);
  storedAt.forEach((at, hint) => {
    const outage = outageAt(outages, at);
    if (fate[hint] !== HINT_FATES.indexOf('delivered')) return;
    first[outage] = Math.min(first[outage] ?? Infinity, endedAt[hint] ?? Infinity);
  });
  return outages.map(({ until }, outage) => ((first[outage] ?? NaN) - until) / SECOND);
}

function staleFile() {
  return {
    ...HANDOFF,
    record: 'full',
    receiver: { conflict: 'timestamp' },
    duration: `${STALE_HOURS}h`,
    workload: { rate: `${0.05 * KEYS}/s`, arrivals: 'poisson', keys: KEYS, coordinators: ['a'] },
    faults: [{ flap: 'b', up: { uniform: ['100s', '160s'] }, down: '60s' }],
  };
}

/** A key is stale from the return until a hint or a direct write brings the peer something that it missed, or newer. */
function judgeStale(trace: Trace): Finding[] {
  const outages = outagesOf(trace, PEER);
  const isStale = missed(trace, outages);
  const fresh = refreshed(trace, outages);
  const means = outages.map(({ until }, outage) => {
    const keys = Array.from({ length: KEYS }, (_, key) => outage * KEYS + key).filter((row) => isStale[row] === 1);
    return keys.reduce((sum, row) => sum + ((fresh[row] ?? NaN) - until) / SECOND, 0) / KEYS;
  });
  const stale = isStale.reduce((sum, one) => sum + one, 0);
  return [
    share('P(stale at return)', 0.950213, stale, isStale.length),
    replicated('stale time per key, mean s', 9.161702, means),
  ];
}

/** By outage and key: the key was written during the outage. */
function missed({ writes }: Trace, outages: readonly Outage[]): Uint8Array {
  const rows = new Uint8Array(outages.length * KEYS);
  writes.issuedAt.forEach((at, write) => {
    const outage = outageAt(outages, at);
    if (at < (outages[outage]?.until ?? 0)) rows[outage * KEYS + (writes.key[write] ?? 0)] = 1;
  });
  return rows;
}

/** By outage and key: the first instant after the return at which the peer got a write of the key. */
function refreshed({ writes, copies }: Trace, outages: readonly Outage[]): Float64Array {
  const rows = new Float64Array(outages.length * KEYS).fill(Infinity);
  copies.appliedAt.forEach((at, copy) => {
    if (copies.replica[copy] !== PEER || at === Infinity) return;
    const outage = outageAt(outages, at);
    const row = outage * KEYS + (writes.key[copies.write[copy] ?? 0] ?? 0);
    if (at >= (outages[outage]?.until ?? Infinity)) rows[row] = Math.min(rows[row] ?? Infinity, at);
  });
  return rows;
}

/** The rows of section 3 about waiting. */
export const WAITS: readonly ValidationCase[] = [DRAIN_WAIT];
