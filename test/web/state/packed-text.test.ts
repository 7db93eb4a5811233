import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_UNPACKED, packText, unpackText } from '../../../web/state/packed-text.ts';

test('packed text is safe in a fragment and comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 2_000, size: 'max' }), async (text) => {
      const packed = await packText(text);
      expect(packed).toMatch(/^[\w-]+$/);
      expect(await unpackText(packed)).toBe(text);
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('a scenario shrinks', async () => {
  const text = Array.from({ length: 200 }, (_, i) => `  - { crash: n${i % 5}, at: ${i}h, for: 10m }\n`).join('');
  expect((await packText(text)).length).toBeLessThan(text.length / 5);
});

test('what was not packed by us is refused, not thrown', async () => {
  for (const broken of ['', 'A', '!!!!', 'AAAA', 'not-packed-text', (await packText('some text')).slice(0, -4)]) {
    expect(await unpackText(broken)).toBeUndefined();
  }
});

test('text that would unpack to more than the limit is refused', async () => {
  expect(await unpackText(await packText('x'.repeat(MOST_UNPACKED + 1)))).toBeUndefined();
  expect(await unpackText(await packText('x'.repeat(MOST_UNPACKED)))).toHaveLength(MOST_UNPACKED);
});
