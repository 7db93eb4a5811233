/** Completion in half-typed scenarios: a bar stands for the caret; what is offered is what the schema says by hand. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseScenario, scenarioJsonSchema } from '../../../sim/scenario/index.ts';
import { completionsAt } from '../../../web/editor/completions.ts';
import { caretSite } from '../../../web/editor/caret-site.ts';
import { lex, MOST_EDITED_CHARS } from '../../../web/editor/lex.ts';

const knowledge = { schema: scenarioJsonSchema(), nodes: ['a', 'b', 'c'] };

function at(marked: string) {
  const caret = marked.indexOf('|');
  return { text: marked.replace('|', ''), caret };
}

function offered(marked: string): readonly string[] {
  const { text, caret } = at(marked);
  return completionsAt(text, caret, knowledge)?.items.map(({ label }) => label) ?? [];
}

/** The text after taking the first line whose label is this. */
function taking(marked: string, label: string): string {
  const { text, caret } = at(marked);
  const found = completionsAt(text, caret, knowledge);
  const item = found?.items.find((each) => each.label === label);
  if (!found || !item) return `nothing is called ${label}`;
  const end = item.insert.length - item.back;
  return `${text.slice(0, found.from)}${item.insert.slice(0, end)}|${item.insert.slice(end)}${text.slice(found.until)}`;
}

it('offers the keys of the map around the caret, without those it has', () => {
  expect(offered('hintlab: 1\ndur|\n')).toEqual(['duration']);
  expect(offered('hintlab: 1\n|\nduration: 3m\n')).not.toContain('duration');
  expect(offered('hintlab: 1\n|\nduration: 3m\n')).toContain('seed');
  expect(offered('hints:\n  tt|\n')).toEqual(['ttl']);
  expect(offered('hints:\n  on:\n    peer|')).toEqual(['peerDown']);
  expect(offered('hints: { cap: 1MiB, | }')).toContain('capScope');
  expect(offered('hints: { cap: 1MiB, | }')).not.toContain('cap');
});

it('offers the words of a value', () => {
  expect(offered('system: sc|')).toEqual(['scylla', 'scylla-old']);
  expect(offered('hints:\n  vote: |')).toEqual(['full', 'any', 'none']);
  expect(offered('hints: { enabled: | }')).toEqual(['true', 'false']);
  expect(offered('hints:\n  ttl: |')).toEqual(['30s', '1h30m', '12d 4h']);
});

it('tells the maps of a union by their keys', () => {
  expect(offered('faults:\n  - { slow: b, f| }')).toEqual(['factor', 'for']);
  expect(offered('faults:\n  - { crash: b, po| }')).toEqual(['power']);
  expect(offered('faults:\n  - pa|')).toEqual(['partition', 'pauseDrain']);
  expect(offered('faults:\n  - crash: b\n    unt|')).toEqual(['until']);
});

it('offers nodes where a node is meant, and nowhere else', () => {
  expect(offered('faults:\n  - { crash: | }')).toEqual(['a', 'b', 'c']);
  expect(offered('faults:\n  - { partition: [[a], [|]] }')).toEqual(['a', 'b', 'c']);
  expect(offered('workload:\n  coordinators: [|]')).toEqual(['a', 'b', 'c']);
  expect(offered('clocks:\n  |')).toEqual(['a', 'b', 'c']);
  expect(offered('nodes: [|]')).toEqual([]);
  expect(offered('requests: [{ set: | }]')).toEqual([]);
});

it('offers distributions with room for what they need', () => {
  expect(offered('service:\n  time: {|').length).toBeGreaterThan(0);
  expect(taking('service:\n  time: expo|', '{ exponential: … }')).toBe('service:\n  time: { exponential: | }');
});

it('a key brings its colon, unless it stands there, and a map a line of its own', () => {
  expect(taking('dura|', 'duration')).toBe('duration: |');
  expect(taking('dura|: 3m', 'duration')).toBe('duration|: 3m');
  expect(taking('hints:\n  o|', 'on')).toBe('hints:\n  on:\n    |');
  expect(taking('faults:\n  - cra|', 'crash')).toBe('faults:\n  - crash: |');
});

it('offers nothing in comments, prose and quotes, nor what is typed in full already', () => {
  expect(offered('# dur|')).toEqual([]);
  expect(offered('about: >\n  dur|')).toEqual([]);
  expect(offered('name: "sys|"')).toEqual([]);
  expect(offered('system: voldemort|')).toEqual([]);
  expect(offered('duration: 3m seed|')).toEqual([]);
});

it('says what a key means, in the words of the schema', () => {
  const { text, caret } = at('hints:\n  tt|');
  expect(completionsAt(text, caret, knowledge)?.items).toEqual([
    { label: 'ttl', note: 'life of a hint', insert: 'ttl: ', back: 0 },
  ]);
});

it('leaves a text alone that is too long to be typed', () => {
  const long = `# ${'x'.repeat(MOST_EDITED_CHARS)}\nsys`;
  expect(completionsAt(long, long.length, knowledge)).toBeUndefined();
});

it('a caret in a list that is not indented belongs to the list', () => {
  const { text, caret } = at('faults:\n- crash: a\n  a|\nseed: 2');
  const site = caretSite(text, lex(text), caret);
  expect(site).toMatchObject({ path: ['faults', '*'], role: 'key', typed: 'a', siblings: new Map([['crash', 'a']]) });
});

it('whatever the text, a caret anywhere is answered, and every key offered at the root is one the parser knows', () => {
  let roots = 0;
  const parts = [
    'hintlab: 1',
    '\n',
    'hints:',
    '  ',
    '- ',
    'faults:',
    '{ crash: a',
    ' }',
    ', ',
    'se',
    '[',
    ']',
    ': ',
    '"',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...parts), { size: 'max', maxLength: 14 }),
      fc.nat({ max: 40 }),
      (drawn, place) => {
        const text = drawn.join('');
        const caret = Math.min(place, text.length);
        const site = caretSite(text, lex(text), caret);
        const found = completionsAt(text, caret, knowledge);
        if (found) expect([found.from <= caret, found.until >= caret]).toEqual([true, true]);
        if (site?.role !== 'key' || site.path.length > 0 || !found || site.flow) return;
        roots++;
        const [key = ''] = found.items.map(({ label }) => label);
        const parsed = parseScenario(`hintlab: 1\nduration: 1s\n${key}: {}`, { file: 'x' });
        const codes = parsed.kind === 'invalid' ? parsed.problems.map(({ code }) => code) : [];
        expect(codes).not.toContain('unknownKey');
      },
    ),
    { seed: 5, numRuns: 300 },
  );
  expect(roots).toBeGreaterThan(20);
});
