import { describe, expect, test } from 'vitest';
import type { NodeSpec } from '../../../sim/scenario/index.ts';
import { mapLayout, mapOrder } from '../../../web/map/layout.ts';

const BOX = { width: 970, height: 228 };

function nodesIn(places: readonly string[]): NodeSpec[] {
  return places.map((place, i) => {
    const [datacentre = '', rack = ''] = place.split('/');
    return { name: `n${i}`, datacentre, rack, clockOffset: 0, clockDrift: 0 };
  });
}

/** `racks` racks of `each` nodes in each of `dcs` datacentres. */
function cluster(dcs: number, racks: number, each: number): NodeSpec[] {
  const places: string[] = [];
  for (let dc = 0; dc < dcs; dc++) {
    for (let rack = 0; rack < racks; rack++) for (let i = 0; i < each; i++) places.push(`dc${dc}/r${rack}`);
  }
  return nodesIn(places);
}

describe.each([
  ['three nodes', cluster(1, 3, 1), BOX],
  ['six nodes of two datacentres on a phone', cluster(2, 3, 1), { width: 366, height: 330 }],
  ['64 nodes', cluster(2, 4, 8), BOX],
  ['64 nodes on a phone', cluster(2, 4, 8), { width: 366, height: 330 }],
  ['one node', cluster(1, 1, 1), BOX],
])('%s', (_, nodes, box) => {
  const layout = mapLayout(nodes, box);

  test('stand within the box, discs and all, and no disc touches another', () => {
    for (const { x, y } of layout.nodes) {
      expect(Math.min(x, box.width - x, y, box.height - y)).toBeGreaterThanOrEqual(layout.radius);
    }
    for (const one of layout.nodes) {
      for (const other of layout.nodes) {
        if (one.node === other.node) continue;
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(2 * layout.radius);
      }
    }
  });

  test('have an outward direction of length 1 that points away from the middle', () => {
    for (const { x, y, out } of layout.nodes) {
      expect(Math.hypot(out.x, out.y)).toBeCloseTo(1, 6);
      expect((x - box.width / 2) * out.x + (y - box.height / 2) * out.y).toBeGreaterThan(0);
    }
  });
});

test('names have room beside a few nodes, and none beside 64', () => {
  expect(mapLayout(cluster(1, 3, 1), BOX).isLabelled).toBe(true);
  expect(mapLayout(cluster(1, 3, 4), BOX).isLabelled).toBe(true);
  expect(mapLayout(cluster(2, 4, 8), BOX).isLabelled).toBe(false);
});

test('nodes stand by datacentre and rack, as the scenario first names them, proxies last', () => {
  expect(mapOrder(nodesIn(['x/r1', 'y/r1', 'x/', 'x/r2', 'x/r1', 'y/r1']))).toEqual([0, 4, 3, 2, 1, 5]);
});

test('racks lie further apart than the nodes of a rack, and datacentres further still', () => {
  const { nodes } = mapLayout(nodesIn(['x/r1', 'x/r1', 'x/r2', 'x/r2', 'y/r1', 'y/r1']), { width: 400, height: 400 });
  const apart = (one: number, other: number): number => {
    const [a, b] = [nodes[one], nodes[other]];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : NaN;
  };
  expect(apart(1, 2)).toBeGreaterThan(apart(0, 1));
  expect(apart(3, 4)).toBeGreaterThan(apart(1, 2));
});

test('datacentres are named where there are several, racks on a dense map', () => {
  expect(mapLayout(cluster(1, 3, 1), BOX).groups).toEqual([]);
  expect(mapLayout(cluster(2, 3, 1), BOX).groups.map(({ name }) => name)).toEqual(['dc0', 'dc1']);
  const dense = mapLayout(cluster(2, 4, 8), BOX).groups.map(({ name }) => name);
  expect(dense).toEqual(['dc0', 'dc1', 'r0', 'r1', 'r2', 'r3', 'r0', 'r1', 'r2', 'r3']);
});
