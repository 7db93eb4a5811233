import { expect, test } from 'vitest';
import { placesOf, type SweepCell, type SweepPlan } from '../../../sim/explore/sweep-plan.ts';
import { sweepCell } from '../../../sim/explore/sweep.ts';
import type { WorkerLike } from '../../../web/worker/computer.ts';
import { parseReply, parseRequest, type Request } from '../../../web/worker/protocol.ts';
import { SweepPool } from '../../../web/worker/sweep-pool.ts';
import { SMALL } from '../../support/bench.ts';

const PLAN: SweepPlan = {
  text: SMALL,
  file: 'small.yaml',
  sets: [],
  x: { path: 'hints.cap', values: ['1000B', '2000B', '1MiB'] },
  y: { path: 'hints.ttl', values: ['1h'] },
  seeds: 1,
};

/** A worker that answers when it is told to. */
interface Held {
  readonly worker: WorkerLike;
  readonly asked: Request[];
  ended: boolean;
}

function heldWorkers(): { readonly all: Held[]; readonly make: () => WorkerLike; answer: (held: Held) => void } {
  const all: Held[] = [];
  const make = (): WorkerLike => {
    const asked: Request[] = [];
    const worker: WorkerLike = {
      postMessage: (message) => asked.push(message),
      terminate: () => (held.ended = true),
      onmessage: null,
      onerror: null,
    };
    const held: Held = { worker, asked, ended: false };
    all.push(held);
    return worker;
  };
  const answer = ({ worker, asked }: Held): void => {
    const request = asked.shift();
    if (request?.kind !== 'cell') throw new Error('expected a cell to be asked for');
    const cell = sweepCell(request.plan, request.place);
    worker.onmessage?.(new MessageEvent('message', { data: { kind: 'cell', id: request.id, cell } }));
  };
  return { all, make, answer };
}

/** A pool of two on held workers, and what it has told. */
function poolOfTwo() {
  const workers = heldWorkers();
  const told: { cells: SweepCell[]; done: boolean; broken: string } = { cells: [], done: false, broken: '' };
  const pool = new SweepPool(workers.make, 2, {
    cell: (cell) => told.cells.push(cell),
    done: () => (told.done = true),
    broken: (message) => (told.broken = message),
  });
  return { workers, told, pool };
}

test('each worker has one cell at a time, and the next when it has answered', () => {
  const { workers, told, pool } = poolOfTwo();
  pool.run(PLAN, []);
  const [first, second] = workers.all;
  if (!first || !second) throw new Error('expected two workers');
  expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
  workers.answer(second);
  workers.answer(second);
  expect(told.done).toBe(false);
  workers.answer(first);
  expect(told.done).toBe(true);
  expect(new Set(told.cells.map(({ x, y }) => `${x} ${y}`)).size).toBe(placesOf(PLAN).length);
  expect(workers.all.every(({ ended }) => ended)).toBe(true);
});

test('cancelling ends the workers at once, and what they still say is not heard', () => {
  const { workers, told, pool } = poolOfTwo();
  pool.run(PLAN, []);
  const [first] = workers.all;
  pool.cancel();
  expect(workers.all.every(({ ended }) => ended)).toBe(true);
  if (first) workers.answer(first);
  expect(told).toEqual({ cells: [], done: false, broken: '' });
});

test('a worker that dies gives the sweep up, and says so', () => {
  const { workers, told, pool } = poolOfTwo();
  pool.run(PLAN, [{ name: 'trace.csv', text: 'a' }]);
  const [first] = workers.all;
  expect(first?.asked.map(({ kind }) => kind)).toEqual(['open', 'cell']);
  first?.worker.onmessage?.(new MessageEvent('message', { data: 'nonsense' }));
  expect(told.broken).toBe('the worker sent a message that is not a reply');
  expect(workers.all.every(({ ended }) => ended)).toBe(true);
});

test('cells pass both doors, and what is no plan does not', () => {
  const request = { kind: 'cell', id: 1, plan: PLAN, place: { x: 0, y: 0 } };
  expect(parseRequest(request)).toEqual(request);
  expect(parseRequest({ ...request, plan: { ...PLAN, seeds: 'many' } })).toBeUndefined();
  expect(parseRequest({ ...request, place: {} })).toBeUndefined();
  const reply = { kind: 'cell', id: 1, cell: sweepCell(PLAN, { x: 0, y: 0 }) };
  expect(parseReply(reply)).toEqual(reply);
  expect(parseReply({ ...reply, cell: { x: 0, y: 0 } })).toBeUndefined();
});
