/**
 * Scenario text packed for a link: deflated by the browser's own stream, then base64url. About a fifth of the text.
 */

/** Text longer than this when unpacked is refused: no link of ours is, and a bomb is. In bytes. */
export const MOST_UNPACKED = 4 * 1_048_576;

/** Packs text; {@link unpackText} gives it back. */
export async function packText(text: string): Promise<string> {
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return toBase64Url(new Uint8Array(await new Response(deflated).arrayBuffer()));
}

/** The text, or undefined if it was not packed by {@link packText} or is too long. */
export async function unpackText(packed: string): Promise<string | undefined> {
  const bytes = fromBase64Url(packed);
  if (!bytes) return undefined;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength;
      if (size > MOST_UNPACKED) return undefined;
      text += decoder.decode(next.value, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return undefined; // neither deflate nor UTF-8: browsers differ in what they throw then, and nothing else can fail
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
