import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLOSEST, Viewport } from '../../../web/state/viewport.svelte.ts';

function viewport(end = 1_000): Viewport {
  const made = new Viewport();
  made.setEnd(end);
  return made;
}

test('a viewport opens fitted, and stays fitted when a run of another length arrives', () => {
  const view = viewport();
  expect(view.span).toEqual({ from: 0, until: 1_000 });
  view.setEnd(3_000);
  expect([view.span, view.fitted]).toEqual([{ from: 0, until: 3_000 }, true]);
});

test('zooming keeps the instant under the pointer at its place', () => {
  const view = viewport();
  view.zoom(0.5, 800);
  expect(view.span).toEqual({ from: 400, until: 900 });
});

test('zooming out at an edge moves inwards rather than beyond the run', () => {
  const view = viewport();
  view.show({ from: 0, until: 100 });
  view.zoom(2, 50);
  expect(view.span).toEqual({ from: 0, until: 200 });
});

test('playing past the right edge turns the page; a jump centres', () => {
  const view = viewport();
  view.show({ from: 100, until: 200 });
  view.reveal(150, 'page');
  expect(view.span.from).toBe(100);
  view.reveal(205, 'page');
  expect(view.span).toEqual({ from: 205, until: 305 });
  view.reveal(700, 'centre');
  expect(view.span).toEqual({ from: 650, until: 750 });
});

test('no sequence of moves leaves the run or comes too close', () => {
  const move = fc.oneof(
    fc.record({
      kind: fc.constant('zoom' as const),
      factor: fc.double({ min: 0.01, max: 20, noNaN: true }),
      around: fc.integer({ min: 0, max: 10_000 }),
    }),
    fc.record({ kind: fc.constant('pan' as const), by: fc.integer({ min: -20_000, max: 20_000 }) }),
  );
  const reached = { closest: 0, fitted: 0, edge: 0 };
  const property = fc.property(fc.array(move, { minLength: 1, maxLength: 30, size: 'max' }), (moves) => {
    const view = viewport(10_000);
    for (const each of moves) {
      if (each.kind === 'zoom') view.zoom(each.factor, each.around);
      else view.pan(each.by);
      const { from, until } = view.span;
      expect(from).toBeGreaterThanOrEqual(0);
      expect(until).toBeLessThanOrEqual(10_000 + 1e-6);
      expect(until - from).toBeGreaterThanOrEqual(CLOSEST - 1e-6);
      if (until - from < CLOSEST + 1e-6) reached.closest++;
      if (view.fitted) reached.fitted++;
      else if (from === 0) reached.edge++;
    }
  });
  fc.assert(property, { numRuns: 200, seed: 5 });
  expect(Math.min(...Object.values(reached))).toBeGreaterThan(10);
});

test('by event, zooming and panning count events', () => {
  const view = viewport(1_000_000);
  view.setMapping(Float64Array.of(0, 1, 2, 3, 4, 500_000, 1_000_000));
  view.zoom(0.5, 500_000); // six units become three, around the fifth
  expect(view.span.from).toBeCloseTo(2.5, 9);
  expect(view.span.until).toBeCloseTo(750_000, 6);
  view.pan(-1);
  expect(view.span.from).toBeCloseTo(1.5, 9);
  view.centre(0);
  expect(view.span.from).toBe(0);
  view.zoom(100);
  expect(view.fitted).toBe(true);
});
