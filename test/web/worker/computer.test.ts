import { expect, test } from 'vitest';
import { Computer, madeAhead, type WorkerLike } from '../../../web/worker/computer.ts';
import type { Reply, Request } from '../../../web/worker/protocol.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** A worker's mouth and ears without a thread behind them. */
function bench() {
  const sent: Request[] = [];
  const replies: Reply[] = [];
  const workers: WorkerLike[] = [];
  const computer = new Computer(
    () => {
      const worker: WorkerLike = {
        postMessage: (message) => sent.push(message),
        terminate: () => undefined,
        onmessage: null,
        onerror: null,
      };
      workers.push(worker);
      return worker;
    },
    (reply) => replies.push(reply),
  );
  const say = (data: unknown) => workers.at(-1)?.onmessage?.(new MessageEvent('message', { data }));
  return { computer, sent, replies, workers, say };
}

const SCENARIO = { text: 'hintlab: 1', file: 'x', sets: [] };
const progress = (id: number) => ({ kind: 'progress', id, events: 5, now: 1, duration: 2 });

test('an answer to a run that a newer one has overtaken is dropped', () => {
  const { computer, replies, say } = bench();
  computer.run(SCENARIO);
  computer.run(SCENARIO);
  say(progress(1));
  say(progress(2));
  expect(replies.map(({ id }) => id)).toEqual([2]);
});

test('a look at a run that a newer one has overtaken is dropped', () => {
  const { computer, replies, say } = bench();
  const trace = buildTrace({});
  computer.run(SCENARIO);
  computer.run(SCENARIO);
  say({ kind: 'sketch', id: 1, trace });
  say({ kind: 'sketch', id: 2, trace });
  expect(replies.map(({ id }) => id)).toEqual([2]);
});

test('opening a file does not overtake a run', () => {
  const { computer, replies, say } = bench();
  computer.run(SCENARIO);
  computer.open({ name: 'x', text: '' });
  say(progress(1));
  say({ kind: 'unopened', id: 2, name: 'x', reason: 'expected better' });
  expect(replies.map(({ kind }) => kind)).toEqual(['progress', 'unopened']);
});

test('a message that is no reply is reported, not believed', () => {
  const { computer, replies, say } = bench();
  computer.run(SCENARIO);
  for (const data of [null, 7, {}, { kind: 'done', id: 1, trace: { version: 99 }, notes: [], millis: 1 }]) say(data);
  expect(replies.map(({ kind }) => kind)).toEqual(['broken', 'broken', 'broken', 'broken']);
});

test('after a stop nothing is answered, and the next request starts a new worker', () => {
  const { computer, replies, workers, say } = bench();
  computer.run(SCENARIO);
  computer.cancel();
  say(progress(1));
  expect(replies).toEqual([]);
  computer.run(SCENARIO);
  expect(workers).toHaveLength(2);
});

test('what was found in a run is dropped once a newer one was asked for, even before that is done', () => {
  const { computer, replies, say } = bench();
  const checked = { kind: 'checked', id: 1, findings: { properties: [], copies: undefined, staleness: [] } };
  computer.run(SCENARIO);
  say(checked);
  computer.run(SCENARIO);
  say(checked);
  expect(replies.map(({ kind }) => kind)).toEqual(['checked']);
});

/** What a browser tells of a worker whose script did not arrive. */
class Failure extends Event implements ErrorEvent {
  readonly message = '';
  readonly filename = '';
  readonly lineno = 0;
  readonly colno = 0;
  readonly error = undefined;
}

/** Workers made ahead, all that were made so far, and how to ask for one. */
function ahead() {
  const made: WorkerLike[] = [];
  const make = madeAhead(() => {
    const worker: WorkerLike = {
      postMessage: () => undefined,
      terminate: () => undefined,
      onmessage: null,
      onerror: null,
    };
    made.push(worker);
    return worker;
  });
  return { made, make };
}

test('the first worker is there before it is asked for, and handed out once', () => {
  const { made, make } = ahead();
  expect(made).toHaveLength(1);
  expect(make()).toBe(made[0]);
  expect(made).toHaveLength(1);
  expect(make()).toBe(made[1]);
});

test('a worker that failed before it was asked for is made again', () => {
  const { made, make } = ahead();
  made[0]?.onerror?.(new Failure('error'));
  expect(make()).toBe(made[1]);
  expect(made).toHaveLength(2);
});
