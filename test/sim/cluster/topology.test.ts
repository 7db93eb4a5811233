import { describe, expect, it } from 'vitest';
import { Topology } from '../../../sim/cluster/topology.ts';

const node = (name: string, datacentre: string, rack: string): { name: string; datacentre: string; rack: string } => ({
  name,
  datacentre,
  rack,
});

describe('a topology', () => {
  it('has one replica per rack of a datacentre', () => {
    const topology = new Topology([node('a', 'east', 'r1'), node('b', 'west', 'r1'), node('c', 'east', 'r2')]);
    expect(topology.replicas(0)).toBe(2);
    expect(topology.replicas(1)).toBe(1);
    expect([...topology.datacentreOf]).toEqual([0, 1, 0]);
    expect([...topology.rackOf]).toEqual([0, 0, 1]);
    expect([topology.owner(0, 0, 7), topology.owner(0, 1, 7), topology.owner(1, 0, 7)]).toEqual([0, 2, 1]);
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
});
