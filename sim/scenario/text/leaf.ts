/**
 * Leaves of the schema: single values, each read from how people write it into the number or name it means.
 *
 * An issue's message of such a leaf carries three lines and nothing else: the problem's code, what was expected, and
 * the nearest valid name or nothing. `check-tree.ts` turns them into a problem with a place.
 */
import * as v from 'valibot';
import { nearestName } from '../problem.ts';
import type { ProblemCode } from '../problem.ts';
import { misread } from './reading.ts';
import type { Misreading, Reading } from './reading.ts';

/** Characters of a name of a node, a datacentre, a rack or a workload. */
const MAX_NAME_CHARS = 64;
/** Characters of a sentence or a path. */
const MAX_TEXT_CHARS = 4_000;
/** The names that valibot drops from a record, because an object of JavaScript has them already. */
const RESERVED_NAMES = ['__proto__', 'prototype', 'constructor'];

const PROBLEM_CODES: readonly ProblemCode[] = ['type', 'unit', 'range', 'order', 'unknownName', 'version'];

/** A misreading as the message of an issue. */
function saying({ code, expected, nearest = '' }: Omit<Misreading, 'kind'>): string {
  return [code, expected, nearest].join('\n');
}

/** The misreading that an issue's message carries. */
export function readSaying(message: string): Misreading {
  const [first = '', expected = message, nearest = ''] = message.split('\n');
  const code = PROBLEM_CODES.find((known) => known === first) ?? 'type';
  return misread(code, expected, nearest === '' ? undefined : nearest);
}

/** What editors get to know of a leaf: examples, and which bare numbers it takes (JSON Schema). */
export interface EditorHints {
  readonly examples: readonly (string | number)[];
  readonly numbers: Readonly<Record<string, unknown>>;
}

/** No bare number: a quantity needs its unit. */
export const NO_NUMBERS = { not: {} };

/** A leaf for texts and numbers, which `reader` reads. */
export function scalar<T>(
  form: string,
  reader: (value: string | number) => Reading<T>,
  { examples, numbers }: EditorHints,
) {
  return v.pipe(
    v.union([v.string(), v.pipe(v.number(), v.metadata(numbers))], saying({ code: 'type', expected: form })),
    v.metadata({ examples }),
    v.rawTransform<string | number, T>(({ dataset, addIssue, NEVER }) => {
      const reading = reader(dataset.value);
      if (reading.kind === 'read') return reading.value;
      addIssue({ message: saying(reading) });
      return NEVER;
    }),
  );
}

/** An integer within bounds. */
export function wholeLeaf(min: number, max: number) {
  const form = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(saying({ code: 'type', expected: form })),
    v.integer(saying({ code: 'type', expected: form })),
    v.minValue(min, saying({ code: 'range', expected: form })),
    v.maxValue(max, saying({ code: 'range', expected: form })),
  );
}

/** The version of the file format. */
export function versionLeaf<const Version extends number>(version: Version) {
  return v.literal(version, saying({ code: 'version', expected: `${version}, the version of the file format` }));
}

/** A number of 0 or more, and at most `max`. */
export function numberLeaf(max: number) {
  const form = `a number from 0 to ${max}`;
  return v.pipe(
    v.number(saying({ code: 'type', expected: form })),
    v.minValue(0, saying({ code: 'range', expected: form })),
    v.maxValue(max, saying({ code: 'range', expected: form })),
  );
}

/** A number above 0, and at most `max`. */
export function positiveLeaf(max: number) {
  const form = `a number above 0, at most ${max}`;
  return v.pipe(
    v.number(saying({ code: 'type', expected: form })),
    v.gtValue(0, saying({ code: 'range', expected: form })),
    v.maxValue(max, saying({ code: 'range', expected: form })),
  );
}

/** True or false. */
export const flagLeaf = v.boolean(saying({ code: 'type', expected: 'true or false' }));

/** A sentence, a cause, a path: any text. */
export const textLeaf = v.pipe(
  v.string(saying({ code: 'type', expected: 'a text; put it in quotes if it looks like a number' })),
  v.maxLength(MAX_TEXT_CHARS, saying({ code: 'range', expected: `a text of at most ${MAX_TEXT_CHARS} characters` })),
  // It is printed as it is, and a terminal obeys control characters.
  v.regex(
    /^[\t\n\r\x20-\x7E\u00A0-\uFFFF]*$/,
    saying({ code: 'range', expected: 'a text without control characters' }),
  ),
);

const NAME_FORM = `a name: 1 … ${MAX_NAME_CHARS} letters, digits, and . _ - within`;
const LABEL_FORM = `${NAME_FORM}, a letter first`;

/** A name: of a node, of a class of clients. */
export const nameLeaf = v.pipe(
  v.string(saying({ code: 'type', expected: `${NAME_FORM}; put it in quotes if it looks like a number` })),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, saying({ code: 'type', expected: NAME_FORM })),
);

/** The name of a node as a key. */
export const nodeKeyLeaf = v.pipe(
  nameLeaf,
  v.notValues(RESERVED_NAMES, saying({ code: 'type', expected: `${NAME_FORM}, none that JavaScript keeps` })),
);

/** A name that is a key: of a datacentre, a rack, a percentile. A letter first, or JavaScript would sort it. */
export const labelLeaf = v.pipe(
  v.string(saying({ code: 'type', expected: LABEL_FORM })),
  v.regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, saying({ code: 'type', expected: LABEL_FORM })),
  v.notValues(RESERVED_NAMES, saying({ code: 'type', expected: `${LABEL_FORM}, none that JavaScript keeps` })),
);

/** A digest: 16 hexadecimal digits, in quotes where they could be a number. */
export const digestLeaf = v.pipe(
  v.string(saying({ code: 'type', expected: 'a digest, in quotes if it looks like a number' })),
  v.regex(/^[0-9a-f]{16}$/, saying({ code: 'type', expected: 'a digest of 16 hexadecimal digits' })),
);

/** How a scenario is called: any text on one line. */
export const titleLeaf = v.pipe(
  v.string(saying({ code: 'type', expected: 'a text; put it in quotes if it looks like a number' })),
  v.regex(
    /^[\x20-\x7E\u00A0-\uFFFF]{1,100}$/,
    saying({ code: 'range', expected: 'a text of 1 to 100 characters on one line' }),
  ),
);

/** One of a few words; `otherwise` is what may stand in its place, for the message. */
export function wordLeaf<const Words extends readonly [string, ...string[]]>(words: Words, otherwise = '') {
  const expected = `${words.length === 1 ? words[0] : `one of ${words.join(', ')}`}${otherwise}`;
  return v.picklist(words, ({ input }) => {
    if (typeof input !== 'string') return saying({ code: 'type', expected });
    const nearest = nearestName(input, words);
    return saying(
      nearest === undefined ? { code: 'unknownName', expected } : { code: 'unknownName', expected, nearest },
    );
  });
}
