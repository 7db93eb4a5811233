/**
 * The audit over random designs: correct code breaks no rule, whatever the design and whatever breaks, and gives every rule
 * an occasion. Many more runs are made by `npm run teeth -- --soak`.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { audit, AUDIT_RULES, isFailure, TWIN } from '../../../../sim/check/index.ts';
import { randomDesign, yamlOfDesign } from '../../../support/random-designs.ts';
import { randomScenario, yamlOf } from '../../../support/random-scenarios.ts';
import { rareDesign } from '../../../support/rare-designs.ts';
import { Reach } from '../../../support/reach.ts';
import { scenarioOf, traceOf } from '../../../support/scenarios.ts';

const RUNS = { seed: 20_261_122, numRuns: 120, endOnFailure: true } as const;

const anyDesign = fc.oneof(randomDesign.map(yamlOfDesign), rareDesign, randomScenario.map(yamlOf));
const reach = new Reach<string>();

describe('a run of any design', () => {
  it('breaks no rule of the audit', () => {
    fc.assert(
      fc.property(anyDesign, (text) => {
        const results = audit(traceOf(scenarioOf(text, ['record=full'])));
        for (const { id, kind, verdict } of results) if (kind === 'sometimes') reach.note(id, verdict === 'holds');
        expect(results.filter(isFailure)).toEqual([]);
      }),
      RUNS,
    );
  });

  afterAll(() => {
    const twins = AUDIT_RULES.map(({ id }) => `${id}${TWIN}`);
    expect(reach.rarerThan(1, twins)).toEqual([]);
  });
});
