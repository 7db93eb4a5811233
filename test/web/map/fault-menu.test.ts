import { expect, test } from 'vitest';
import { linkOffer, nodeOffer } from '../../../web/map/fault-menu.ts';
import type { MenuOffer } from '../../../web/state/menu.svelte.ts';
import { faultText, type NewFault } from '../../../web/state/new-fault.ts';
import { scenarioOf } from '../../support/scenarios.ts';
import { handStory } from '../../support/hand-story.ts';

/** A run of a thousand seconds: a twentieth of it, made round, is a minute. */
const trace = handStory({ endedAt: 1_000_000_000 });

/** The lines that an offer's items add to the scenario, in order. */
function linesOf(make: (add: (fault: NewFault) => void) => MenuOffer): string[] {
  const lines: string[] = [];
  const offer = make((fault) => lines.push(faultText(fault)));
  for (const item of offer.items) if (item.kind === 'action' && item.unavailable === undefined) item.run();
  return lines;
}

test('a node can be broken in every way there is, from the playhead on', () => {
  const lines = linesOf((addFault) => nodeOffer(trace, 1, 90_000_000, { addFault }));
  expect(lines).toEqual([
    '{ crash: b, at: 1m 30s, for: 1m }',
    '{ stop: b, at: 1m 30s, for: 1m }',
    '{ stall: b, at: 1m 30s, for: 1m }',
    '{ slow: b, factor: 10, at: 1m 30s, for: 1m }',
    '{ loading: b, at: 1m 30s, for: 1m }',
    '{ clock: b, step: 5s, at: 1m 30s, for: 1m }',
    '{ diskFull: b, at: 1m 30s, for: 1m }',
    '{ pauseDrain: b, at: 1m 30s, for: 1m }',
    '{ partition: [[b], [a]], at: 1m 30s, for: 1m }',
    '{ partition: [[b], [c]], at: 1m 30s, for: 1m }',
    '{ partition: [[b], [a, c]], at: 1m 30s, for: 1m }',
  ]);
  for (const line of lines) {
    expect(scenarioOf(`hintlab: 1\nduration: 1000s\nnodes: [a, b, c]\nfaults: [${line}]\n`).faults).toHaveLength(1);
  }
});

test('a link can be cut both ways or one, or lose messages', () => {
  const ends = { sender: 0, receiver: 2 };
  const lines = linesOf((addFault) => linkOffer(trace, ends, 0, { addFault }));
  expect(lines).toEqual([
    '{ partition: [[a], [c]], at: 0s, for: 1m }',
    '{ partition: [[a], [c]], oneWay: true, at: 0s, for: 1m }',
    '{ loss: 0.1, from: [a], to: [c], at: 0s, for: 1m }',
    '{ loss: 0.5, from: [a], to: [c], at: 0s, for: 1m }',
  ]);
});

test('a node that is down, or will be before the fault is over, cannot be killed again', () => {
  const { items } = nodeOffer(trace, 1, 0, { addFault: () => undefined });
  const killers = items.filter((item) => item.kind === 'action' && /^(Crash|Stop)/.test(item.label));
  expect(killers).toHaveLength(2);
  for (const item of killers) expect(item).toHaveProperty('unavailable');
});

test('the first item looks at the thing itself', () => {
  let looked = 0;
  const [first] = nodeOffer(trace, 1, 0, { addFault: () => undefined, inspect: () => looked++ }).items;
  if (first?.kind === 'action') first.run();
  expect(looked).toBe(1);
});
