import { expect, test } from 'vitest';
import { unbroken } from '../../../web/state/unbroken.ts';

test('thousands stay together, and words may part', () => {
  expect(unbroken('kept hint 1 699 of write 12 345 678, 2m after')).toBe(
    'kept hint 1\u00a0699 of write 12\u00a0345\u00a0678, 2m after',
  );
});

test('a number that follows another is not its thousands', () => {
  expect(unbroken('at 12 34 and 5 6789')).toBe('at 12 34 and 5 6789');
});
