import { expect, test } from 'vitest';
import { axisTicks } from '../../../web/draw/ticks.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { drawPicture, pictureHeight, plotWidth, type Picture } from '../../../web/picture/picture.ts';
import { NAMED_THEME, recordingPen } from '../../support/recording-pen.ts';

const span = { from: 0, until: 60_000_000 };
const frame = { width: 1000, gutter: 160 };
const scale = timeScale(span, plotWidth(frame));
const picture: Picture = {
  ...frame,
  title: 'expiry',
  about: 'dynomite, seed 1.',
  rows: [
    { heading: 'Nodes' },
    { name: 'a', value: 'up', scale: 'peak 9', height: 40, draw: (pen, rect) => pen.fillRect(rect.x, rect.y, 3, 3) },
    {
      name: 'a very long name that no gutter has the room for',
      value: '',
      scale: '',
      height: 20,
      draw: () => undefined,
    },
  ],
  axis: { scale, ticks: axisTicks(span, scale.width), moment: 30_000_000 },
  legend: [
    { colour: 'down', text: 'hatched: down' },
    { colour: 'acked', text: 'up: requests answered' },
  ],
};

test('a picture has its title, its axis, its rows with their values and its legend', () => {
  const { pen, texts, filled } = recordingPen();
  drawPicture(pen, picture, NAMED_THEME);
  const words = texts.map(({ text }) => text);
  for (const word of ['expiry', 'dynomite, seed 1.', 'Nodes', 'a', 'up', 'peak 9', '10s', 'hatched: down']) {
    expect(words).toContain(word);
  }
  expect(words.find((word) => word.startsWith('a very'))).toMatch(/…$/);
  expect(filled.some(({ style }) => style === 'acked')).toBe(true);
  const [paper] = filled;
  expect(paper).toMatchObject({ style: 'paper', width: 1000, height: pictureHeight(pen, picture, NAMED_THEME) });
});

test('a row is drawn beside its words, and the playhead stands at its moment', () => {
  const { pen, filled, path } = recordingPen();
  drawPicture(pen, picture, NAMED_THEME);
  expect(filled.find(({ width, height }) => width === 3 && height === 3)).toMatchObject({ x: 180 });
  expect(path.filter(({ kind }) => kind === 'rect')).toHaveLength(2); // each row is cut to its place
  const playhead = filled.find(({ style, width }) => style === 'ink' && width === 1.5);
  expect(playhead?.x).toBeCloseTo(180 + scale.width / 2 - 0.75, 5); // 30 s of 60 s
});

test('nothing is written outside of the picture', () => {
  const { pen, texts } = recordingPen();
  drawPicture(pen, picture, NAMED_THEME);
  const height = pictureHeight(pen, picture, NAMED_THEME);
  for (const { x, y } of texts) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1000);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(height);
  }
});

test('a legend that is too wide goes on in the next line', () => {
  const { pen } = recordingPen();
  const wide = { ...picture, legend: Array.from({ length: 20 }, () => ({ colour: 'down', text: 'x'.repeat(30) })) };
  // An entry is 10 + 6 + 6 · 30 + 18 = 214 pixels wide: four fit into 960, twenty need five lines instead of one.
  const grown = pictureHeight(pen, wide, NAMED_THEME) - pictureHeight(pen, picture, NAMED_THEME);
  expect(grown).toBe(4 * 18);
});
