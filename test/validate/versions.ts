/**
 * K1, how many versions old a read may be with non-expanding quorums: a write reaches W of N replicas and never more, a
 * read asks R. With N = 3 and R = W = 1 there are 3^k ways to place k versions and 3 places to read, each as likely.
 *
 * The scenario goes through all of them: in turn only one replica is reachable from the coordinator, and for every way to
 * place the versions there is a key, whose version j is written in the turn of its place. A read is within k versions
 * unless it finds none of the k.
 */
import { NONE } from '../../sim/trace/index.ts';
import type { ValidationCase } from './case.ts';
import { within } from './findings.ts';
import { fileText } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

const REPLICAS = ['a', 'b', 'c'];
const PROXY = 'p';
/** A turn, and how far into it requests are sent. */
const TURN_SECONDS = 2;
const SENT_AFTER_SECONDS = 0.5;
/** The page prints six digits. */
const PRINTED = 5e-7;

/** k, and P(within k versions) = 1 − (2/3)^k. */
const EXPECTED = [
  [1, 0.333333],
  [2, 0.555556],
  [3, 0.703704],
  [5, 0.868313],
] as const;

/** P(within k versions), each placement once. */
export const K1: ValidationCase = {
  id: 'K1',
  title: 'non-expanding quorums, N3 R1 W1, by enumeration',
  check: (run) =>
    EXPECTED.map(([k, expected]) => {
      const { reads } = run(fileText(enumeration(k)));
      const found = reads.value.filter((value) => value !== NONE).length;
      return within(`P(within ${k} versions)`, expected, found / reads.value.length, PRINTED);
    }),
};

/** All placements of k versions, each read from every replica. */
function enumeration(versions: number): ScenarioFile {
  const placements = REPLICAS.length ** versions;
  const requests = [];
  for (let version = 0; version <= versions; version++) {
    for (const [place] of REPLICAS.entries()) {
      const at = secondsOf(version, place) + SENT_AFTER_SECONDS;
      for (let placement = 0; placement < placements; placement++) {
        const key = `k${placement}`;
        if (version === versions) requests.push({ at: `${at}s`, get: key, on: PROXY });
        else if (placeOf(placement, version) === place) requests.push({ at: `${at}s`, set: key, on: PROXY });
      }
    }
  }
  return {
    duration: `${secondsOf(versions + 1, 0)}s`,
    record: 'full',
    nodes: REPLICAS,
    proxies: [PROXY],
    hints: { enabled: false },
    drain: { enabled: false },
    receiver: { conflict: 'timestamp' },
    reads: { fanout: 'all', answer: 'newest', repair: false },
    channel: { slots: 1_000_000, rate: 'unlimited' },
    detector: { fixed: { down: '0s', up: '0s' } },
    consistency: 1,
    network: { timeout: '1s' },
    requests,
    faults: turns(versions + 1),
  };
}

/** One partition after the other, each of which leaves the coordinator one replica. */
function turns(rounds: number): unknown[] {
  return Array.from({ length: rounds }, (_, round) =>
    REPLICAS.map((reachable, place) => ({
      partition: [[PROXY], REPLICAS.filter((replica) => replica !== reachable)],
      at: `${secondsOf(round, place)}s`,
      for: `${TURN_SECONDS}s`,
    })),
  ).flat();
}

function secondsOf(round: number, place: number): number {
  return (1 + round * REPLICAS.length + place) * TURN_SECONDS;
}

/** Where a placement has a version: its digit to the base of the replicas. */
function placeOf(placement: number, version: number): number {
  return Math.floor(placement / REPLICAS.length ** version) % REPLICAS.length;
}
