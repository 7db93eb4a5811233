/** The pool of requests: rows keep what was written into them, and votes are counted by target. */
import { expect, it } from 'vitest';
import { instant } from '../../../core/index.ts';
import { Requests } from '../../../sim/cluster/requests.ts';

/** Columns with one entry a request, which whoever takes a row fills. */
const COLUMNS = [
  'operation',
  'id',
  'coordinator',
  'incarnation',
  'key',
  'bytes',
  'issuedAt',
  'level',
  'workload',
  'client',
  'attempt',
  'newest',
  'probeOf',
  'probeDelay',
  'isResolved',
  'isAcked',
  'needed',
  'outstanding',
] as const satisfies readonly (keyof Requests)[];

it('more requests under way than there were rows to begin with keep all that is known of each', () => {
  const requests = new Requests();
  const weight = requests.weight;
  const count = 1_000;
  const valueOf = (row: number, column: number): number => 1 + ((row * 7 + column) % 100); // fits into a byte
  for (let id = 0; id < count; id++) {
    const row = requests.take(0, id, 0, 0, instant(0));
    COLUMNS.forEach((name, column) => (requests[name][row] = valueOf(row, column)));
    requests.ask(row, 5);
    requests.addTarget(row, 6);
    requests.vote(row, 1, id, id + 1);
  }
  expect(requests.weight).toBeGreaterThan(weight);
  for (let row = 0; row < count; row++) {
    const kept = COLUMNS.map((name) => requests[name][row]);
    expect(kept).toEqual(COLUMNS.map((_, column) => valueOf(row, column)));
    expect([requests.targetOf(row, 5), requests.targetOf(row, 6), requests.targetOf(row, 7)]).toEqual([0, 1, -1]);
    expect([requests.isAsked(row, 0), requests.isAsked(row, 1)]).toEqual([true, false]);
    expect([requests.hasVoted(row, 0), requests.firstVoter(row), requests.votes[row]]).toEqual([false, 1, 1]);
    expect([requests.isSilent(row, 0), requests.isUnanimous[row]]).toEqual([true, 1]);
  }
});

it('a row that is freed is taken again, and nothing that names its last generation is current', () => {
  const requests = new Requests();
  for (let id = 0; id < 600; id++) requests.take(0, id, 0, 0, instant(0));
  const generations = [100, 500].map((row) => requests.generation[row] ?? 0);
  requests.free(100);
  requests.free(500);
  expect([requests.take(0, 600, 0, 0, instant(0)), requests.take(0, 601, 0, 0, instant(0))]).toEqual([500, 100]);
  expect([100, 500].map((row, at) => requests.isCurrent(row, generations[at] ?? 0))).toEqual([false, false]);
  expect(requests.used).toBe(600);
});
