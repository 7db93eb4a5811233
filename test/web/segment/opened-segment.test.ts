/** A segment of hints as the page shows it: whose it is, what is read back, when it expires, and where it is torn. */
import { expect, it } from 'vitest';
import { encodeSegment } from '../../../core/index.ts';
import { segmentEndText } from '../../../sim/segment-text.ts';
import { expiredAt, expirySteps, momentOf, openSegment, utcText } from '../../../web/segment/opened-segment.ts';

const hint = (deadline: number, payload = 4) => ({
  deadlineMillis: BigInt(deadline),
  payload: new Uint8Array(payload),
});

it('keeps the records in the order of the file and the deadlines in that of time', () => {
  const segment = openSegment('peer-3.hints', encodeSegment([hint(30), hint(10), hint(20)]));
  expect(segment.peer).toBe(3);
  expect(segment.bytes).toBe(3 * 20); // 16 around a payload of 4
  expect(segment.records.map(({ offset }) => offset)).toEqual([0, 20, 40]);
  expect(segment.deadlines).toEqual([10n, 20n, 30n]);
  expect(segmentEndText(segment.end)).toBe('it ends with a whole record');
});

it('says where a torn tail begins, and how much of it there is', () => {
  const whole = encodeSegment([hint(10)]);
  const torn = new Uint8Array([...whole, 1, 2, 3]);
  const segment = openSegment('copy.hints', torn);
  expect(segment.peer).toBeUndefined();
  expect(segment.records).toHaveLength(1);
  expect(segmentEndText(segment.end)).toMatch(/^torn at offset 20: too few bytes are left .*; 3 bytes from there on/);
});

it('a hint has expired at its deadline, not before', () => {
  const deadlines = [10n, 20n, 20n, 30n];
  expect([9n, 10n, 19n, 20n, 31n].map((now) => expiredAt(deadlines, now))).toEqual([0, 1, 1, 3, 4]);
  expect(expiredAt([], 5n)).toBe(0);
});

it('tells by when the first, each quarter and the last expire, each moment once', () => {
  const eight = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n];
  expect(expirySteps(eight).map(({ count, by }) => `${count} by ${by}`)).toEqual([
    '1 by 1',
    '2 by 2',
    '4 by 4',
    '6 by 6',
    '8 by 8',
  ]);
  expect(expirySteps([7n, 7n, 7n])).toEqual([{ count: 3, by: 7n }]);
  expect(expirySteps([])).toEqual([]);
});

it('takes and gives moments in UTC, and no more than the calendar has', () => {
  expect(momentOf('1970-01-02T00:00')).toBe(86_400_000n);
  expect([momentOf(''), momentOf('1969-12-31T23:59')]).toEqual([undefined, undefined]);
  expect(utcText(86_400_001n)).toBe('1970-01-02 00:00:00.001');
  expect(utcText(0xffff_ffff_ffff_ffffn)).toBe('18446744073709551615 ms after 1970');
});
