/**
 * The transcendental functions that a run may use, equal to the last bit in every engine.
 *
 * `Math.exp`, `Math.log` and `Math.pow` differ in their last bits between browsers and between releases of one
 * engine. These are built from + − · / and `Math.sqrt` alone, which every engine rounds the same way: FreeBSD's
 * msun as ported by stdlib (error below 1 ulp), and Wichura's algorithm AS 241.
 */
import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';

/** `exp(x)` is e to the power x; `ln(x)` the natural logarithm, −Infinity at 0 and NaN below. */
export { exp, ln };

/**
 * `base` to the power `exponent`, for `base` > 0, as exp(exponent · ln base). The relative error is about
 * 1.2e-16 · (2 + |exponent · ln base|): below 1e-14 while the result stays within e^±80.
 */
export function power(base: number, exponent: number): number {
  return exp(exponent * ln(base));
}

/**
 * The z below which a standard normal variable lies with probability `p`, 0 ≤ p ≤ 1; ∓Infinity at the ends.
 * Relative error about 1e-16 (Wichura 1988, "Algorithm AS 241: The Percentage Points of the Normal
 * Distribution", routine PPND16).
 */
export function normalQuantile(p: number): number {
  const fromMiddle = p - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) {
    const r = 0.180625 - fromMiddle * fromMiddle;
    return (fromMiddle * polynomial(CENTRE_NUMERATOR, r)) / polynomial(CENTRE_DENOMINATOR, r);
  }
  const z = upperTail(Math.sqrt(-ln(fromMiddle < 0 ? p : 1 - p)));
  return fromMiddle < 0 ? -z : z;
}

/** The quantile for the tail probability exp(−root²), which is below 0.075. */
function upperTail(root: number): number {
  if (root === Infinity) return Infinity;
  if (root <= 5) return polynomial(TAIL_NUMERATOR, root - 1.6) / polynomial(TAIL_DENOMINATOR, root - 1.6);
  return polynomial(FAR_TAIL_NUMERATOR, root - 5) / polynomial(FAR_TAIL_DENOMINATOR, root - 5);
}

/** The polynomial with these coefficients at `x`. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

// The coefficients of AS 241 as doubles, highest power first: for the middle 85 %, the tails, and beyond e^−25.
// prettier-ignore
const CENTRE_NUMERATOR = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
  13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
// prettier-ignore
const CENTRE_DENOMINATOR = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597,
  5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
// prettier-ignore
const TAIL_NUMERATOR = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
  3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
// prettier-ignore
const TAIL_DENOMINATOR = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
  0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
];
// prettier-ignore
const FAR_TAIL_NUMERATOR = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
// prettier-ignore
const FAR_TAIL_DENOMINATOR = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];
