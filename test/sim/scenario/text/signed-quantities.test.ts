/**
 * Quantities with a sign, drifts and byte rates, each as people write them.
 */
import { expect, it } from 'vitest';
import { readByteRate, readDrift, readSignedDuration } from '../../../../sim/scenario/text/signed-quantities.ts';

it.each([
  [readSignedDuration, '5s', 5_000_000],
  [readSignedDuration, '-5s', -5_000_000],
  [readSignedDuration, '+1h 2ms', 3_600_002_000],
  [readSignedDuration, '- 250us', -250],
  [readSignedDuration, 0, 0],
  [readSignedDuration, '-0s', 0],
  [readDrift, '100ppm', 100],
  [readDrift, '-20.5 ppm', -20.5],
  [readDrift, 0, 0],
  [readByteRate, '1024KiB/s', 1_048_576],
  [readByteRate, '10MB/s', 10_000_000],
  [readByteRate, '1B/ s', 1],
])('%o reads %s', (reader, text, value) => {
  const reading = reader(text);
  expect(reading).toEqual({ kind: 'read', value });
  expect(reading.kind === 'read' && Object.is(reading.value, -0)).toBe(false);
});

it.each([
  [readSignedDuration, '--5s', 'range', undefined],
  [readSignedDuration, '-5', 'unit', undefined],
  [readSignedDuration, '-', 'type', undefined],
  [readDrift, '5%', 'unit', '5ppm'],
  [readDrift, 'fast', 'type', undefined],
  [readDrift, '2000000ppm', 'range', undefined],
  [readByteRate, '5MiB', 'unit', '5MiB/s'],
  [readByteRate, '5/s', 'unit', undefined],
  [readByteRate, '0B/s', 'range', undefined],
  [readByteRate, '1.5B/s', 'range', undefined],
  [readByteRate, '9000TiB/s', 'range', undefined],
])('%o does not read %s', (reader, text, code, nearest) => {
  expect(reader(text)).toMatchObject({ kind: 'misread', code });
  const reading = reader(text);
  expect(reading.kind === 'misread' ? reading.nearest : 'read').toBe(nearest);
});
