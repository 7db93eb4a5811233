/**
 * What must hold for every run: conservation after every event, the same digest however a run is cut or recorded,
 * and a trace that agrees with the totals. Over runs in which the reference crashes, and over designs of every policy and
 * every fault. The reach of each interesting state, and of each mechanism, is asserted at the end.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  DROP_CAUSES,
  HINT_FATES,
  HINT_REASONS,
  LOG_KINDS,
  LOSS_CAUSES,
  NEVER,
  NONE,
  REFUSAL_REASONS,
  Simulation,
} from '../../../sim/index.ts';
import type { Trace } from '../../../sim/index.ts';
import { FAULT_WORDS } from '../../../sim/scenario/model/fault-words.ts';
import { randomDesign, yamlOfDesign } from '../../support/random-designs.ts';
import { randomScenario, yamlOf } from '../../support/random-scenarios.ts';
import { RARE_DESIGNS, rareDesign } from '../../support/rare-designs.ts';
import { Reach } from '../../support/reach.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const reach = new Reach<string>();

/** The text of any design: mostly drawn axis by axis, now and then one made for a mechanism. */
const anyDesign = fc.oneof(
  { weight: 4, arbitrary: randomDesign.map(yamlOfDesign) },
  { weight: 3, arbitrary: rareDesign },
  { weight: 3, arbitrary: randomScenario.map(yamlOf) },
);

/** The kinds of faults, each of which must begin in some run: a `restart` is a crash by another word. */
const FAULT_KINDS = FAULT_WORDS.filter((word) => word !== 'restart');

const STATES = [
  'a hint was delivered',
  'a hint expired',
  'a hint went back to the tail',
  'a hint was delivered again',
  'a hint was pending at the end',
  'a hint was in flight at the end',
  'a write failed',
  'a read failed',
  'a read was answered',
  'a message was dropped',
  'a copy was ignored',
  'a copy was sent and hinted later',
  'a replica was repaired',
  'a client tried again',
  'a request was under way at the end',
];

function noteReach(trace: Trace): void {
  const { totals, hints, copies, log, refusals, writes, scenario } = trace;
  const isLogged = (kind: (typeof LOG_KINDS)[number]): boolean => log.kind.includes(LOG_KINDS.indexOf(kind));
  reach.note('a hint was delivered', totals.hints.delivered > 0);
  reach.note('a hint expired', totals.hints.expired > 0);
  reach.note('a hint went back to the tail', totals.hints.requeued > 0);
  reach.note('a hint was delivered again', totals.hints.redelivered > 0);
  reach.note('a hint was pending at the end', totals.hints.pending > 0);
  const isInFlight = hints.leftAt.some((at, row) => at !== NEVER && hints.endedAt[row] === NEVER);
  reach.note('a hint was in flight at the end', isInFlight);
  reach.note('a write failed', totals.writes.failed > 0);
  reach.note('a read failed', totals.reads.failed > 0);
  reach.note('a read was answered', totals.reads.acked > 0);
  reach.note('a message was dropped', totals.messages.dropped > 0);
  reach.note('a copy was ignored', copies.ignored.includes(1));
  reach.note(
    'a copy was sent and hinted later',
    copies.hint.some((hint, row) => hint !== NONE && copies.route[row] === 0),
  );
  reach.note('a replica was repaired', isLogged('repairApplied'));
  reach.note(
    'a client tried again',
    writes.retryOf.some((write) => write !== NONE),
  );
  HINT_REASONS.forEach((reason, code) => reach.note(`hinted: ${reason}`, hints.reason.includes(code)));
  LOSS_CAUSES.forEach((cause) => reach.note(`lost: ${cause}`, totals.lostBy[cause] > 0));
  REFUSAL_REASONS.forEach((reason, code) => reach.note(`refused: ${reason}`, refusals.reason.includes(code)));
  DROP_CAUSES.forEach((cause, code) => reach.note(`dropped: ${cause}`, copies.dropCause.includes(code)));
  const begun = new Set(scenario.faults.map(({ kind }) => kind));
  FAULT_KINDS.forEach((kind) => reach.note(`fault: ${kind}`, begun.has(kind) && isLogged('faultBegan')));
}

describe('every run', { timeout: 120_000 }, () => {
  it('conserves hints, bytes, requests and messages after every event', () => {
    fc.assert(
      fc.property(anyDesign, (text) => {
        const scenario = scenarioOf(text, ['record=hints']);
        const { hints, drain } = scenario.policy;
        const { capScope, maxBytes } = hints;
        // A store tells what it holds, not for whom; a cap for each peer bounds the sum.
        const cap = capScope === 'node' ? maxBytes : maxBytes * scenario.nodes.length;
        const simulation = new Simulation(scenario);
        while (simulation.advance(1).kind === 'running') holdBooks(simulation, cap, drain.ack === 'each');
        expect(simulation.trace().totals.hints.stored).toBe(simulation.totals().hints.stored);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('is the same run whole or in pieces, at every level, and a second time', () => {
    fc.assert(
      fc.property(
        anyDesign,
        fc.integer({ min: 1, max: 997 }),
        fc.constantFrom('counters', 'hints', 'full'),
        (text, piece, level) => {
          const whole = traceOf(scenarioOf(text, ['record=full']));
          const inPieces = new Simulation(scenarioOf(text, [`record=${level}`]));
          while (inPieces.advance(piece).kind === 'running');
          const other = inPieces.trace();
          expect(other.digest).toBe(whole.digest);
          expect(other.chain).toEqual(whole.chain);
          expect(other.totals).toEqual(whole.totals);
          expect(other.statistics).toEqual(whole.statistics);
          expect(other.values.key.length).toBe(level === 'full' ? whole.values.key.length : 0);
          noteReach(whole);
        },
      ),
      { numRuns: 100, seed: 12, examples: RARE_DESIGNS.map((text) => [text, 100, 'full']) },
    );
  });

  it('leaves a trace whose rows add up to its totals', () => {
    fc.assert(
      fc.property(anyDesign, (text) => {
        const trace = traceOf(scenarioOf(text, ['record=full']));
        const fates = HINT_FATES.map((_, fate) => trace.hints.fate.filter((value) => value === fate).length);
        const { hints, lostBy } = trace.totals;
        expect(trace.hints.fate).toHaveLength(hints.stored);
        expect(fates).toEqual([
          hints.pending,
          hints.delivered,
          hints.expired,
          ...LOSS_CAUSES.map((cause) => lostBy[cause]),
        ]);
        const refused =
          hints.rejectedOverCapacity + hints.refusedByWindow + hints.refusedByDisk + hints.refusedByOverload;
        expect(trace.refusals.at).toHaveLength(refused);
        expect(trace.writes.issuedAt).toHaveLength(trace.totals.writes.issued);
        expect(trace.reads.issuedAt).toHaveLength(trace.totals.reads.issued);
        const inStores = trace.hints.leftAt.filter((at) => at === NEVER).length;
        expect(inStores).toBe(trace.stores.reduce((sum, store) => sum + store.hintCount, 0));
        expect(isAscending(trace.log.at)).toBe(true);
        noteReach(trace);
      }),
      { numRuns: 100, seed: 13, examples: RARE_DESIGNS.map((text) => [text]) },
    );
  });

  it('gives every hint one fate, and every copy of a write at most one hint', () => {
    fc.assert(
      fc.property(anyDesign, (text) => {
        const { hints, copies } = traceOf(scenarioOf(text, ['record=full']));
        const pairs = new Set(hints.write.map((write, row) => write * 256 + (hints.peer[row] ?? 0)));
        expect(pairs.size).toBe(hints.write.length);
        const hasEnded = hints.endedAt.map((at) => (at === NEVER ? 0 : 1));
        expect([...hints.fate].map((fate) => (fate === 0 ? 0 : 1))).toEqual([...hasEnded]);
        expect(hints.leftAt.every((at, row) => at >= (hints.storedAt[row] ?? NEVER))).toBe(true);
        // The copy that names a hint is the one that the hint is for.
        const named = copies.hint.filter((hint, row) => {
          if (hint === NONE) return false;
          expect([copies.write[row], copies.replica[row]]).toEqual([hints.write[hint], hints.peer[hint]]);
          return true;
        });
        expect(named.length).toBe(hints.write.length);
      }),
      { numRuns: 60, seed: 14 },
    );
  });

  it('answers or fails every request within the patience of its client', () => {
    fc.assert(
      fc.property(anyDesign, (text) => {
        const { writes, reads, scenario } = traceOf(scenarioOf(text, ['record=full']));
        const { duration, network } = scenario;
        for (const { issuedAt, resolvedAt, outcome } of [writes, reads]) {
          const isInTime = (issued: number, row: number): boolean => {
            const due = issued + network.clientTimeout;
            reach.note('a request was under way at the end', outcome[row] === 0);
            return outcome[row] === 0 ? due > duration : (resolvedAt[row] ?? NEVER) <= due;
          };
          expect(issuedAt.every(isInTime)).toBe(true);
        }
      }),
      { numRuns: 60, seed: 15 },
    );
  });

  it('changes its digest with its seed when anything is left to chance', () => {
    const text = yamlOf({
      seed: 1,
      nodes: 3,
      rate: 5,
      arrivals: 'poisson',
      reads: 0,
      keys: 20,
      level: 'DC_QUORUM',
      ttlSeconds: 20,
      capHints: 0,
      drainSeconds: 10,
      slots: 8,
      linkRate: 0,
      latency: '{ exponential: 20ms }',
      isPhi: true,
      handoff: true,
      crashes: [],
    });
    const digests = new Set([1, 2, 3].map((seed) => traceOf(scenarioOf(text, [`seed=${seed}`])).digest));
    expect(digests.size).toBe(3);
  });

  afterAll(() => {
    expect(reach.rarerThan(2, STATES)).toEqual([]);
    expect(
      reach.rarerThan(
        2,
        HINT_REASONS.map((reason) => `hinted: ${reason}`),
      ),
    ).toEqual([]);
    expect(
      reach.rarerThan(
        2,
        LOSS_CAUSES.map((cause) => `lost: ${cause}`),
      ),
    ).toEqual([]);
    expect(
      reach.rarerThan(
        2,
        REFUSAL_REASONS.map((reason) => `refused: ${reason}`),
      ),
    ).toEqual([]);
    expect(
      reach.rarerThan(
        2,
        DROP_CAUSES.map((cause) => `dropped: ${cause}`),
      ),
    ).toEqual([]);
    expect(
      reach.rarerThan(
        2,
        FAULT_KINDS.map((kind) => `fault: ${kind}`),
      ),
    ).toEqual([]);
  });
});

/** totals() asserts its own equations; here the stores and the wire are held against them. */
function holdBooks(simulation: Simulation, cap: number, isAcknowledged: boolean): void {
  const { hints, hintBytes, messages } = simulation.totals();
  let held = 0;
  let heldBytes = 0;
  for (const store of simulation.stores()) {
    held += store.hintCount;
    heldBytes += store.bytes;
    if (cap > 0 && store.bytes > cap) expect.unreachable(`${store.node} holds ${store.bytes} of ${cap} bytes`);
  }
  // A hint that was applied stays in its store until its holder knows.
  const most = hints.pending + (isAcknowledged ? hints.delivered : 0);
  const mostBytes = hintBytes.pending + (isAcknowledged ? hintBytes.delivered : 0);
  if (held > most || heldBytes > mostBytes) expect.unreachable(`stores hold ${held} hints of ${most}`);
  const ended = messages.delivered + messages.dropped;
  if (ended > messages.sent) expect.unreachable(`${ended} messages ended of ${messages.sent}`);
}

function isAscending(values: Float64Array): boolean {
  return values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
}
