/**
 * Hints that another node gets than the one they were meant for (H23), since their holder has read another seed list:
 * what becomes of them, and of what that node holds. One way takes 1 ms, a node's own backend 0.1 ms.
 */
import { expect, it } from 'vitest';
import { examine } from '../../../sim/index.ts';
import { lifeOfHint } from '../../../sim/trace/queries/life-of-hint.ts';
import { appliedAt, heldOf, runOf, saidOf, when } from '../../support/small-runs.ts';

/** a finds c where b was, from 21 s on; b is away until 81 s. Beliefs follow the facts, up after a time. */
const turned = (up: string, more: string) => `
duration: 100s
system: dynomite-durable
network: { latency: { local: 0.1ms, near: 1ms } }
detector: { fixed: { down: 0s, up: ${up} } }
nodes: [a, b, c]
faults:
  - { crash: b, at: 1s, for: 80s }
  - { reindex: a, order: [a, c, b], at: 10s }
  - { crash: a, at: 20s, for: 1s }
${more}
`;

it('go to whoever stands at their position after a restart with another seed list', () => {
  const trace = runOf(turned('0s', 'requests: [{ at: 5s, set: k }, { at: 6s, set: l }]'));
  expect(trace.totals.lostBy.misdelivered).toBe(2);
  expect(Object.keys(appliedAt(trace, 0)).toSorted()).toEqual(['a', 'c']);
  expect(heldOf(trace)).toEqual({ a: 0, c: 0 });
});

it('reach the node they are for, where hints are for nodes', () => {
  // a, back at 21 s, looks at 21, 51, 81 and 111 s, and takes b for Normal from 82 s on.
  const requests = 'requests: [{ at: 5s, set: k }, { at: 6s, set: l }]\nhints: { addressedBy: node }';
  const trace = runOf(turned('1s', requests).replace('100s', '120s'));
  expect(trace.totals.hints).toMatchObject({ stored: 2, delivered: 2, lost: 0 });
  expect(appliedAt(trace, 0)['b']).toBe(111.001);
  expect(saidOf(trace, 'restarted', 0)).toEqual([
    'a restarted, with the hints that its disk had kept and no word from anyone yet',
  ]);
});

it.each([
  ['arrival', 0, 'applied'],
  ['timestamp', 1, 'ignored'],
] as const)('are an arrival like any other there, by the rule of %s', (conflict, held, verb) => {
  // a looks at 21 s, taking nobody for Normal yet, and at 51 s: write 0 of 5 s comes to c, which has had write 1 since 30 s.
  const requests = 'requests: [{ at: 5s, set: k }, { at: 30s, set: k }]';
  const trace = runOf(turned('1s', `receiver: { conflict: ${conflict} }\n${requests}`));
  expect(heldOf(trace)).toEqual({ a: 1, c: held });
  expect([when(trace, 'strayApplied', 2), when(trace, 'strayIgnored', 2)]).toEqual(
    verb === 'applied' ? [[51.001], []] : [[], [51.001]],
  );
  expect(when(trace, 'hintLost')).toEqual([51.001]);
  const { ledger, properties } = examine(trace);
  const lost = { misdelivered: 1, waiting: 1, overwritten: verb === 'applied' ? 1 : 0 };
  expect(ledger?.totals.missing).toMatchObject(lost);
  expect(properties.find(({ id }) => id === 'C2')?.verdict).toBe('holds');
  const [step] = lifeOfHint(trace, 0).steps.slice(-2);
  expect(step?.text).toContain(`c ${verb} hint 0 of write 0, which was meant for b: a's peer table had changed`);
});
