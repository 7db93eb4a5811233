import { expect, test } from 'vitest';
import { addressText, parseAddress } from '../../../web/state/address.ts';
import { Compare } from '../../../web/state/compare.svelte.ts';
import { AS_WRITTEN, presetDesign, type DesignChanges } from '../../../web/state/designs.ts';
import { Draft } from '../../../web/state/draft.svelte.ts';
import type { Workbench } from '../../../web/state/workbench.svelte.ts';
import type { WorkerLike } from '../../../web/worker/computer.ts';
import { DesignRunner, type DesignReply, type DesignTask } from '../../../web/worker/design-runner.ts';
import { benchNow, SMALL, workerHere } from '../../support/bench.ts';

const changed = (changes: Partial<DesignChanges>) => ({ name: '', changes: { ...AS_WRITTEN.changes, ...changes } });

/** The small scenario beside the same with hints that live for two seconds. */
function comparing(): Workbench {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.compare.toggle();
  workbench.compare.add(changed({ ttl: '2s' }));
  return workbench;
}

const kinds = ({ compare }: Workbench) => compare.columns.map(({ status }) => status.kind);
const digests = ({ compare }: Workbench) => compare.columns.map(({ study }) => study?.digest);
/** A number of the table of outcomes, by column. */
const outcome = ({ compare }: Workbench, group: string, name: string) =>
  compare.columns.map(({ study }) => {
    const value = study?.outcomes.find((each) => each.group === group && each.name === name)?.value;
    return value?.kind === 'count' ? value.count : undefined;
  });

test('with one design nothing runs; a second one sets off both, on the same requests', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.compare.toggle();
  expect(kinds(workbench)).toEqual(['waiting']);
  expect(workbench.view.compared).toBeUndefined();
  workbench.compare.add(changed({ ttl: '2s' }));
  expect(kinds(workbench)).toEqual(['ran', 'ran']);
  // A write each tenth of a second, from 0.1 s to 59.9 s, whatever the design.
  expect(outcome(workbench, 'clients', 'writes acknowledged')).toEqual([599, 599]);
  expect(digests(workbench)[0]).toBe(workbench.run.trace?.digest);
});

test('a shorter TTL parts at the sweep that finds hints expired, and its cause needs no experiment', () => {
  const workbench = comparing();
  const [base, short] = workbench.compare.columns;
  expect(base?.study?.divergence).toBeUndefined();
  // Hints are stored from about 11 s on and live for 2 s: the sweep at 30 s finds them expired.
  expect(short?.study?.divergence).toMatchObject({ kind: 'deed', at: 30_000_000 });
  expect(outcome(workbench, 'hints', 'expired')[0]).toBe(0);
  expect(outcome(workbench, 'hints', 'expired')[1]).toBe(outcome(workbench, 'hints', 'stored')[1]);
});

test('a design that cannot run says why, and the others run all the same', () => {
  const workbench = comparing();
  workbench.compare.add(changed({ cap: 'much' }));
  workbench.compare.add(presetDesign('riak'));
  expect(kinds(workbench)).toEqual(['ran', 'ran', 'refused', 'ran']);
  const status = workbench.compare.columns[2]?.status;
  expect(status?.kind === 'refused' && status.problems[0]).toMatchObject({ path: 'hints.cap', found: 'much' });
});

test('the design on the page follows the form, and the others keep their values', () => {
  const workbench = comparing();
  const [, short] = digests(workbench);
  workbench.typing.override('ttl', '3s');
  workbench.start();
  const { columns } = workbench.compare;
  expect(columns.map(({ name, isShown }) => [name, isShown])).toEqual([
    ['TTL 3s', true],
    ['TTL 2s', false],
  ]);
  expect(outcome(workbench, 'hints', 'expired')[0]).toBeGreaterThan(0);
  expect(digests(workbench)[1]).toBe(short);
});

test('a click on a number shows its design at the first case, and undo leads back', () => {
  const workbench = comparing();
  const [, short] = workbench.compare.columns;
  const example = short?.study?.examples.find(({ name }) => name === 'expired');
  if (!short || !example) throw new Error('hints expired');
  workbench.showDesign(short.id, example);
  expect(workbench.draft.overrides.ttl).toBe('2s');
  expect(workbench.run.trace?.digest).toBe(short.study?.digest);
  expect(workbench.playback.moment).toBe(30_000_000);
  expect(workbench.selection).toEqual({ kind: 'hint', hint: 0 });
  expect(workbench.compare.columns.map(({ name, isShown }) => [name, isShown])).toEqual([
    ['as written', false],
    ['TTL 2s', true],
  ]);
  workbench.edits.undo();
  expect(workbench.draft.overrides.ttl).toBe('');
  expect(workbench.compare.columns.map(({ name, isShown }) => [name, isShown])).toEqual([
    ['as written', true],
    ['TTL 2s', false],
  ]);
});

test('another base turns the comparison round', () => {
  const workbench = comparing();
  const [written, short] = workbench.compare.columns;
  if (!written || !short) throw new Error('there are two designs');
  const before = digests(workbench);
  workbench.compare.move(short.id, -1);
  expect(digests(workbench)).toEqual(before.toReversed());
  expect(workbench.compare.columns.map(({ id, letter }) => [id, letter])).toEqual([
    [short.id, 'A'],
    [written.id, 'B'],
  ]);
  expect(workbench.compare.columns[0]?.study?.divergence).toBeUndefined();
  expect(workbench.compare.columns[1]?.study?.divergence?.at).toBe(30_000_000);
});

test('the design on the page cannot be removed, another can, and a seventh is not taken', () => {
  const workbench = comparing();
  const { compare } = workbench;
  for (const ttl of ['3s', '4s', '5s', '6s', '7s']) compare.add(changed({ ttl }));
  expect(compare.columns).toHaveLength(6);
  expect(compare.full).toBe(true);
  compare.remove(compare.columns[0]?.id ?? -1);
  expect(compare.columns).toHaveLength(6);
  compare.remove(compare.columns[5]?.id ?? -1);
  expect(compare.columns.map(({ name }) => name).at(-1)).toBe('TTL 5s');
});

test('a link opens the designs with their names, places and layout', async () => {
  const fragment = 'story=late-hint&ttl=1h&with=Short*ttl.2m&with=*here&with=riak&as=side';
  const { address, problems } = parseAddress(`#v=1&${fragment}`);
  expect(problems).toEqual([]);
  expect(addressText(address).replace(/^#v=\d+&/, '')).toBe(fragment);
  const workbench = benchNow();
  await workbench.open(address, undefined);
  expect(workbench.compare.columns.map(({ name, isShown }) => [name, isShown])).toEqual([
    ['Short', false],
    ['TTL 1h', true],
    ['riak', false],
  ]);
  expect(workbench.compare.layout).toBe('side');
  expect(workbench.view.compared).toEqual(address.compared);
});

test('of several axes that differ an experiment finds the one that makes the difference', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.compare.toggle();
  // Another TTL makes hints expire at the sweep of 30 s; a larger cap changes nothing here.
  workbench.compare.add(changed({ ttl: '2s', cap: '128MiB' }));
  const { compare } = workbench;
  compare.explain(compare.columns[1]?.id ?? -1);
  expect(compare.blame.status).toMatchObject({
    kind: 'found',
    axis: { path: 'hints.ttl', base: '1d', other: '2s' },
  });
  workbench.typing.override('seed', '5');
  workbench.start();
  expect(compare.blame.status).toEqual({ kind: 'idle' });
});

test('after a fault of the worker nothing is held against a base that is gone', () => {
  const draft = new Draft();
  draft.open(SMALL, 'small');
  const roles: string[] = [];
  let isWell = false;
  const make = (): WorkerLike => {
    const worker: WorkerLike = {
      postMessage: () => undefined,
      terminate: () => undefined,
      onmessage: null,
      onerror: null,
    };
    const real = workerHere();
    real.onmessage = (event) => worker.onmessage?.(event);
    worker.postMessage = (request) => {
      if (request.kind !== 'design') return;
      roles.push(request.role);
      if (isWell || request.role === 'base') return real.postMessage(request);
      const data = { kind: 'broken', id: request.id, message: 'out of memory' };
      worker.onmessage?.(new MessageEvent('message', { data }));
    };
    return worker;
  };
  const compare = new Compare(make, draft, () => undefined);
  compare.toggle();
  compare.add(changed({ ttl: '2s' }));
  compare.add(changed({ ttl: '3s' }));
  expect(compare.columns.map(({ status }) => status.kind)).toEqual(['ran', 'broken', 'stopped']);
  isWell = true;
  compare.refresh();
  expect(compare.columns.map(({ status }) => status.kind)).toEqual(['ran', 'ran', 'ran']);
  expect(compare.columns[2]?.study?.divergence?.at).toBe(30_000_000);
  expect(roles.slice(-3)).toEqual(['base', 'other', 'other']);
});

test('designs go to the worker one after the other; one that is still wanted goes on', () => {
  const sent: { id: number; text: string }[] = [];
  const told: [number, DesignReply['kind']][] = [];
  const worker: WorkerLike = {
    postMessage: (request) => {
      if (request.kind === 'design') sent.push({ id: request.id, text: request.text });
    },
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const runner = new DesignRunner(
    () => worker,
    (design, reply) => told.push([design, reply.kind]),
  );
  const task = (design: number): DesignTask => ({ design, text: `t${design}`, file: 'f', sets: [], role: 'other' });
  const answer = (id: number) =>
    worker.onmessage?.(new MessageEvent('message', { data: { kind: 'refused', id, problems: [] } }));
  runner.run([task(1), task(2)]);
  expect(sent.map(({ text }) => text)).toEqual(['t1']);
  runner.run([task(3), task(1)]);
  expect(sent).toHaveLength(1);
  answer(sent[0]?.id ?? 0);
  expect(sent.map(({ text }) => text)).toEqual(['t1', 't3']);
  runner.run([task(4)]);
  answer(sent[1]?.id ?? 0); // overtaken: nobody hears of it
  expect(told).toEqual([[1, 'refused']]);
  expect(sent.at(-1)?.text).toBe('t4');
});

test('a worker that breaks is told of, gives up what waits, and is replaced at the next wish', () => {
  const workers: WorkerLike[] = [];
  const told: [number, DesignReply['kind']][] = [];
  const make = (): WorkerLike => {
    const worker: WorkerLike = {
      ...{ postMessage: () => undefined, terminate: () => undefined },
      onmessage: null,
      onerror: null,
    };
    workers.push(worker);
    return worker;
  };
  const runner = new DesignRunner(make, (design, reply) => told.push([design, reply.kind]));
  const tasks = [1, 2].map((design): DesignTask => ({ design, text: '', file: 'f', sets: [], role: 'other' }));
  runner.run(tasks);
  const broken = { kind: 'broken', id: 1, message: 'out of memory' };
  workers[0]?.onmessage?.(new MessageEvent('message', { data: broken }));
  expect(told).toEqual([[1, 'broken']]);
  expect(workers).toHaveLength(1);
  runner.run(tasks);
  expect(workers).toHaveLength(2);
});
