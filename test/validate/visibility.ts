/**
 * Section 1, PBS and WARS: how soon after its acknowledgement a write is visible (Bailis et al., VLDB 2012).
 */
import type { Finding, RunScenario, Section, ValidationCase } from './case.ts';
import { exactly, share } from './findings.ts';
import { ONE_WAY, READ_TAILS, TAILS } from './latencies.ts';
import { fileText } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';
import { K1 } from './versions.ts';
import { DISK, exponentials, SSD, TRIALS, UNIT, wan, wars, YMMR } from './wars.ts';
import type { Fit, Quorum } from './wars.ts';

/** A probability of consistency at each probe delay. */
function visible(
  name: string,
  quorum: Quorum,
  law: Fit,
  expected: readonly (readonly [number, number])[],
): (run: RunScenario) => Finding[] {
  const delays = expected.map(([delay]) => delay);
  return (run) => {
    const { visibility } = run(fileText(wars(quorum, law, delays))).statistics;
    return expected.map(([delay, p], index) => {
      const probe = visibility[index];
      return share(`${name} p(${Number(delay.toPrecision(7))} ms)`, p, probe?.consistent ?? NaN, probe?.reads ?? NaN);
    });
  };
}

function shareCase(
  id: string,
  rows: readonly (readonly [string, Quorum, Fit, readonly (readonly [number, number])[]])[],
): ValidationCase {
  const checks = rows.map(([name, quorum, law, expected]) => visible(name, quorum, law, expected));
  const title = `${rows.map(([name]) => name).join('; ')}, ${TRIALS} writes each`;
  return { id, title, check: (run) => checks.flatMap((check) => check(run)) };
}

/** One write in N: 1 − p(t) = K·e^(−λt) with R = 1, so p(0) and the time of 99.9 % are two points of one curve. */
function exponentialCase(id: string, quorum: Quorum, lambda: number, mu: number, p0: number, t999: number) {
  const law = exponentials(lambda, mu);
  const points = [
    [0, p0],
    [t999 * UNIT, 0.999],
  ] as const;
  const name = `exponential WARS N=${quorum.n} W=${quorum.w} λ=${lambda} μ=${mu}`;
  return shareCase(id, [[name, quorum, law, points]]);
}

/** R + W > N: every probe at once sees its write. */
const OVERLAPPING: ValidationCase = {
  id: 'P11',
  title: `R+W>N with every fit, ${TRIALS} writes each`,
  check: (run) =>
    OVERLAPPING_ROWS.map(([name, file]) => {
      const probe = run(fileText(file)).statistics.visibility[0];
      return exactly(`${name} p(0)`, 1, (probe?.consistent ?? NaN) / (probe?.reads ?? NaN));
    }),
};

const OVERLAPPING_ROWS: readonly (readonly [string, ScenarioFile])[] = [
  ['SSD N3 R2 W2', wars({ n: 3, r: 2, w: 2 }, SSD, [0])],
  ['DISK N3 R1 W3', wars({ n: 3, r: 1, w: 3 }, DISK, [0])],
  ['YMMR N3 R3 W1', wars({ n: 3, r: 3, w: 1 }, YMMR, [0])],
  ['DISK N5 R3 W3', wars({ n: 5, r: 3, w: 3 }, DISK, [0])],
  ['WAN N3 R2 W2', wan({ n: 3, r: 2, w: 2 }, [0])],
];

const N3: Quorum = { n: 3, r: 1, w: 1 };

/** Every row of section 1. */
export const VISIBILITY: Section = {
  title: '1. PBS and WARS',
  cases: [
    shareCase('P1', [
      [
        'SSD R1W1',
        N3,
        SSD,
        [
          [0, 0.973607],
          [1, 0.995005],
          [5, 0.999993],
        ],
      ],
    ]),
    shareCase('P3', [
      [
        'YMMR R1W1',
        N3,
        YMMR,
        [
          [0, 0.892969],
          [1, 0.911007],
          [10, 0.939865],
        ],
      ],
    ]),
    shareCase('P5', [
      ['SSD R1W2', { n: 3, r: 1, w: 2 }, SSD, [[0, 0.978294]]],
      ['SSD R2W1', { n: 3, r: 2, w: 1 }, SSD, [[0, 0.999413]]],
    ]),
    shareCase('P9', [
      ['DISK N2 R1W1', { n: 2, r: 1, w: 1 }, DISK, [[0, 0.575838]]],
      ['DISK N5 R1W1', { n: 5, r: 1, w: 1 }, DISK, [[0, 0.319867]]],
    ]),
    OVERLAPPING,
    ONE_WAY,
    TAILS,
    exponentialCase('E1', { n: 2, r: 1, w: 1 }, 1, 1, 0.847222, 5.028984),
    exponentialCase('E2', N3, 1, 1, 0.7518, 5.514233),
    exponentialCase('E3', N3, 4, 1, 0.942947, 1.010996),
    exponentialCase('E4', N3, 0.1, 1, 0.419559, 63.637881),
    exponentialCase('E6', N3, 2, 1, 0.866548, 2.44687),
    K1,
    READ_TAILS,
  ],
  omissions: [{ id: 'K1', why: 'of it, k=10: its 3^11 placements are more requests than a scenario may write out' }],
};
