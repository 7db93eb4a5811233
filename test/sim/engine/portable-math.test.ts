/**
 * Portable maths against values of 50-digit decimal arithmetic, and the normal quantile against its printed check values.
 */
import { describe, expect, it } from 'vitest';
import { exp, ln, normalQuantile, power } from '../../../sim/engine/portable-math.ts';

/** How far `found` is from `expected`, relative to it. */
const relativeError = (found: number, expected: number) => Math.abs(found - expected) / Math.abs(expected);

/** The distance between neighbouring doubles, relative to them, is at most this. */
const EPSILON = 2 ** -52;

describe('ln', () => {
  it.each([
    [7, 1.9459101490553132],
    [3, 1.0986122886681098],
    [20, 2.995732273553991],
    [0.1, -2.3025850929940455],
    [1.5, 0.4054651081081644],
    [123456.789, 11.723646487185881],
    [1 - 2 ** -53, -1.1102230246251565e-16],
    [1e300, 690.7755278982137],
    [1e-300, -690.7755278982137],
    [5e-324, -744.4400719213812],
  ])('of %d is %d', (x, expected) => {
    expect(relativeError(ln(x), expected)).toBeLessThanOrEqual(EPSILON);
  });

  it('is exact at 1, and says what it cannot do', () => {
    expect([ln(1), ln(0), ln(Infinity), ln(-1)]).toEqual([0, -Infinity, Infinity, NaN]);
  });
});

describe('exp', () => {
  it.each([
    [3, 20.085536923187668],
    [-1, 0.36787944117144233],
    [10, 22026.465794806718],
    [-10, 0.00004539992976248485],
    [0.5, 1.6487212707001282],
    [1e-10, 1.0000000001],
    [700, 1.0142320547350045e304],
    [-700, 9.85967654375977e-305],
  ])('of %d is %d', (x, expected) => {
    expect(relativeError(exp(x), expected)).toBeLessThanOrEqual(EPSILON);
  });

  it('is exact at 0 and at the ends', () => {
    expect([exp(0), exp(-Infinity), exp(Infinity), exp(710)]).toEqual([1, 0, Infinity, Infinity]);
  });
});

describe('power', () => {
  it.each([
    [7, 0.5, 2.6457513110645907],
    [10, 3, 1_000],
    [0.001, -0.1, 1.9952623149688797],
    [1.5, 20, 3325.256730079651],
    [3, -2, 0.1111111111111111],
    [0.5, 1.51, 0.3511112189344993],
    [10, 34, 1e34],
  ])('%d to the %d is %d', (base, exponent, expected) => {
    expect(relativeError(power(base, exponent), expected)).toBeLessThanOrEqual(1e-14);
  });
});

describe('normalQuantile', () => {
  // Check values printed with the algorithm (Wichura 1988), to 16 digits.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798408],
  ])('of %d is the published %d', (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThanOrEqual(4 * EPSILON);
  });

  // From the series of the normal integral in 60-digit arithmetic; on both sides of each seam of the algorithm.
  it.each([
    [0.6, 0.2533471031357998],
    [0.9, 1.2815515655446004],
    [0.074, -1.4466320671589785],
    [0.076, -1.4325027208258116],
    [0.975, 1.9599639845400538],
    [0.999, 3.090232306167813],
    [1e-9, -5.9978070150076865],
    [1e-12, -7.034483825301132],
    [2 ** -53, -8.209536151601387],
  ])('of %d is %d', (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThanOrEqual(8 * EPSILON);
  });

  it('is 0 in the middle and infinite at the ends', () => {
    expect([normalQuantile(0.5), normalQuantile(0), normalQuantile(1)]).toEqual([0, -Infinity, Infinity]);
  });

  it('rises with p, across its seams too', () => {
    const zs = Array.from({ length: 9_999 }, (_, index) => normalQuantile((index + 1) / 10_000));
    expect(zs.every((z, index) => z > (zs[index - 1] ?? -Infinity))).toBe(true);
  });
});
