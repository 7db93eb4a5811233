import { expect, test } from 'vitest';
import { SvgPen } from '../../../web/draw/svg-pen.ts';
import { comparisonPicture, timelinePicture } from '../../../web/picture/lane-pictures.ts';
import { mapPicture } from '../../../web/picture/map-picture.ts';
import { drawPicture, type Picture } from '../../../web/picture/picture.ts';
import { presetDesign } from '../../../web/state/designs.ts';
import { benchNow, SMALL } from '../../support/bench.ts';
import { NAMED_THEME } from '../../support/recording-pen.ts';

function opened() {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const { trace } = workbench.run;
  if (!trace) throw new Error('the small scenario should run');
  return { workbench, trace };
}

function svgText(picture: Picture): string {
  const pen = new SvgPen((text) => 6 * text.length);
  drawPicture(pen, picture, NAMED_THEME);
  return pen.document({ width: picture.width, height: 1000, title: picture.title });
}

test('the picture of the timeline has every lane that is not folded', () => {
  const { workbench, trace } = opened();
  const lanes = (picture: Picture) => picture.rows.flatMap((row) => ('name' in row ? [row.name] : []));
  const before = timelinePicture(workbench, trace, 1200, NAMED_THEME);
  expect(lanes(before)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'a → b']));
  workbench.timeline.toggle('queues');
  expect(lanes(timelinePicture(workbench, trace, 1200, NAMED_THEME))).not.toContain('a → b');
  const svg = svgText(before);
  for (const word of ['small', 'a → b', 'hatched: down']) expect(svg).toContain(`>${word}</text>`);
  expect(svg).toContain('fill="down"');
});

test('the picture of the map names every node and says who is down', () => {
  const { workbench, trace } = opened();
  workbench.playback.seek(12_000_000); // b is down from 10 s to 15 s
  const picture = mapPicture(workbench, trace, 1200, NAMED_THEME);
  expect(picture.about).toContain('1 down (b)');
  const svg = svgText(picture);
  for (const name of ['a', 'b', 'c']) expect(svg).toContain(`>${name}</text>`);
  expect(svg).toContain('>down</text>');
});

test('the picture of a comparison has the designs in its legend', () => {
  const { workbench, trace } = opened();
  workbench.compare.toggle();
  workbench.compare.add(presetDesign('riak'));
  const picture = comparisonPicture(workbench, trace, 1200, NAMED_THEME);
  expect(picture.legend.map(({ text }) => text)).toEqual(['A: as written', 'B: riak']);
  expect(picture.rows.length).toBeGreaterThan(2);
});
