/**
 * CRC-32/IEEE, the checksum of a durable record: polynomial 0x04C11DB7, bits reflected, register and result inverted.
 * It finds every burst of damage up to 32 bits long, single bit flips among them; other damage passes once in 2^32.
 *
 * One table look-up for each byte. `segment.ts` sums the body of a record with it, deadline and payload.
 */

/** The polynomial with its bits reversed, because the lowest bit of each byte goes first. */
const REFLECTED_POLYNOMIAL = 0xedb8_8320;

/** What eight steps of the shift register make of each value of a byte. */
const TABLE = remainders();

/**
 * The checksum of `bytes[start … end)`, as an unsigned 32-bit integer. An empty range has 0, the text `123456789` the
 * published check value 0xCBF43926. O(end − start).
 */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = -1;
  for (let index = start; index < end; index += 1) {
    register = (TABLE[(register ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (register >>> 8);
  }
  return ~register >>> 0;
}

function remainders(): Int32Array {
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = (remainder >>> 1) ^ ((remainder & 1) === 1 ? REFLECTED_POLYNOMIAL : 0);
    }
    table[byte] = remainder;
  }
  return table;
}
