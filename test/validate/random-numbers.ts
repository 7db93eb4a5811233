/**
 * Section 6, random numbers: the generators that hintlab uses against their published vectors, and Zipf keys as a run
 * draws them.
 */
import { splitmix64 } from '../../sim/engine/splitmix64.ts';
import { nextXoshiro128 } from '../../sim/engine/xoshiro128.ts';
import type { RunScenario, Section, ValidationCase } from './case.ts';
import { exactly, share } from './findings.ts';
import { fileText } from './scenario-file.ts';

const SPLITMIX64 = [
  6457827717110365317n,
  3203168211198807973n,
  9817491932198370423n,
  4593380528125082431n,
  16408922859458223821n,
];

const R1: ValidationCase = {
  id: 'R1',
  title: 'splitmix64, seed 1234567',
  check: () => {
    const met = SPLITMIX64.filter((output, index) => splitmix64(1234567n, index) === output).length;
    return [exactly('outputs met', SPLITMIX64.length, met)];
  },
};

const XOSHIRO128 = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849];

const R7: ValidationCase = {
  id: 'R7',
  title: 'xoshiro128**, state 1, 2, 3, 4',
  check: () => {
    const state = Int32Array.of(1, 2, 3, 4);
    return XOSHIRO128.map((output, index) => exactly(`output ${index + 1}`, output, nextXoshiro128(state, 0)));
  },
};

const ZIPF_WRITES = 200_000;

const R12: ValidationCase = {
  id: 'R12',
  title: `Zipf keys, ${ZIPF_WRITES} writes each`,
  check: (run) => [
    ...zipf(run, 10, 1, [
      [1, 0.341417],
      [2, 0.170709],
      [10, 0.0341417],
    ]),
    ...zipf(run, 1_000, 0.99, [
      [1, 0.129384],
      [2, 0.0651418],
      [10, 0.0132397],
    ]),
  ],
};

/** The shares of some ranks, counted from 1, among the keys of a run. */
function zipf(run: RunScenario, count: number, skew: number, expected: readonly (readonly [number, number])[]) {
  const { writes } = run(
    fileText({
      duration: `${ZIPF_WRITES / 1_000}s`,
      record: 'full',
      nodes: 1,
      workload: { rate: '1000/s', keys: { count, zipf: skew } },
    }),
  );
  return expected.map(([rank, p]) => {
    const hits = writes.key.filter((key) => key === rank - 1).length;
    return share(`n=${count} s=${skew} p${rank}`, p, hits, writes.key.length);
  });
}

const UNUSED = 'hintlab does not use this generator';

/** Every row of section 6 about what hintlab uses. */
export const RANDOM_NUMBERS: Section = {
  title: '6. Random numbers',
  cases: [R1, R7, R12],
  omissions: [
    { id: 'R2', why: `xoshiro256**: ${UNUSED}` },
    { id: 'R3', why: `xoshiro256** by seed: ${UNUSED}` },
    { id: 'R6', why: `xoroshiro128+: ${UNUSED}` },
    { id: 'R8', why: `PCG32: ${UNUSED}` },
  ],
};
