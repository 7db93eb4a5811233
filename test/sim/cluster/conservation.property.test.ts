/**
 * What must hold for every run: conservation after every event, the same digest however a run is cut or recorded,
 * and a trace that agrees with the totals. The reach of each interesting state is asserted at the end.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { HINT_FATES, NEVER, Simulation } from '../../../sim/index.ts';
import type { Trace } from '../../../sim/index.ts';
import { randomScenario, yamlOf } from '../../support/random-scenarios.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const reached = new Map<string, number>();

/** Notes that a run was in a state that a property is about. */
function sometimes(state: string, isReached: boolean): void {
  reached.set(state, (reached.get(state) ?? 0) + (isReached ? 1 : 0));
}

function noteReach(trace: Trace): void {
  const { totals, hints } = trace;
  sometimes('a hint was delivered', totals.hints.delivered > 0);
  sometimes('a hint expired', totals.hints.expired > 0);
  sometimes('a hint was refused at the cap', totals.hints.rejectedOverCapacity > 0);
  sometimes('a hint went back to the tail', totals.hints.requeued > 0);
  sometimes('a hint died with its holder', totals.lostBy.holderCrashed > 0);
  sometimes('a hint died on the wire', totals.lostBy.linkCut > 0);
  sometimes('a hint was pending at the end', totals.hints.pending > 0);
  sometimes(
    'a hint was in flight at the end',
    hints.leftAt.some((at, row) => at !== NEVER && hints.endedAt[row] === NEVER),
  );
  sometimes('a hint was kept because a channel was full', hints.reason.includes(1));
  sometimes('a write failed', totals.writes.failed > 0);
  sometimes('a read failed', totals.reads.failed > 0);
  sometimes('a read was answered', totals.reads.acked > 0);
  sometimes('a message was dropped', totals.messages.dropped > 0);
}

describe('every run', { timeout: 120_000 }, () => {
  it('conserves hints, bytes and requests after every event', () => {
    fc.assert(
      fc.property(randomScenario, (random) => {
        const simulation = new Simulation(scenarioOf(yamlOf(random), ['record=hints']));
        while (simulation.advance(1).kind === 'running') {
          // totals() asserts its own equations; here the stores are held against them.
          const { hints, hintBytes } = simulation.totals();
          let held = 0;
          let heldBytes = 0;
          for (const store of simulation.stores()) {
            held += store.hintCount;
            heldBytes += store.bytes;
            expect(store.maxBytes === 0 || store.bytes <= store.maxBytes).toBe(true);
          }
          expect(held).toBeLessThanOrEqual(hints.pending);
          expect(heldBytes).toBeLessThanOrEqual(hintBytes.pending);
        }
        noteReach(simulation.trace());
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('is the same run whole or in pieces, at every level', () => {
    fc.assert(
      fc.property(randomScenario, fc.integer({ min: 1, max: 997 }), (random, piece) => {
        const whole = traceOf(scenarioOf(yamlOf(random), ['record=full']));
        const inPieces = new Simulation(scenarioOf(yamlOf(random), ['record=counters']));
        while (inPieces.advance(piece).kind === 'running');
        const other = inPieces.trace();
        expect(other.digest).toBe(whole.digest);
        expect(other.chain).toEqual(whole.chain);
        expect(other.totals).toEqual(whole.totals);
        noteReach(whole);
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  it('leaves a trace whose rows add up to its totals', () => {
    fc.assert(
      fc.property(randomScenario, (random) => {
        const trace = traceOf(scenarioOf(yamlOf(random), ['record=full']));
        const fates = HINT_FATES.map((_, fate) => trace.hints.fate.filter((value) => value === fate).length);
        const { hints, lostBy } = trace.totals;
        expect(trace.hints.fate).toHaveLength(hints.stored);
        expect(fates).toEqual([
          hints.pending,
          hints.delivered,
          hints.expired,
          lostBy.holderCrashed,
          lostBy.linkCut,
          lostBy.requeueRefused,
        ]);
        expect(trace.refusals.at).toHaveLength(hints.rejectedOverCapacity);
        expect(trace.writes.issuedAt).toHaveLength(trace.totals.writes.issued);
        const inStores = trace.hints.leftAt.filter((at) => at === NEVER).length;
        expect(inStores).toBe(trace.stores.reduce((sum, store) => sum + store.hintCount, 0));
        expect(isAscending(trace.log.at)).toBe(true);
        noteReach(trace);
      }),
      { numRuns: 60, seed: 13 },
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
    const unreached = [...reached].filter(([, runs]) => runs < 2).map(([state]) => state);
    expect(reached.size).toBe(13);
    expect(unreached).toEqual([]);
  });
});

function isAscending(values: Float64Array): boolean {
  return values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
}
