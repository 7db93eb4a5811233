/**
 * What is wrong with an input, and what was done to it silently otherwise: problems refuse a scenario, notes do not.
 *
 * Every part of this folder that reads something reports here, so that all problems of a file come out at once, each
 * with the place of the offending key or value, what was expected, what was found, and the nearest valid name.
 */
import { distance } from 'fastest-levenshtein';

/** A position in a text: `line` and `column` count from 1, columns in UTF-16 units as editors count them. */
export interface Place {
  /** The file's name for messages, or the option (`--set`, `--seed`) that the text came from. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What kind of problem it is; stable, for tests and machines. */
export type ProblemCode =
  | 'syntax'
  | 'version'
  | 'tooLong'
  | 'tooDeep'
  | 'tooMany'
  | 'alias'
  | 'tag'
  | 'type'
  | 'unit'
  | 'range'
  | 'unknownKey'
  | 'duplicateKey'
  | 'missingKey'
  | 'unknownName'
  | 'duplicateName'
  | 'order'
  | 'conflict'
  | 'option'
  | 'file'
  | 'data'
  | 'limit';

/** Why an input is refused. */
export interface Problem extends Place {
  readonly code: ProblemCode;
  /** Where in the document, as `workload.rate` or `faults.2.crash`; empty for the document as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** The valid name that is nearest to what was found. */
  readonly nearest?: string;
}

/** What an importer dropped, merged or capped, or what of a scenario can have no effect. */
export interface Note extends Place {
  readonly text: string;
}

/** Problems reported at most; one more says how many there are beyond. */
export const MAX_PROBLEMS = 100;
/** Notes kept at most; one more says how many there are beyond. */
export const MAX_NOTES = 100;
/** A name further away than this many edits is no suggestion. */
const MAX_DISTANCE = 3;

/** One line: `file:line:column: expected …, found …; did you mean …?` */
export function formatProblem(problem: Problem): string {
  const where = `${problem.file}:${problem.line}:${problem.column}`;
  const subject = problem.path === '' ? '' : `${problem.path}: `;
  return `${where}: ${subject}expected ${problem.expected}, found ${problem.found}${didYouMean(problem.nearest)}`;
}

/** How a message ends that knows the name which was probably meant; empty if none is near. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** One line: `file:line:column: note: …` */
export function formatNote(note: Note): string {
  return `${note.file}:${note.line}:${note.column}: note: ${note.text}`;
}

/**
 * The candidate that takes the fewest edits to reach from `name`, if those are at most three and no more than half of
 * the longer name, or it would be another name altogether; the first of equals. Case counts for nothing.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestEdits = MAX_DISTANCE + 1;
  for (const candidate of candidates) {
    const longer = Math.max(name.length, candidate.length);
    if (Math.abs(name.length - candidate.length) > MAX_DISTANCE) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < bestEdits && edits * 2 <= longer) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** A count with its thousands apart, for messages: `200 000 000`. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** The part of a problem that says what is wrong, without where. */
export type Complaint = Pick<Problem, 'code' | 'expected' | 'found' | 'nearest'>;

/** Problems and notes as they are found, bounded in number. */
export class Findings {
  readonly #problems: Problem[] = [];
  readonly #notes: Note[] = [];
  /** What has been noted, with its place: a fault that repeats would say the same a thousand times. */
  readonly #noted = new Set<string>();
  #unreported = 0;
  #unnoted = 0;

  get isClean(): boolean {
    return this.#problems.length === 0;
  }

  /** Whether further problems are only counted. */
  get isFull(): boolean {
    return this.#problems.length >= MAX_PROBLEMS;
  }

  problem(at: Place, path: string, complaint: Complaint): void {
    const { code, expected, found, nearest } = complaint;
    if (this.isFull) {
      this.#unreported++;
      return;
    }
    const { file, line, column } = at;
    const suggestion = nearest === undefined ? {} : { nearest };
    this.#problems.push({ file, line, column, path, code, expected, found, ...suggestion });
  }

  /** Notes a text at a place, once. */
  note(at: Place, text: string): void {
    const { file, line, column } = at;
    const said = formatNote({ file, line, column, text });
    if (this.#noted.has(said)) return;
    if (this.#notes.length >= MAX_NOTES) {
      this.#unnoted++;
      return;
    }
    this.#noted.add(said);
    this.#notes.push({ file, line, column, text });
  }

  /** Takes over what an importer found. */
  include(problems: readonly Problem[], notes: readonly Note[]): void {
    for (const problem of problems) this.problem(problem, problem.path, problem);
    for (const note of notes) this.note(note, note.text);
  }

  /** All problems: file by file as the files were first met, and by position in each. */
  problems(): readonly Problem[] {
    const files = [...new Set(this.#problems.map((problem) => problem.file))];
    const sorted = this.#problems.toSorted(
      (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
    );
    const last = sorted.at(-1);
    if (last === undefined || this.#unreported === 0) return sorted;
    const expected = `at most ${MAX_PROBLEMS} problems at once`;
    return [...sorted, { ...last, path: '', code: 'tooMany', expected, found: `${this.#unreported} more` }];
  }

  notes(): readonly Note[] {
    const last = this.#notes.at(-1);
    if (last === undefined || this.#unnoted === 0) return this.#notes;
    return [...this.#notes, { ...last, text: `and ${this.#unnoted} more notes` }];
  }
}
