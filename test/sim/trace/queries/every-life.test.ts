/**
 * Whatever happens in a run, it can be told: each write, hint and read of random runs has its life, under every preset
 * and with faults of every kind. What the sentences say is held by the tests beside this one.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  lifeOfHint,
  lifeOfRead,
  lifeOfWrite,
  overwritesOf,
  parseScenario,
  run,
  whyHint,
} from '../../../../sim/index.ts';
import type { Trace } from '../../../../sim/index.ts';
import { scenarios } from '../../../../sim/testing/index.ts';
import { rareDesign } from '../../../support/rare-designs.ts';
import { Reach } from '../../../support/reach.ts';

/** Of each kind, in a run. */
const MOST = 60;

type State = 'write' | 'hint' | 'read' | 'replaced' | 'moved';

function upTo(count: number): readonly number[] {
  return Array.from({ length: Math.min(MOST, count) }, (_, id) => id);
}

function tellAll(trace: Trace, reach: Reach<State>): void {
  const text = [
    ...upTo(trace.writes.issuedAt.length).flatMap((write) => {
      reach.note('write');
      overwritesOf(trace, write);
      return lifeOfWrite(trace, write).steps;
    }),
    ...upTo(trace.hints.storedAt.length).flatMap((hint) => {
      reach.note('hint');
      for (const share of [0.3, 0.6, 1]) whyHint(trace, hint, trace.endedAt * share);
      return lifeOfHint(trace, hint).steps;
    }),
    ...upTo(trace.reads.issuedAt.length).flatMap((read) => {
      reach.note('read');
      return lifeOfRead(trace, read).steps;
    }),
  ]
    .map((step) => step.text)
    .join('\n');
  reach.note('replaced', text.includes('an empty node took'));
  reach.note('moved', text.includes('which its peer table has where'));
}

it('tells the life of every write, hint and read, whatever the design', { timeout: 120_000 }, () => {
  const reach = new Reach<State>();
  const drawn = fc.oneof(scenarios(), scenarios({ profile: 'restartStorms' }), scenarios({ profile: 'clocks' }));
  const text = fc.oneof(
    { weight: 4, arbitrary: drawn.map((tree) => JSON.stringify(tree)) },
    { weight: 1, arbitrary: rareDesign },
  );
  fc.assert(
    fc.property(text, (scenario) => {
      const parsed = parseScenario(scenario, { file: 'drawn.yaml', sets: ['record=full'] });
      if (parsed.kind === 'invalid') throw new Error('the generator draws valid scenarios');
      const result = run(parsed.scenario);
      if (result.kind === 'finished') tellAll(result.trace, reach);
    }),
    { numRuns: 150, seed: 20_261_123 },
  );
  expect(reach.rarerThan(100, ['write', 'hint', 'read'])).toEqual([]);
  expect(reach.rarerThan(3, ['replaced', 'moved'])).toEqual([]);
});
