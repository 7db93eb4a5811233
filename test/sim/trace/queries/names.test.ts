/** What sentences call a level, where classes of clients and scripted requests may have levels of their own. */
import { describe, expect, it } from 'vitest';
import { levelName } from '../../../../sim/trace/queries/names.ts';
import { runOf } from '../../../support/small-runs.ts';

describe('the name of a level', () => {
  const names = (requests: string, workload = ''): string[] => {
    const trace = runOf(`duration: 20s
system: cassandra
nodes: [a, b, c]
consistency: { write: QUORUM, read: 1 }
requests: [${requests}]
${workload}`);
    return [levelName(trace, 'write'), levelName(trace, 'read')];
  };

  it('is that of the policy, or of its votes', () => {
    expect(names('{ at: 10s, set: k }, { at: 11s, get: k }')).toEqual(['QUORUM', '1 vote']);
    expect(names('{ at: 10s, set: k }')).toEqual(['QUORUM', '1 vote']);
  });

  it('is that of all its requests, where it is one', () => {
    const requests = '{ at: 10s, set: k, level: ALL }, { at: 11s, delete: k, level: ALL }';
    expect(names(`${requests}, { at: 12s, get: k }`)).toEqual(['ALL', '1 vote']);
    expect(names('{ at: 10s, set: k }, { at: 12s, get: k, level: TWO }')).toEqual(['QUORUM', 'TWO']);
  });

  it('is its own, where requests of its kind differ, and of the other kind nothing is said', () => {
    expect(names('{ at: 10s, set: k, level: ALL }, { at: 11s, set: k }, { at: 12s, get: k }')).toEqual([
      'its level',
      '1 vote',
    ]);
    const readers = 'workload: { rate: 1/s, reads: 100%, level: TWO }';
    expect(names('{ at: 10s, set: k }, { at: 12s, get: k }', readers)).toEqual(['QUORUM', 'its level']);
    const probers = 'workload: { rate: 1/s, probes: [10ms], level: TWO }';
    expect(names('{ at: 10s, set: k, level: TWO }', probers)).toEqual(['TWO', 'TWO']);
  });
});
