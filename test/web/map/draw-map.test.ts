import { describe, expect, test } from 'vitest';
import { Cluster, LINK_STATES, type ClusterNow, type LinkNow } from '../../../web/map/cluster.ts';
import { barShare, drawMap, shareOf, shownLinks, type MapPicture } from '../../../web/map/draw-map.ts';
import { mapLayout, type MapLayout } from '../../../web/map/layout.ts';
import { linkLine } from '../../../web/map/link-line.ts';
import { handStory } from '../../support/hand-story.ts';
import { NAMED_THEME, recordingPen } from '../../support/recording-pen.ts';

const trace = handStory();
const cluster = new Cluster(trace);
const layout = mapLayout(trace.scenario.nodes, { width: 600, height: 228 });

function pictureAt(moment: number, now: ClusterNow = cluster.at(moment)): MapPicture {
  return { now, moment, links: now.links, marked: undefined, mostStored: 1 };
}

function drawn(picture: MapPicture, place: MapLayout = layout) {
  const recording = recordingPen();
  drawMap(recording.pen, place, picture, NAMED_THEME);
  return recording;
}

describe('a message', () => {
  const flight = cluster.at(40).flights[0];

  test('lies where its share of the flight is over', () => {
    if (!flight) throw new Error('a write is in flight');
    expect(shareOf(flight, 40)).toBe(0);
    expect(shareOf(flight, 41)).toBe(0.5);
    expect(shareOf(flight, 42)).toBe(1);
    expect(shareOf({ ...flight, arrives: false, until: Infinity }, 41)).toBe(0.5);
  });

  test('is drawn as a triangle around its place on the line', () => {
    const line = linkLine(layout, 0, 2);
    if (!line) throw new Error('the link is on the map');
    const middle = { x: (line.from.x + line.to.x) / 2, y: (line.from.y + line.to.y) / 2 };
    const { path } = drawn({ ...pictureAt(41), links: [] });
    expect(path.map(({ kind }) => kind)).toEqual(['move', 'line', 'line']);
    for (const { x, y } of path) expect(Math.hypot(x - middle.x, y - middle.y)).toBeLessThan(8);
  });

  test('is another shape for a hint, and a cross if it will not arrive', () => {
    expect(drawn({ ...pictureAt(72), links: [] }).path).toHaveLength(4);
    const now = cluster.at(72);
    const lost = { ...now, flights: now.flights.map((each) => ({ ...each, arrives: false })) };
    expect(drawn({ ...pictureAt(72, lost), links: [] }).path.map(({ kind }) => kind)).toEqual([
      ...['move', 'line', 'move', 'line'],
    ]);
  });
});

describe('a link', () => {
  const open = cluster.at(60).links[0];

  test('has a dash pattern of its own in every state', () => {
    if (!open) throw new Error('there is a link');
    const dashes = LINK_STATES.map((state) => {
      const now = { ...cluster.at(60), flights: [] };
      return drawn({ ...pictureAt(60, now), links: [{ ...open, state }] }).dashes[0]?.join(' ');
    });
    expect(new Set(dashes).size).toBe(LINK_STATES.length);
  });

  test('says how many messages are on it from three on', () => {
    if (!open) throw new Error('there is a link');
    const texts = (inFlight: number) => drawn({ ...pictureAt(60), links: [{ ...open, inFlight }] }).texts;
    expect(texts(2)).toEqual([]);
    expect(texts(257).map(({ text }) => text)).toEqual(['257']);
  });
});

describe('the links that are drawn', () => {
  const many: ClusterNow = {
    nodes: Array.from({ length: 10 }, (_, node) => ({
      ...{ node, isDown: false, faults: [], doubters: 0, waiting: [], hints: 0 },
    })),
    links: [
      link(0, 1, {}),
      link(1, 2, { inFlight: 1 }),
      link(2, 3, { waiting: 1 }),
      link(3, 4, { state: 'cut' }),
      link(4, 5, { state: 'doubted' }),
      link(5, 6, {}),
    ],
    flights: [],
    doubts: () => false,
  };
  const names = (links: readonly LinkNow[]) => links.map(({ sender }) => sender);

  test('are all of a small cluster', () => {
    expect(shownLinks({ ...many, nodes: many.nodes.slice(0, 6) }, undefined)).toHaveLength(6);
  });

  test('are of a large one those with something on them, broken ones, and those of the node that is looked at', () => {
    expect(names(shownLinks(many, undefined))).toEqual([1, 2, 3]);
    expect(names(shownLinks(many, 5))).toEqual([1, 2, 3, 4, 5]);
  });
});

test('a dense map has a bar of waiting hints at its node, longer for more of them', () => {
  const now = cluster.at(45);
  const place = { ...layout, isLabelled: false };
  const { path } = drawn({ ...pictureAt(45, { ...now, flights: [] }), links: [] }, place);
  expect(path.map(({ kind }) => kind)).toEqual(['move', 'line']);
  expect(barShare(0, 100)).toBe(0);
  expect(barShare(100, 100)).toBe(1);
  expect(barShare(10, 10_000)).toBeGreaterThan(0.2);
  expect(barShare(10, 10_000)).toBeLessThan(barShare(1_000, 10_000));
});

function link(sender: number, receiver: number, rest: Partial<LinkNow>): LinkNow {
  return { sender, receiver, state: 'open', inFlight: 0, waiting: 0, ...rest };
}
