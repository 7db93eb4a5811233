import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascending, axisText, MOST_VALUES, readAxis } from '../../../sim/explore/sweep-axis.ts';
import { quantityOf } from '../../../sim/explore/quantity.ts';
import { Reach } from '../../support/reach.ts';

function valuesOf(text: string): readonly string[] {
  const reading = readAxis(text);
  if (reading.kind === 'misread') throw new Error(`expected ${reading.expected}, found ${reading.found}`);
  return reading.axis.values;
}

test('a list is taken as it stands, each value once', () => {
  expect(valuesOf('hints.ttl = 5m, 1h, 3h, 1h')).toEqual(['5m', '1h', '3h']);
  expect(valuesOf('system=dynomite,riak')).toEqual(['dynomite', 'riak']);
});

test('a range by factors has doubled sizes as they are written', () => {
  expect(valuesOf('hints.cap=1MiB..64MiB:7log')).toEqual(['1MiB', '2MiB', '4MiB', '8MiB', '16MiB', '32MiB', '64MiB']);
});

test('an even range divides what lies between, and 0 needs no unit', () => {
  expect(valuesOf('drain.interval=10s..60s:6')).toEqual(['10s', '20s', '30s', '40s', '50s', '60s']);
  expect(valuesOf('network.jitter=0..10ms:3lin')).toEqual(['0', '5ms', '10ms']);
  expect(valuesOf('channel.slots=1..5')).toEqual(['1', '2', '3', '4', '5']);
});

test('what is no axis says what was expected', () => {
  const problemOf = (text: string): string => {
    const reading = readAxis(text);
    return reading.kind === 'misread' ? reading.expected : 'read';
  };
  expect(problemOf('hints.cap')).toContain('path=value');
  expect(problemOf('hints.cap=')).toContain('path=value');
  expect(problemOf('hints.cap=1MiB,,2MiB')).toBe('a value between two commas');
  expect(problemOf('hints.cap=1MiB..5m')).toBe('two ends of one kind');
  expect(problemOf('hints.cap=little..much')).toBe('a number with its unit at each end');
  expect(problemOf('hints.cap=2MiB..1MiB')).toBe('a range that grows');
  expect(problemOf('hints.cap=0..1MiB:3log')).toBe('a range above 0 where it grows by a factor');
  expect(problemOf('hints.cap=1MiB..2MiB:1')).toBe(`2 to ${MOST_VALUES} values`);
  expect(problemOf(`n=${Array.from({ length: MOST_VALUES + 1 }, (_, i) => i).join(',')}`)).toContain('at most');
});

test('an axis is ascending only where its values are numbers that grow', () => {
  const of = (text: string) => ascending({ path: 'p', values: valuesOf(`p=${text}`) });
  expect(of('1KiB,1MiB')).toEqual([1_024, 1_048_576]);
  expect(of('3h,1h')).toBeUndefined();
  expect(of('1MiB,none')).toBeUndefined();
});

test('every range begins and ends as asked, grows, stays near its law, and reads back', () => {
  const reach = new Reach<'log' | 'lin'>();
  const units = fc.constantFrom('us', 'ms', 's', 'B', 'KiB', 'MiB', '/s', '');
  const range = fc.tuple(
    fc.integer({ min: 100, max: 10_000 }),
    fc.integer({ min: 2, max: 90 }),
    fc.integer({ min: 2, max: 9 }),
    fc.constantFrom('log' as const, 'lin' as const),
    units,
  );
  fc.assert(
    fc.property(range, ([from, factor, count, scale, unit]) => {
      const to = from * factor;
      const text = `p=${from}${unit}..${to}${unit}:${count}${scale}`;
      const values = valuesOf(text);
      expect(values).toHaveLength(count);
      expect([values[0], values.at(-1)]).toEqual([`${from}${unit}`, `${to}${unit}`]);
      const numbers = ascending({ path: 'p', values }) ?? [];
      expect(numbers).toHaveLength(count);
      const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
      numbers.forEach((value, step) => {
        const share = step / (count - 1);
        const exact = scale === 'log' ? first * Math.pow(last / first, share) : first + (last - first) * share;
        // Rounded to a multiple of a fiftieth of it or finer, so off by a hundredth at most.
        expect(Math.abs(value / exact - 1)).toBeLessThanOrEqual(0.0101);
      });
      expect(readAxis(axisText({ path: 'p', values }))).toEqual({ kind: 'axis', axis: { path: 'p', values } });
      expect(quantityOf(unit === '' ? Number(values[1]) : values[1])).toBeDefined();
      reach.note(scale);
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(reach.rarerThan(50, ['log', 'lin'])).toEqual([]);
});
