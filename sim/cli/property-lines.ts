/**
 * The properties of a run as text: those that were violated with their first event and what they promise, then how many
 * hold and how many the run put to no test.
 */
import { formatCount, formatInstant, isFailure, isTwin, PROPERTIES, type PropertyResult } from '../index.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 96;
const INDENT = '    ';
const VERDICTS = { holds: 'holds', violated: 'violated', notExercised: 'not exercised' } as const;

const SENTENCES: ReadonlyMap<string, string> = new Map(PROPERTIES.map(({ id, sentence }) => [id, sentence]));

/** The block of the summary; with `all`, every property with its sentence instead of counts. Title first. */
export function propertyLines(results: readonly PropertyResult[], all: boolean): string[] {
  const violated = results.filter(isFailure);
  const title = violated.length === 0 ? 'properties: none violated' : `properties: ${violated.length} violated`;
  const told = all ? results : violated;
  return [title, ...told.flatMap(linesOf), ...(all ? [] : [counts(results)])];
}

/** The verdict, then the promise and what was found of it; a twin has neither of its own. */
function linesOf({ id, kind, verdict, at, detail, violations }: PropertyResult): string[] {
  const times = violations > 1 ? ` ${formatCount(violations)} times` : '';
  const when = at === null ? '' : `, first at ${formatInstant(at)}`;
  const head = `${id} ${VERDICTS[verdict]}${times}${when}`;
  if (isTwin(id)) return [head];
  return [head, ...indented(`${kind}: ${SENTENCES.get(id) ?? ''}`), ...indented(detail)];
}

function indented(text: string): string[] {
  return wrapText(text, WIDTH - INDENT.length).map((line) => INDENT + line);
}

/** Twins say no more than `not exercised` does. */
function counts(results: readonly PropertyResult[]): string {
  const promises = results.filter(({ id }) => !isTwin(id));
  const number = (verdict: PropertyResult['verdict']): string =>
    formatCount(promises.filter((result) => result.verdict === verdict).length);
  return `hold: ${number('holds')}; not exercised: ${number('notExercised')}; --properties tells all`;
}
