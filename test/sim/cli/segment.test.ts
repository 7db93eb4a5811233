/**
 * `hintlab segment` on segments written byte by byte: what is listed, where it stops, and what is said of deadlines.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSegment } from '../../../core/segment.ts';
import { utcText, wallTime } from '../../../sim/cli/wall-time.ts';
import { onTerminal } from '../../support/terminal.ts';

/** 2026-11-22T16:05:00Z: 20 779 days and 57 900 s after 1970 began. */
const NOW = 1_795_363_500_000n;
const SMALL = new TextEncoder().encode('*1\r\n$4\r\nPING\r\n');

let folder = '';
let whole: Uint8Array = new Uint8Array();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-segment-'));
  whole = encodeSegment([
    { deadlineMillis: NOW, payload: SMALL },
    { deadlineMillis: NOW + 1n, payload: new Uint8Array(1_039) },
    { deadlineMillis: 0xffff_ffff_ffff_ffffn, payload: new Uint8Array(1) },
  ]);
  mkdirSync(join(folder, 'hints'));
  write('peer-3.hints', whole);
  write('peer-0.hints', new Uint8Array());
  write('torn.hints', Uint8Array.of(...whole.subarray(0, 30), 1, 2, 3, 4, 5, 6));
  const flipped = whole.slice();
  flipped[flipped.length - 1] = 1;
  write('peer-4.hints', flipped);
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, name), bytes);
}

describe('hintlab segment', () => {
  it('lists every record with its offset, sizes and deadline, and says whose it is', async () => {
    const { code, out, err } = await onTerminal(['segment', join(folder, 'peer-3.hints')]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // By hand: 16 bytes around each payload of 14, 1 039 and 1.
    expect(out.split('\n')).toEqual([
      'peer-3.hints: 1 102 B, hints for the peer at position 3',
      '3 records',
      '',
      'offset   bytes   payload   deadline (UTC)',
      '     0      30        14   2026-11-22T16:05:00.000Z',
      '    30   1 055     1 039   2026-11-22T16:05:00.001Z',
      ' 1 085      17         1   18446744073709551615 ms after 1970',
      '',
      'it ends with a whole record',
      '',
    ]);
  });

  it('takes a hint for expired from its deadline on', async () => {
    const { out } = await onTerminal([
      'segment',
      join(folder, 'peer-3.hints'),
      '--now',
      '2026-11-22T16:05:00Z',
      '--json',
    ]);
    const { records, now, peer, end } = JSON.parse(out);
    expect(records.map(({ expired }: { expired: boolean }) => expired)).toEqual([true, false, false]);
    expect({ now, peer, end }).toEqual({ now: '2026-11-22T16:05:00.000Z', peer: 3, end: { kind: 'clean' } });
    expect(records[2].deadlineMillis).toBe('18446744073709551615');
    const text = await onTerminal(['segment', join(folder, 'peer-3.hints'), '--now', String(NOW)]);
    expect(text.out).toContain('3 records, 1 expired at 2026-11-22T16:05:00.000Z');
    expect(text.out).toMatch(/16:05:00\.000Z +expired\n/);
  });

  it('stops at a torn tail and says where and why', async () => {
    const { code, out } = await onTerminal(['segment', join(folder, 'torn.hints')]);
    expect(code).toBe(0);
    expect(out).toContain('its name says no peer\n1 record\n');
    expect(out).toContain('torn at offset 30: too few bytes are left for the header of a record; 6 bytes');
  });

  it('stops at a flipped bit and shows both checksums', async () => {
    const { out } = await onTerminal(['segment', join(folder, 'peer-4.hints'), '--json']);
    const { records, end } = JSON.parse(out);
    expect(records).toHaveLength(2);
    expect(end).toMatchObject({
      kind: 'torn',
      offset: 1_085,
      trailingBytes: 17,
      reason: { kind: 'badChecksum', bodyBytes: 9 },
    });
    expect(end.why).toMatch(/^the checksum of a record is 0x[0-9a-f]{8}, and that of its body 0x[0-9a-f]{8}$/);
  });

  it('shows an empty segment as one without records', async () => {
    const { code, out } = await onTerminal(['segment', join(folder, 'peer-0.hints')]);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'peer-0.hints: 0 B, hints for the peer at position 0\n0 records\n\nit ends with a whole record\n',
    });
  });

  it.each([
    ['a missing file', ['@/peer-9.hints'], /no file is called '.*peer-9\.hints'/],
    ['a folder', ['@/hints'], /hints is a folder; expected one segment/],
    ['a time that is none', ['@/peer-3.hints', '--now', 'soon'], /Expected a time in UTC .*, found 'soon'/],
    ['a day that is none', ['@/peer-3.hints', '--now', '2026-02-31'], /found '2026-02-31'/],
  ])('refuses %s with code 2', async (_what, args, says) => {
    const { code, out, err } = await onTerminal(['segment', ...args.map((arg) => arg.replace('@', folder))]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
  });
});

describe('wall times', () => {
  it.each([
    ['1970-01-01', 0n],
    ['1970-01-02T00:00:00.001Z', 86_400_001n],
    ['1970-01-01 00:01', 60_000n],
    ['1970-01-01T00:01:00', 60_000n],
    ['86400000', 86_400_000n],
  ])('%s is %s ms after 1970 began, in UTC', (text, millis) => {
    expect(wallTime(text)).toBe(millis);
  });

  it('are written in UTC up to the last day that a calendar knows', () => {
    expect(utcText(0n)).toBe('1970-01-01T00:00:00.000Z');
    expect(utcText(8_640_000_000_000_000n)).toBe('+275760-09-13T00:00:00.000Z');
    expect(utcText(8_640_000_000_000_001n)).toBe('8640000000000001 ms after 1970');
  });
});
