import { expect, test } from 'vitest';
import { axisTicks, briefLabel, clockLabel, labelPlace, tickStep } from '../../../web/draw/ticks.ts';

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

test('a step is the smallest round one that is long enough, in units people use for time', () => {
  expect(tickStep(0.3)).toBe(1);
  expect(tickStep(11 * SECOND)).toBe(15 * SECOND);
  expect(tickStep(31 * SECOND)).toBe(60 * SECOND);
  expect(tickStep(7 * HOUR)).toBe(12 * HOUR);
  expect(tickStep(20 * DAY)).toBe(20 * DAY);
  expect(tickStep(1e18)).toBe(10_000 * DAY);
});

test('an instant is named in the units it needs, without the parts that are zero', () => {
  expect(clockLabel(0)).toBe('0');
  expect(clockLabel(90 * SECOND)).toBe('1m 30s');
  expect(clockLabel(2 * DAY + 6 * HOUR)).toBe('2d 6h');
  expect(clockLabel(3_250_000)).toBe('3.25s');
  expect(clockLabel(1_500)).toBe('1.5ms');
  expect(clockLabel(7)).toBe('7µs');
});

test('fifteen minutes over 900 pixels get a tick every two minutes, from the first to the last', () => {
  const { anchor, ticks } = axisTicks({ from: 0, until: 15 * 60 * SECOND }, 900);
  expect(anchor).toBeUndefined();
  expect(ticks.map(({ label }) => label)).toEqual(['0', '2m', '4m', '6m', '8m', '10m', '12m', '14m']);
});

test('a span that does not begin at a round instant begins with the next round one', () => {
  const { ticks } = axisTicks({ from: 7 * SECOND, until: 47 * SECOND }, 440);
  expect(ticks.map(({ label }) => label)).toEqual(['10s', '20s', '30s', '40s']);
});

test('deep inside a long run the ticks count from an anchor that is named once', () => {
  const from = DAY + 2 * SECOND + 400_000;
  const { anchor, ticks } = axisTicks({ from, until: from + 2_000 }, 440);
  expect(anchor).toEqual({ at: DAY + 2 * SECOND + 400_000, label: '1d 2.4s' });
  expect(ticks.map(({ label }) => label)).toEqual(['+0', '+500µs', '+1ms', '+1.5ms', '+2ms']);
});

test('a list reads spans in their two largest units', () => {
  expect([6_250_000, 3_725 * SECOND, 23 * HOUR + 3_599 * SECOND, 2 * DAY + 6 * HOUR + SECOND].map(briefLabel)).toEqual([
    '6.2s',
    '1h 2m',
    '23h 59m',
    '2d 6h',
  ]);
});

test('the label of a tick at the right edge turns to the left, or stays away where there is no room for it', () => {
  expect(labelPlace('10m', { left: 500, pitch: 90, width: 900 })).toBe('right');
  expect(labelPlace('10m', { left: 890, pitch: 90, width: 900 })).toBe('left');
  expect(labelPlace('12d 15h 5m', { left: 890, pitch: 90, width: 900 })).toBe('none');
});
