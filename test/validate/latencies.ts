/**
 * Section 1: the fits as a run draws them, and the latencies of requests that wait for some of several replicas.
 */
import type { Trace } from '../../sim/trace/index.ts';
import type { Finding, ValidationCase } from './case.ts';
import { tabled } from './findings.ts';
import { fileText } from './scenario-file.ts';
import { DISK, SSD, wars, YMMR } from './wars.ts';

type TimeSummary = Trace['statistics']['writes'];

const LATENCY_TRIALS = 400_000;

/** One-way quantiles: expected ms, and its σ at 10^5 trials by the density of the fit. */
const QUANTILES = [
  ['p50', 0.252643, 8.98e-5, 2.462381, 0.0116],
  ['p90', 0.315471, 5.9e-4, 10.638593, 0.0532],
  ['p99', 1.308723, 0.019, 24.684371, 0.219],
  ['p999', 2.69582, 0.0602, 54.678425, 3.13],
] as const;

/** A write to one replica whose acknowledgement takes no time: its latency is that of the message. */
export const ONE_WAY: ValidationCase = {
  id: 'P-W',
  title: `one-way quantiles of a write, ${LATENCY_TRIALS} writes each`,
  check: (run) => {
    const [ssd, disk] = [SSD, DISK].map(({ write }) => {
      const file = wars({ n: 1, r: 1, w: 1 }, { write, others: { constant: '0s' } }, [], LATENCY_TRIALS);
      return run(fileText(file)).statistics.writes;
    });
    return QUANTILES.flatMap(([at, ofSsd, sigmaOfSsd, ofDisk, sigmaOfDisk]) => [
      resolved(tabled(`SSD ${at}, ms`, ofSsd, millisAt(ssd, at), { ...MADE, sigma: sigmaOfSsd })),
      resolved(tabled(`DISK-W ${at}, ms`, ofDisk, millisAt(disk, at), { ...MADE, sigma: sigmaOfDisk })),
    ]);
  },
};

const MADE = { trials: 100_000, made: LATENCY_TRIALS };

function millisAt(times: TimeSummary | undefined, at: (typeof QUANTILES)[number][0]): number {
  return (times?.[at] ?? NaN) / 1_000;
}

/** Percentiles are exact to a microsecond and a thousandth, which is more than σ near the median. */
function resolved(finding: Finding): Finding {
  return { ...finding, tolerance: finding.tolerance + 1e-3 + finding.expected / 1_000 };
}

/** 99.9th percentiles of L_w and L_r with N = 3, by k: expected ms, and its σ at 10^5 trials. */
const SSD_TAILS = [
  [1, 0.654914, 0.009],
  [2, 1.632315, 0.03],
  [3, 4.112966, 0.096],
] as const;
const DISK_TAILS = [
  [1, 10.934131, 0.26],
  [2, 20.953414, 0.42],
  [3, 111.345632, 7.4],
] as const;

/** The page has no id for its table of percentiles. */
export const TAILS: ValidationCase = {
  id: 'P-L',
  title: `99.9th percentile of latencies, N=3, ${LATENCY_TRIALS} requests each`,
  check: (run) => [
    ...SSD_TAILS.flatMap(([k, expected, sigma]) => {
      const { writes, reads } = run(fileText(wars({ n: 3, r: k, w: k }, SSD, [0], LATENCY_TRIALS))).statistics;
      return [tail(`SSD L_w k=${k}`, expected, sigma, writes), tail(`SSD L_r k=${k}`, expected, sigma, reads)];
    }),
    ...DISK_TAILS.map(([k, expected, sigma]) => {
      const { writes } = run(fileText(wars({ n: 3, r: 1, w: k }, DISK, [], LATENCY_TRIALS))).statistics;
      return tail(`DISK L_w k=${k}`, expected, sigma, writes);
    }),
  ],
};

/** P12 by (sent to, waited for): expected ms, and its σ at 10^5 trials from the exact law by quadrature. */
const FAN_OUTS = [
  [1, 1, 168.188, 4.645],
  [2, 1, 11.051, 0.9975],
  [2, 2, 200.389, 4.6458],
  [3, 1, 5.597, 0.05296],
  [3, 2, 32.947, 2.3309],
  [3, 3, 219.228, 4.646],
] as const;

/** L_r by how many are asked and waited for. */
export const READ_TAILS: ValidationCase = {
  id: 'P12',
  title: `YMMR reads, sent to n, waiting for w, ${LATENCY_TRIALS} reads each`,
  check: (run) =>
    FAN_OUTS.map(([n, w, expected, sigma]) => {
      const file = wars({ n, r: w, w: 1 }, YMMR, [], LATENCY_TRIALS);
      const { reads } = run(fileText({ ...file, workload: { ...file.workload, reads: 1 } })).statistics;
      return tail(`YMMR L_r (${n},${w})`, expected, sigma, reads);
    }),
};

function tail(name: string, expected: number, sigma: number, times: TimeSummary): Finding {
  return tabled(`${name} p99.9, ms`, expected, times.p999 / 1_000, { sigma, trials: 100_000, made: times.count });
}
