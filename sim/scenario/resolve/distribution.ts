/**
 * Distributions of a document as specifications that sim/engine can sample: `5ms`, `{ uniform: [1ms, 5ms] }`,
 * `{ quantiles: { p50: 1ms, p99: 20ms }, plus: 1ms }`, mixtures of those. What each needs of its parameters is checked here.
 */
import type { DistributionSpec } from '../model/distribution.ts';
import type { DistributionDocument } from '../schema/distribution.ts';
import { nearestName } from '../problem.ts';
import type { Path } from '../text/source-tree.ts';
import type { Resolution } from './resolution.ts';

type PartDocument = Exclude<DistributionDocument, number | { readonly mixture: unknown }>;

/** What a distribution is of: requests have at least a byte and at most so many; a latency may be 0. */
export interface Domain {
  /** The least constant that makes sense. */
  readonly min: number;
  readonly max: number;
  /** As in `a size of at least 1B`. */
  readonly bounds: string;
}

/** The specification of a distribution. If its parameters make none, that has been reported. */
export function resolveDistribution(
  document: DistributionDocument | number,
  path: Path,
  domain: Domain,
  resolution: Resolution,
): DistributionSpec {
  if (typeof document === 'number') return constant(document, path, domain, resolution);
  if (!('mixture' in document)) return shifted(document, path, domain, resolution);
  const { mixture, plus } = document;
  const inner = [...path, 'mixture'];
  if (mixture.length === 0) resolution.problem(inner, { code: 'range', expected: 'at least one part' });
  const parts = mixture.map((part, index) => {
    const { weight, ...of } = part;
    return { weight, of: shifted(of, [...inner, index], domain, resolution) };
  });
  return withPlus({ kind: 'mixture', parts }, plus, path, domain, resolution);
}

function shifted(document: PartDocument, path: Path, domain: Domain, resolution: Resolution): DistributionSpec {
  return withPlus(simple(document, path, domain, resolution), document.plus, path, domain, resolution);
}

/** `plus: 0` says the same as nothing, and so becomes nothing. */
function withPlus(
  of: DistributionSpec,
  plus: number | undefined,
  path: Path,
  domain: Domain,
  resolution: Resolution,
): DistributionSpec {
  if (plus === undefined || plus === 0) return of;
  within(plus, [...path, 'plus'], domain, resolution);
  return { kind: 'shifted', by: plus, of };
}

function simple(document: PartDocument, path: Path, domain: Domain, resolution: Resolution): DistributionSpec {
  if ('constant' in document) return constant(document.constant, [...path, 'constant'], domain, resolution);
  if ('uniform' in document) return uniform(document.uniform, [...path, 'uniform'], domain, resolution);
  if ('exponential' in document) {
    within(document.exponential, [...path, 'exponential'], domain, resolution);
    return { kind: 'exponential', mean: document.exponential };
  }
  if ('lognormal' in document) {
    const { mean, cv } = document.lognormal;
    aboveZero(mean, [...path, 'lognormal', 'mean'], resolution);
    within(mean, [...path, 'lognormal', 'mean'], domain, resolution);
    return { kind: 'lognormal', mean, cv };
  }
  if ('pareto' in document) {
    const { scale, shape } = document.pareto;
    aboveZero(scale, [...path, 'pareto', 'scale'], resolution);
    within(scale, [...path, 'pareto', 'scale'], domain, resolution);
    return { kind: 'pareto', scale, shape };
  }
  return quantiles(document.quantiles, [...path, 'quantiles'], domain, resolution);
}

function constant(value: number, path: Path, domain: Domain, resolution: Resolution): DistributionSpec {
  within(value, path, domain, resolution);
  return { kind: 'constant', value };
}

function uniform(
  [low, high]: readonly [number, number],
  path: Path,
  domain: Domain,
  resolution: Resolution,
): DistributionSpec {
  within(low, [...path, 0], domain, resolution);
  within(high, [...path, 1], domain, resolution);
  if (high < low) {
    const expected = `at least the lower bound, ${resolution.found([...path, 0])}`;
    resolution.problem([...path, 1], { code: 'order', expected });
  }
  return { kind: 'uniform', low, high };
}

function quantiles(
  document: Readonly<Record<string, number>>,
  path: Path,
  domain: Domain,
  resolution: Resolution,
): DistributionSpec {
  const points = Object.entries(document).flatMap(([name, value]) => {
    const percentile = percentileOf(name);
    if (percentile === undefined) {
      const nearest = nearestName(name, ['p50', 'p90', 'p99', 'p99.9']);
      const complaint = { code: 'unknownName', expected: 'percentiles such as p50 or p99.9', found: name } as const;
      resolution.problem([...path, name], nearest === undefined ? complaint : { ...complaint, nearest });
      return [];
    }
    within(value, [...path, name], domain, resolution);
    return [{ name, p: percentile / 100, value }];
  });
  const sorted = points.toSorted((a, b) => a.p - b.p);
  if (Object.keys(document).length === 0)
    resolution.problem(path, { code: 'range', expected: 'at least one percentile' });
  for (const [index, point] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined) continue;
    const inner = [...path, point.name];
    if (point.p === before.p) {
      resolution.problem(inner, { code: 'duplicateName', expected: 'each percentile once', found: point.name });
    } else if (point.value < before.value) {
      const expected = `at least the ${before.name}, ${resolution.found([...path, before.name])}`;
      resolution.problem(inner, { code: 'order', expected });
    }
  }
  return { kind: 'empirical', quantiles: sorted.map(({ p, value }) => ({ p, value })) };
}

function percentileOf(name: string): number | undefined {
  const match = /^p(\d{1,3}(?:\.\d{1,6})?)$/.exec(name);
  const percentile = Number(match?.[1] ?? Infinity);
  return percentile <= 100 ? percentile : undefined;
}

function within(value: number, path: Path, { min, max, bounds }: Domain, resolution: Resolution): void {
  if (value < min || value > max) resolution.problem(path, { code: 'range', expected: bounds });
}

function aboveZero(value: number, path: Path, resolution: Resolution): void {
  if (value <= 0) resolution.problem(path, { code: 'range', expected: 'a value above 0' });
}
