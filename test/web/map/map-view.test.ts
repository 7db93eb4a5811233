import { expect, test } from 'vitest';
import { mapLayout } from '../../../web/map/layout.ts';
import { linkOf, MapView, nearestIn, nodeOf } from '../../../web/map/map-view.svelte.ts';
import { handStory } from '../../support/hand-story.ts';

const trace = handStory();
/** a at the left, b above c at the right. */
const layout = mapLayout(trace.scenario.nodes, { width: 600, height: 228 });

test('an arrow leads to the nearest node in its direction, and nowhere if there is none', () => {
  expect(nearestIn({ x: 0, y: 1 }, layout, 1)).toBe(2);
  expect(nearestIn({ x: 0, y: -1 }, layout, 2)).toBe(1);
  expect(nearestIn({ x: -1, y: 0 }, layout, 1)).toBe(0);
  expect(nearestIn({ x: -1, y: 0 }, layout, 0)).toBeUndefined();
});

test('from any node, arrows lead to every other one', () => {
  const nodes = Array.from({ length: 12 }, (_, i) => ({
    ...{ name: `n${i}`, datacentre: 'dc', rack: `r${i % 3}`, clockOffset: 0, clockDrift: 0 },
  }));
  const ring = mapLayout(nodes, { width: 900, height: 228 });
  const ways = [
    { x: 1, y: 0 },
    { x: -1, y: 0 },
    { x: 0, y: 1 },
    { x: 0, y: -1 },
  ];
  const reached = new Set([0]);
  for (const node of reached) {
    for (const way of ways) reached.add(nearestIn(way, ring, node) ?? node);
  }
  expect(reached.size).toBe(nodes.length);
});

test('Home and End lead to the ends of the ring, and other keys nowhere', () => {
  const view = new MapView();
  expect(view.nodeBy('Home', layout, trace)).toBe(0);
  expect(view.nodeBy('End', layout, trace)).toBe(2);
  expect(view.nodeBy('x', layout, trace)).toBeUndefined();
  expect([1, 2]).toContain(view.nodeBy('ArrowRight', layout, trace));
});

test('a selection is about a node, about a link, or about neither', () => {
  expect(nodeOf({ kind: 'node', node: 2 })).toBe(2);
  expect(nodeOf({ kind: 'queue', holder: 0, peer: 1 })).toBe(0);
  expect(nodeOf({ kind: 'hint', hint: 0 })).toBeUndefined();
  expect(linkOf({ kind: 'link', sender: 1, receiver: 2 })).toEqual({ sender: 1, receiver: 2 });
  expect(linkOf({ kind: 'queue', holder: 0, peer: 1 })).toEqual({ sender: 0, receiver: 1 });
  expect(linkOf({ kind: 'node', node: 2 })).toBeUndefined();
});
