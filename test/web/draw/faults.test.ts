import { expect, test } from 'vitest';
import { drawFaults } from '../../../web/draw/faults.ts';
import { faultMarkPath, MARK_SIZE } from '../../../web/draw/fault-marks.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { FAULT_NAMES, type NodeFault } from '../../../web/lanes/node-faults.ts';
import { NAMED_THEME, recordingPen } from '../../support/recording-pen.ts';

const RECT = { x: 0, y: 0, width: 300, height: 50 };
/** One pixel is ten microseconds; a letter is six pixels wide. */
const SCALE = timeScale({ from: 0, until: 3_000 }, 300);
const fault = (from: number, until: number, label = 'slow', row = 0): NodeFault => ({
  kind: 'slow',
  ...{ from, until, label, row },
});

const KINDS: readonly NodeFault['kind'][] = [
  ...(['crash', 'stop', 'loading', 'stall', 'slow', 'partition', 'loss'] as const),
  ...(['clock', 'diskFull', 'pauseDrain', 'reindex', 'replace', 'collect', 'flap'] as const),
];

function drawn(...faults: NodeFault[]) {
  const recording = recordingPen();
  drawFaults(recording.pen, faults, SCALE, RECT, 20, NAMED_THEME);
  return recording;
}

test('a fault is a pale bar between two posts, in its row', () => {
  const { filled } = drawn(fault(100, 1_100), fault(500, 900, 'slow', 1));
  const bars = filled.filter(({ alpha }) => alpha < 1);
  expect(bars.map(({ x, y, width }) => [x, y, width])).toEqual([
    [10, 20, 100],
    [50, 36, 40],
  ]);
  expect(filled.filter(({ alpha, y }) => alpha === 1 && y === 20).map(({ x }) => x)).toEqual([10, 108.5]);
});

test('words stand in the bar where they fit, behind it where only there is room, else nowhere', () => {
  expect(drawn(fault(100, 1_100)).texts).toMatchObject([{ text: 'slow', x: 29 }]);
  expect(drawn(fault(100, 300)).texts).toMatchObject([{ text: 'slow', x: 34 }]);
  expect(drawn(fault(100, 300), fault(350, 1_350)).texts).toMatchObject([{ text: 'slow', x: 54 }]);
});

test('words never run into the next fault of their row', () => {
  const { texts } = drawn(fault(100, 300, 'cut off from b, c'), fault(900, 1_000, 'x'));
  expect(texts.map(({ text }) => text)).toEqual(['x']);
});

test('a fault of an instant still has its mark', () => {
  const { filled, path } = drawn(fault(500, 500));
  expect(filled.filter(({ alpha }) => alpha < 1)).toMatchObject([{ x: 50, width: 2 }]);
  expect(path.length).toBeGreaterThan(0);
  expect(Math.min(...path.map(({ x }) => x))).toBeGreaterThanOrEqual(52);
});

test('faults that fall onto the same pixels are drawn a few times, not a thousand', () => {
  const { filled } = drawn(...Array.from({ length: 1_000 }, (_, i) => fault(500 + i / 200, 500 + i / 200)));
  expect(filled.filter(({ alpha }) => alpha < 1).length).toBeLessThan(5);
});

test('every kind has a mark of its own, within its square', () => {
  const paths = KINDS.map(faultMarkPath);
  expect(KINDS).toHaveLength(Object.keys(FAULT_NAMES).length);
  expect(new Set(paths).size).toBe(KINDS.length);
  for (const path of paths) {
    const numbers = path.match(/[\d.]+/g)?.map(Number) ?? [];
    expect(numbers.length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(MARK_SIZE);
  }
});
