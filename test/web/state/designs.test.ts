import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AS_WRITTEN,
  designName,
  MOST_DESIGNS,
  parseDesigns,
  presetDesign,
  writeDesigns,
  type Design,
} from '../../../web/state/designs.ts';
import { NO_OVERRIDES, overrideSets, SYSTEMS } from '../../../web/state/overrides.ts';
import { Reach } from '../../support/reach.ts';

const page = { ...NO_OVERRIDES, ttl: '1h', seed: '9' };
const onPage: Design = { name: '', changes: { ...AS_WRITTEN.changes, ttl: '1h' } };
const typed = fc.oneof(
  fc.constant(''),
  fc.string({ maxLength: 12, size: 'max' }),
  fc.constantFrom('1h', 'a*b', '__', '_.', 'drain.ack=each, hints.ttl=2h'),
);
const design: fc.Arbitrary<Design> = fc.oneof(
  fc.constantFrom(...SYSTEMS).map(presetDesign),
  fc.constant(AS_WRITTEN),
  fc.record({
    name: typed,
    changes: fc.record({ system: typed, ttl: typed, cap: typed, drain: typed, more: typed }),
  }),
);

test('designs, written into a link and read again, are the same, whatever was typed into them', () => {
  const reach = new Reach<'preset' | 'asterisk' | 'nothing changed' | 'last shown'>();
  fc.assert(
    fc.property(fc.array(design, { minLength: 1, maxLength: 5, size: 'max' }), fc.nat(5), (others, place) => {
      const shown = Math.min(place, others.length);
      const designs = others.toSpliced(shown, 0, { ...onPage, name: 'mine*' });
      const written = writeDesigns({ designs, shown });
      expect(parseDesigns(written, page)).toEqual({ list: { designs, shown }, problems: [] });
      reach.note(
        'preset',
        written.some((value) => SYSTEMS.includes(value)),
      );
      reach.note(
        'asterisk',
        others.some(({ name }) => name.includes('*')),
      );
      reach.note('nothing changed', written.includes('*'));
      reach.note('last shown', shown === others.length);
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(reach.rarerThan(10, ['preset', 'asterisk', 'nothing changed', 'last shown'])).toEqual([]);
});

test('a preset is a word in a link, and the page itself is the first design if no place is given', () => {
  expect(parseDesigns(['scylla', 'riak'], page)).toEqual({
    list: { designs: [onPage, presetDesign('scylla'), presetDesign('riak')], shown: 0 },
    problems: [],
  });
  expect(writeDesigns({ designs: [presetDesign('scylla'), onPage], shown: 1 })).toEqual(['scylla', '*here']);
});

test('a name that is no system, or no field, is left out with the nearest one', () => {
  const { list, problems } = parseDesigns(['sylla', 'Fast*dran.5s*ttl.2m', 'riak'], page);
  expect(list?.designs.map(designName)).toEqual(['TTL 1h', 'Fast', 'riak']);
  expect(list?.designs[1]?.changes.ttl).toBe('2m');
  expect(problems).toEqual([
    "In the link, with names no system: found 'sylla', left out. Did you mean scylla?",
    "In the link, a design has system, ttl, cap, drain, set; found 'dran.5s', left out. Did you mean drain?",
  ]);
});

test('designs beyond the sixth are left out, and that is said', () => {
  const { list, problems } = parseDesigns([...SYSTEMS], page);
  expect(list?.designs).toHaveLength(MOST_DESIGNS);
  expect(problems).toEqual(['A link compares at most 6 designs; found 9, the last are left out.']);
});

test('a design without a name is called after what it changes', () => {
  expect(designName(AS_WRITTEN)).toBe('as written');
  const changes = { ...AS_WRITTEN.changes, system: 'riak', cap: '1MiB', more: 'drain.ack=each' };
  expect(designName({ name: '', changes })).toBe('riak, Cap 1MiB, drain.ack=each');
  expect(designName({ name: 'Ours', changes })).toBe('Ours');
});

test('further axes are parted at commas that another path follows, and nowhere else', () => {
  const more = 'hints.on.queued=true, detector={ fixed: { down: 1s, up: 1s } },drain.ack=each';
  expect(overrideSets({ ...NO_OVERRIDES, ttl: '2h', more })).toEqual([
    'hints.ttl=2h',
    'hints.on.queued=true',
    'detector={ fixed: { down: 1s, up: 1s } }',
    'drain.ack=each',
  ]);
});
