/**
 * Who owns what: a replica per rack, keys split evenly within one, proxies that own none, datacentres for themselves.
 */
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/index.ts';
import { Topology } from '../../../sim/cluster/topology.ts';
import type { NodeSpec } from '../../../sim/index.ts';

function node(name: string, datacentre: string, rack: string): NodeSpec {
  return { name, datacentre, rack, clockOffset: 0, clockDrift: 0 };
}

describe('a topology', () => {
  it('has one replica per rack of a datacentre', () => {
    const topology = new Topology([node('a', 'east', 'r1'), node('b', 'west', 'r1'), node('c', 'east', 'r2')]);
    expect(topology.replicas(0)).toBe(2);
    expect(topology.replicas(1)).toBe(1);
    expect([...topology.datacentreOf]).toEqual([0, 1, 0]);
    expect([...topology.rackOf]).toEqual([0, 0, 1]);
    expect([topology.owner(0, 0, 7), topology.owner(0, 1, 7), topology.owner(1, 0, 7)]).toEqual([0, 2, 1]);
  });

  it('takes 16 racks in a datacentre, and no more', () => {
    const racks = (count: number) => Array.from({ length: count }, (_, at) => node(`n${at}`, 'east', `r${at}`));
    expect(new Topology(racks(16)).replicas(0)).toBe(16);
    expect(() => new Topology(racks(17))).toThrow(AssertionFailure);
  });

  it('splits the keys of a rack evenly over its nodes', () => {
    const topology = new Topology([0, 1, 2, 3].map((index) => node(`n${index}`, 'dc', 'r')));
    const owned = [0, 0, 0, 0];
    const keys = 40_000;
    for (let key = 0; key < keys; key++) {
      const owner = topology.owner(0, 0, key);
      owned[owner] = (owned[owner] ?? 0) + 1;
    }
    const sigma = Math.sqrt(keys * 0.25 * 0.75);
    for (const count of owned) expect(Math.abs(count - keys / 4)).toBeLessThan(4 * sigma);
  });

  it('gives a proxy a datacentre, and no key in it', () => {
    const topology = new Topology([node('a', 'dc', 'r1'), node('b', 'dc', 'r2'), node('p', 'dc', '')]);
    expect(topology.count).toBe(3);
    expect(topology.replicas(0)).toBe(2);
    expect(topology.datacentreOf[2]).toBe(0);
    for (let key = 0; key < 100; key++) {
      expect([topology.owner(0, 0, key), topology.owner(0, 1, key)]).toEqual([0, 1]);
    }
  });

  it('counts the replicas of each datacentre for itself, racks of one name apart', () => {
    const topology = new Topology([
      node('a', 'east', 'r1'),
      node('b', 'east', 'r2'),
      node('c', 'west', 'r1'),
      node('d', 'west', 'r1'),
      node('e', 'north', 'r1'),
    ]);
    expect(topology.datacentres).toBe(3);
    expect([0, 1, 2].map((datacentre) => topology.replicas(datacentre))).toEqual([2, 1, 1]);
    const owners = new Set(Array.from({ length: 64 }, (_, key) => topology.owner(1, 0, key)));
    expect([...owners].toSorted((one, other) => one - other)).toEqual([2, 3]);
  });

  it('numbers a link by both of its ends, and calls it near within a datacentre', () => {
    const topology = new Topology([node('a', 'east', 'r1'), node('b', 'west', 'r1'), node('c', 'east', 'r2')]);
    const links = Array.from({ length: 9 }, (_, link) => link);
    const ends = links.map((link) => [topology.from(link), topology.to(link)]);
    expect(ends).toEqual([0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => [from, to])));
    ends.forEach(([from = 0, to = 0], link) => expect(topology.link(from, to)).toBe(link));
    const near = ends.map(([from = 0, to = 0]) => topology.areNear(from, to));
    expect(near).toEqual([true, false, true, false, true, false, true, false, true]);
  });
});
