import { describe, expect, test } from 'vitest';
import { instant, peerIndex } from '../../../core/index.ts';
import { Cluster, clusterOf, linkIn } from '../../../web/map/cluster.ts';
import { LinkEnds } from '../../../web/map/link-ends.ts';
import { clusterAbout, linkAbout, nodeAbout, nodeState } from '../../../web/map/words.ts';
import { handStory } from '../../support/hand-story.ts';

const trace = handStory();
const cluster = new Cluster(trace);

/** `sender.receiver: state` of the links that are not open. */
function troubles(of: Cluster, at: number): string[] {
  const { links } = of.at(at);
  return links.flatMap(({ sender, receiver, state }) => (state === 'open' ? [] : [`${sender}.${receiver}: ${state}`]));
}

describe('the cluster at a moment', () => {
  test('has every link of every node, and what is on it', () => {
    const { links, flights } = cluster.at(40);
    expect(links.map(({ sender, receiver }) => `${sender}${receiver}`)).toEqual(['01', '02', '10', '12', '20', '21']);
    expect(flights).toHaveLength(1);
    expect(linkIn(cluster.at(40), 0, 2)?.inFlight).toBe(1);
    expect(linkIn(cluster.at(40), 0, 1)?.waiting).toBe(1);
    for (const link of links) expect(linkIn(cluster.at(40), link.sender, link.receiver)).toEqual(link);
    expect(linkIn(cluster.at(40), 1, 1)).toBeUndefined();
  });

  test('knows who is down, who is doubted, and what waits where', () => {
    const [a, b, c] = cluster.at(45).nodes;
    expect(a).toEqual({ node: 0, isDown: false, faults: [], doubters: 0, waiting: [{ peer: 1, hints: 1 }], hints: 1 });
    expect(b).toMatchObject({ isDown: true, doubters: 1, hints: 0 });
    expect(c).toMatchObject({ isDown: false, doubters: 0 });
    expect(cluster.at(45).doubts(0, 1)).toBe(true);
    expect(cluster.at(45).doubts(2, 1)).toBe(false);
    expect(cluster.at(60).doubts(0, 1)).toBe(false);
  });

  test('tells a link with a dead end from one whose sender only thinks so', () => {
    expect(troubles(cluster, 45)).toEqual(['0.1: endDown', '1.0: endDown', '1.2: endDown', '2.1: endDown']);
    expect(troubles(cluster, 55)).toEqual(['0.1: doubted']);
    expect(troubles(cluster, 60)).toEqual([]);
  });

  test('marks partitions one way or both, and losses', () => {
    const [a, b, c] = [peerIndex(0), peerIndex(1), peerIndex(2)];
    const span = { from: instant(60), until: instant(70), cause: '' };
    const broken = new Cluster(
      handStory({
        faults: [
          { kind: 'partition', sources: [a], targets: [b], isTwoWay: false, ...span },
          { kind: 'partition', sources: [a], targets: [c], isTwoWay: true, ...span },
          { kind: 'loss', sources: [a, b], targets: [b, c], share: 0.5, ...span },
        ],
      }),
    );
    expect(troubles(broken, 60)).toEqual(['0.1: cut', '0.2: cut', '1.2: lossy', '2.0: cut']);
    expect(troubles(broken, 70)).toEqual([]);
  });

  test('knows the next message of a link, and the most hints of a queue', () => {
    expect(cluster.nextFlight(0, 1, 0)?.from).toBe(70);
    expect(cluster.nextFlight(0, 1, 70)).toBeUndefined();
    expect(cluster.mostStored).toBe(1);
  });

  test('is made once for a trace', () => {
    expect(clusterOf(trace)).toBe(clusterOf(trace));
  });
});

test('a link that was closed is closed until it opens again; one that opens for the first time never was', () => {
  const ends = new LinkEnds(
    handStory({
      log: [
        { at: 1, kind: 'linkOpened', node: 'a', peer: 'b' },
        { at: 10, kind: 'linkEnded', node: 'a', peer: 'b' },
        { at: 20, kind: 'linkOpened', node: 'a', peer: 'b' },
      ],
    }),
  );
  expect(ends.closedAt(9)).toEqual([]);
  expect(ends.closedAt(10)).toEqual([{ node: 0, peer: 1 }]);
  expect(ends.closedAt(20)).toEqual([]);
});

describe('the map in words', () => {
  test('says of a node all that it shows', () => {
    const [a, b] = cluster.at(45).nodes;
    expect(a && nodeAbout(trace, a)).toBe('a: up; holds hints: 1 for b');
    expect(b && nodeAbout(trace, b)).toBe('b: down; 1 of 2 take it for Down; holds no hints');
    expect(b && nodeState({ ...b, faults: ['slow ×10'] })).toBe('down · slow ×10');
  });

  test('says of a link and of the cluster what is on them', () => {
    const at40 = cluster.at(40);
    const toC = linkIn(at40, 0, 2);
    const toB = linkIn(at40, 0, 1);
    expect(toC && linkAbout(trace, toC)).toBe('a → c: open; 1 in flight');
    expect(toB && linkAbout(trace, toB)).toBe('a → b: an end is down; nothing in flight, 1 hint waiting');
    expect(clusterAbout(trace, at40)).toBe('2 up, 1 down (b), 1 message in flight, 1 hint waiting');
    expect(clusterAbout(handStory({ level: 'counters' }), at40)).toBe(
      '2 up, 1 down (b); record: full has the hints and messages, too',
    );
    expect(clusterAbout(trace, cluster.at(60))).toBe('all 3 nodes up, 0 messages in flight, 1 hint waiting');
  });
});
