/**
 * A run that takes long is drawn while it goes on: by the timeline alone, and only until the run ends one way or another.
 */
import { expect, test } from 'vitest';
import { Simulation } from '../../../sim/index.ts';
import { Workbench } from '../../../web/state/workbench.svelte.ts';
import type { WorkerLike } from '../../../web/worker/computer.ts';
import type { Reply, Request } from '../../../web/worker/protocol.ts';
import { SMALL } from '../../support/bench.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const SECOND = 1_000_000;
/** Twice as long as {@link SMALL}, and with a node more. */
const LONGER = SMALL.replace('duration: 1m', 'duration: 2m').replace('[a, b, c]', '[a, b, c, d]');

/** A workbench and the mouth of its worker. */
function bench() {
  let asked = 0;
  const worker: WorkerLike = {
    postMessage: (request: Request) => void (asked = request.id),
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const workbench = new Workbench(() => worker);
  const say = (reply: Reply) => worker.onmessage?.(new MessageEvent('message', { data: reply }));
  return {
    workbench,
    sketch: (text: string, events: number) => {
      const simulation = new Simulation(scenarioOf(text));
      simulation.advance(events);
      say({ kind: 'sketch', id: asked, trace: simulation.soFar() });
    },
    done: (text: string) => say({ kind: 'done', id: asked, trace: traceOf(scenarioOf(text)), notes: [], millis: 1 }),
    refuse: () => say({ kind: 'refused', id: asked, problems: [] }),
  };
}

test('the lanes are those of the run that goes on, and all else is of the run before', () => {
  const { workbench, sketch, done } = bench();
  workbench.openText(SMALL, 'small');
  done(SMALL);
  const before = workbench.run.trace;
  workbench.openText(LONGER, 'longer');
  expect(workbench.run.drawn).toBe(before);
  sketch(LONGER, 300);
  expect(workbench.run.trace).toBe(before);
  expect(workbench.run.drawn).toBe(workbench.run.sketch);
  const nodes = workbench.run.groups.find(({ kind }) => kind === 'nodes')?.lanes ?? [];
  expect(nodes.map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd']);
  done(LONGER);
  expect(workbench.run.sketch).toBeUndefined();
  expect(workbench.run.drawn).toBe(workbench.run.trace);
  expect(workbench.run.trace?.endedAt).toBe(120 * SECOND);
});

test('the axis is as long as the run will be, and where one looks on it is left alone from then on', () => {
  const { workbench, sketch, done } = bench();
  workbench.openText(LONGER, 'longer');
  sketch(LONGER, 50);
  expect(workbench.run.sketch?.endedAt).toBeLessThan(60 * SECOND);
  expect(workbench.viewport.span).toEqual({ from: 0, until: 120 * SECOND });
  const closer = { from: 0, until: 20 * SECOND };
  workbench.viewport.show(closer);
  sketch(LONGER, 500);
  expect(workbench.viewport.span).toEqual(closer);
  done(LONGER);
  expect(workbench.viewport.span).toEqual(closer);
});

for (const end of ['stopped', 'refused'] as const) {
  test(`a run that is ${end} leaves nothing drawn, and the axis is that of the run on screen`, () => {
    const { workbench, sketch, done, refuse } = bench();
    workbench.openText(SMALL, 'small');
    done(SMALL);
    workbench.openText(LONGER, 'longer');
    sketch(LONGER, 300);
    expect(workbench.viewport.end).toBe(120 * SECOND);
    if (end === 'stopped') workbench.run.cancel();
    else refuse();
    expect(workbench.run.sketch).toBeUndefined();
    expect(workbench.run.drawn).toBe(workbench.run.trace);
    expect(workbench.viewport.end).toBe(60 * SECOND);
  });
}

test('what only the run that goes on has cannot be selected yet, and that is said', () => {
  const { workbench, sketch, done } = bench();
  workbench.openText(SMALL, 'small');
  done(SMALL);
  workbench.openText(LONGER, 'longer');
  sketch(LONGER, 300);
  workbench.select({ kind: 'node', node: 3 });
  expect(workbench.selection).toEqual({ kind: 'none' });
  expect(workbench.notices.join()).toContain('when its run is computed');
  workbench.select({ kind: 'node', node: 2 });
  expect(workbench.selection).toEqual({ kind: 'node', node: 2 });
});
