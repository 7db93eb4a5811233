import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '../../../sim/cluster/index.ts';
import { ledger } from '../../../sim/check/index.ts';
import { theoryOf } from '../../../sim/explore/closed-form.ts';
import { measuresOf } from '../../../sim/explore/sweep-measures.ts';
import { Reach } from '../../support/reach.ts';
import { scenarioOf } from '../../support/scenarios.ts';
import { HANDOFF, outageOf, writesFor } from '../../validate/handoff-file.ts';
import { fileText } from '../../validate/scenario-file.ts';

/** The closed forms of a scenario by metric: value and slack. */
function formsOf(text: string) {
  const { forms, unmet } = theoryOf(scenarioOf(text));
  expect(unmet).toEqual([]);
  return new Map(forms.map(({ metric, value, slack }) => [metric, { value, slack }]));
}

// The numbers are those of the page of external truths, H1, H3, H5 and H8.

test('an outage of 600 s at 50 writes a second of 200 B is 6 MB of hints, and none is refused (H1)', () => {
  const workload = writesFor(600, { rate: '50/s', payload: '200B' });
  const forms = formsOf(fileText({ ...HANDOFF, duration: '1100s', workload, faults: outageOf(1_000) }));
  expect(forms.get('peakBytes')?.value).toBe(6_000_000);
  expect(forms.get('refused')).toEqual({ value: 0, slack: 0 });
  expect(forms.get('expired')).toEqual({ value: 0, slack: 0 });
});

test('a cap of 1 MiB holds 1048 hints of 1000 B, and 1952 of 3000 are refused (H3)', () => {
  const workload = writesFor(300, { rate: '10/s', payload: '1000B' });
  const hints = { ttl: '1d', cap: '1048576B' };
  const forms = formsOf(fileText({ ...HANDOFF, hints, duration: '1100s', workload, faults: outageOf(1_000) }));
  expect(forms.get('peakBytes')?.value).toBe(1_048_000);
  expect(forms.get('refused')?.value).toBe(1_952);
});

test('hints of 600 s in an outage of 3600 s at 20/s: a peak of 12 600 between sweeps, and 60 000 expired (H5)', () => {
  const workload = writesFor(3_600, { rate: '20/s', payload: '1B' });
  const hints = { ttl: '600s', cap: 'none' };
  const forms = formsOf(fileText({ ...HANDOFF, hints, duration: '3700s', workload, faults: outageOf(3_600) }));
  expect(forms.get('peakBytes')?.value).toBe(12_600);
  expect(forms.get('expired')?.value).toBe(60_000);
  expect(forms.has('caughtUp')).toBe(false);
});

test('30 000 hints through 1000 slots take 870 s from the first sweep, which comes 15 s after the return (H8)', () => {
  const channel = { slots: 1_000, rate: 'unlimited', reconnect: '0s' };
  const workload = writesFor(600, { rate: '50/s', payload: '1000B' });
  const forms = formsOf(fileText({ ...HANDOFF, channel, duration: '2000s', workload, faults: outageOf(600) }));
  expect(forms.get('caughtUp')?.value).toBe(885_000_000);
});

test('a scenario that theory does not reach is told what it asks for, and gets no form', () => {
  const workload = writesFor(600, { rate: '50/s' });
  const file = { ...HANDOFF, duration: '700s', workload, faults: outageOf(600) };
  const unmetOf = (part: object): readonly string[] => {
    const { forms, unmet } = theoryOf(scenarioOf(fileText({ ...file, ...part })));
    expect(forms).toEqual([]);
    return unmet;
  };
  expect(unmetOf({ faults: [...outageOf(10), { crash: 'b', at: '90s', for: '1s' }] })).toEqual([
    'one crash or stop, over before the run is, and no other fault',
  ]);
  expect(unmetOf({ workload: { ...workload, coordinators: ['a', 'b'] } })).toEqual([
    'coordinators other than the node that is away',
  ]);
  expect(unmetOf({ hints: { ttl: '3650d', cap: 'none', window: '1m' } })).toEqual(['no hint window']);
  expect(unmetOf({ drain: { interval: '30s', ack: 'each' } })).toHaveLength(1);
});

/** A single outage with everything that the forms speak of, small enough to run. */
const designs = fc.record({
  rate: fc.integer({ min: 1, max: 10 }),
  outage: fc.integer({ min: 5, max: 90 }),
  ttl: fc.integer({ min: 5, max: 600 }),
  cap: fc.integer({ min: 1, max: 1_200 }),
  interval: fc.integer({ min: 1, max: 30 }),
  slots: fc.constantFrom(8, 64, 1_000_000),
  beliefs: fc.constantFrom('immediate', 'gossiped'),
  coordinators: fc.constantFrom(['a'], ['a', 'c']),
  from: fc.constantFrom('0s', '40s'),
});

test('no run of a single outage is farther from a closed form than its slack', () => {
  const reach = new Reach<string>();
  fc.assert(
    fc.property(designs, ({ rate, outage, ttl, cap, interval, slots, beliefs, coordinators, from }) => {
      const { detector, ...immediate } = HANDOFF;
      const file = {
        ...immediate,
        ...(beliefs === 'immediate' ? { detector } : {}),
        nodes: ['a', 'b', 'c'],
        record: 'full',
        hints: { ttl: `${ttl}s`, cap: `${cap * 100}B` },
        drain: { interval: `${interval}s` },
        channel: { slots, rate: 'unlimited', reconnect: '1s' },
        duration: '1500s',
        workload: { coordinators, from, until: '200s', rate: `${rate}/s`, payload: '100B' },
        faults: [{ crash: 'b', at: '60s', for: `${outage}s` }],
      };
      const scenario = scenarioOf(fileText(file));
      const finished = run(scenario);
      if (finished.kind === 'limit') throw new Error(finished.limit);
      const measures = measuresOf(finished.trace, ledger(finished.trace)?.totals);
      for (const { metric, value, slack, rule } of theoryOf(scenario).forms) {
        const measured = measures[metric];
        if (measured === undefined) continue;
        reach.note(`${metric}: ${rule}`);
        expect(Math.abs(measured - value), `${metric}: ${measured}, ${rule} = ${value} ± ${slack}`).toBeLessThanOrEqual(
          slack,
        );
      }
    }),
    { seed: 5, numRuns: 60 },
  );
  expect(
    reach.rarerThan(5, [
      'peakBytes: s · min(m, λ · min(D, T + Δ))',
      'refused: λ · D − m',
      'refused: 0, as m is enough',
      'expired: λ · (D − T)',
      'expired: 0, as T is enough',
      'caughtUp: (⌈min(m, λ · D) / channel⌉ − 1) · Δ + Δ/2',
    ]),
  ).toEqual([]);
});
