/**
 * What is wrong with a segment, in words: the command line and the page say the same about the same bytes.
 */
import type { RecordDamage, SegmentEnd } from '../core/index.ts';
import { formatCount } from './trace/index.ts';

/** How a segment ends for a reader, in a sentence without its full stop. */
export function segmentEndText(end: SegmentEnd): string {
  if (end.kind === 'clean') return 'it ends with a whole record';
  const { offset, trailingBytes, reason } = end;
  return `torn at offset ${formatCount(offset)}: ${damageText(reason)}; ${formatCount(trailingBytes)} bytes from there on are not read, even if there are whole records among them`;
}

/** What is wrong with the record that a reader stops at. */
export function damageText(damage: RecordDamage): string {
  switch (damage.kind) {
    case 'shortHeader':
      return 'too few bytes are left for the header of a record';
    case 'shortBody':
      return `a record says that its body has ${formatCount(damage.bodyBytes)} bytes, more than are left`;
    case 'badLength':
      return `a record says that its body has ${formatCount(damage.bodyBytes)} bytes, too few for a deadline`;
    case 'badChecksum':
      return `the checksum of a record is ${hex(damage.storedCrc)}, and that of its body ${hex(damage.bodyCrc)}`;
  }
}

function hex(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}
