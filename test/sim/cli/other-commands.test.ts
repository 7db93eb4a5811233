/** The small commands: what `list`, `schema` and `explain` print; `list --systems` is in systems.test.ts. */
import { describe, expect, it } from 'vitest';
import { storyNames } from '../../../sim/cli/index.ts';
import { PROFILE_NAMES } from '../../../sim/explore/profiles.ts';
import { NOT_APPLICABLE, PROPERTIES } from '../../../sim/index.ts';
import { onTerminal } from '../../support/terminal.ts';

describe('hintlab list', () => {
  it('names every story with its introduction, in text and as JSON', async () => {
    const text = await onTerminal(['list']);
    const json = await onTerminal(['list', '--json']);
    expect([text.code, text.err, json.code, json.err]).toEqual([0, '', 0, '']);
    const stories: { name: string; about: string }[] = JSON.parse(json.out);
    expect(stories.map(({ name }) => name)).toEqual(storyNames());
    for (const { name, about } of stories) {
      expect(about).not.toBe('');
      expect(text.out).toMatch(new RegExp(`^${name}$`, 'm'));
    }
  });
});

describe('hintlab list --properties', () => {
  it('names every promise with its sentence, and what is not checked with the reason', async () => {
    const { code, out, err } = await onTerminal(['list', '--properties']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const promises = PROPERTIES.filter(({ kind }) => kind !== 'sometimes');
    expect(promises.length).toBeGreaterThan(10);
    for (const { id, kind, sentence } of promises) {
      expect(out.split('\n').some((line) => line.startsWith(`${id} `) && line.endsWith(sentence))).toBe(true);
      expect(['always', 'eventually']).toContain(kind);
    }
    for (const { id, reason } of NOT_APPLICABLE) {
      expect(out.split('\n').some((line) => line.startsWith(id) && line.endsWith(reason))).toBe(true);
    }
  });

  it('has the twins too as JSON', async () => {
    const { out } = await onTerminal(['list', '--properties', '--json']);
    expect(JSON.parse(out)).toEqual({
      properties: PROPERTIES.map(({ id, kind, sentence }) => ({ id, kind, sentence })),
      notApplicable: NOT_APPLICABLE,
    });
  });
});

describe('hintlab list --profiles', () => {
  it('names every profile of explore with what it goes looking for, and the systems that it is for', async () => {
    const text = await onTerminal(['list', '--profiles']);
    const json = await onTerminal(['list', '--profiles', '--json']);
    expect([text.code, text.err, json.code, json.err]).toEqual([0, '', 0, '']);
    const profiles: { name: string; about: string; systems: string[] }[] = JSON.parse(json.out);
    expect(profiles.map(({ name }) => name)).toEqual(PROFILE_NAMES);
    for (const { name, about } of profiles) {
      expect(about).not.toBe('');
      expect(text.out.split('\n').some((line) => line.startsWith(`${name} `) && line.includes(about))).toBe(true);
    }
    expect(text.out).toMatch(/^capPressure .*\(dynomite, dynomite-durable, influxdb\)$/m);
  });

  it('is asked for alone', async () => {
    const { code, err, out } = await onTerminal(['list', '--profiles', '--systems']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('expected one of --systems, --properties and --profiles, found more');
  });
});

describe('hintlab schema', () => {
  it('prints a JSON Schema that knows the version key', async () => {
    const { code, out, err } = await onTerminal(['schema']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { hintlab: { const: 1 } } });
  });
});

describe('hintlab explain', () => {
  it('tells the life of a hint up to its end', async () => {
    // By hand, from the story: b dies at 1 min, is taken for Down 10 s later, and its hints live for two minutes.
    const { code, out, err } = await onTerminal(['explain', 'expiry', '--hint', '0']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^hint 0, kept by a for b .*: expired$/);
    expect(lines[1]).toMatch(/^ +1m {2}b crashed/);
    expect(lines.at(-1)).toMatch(/expired/);
  });

  it('tells the life of a write, from its client to its last replica', async () => {
    const { code, out } = await onTerminal(['explain', 'single-outage', '--write', '0']);
    expect(code).toBe(0);
    // Write 0 is the first of a hundred a second, long before anything breaks.
    expect(out).toMatch(/^write 0 .*: acked\n +0\.010s {2}a client sent write 0/);
    for (const replica of ['a', 'b', 'c']) expect(out).toMatch(new RegExp(`${replica} applied write 0`));
  });

  it('tells the life of a read: what the replicas had, what the client got, and what repair wrote', async () => {
    // By hand, from the story: b and c were turned back by hints, and outvote a, which is then repaired.
    const { code, out, err } = await onTerminal(['explain', 'majority-reversal', '--read', '0']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^read 0 \(key "k", through a\): answered with write 0, behind write 1\n/);
    expect(out).toMatch(/1m 1s {2}a client sent read 0/);
    expect(out).toMatch(/a had write 1, and b and c had write 0: DC_QUORUM takes 2 equal replies/);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/a applied write 0 by read repair: .* over write 1/);
  });
});
