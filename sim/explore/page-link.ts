/**
 * A link that opens the page with a scenario at a moment: the whole file in the fragment, deflated and in base64url, as
 * `web/state/address.ts` and `web/state/packed-text.ts` read it. No server sees it, and it works from the log of a CI run.
 *
 * Compressing is handed in, since only the outside has a library for it. Without one the text travels in stored
 * blocks, which every inflater reads: about five times as long, which a minimal scenario can afford.
 */

/** Where the page is, if nobody says: the preview that `npm start` serves. */
export const DEFAULT_PAGE = 'http://localhost:4173/';

/** Raw deflate (RFC 1951). */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

/** What to open, and where in it. */
export interface PageMoment {
  /** The scenario file. */
  readonly text: string;
  /** Microseconds; null for wherever the page would open it. */
  readonly at: number | null;
  /** Row of the log at that moment, or null. */
  readonly event: number | null;
}

/** A stored block holds no more. */
const MAX_STORED = 65_535;

/** The link; compressed, it is about a fifth as long as the text. `page` is {@link DEFAULT_PAGE} where it is undefined. */
export function pageLink(page: string | undefined, { text, at, event }: PageMoment, deflate: Deflate = stored): string {
  const packed = toBase64Url(deflate(new TextEncoder().encode(text)));
  const fields = [
    'v=1',
    `text=${packed}`,
    ...(at === null ? [] : [`at=${at}`]),
    ...(at === null || event === null ? [] : [`entry=${event}`]),
  ];
  return `${(page ?? DEFAULT_PAGE).replace(/#.*$/s, '')}#${fields.join('&')}`;
}

/** Blocks of type 0: a header byte that says whether it is the last, the length and its complement, the bytes. */
function stored(bytes: Uint8Array): Uint8Array {
  const blocks: number[] = [];
  for (let from = 0; from === 0 || from < bytes.length; from += MAX_STORED) {
    const block = bytes.subarray(from, from + MAX_STORED);
    const isLast = from + MAX_STORED >= bytes.length;
    const { length } = block;
    blocks.push(isLast ? 1 : 0, length & 0xff, length >>> 8, ~length & 0xff, (~length >>> 8) & 0xff);
    for (const byte of block) blocks.push(byte);
  }
  return Uint8Array.from(blocks);
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
