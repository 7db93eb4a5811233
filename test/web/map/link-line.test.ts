import { expect, test } from 'vitest';
import type { MapLayout } from '../../../web/map/layout.ts';
import { distanceTo, linkAt, linkLine, pointAt } from '../../../web/map/link-line.ts';

/** a at the left, b 100 pixels to its right, c 100 pixels below a. */
const LAYOUT: MapLayout = {
  ...{ width: 200, height: 200, radius: 10, pitch: 100, isLabelled: true, groups: [] },
  nodes: [
    { node: 0, x: 50, y: 50, out: { x: -1, y: 0 } },
    { node: 1, x: 150, y: 50, out: { x: 1, y: 0 } },
    { node: 2, x: 50, y: 150, out: { x: 0, y: 1 } },
  ],
};

test('a line leads from disc to disc, to the right of its way', () => {
  // 10 of the disc, 3 of clearance, 4 aside: heading right, "to the right" is down.
  expect(linkLine(LAYOUT, 0, 1)).toEqual({ from: { x: 63, y: 54 }, to: { x: 137, y: 54 } });
  expect(linkLine(LAYOUT, 1, 0)).toEqual({ from: { x: 137, y: 46 }, to: { x: 63, y: 46 } });
});

test('there is no line from a node to itself, or to one that is not there', () => {
  expect(linkLine(LAYOUT, 1, 1)).toBeUndefined();
  expect(linkLine(LAYOUT, 0, 3)).toBeUndefined();
});

test('a share of a line is a point on it', () => {
  const line = { from: { x: 0, y: 10 }, to: { x: 40, y: 30 } };
  expect(pointAt(line, 0)).toEqual(line.from);
  expect(pointAt(line, 1)).toEqual(line.to);
  expect(pointAt(line, 0.25)).toEqual({ x: 10, y: 15 });
});

test('the distance from a line is that from its nearest point, which may be an end', () => {
  const line = { from: { x: 0, y: 0 }, to: { x: 10, y: 0 } };
  expect(distanceTo(line, { x: 5, y: 3 })).toBe(3);
  expect(distanceTo(line, { x: 13, y: 4 })).toBe(5);
});

test('a pointer is on the nearest link within reach, each direction on its own side', () => {
  const links = [
    { sender: 0, receiver: 1 },
    { sender: 1, receiver: 0 },
  ];
  expect(linkAt(LAYOUT, links, { x: 100, y: 55 })).toBe(links[0]);
  expect(linkAt(LAYOUT, links, { x: 100, y: 45 })).toBe(links[1]);
  expect(linkAt(LAYOUT, links, { x: 100, y: 65 })).toBeUndefined();
  expect(linkAt(LAYOUT, [], { x: 100, y: 54 })).toBeUndefined();
});
