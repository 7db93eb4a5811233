import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PAGE, pageLink } from '../../../sim/explore/index.ts';
import { parseAddress } from '../../../web/state/address.ts';
import { unpackText } from '../../../web/state/packed-text.ts';

const TEXT = 'hintlab: 1\nname: "Zürich ≠ a link"\nduration: 1m\n';
const MOMENT = { text: TEXT, at: 30_001_000, event: 73 };

/** What the page itself reads out of a link. */
async function opened(
  link: string,
): Promise<{ readonly text: string | undefined; readonly at: unknown; readonly entry: unknown }> {
  const { address, problems } = parseAddress(link.slice(link.indexOf('#')));
  expect(problems).toEqual([]);
  const { source, moment: at, entry } = address;
  return { text: source.kind === 'text' ? await unpackText(source.packed) : undefined, at, entry };
}

describe('a link to the page', () => {
  it('is read by the page, with or without compression', async () => {
    const expected = { text: TEXT, at: 30_001_000, entry: 73 };
    expect(await opened(pageLink(undefined, MOMENT))).toEqual(expected);
    expect(await opened(pageLink(undefined, MOMENT, (bytes) => deflateRawSync(bytes)))).toEqual(expected);
  });

  it('holds texts that are longer than a stored block', async () => {
    const long = { ...MOMENT, text: `hintlab: 1\n# ${'x'.repeat(70_000)}\n${'y'.repeat(65_535)}` };
    expect((await opened(pageLink(undefined, long))).text).toBe(long.text);
    expect((await opened(pageLink(undefined, { ...long, text: '' }))).text).toBe('');
  });

  it('opens where the page would by itself if there is no event', async () => {
    expect(await opened(pageLink(undefined, { text: TEXT, at: null, event: null }))).toEqual({
      text: TEXT,
      at: undefined,
      entry: undefined,
    });
  });

  it('goes to the page that it is told, without what that address showed', () => {
    expect(pageLink(undefined, MOMENT).startsWith(`${DEFAULT_PAGE}#v=1&text=`)).toBe(true);
    expect(pageLink('https://example.org/lab/#v=1&story=expiry', MOMENT)).toMatch(
      /^https:\/\/example\.org\/lab\/#v=1&text=/,
    );
  });
});
