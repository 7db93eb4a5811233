/**
 * `hintlab shrink`: the smallest scenario that fails in the same way, as a file of the corpus. Ctrl-C ends it with the
 * smallest one so far.
 */
import { formatProblem, parseScenario } from '../index.ts';
import {
  explain,
  type Explanation,
  failureReport,
  fieldRanges,
  type Find,
  findOf,
  judge,
  keptText,
  lifted,
  Reducer,
  type Reduction,
  type RunViolation,
  type ScenarioTree,
  treeOfText,
  type ViolationKind,
  withoutFind,
} from '../explore/index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkWritable, writeOut } from './files.ts';
import type { Io } from './io.ts';
import { findScenario } from './open-scenario.ts';
import { linkTo } from './page-link.ts';
import { tell } from './tell.ts';

/** What is to stay of a failing scenario, how far to go, and where to put what is left. */
export interface ShrinkOptions {
  /** The property that must fail, by its id. Undefined: what the file records, or else the first that does. */
  readonly property?: string;
  /** Why it must fail. Undefined: as it does first. */
  readonly cause?: string;
  /** Where to write the scenario; undefined for stdout. */
  readonly out?: string;
  /** Runs of the simulator at most. */
  readonly runs?: number;
  readonly explain?: boolean;
  readonly page?: string;
}

/** Shrinks the scenario or story called `name`. */
export async function shrinkCommand(name: string, options: ShrinkOptions, io: Io): Promise<ExitCode> {
  const unwritable = options.out === undefined ? undefined : checkWritable(options.out, name);
  if (unwritable !== undefined) return tell(io, [unwritable]);
  const failing = openFailing(name, options);
  if (failing.kind === 'refused') return tell(io, failing.lines);
  const { tree, violation, recorded } = failing;
  const reducer = new Reducer(tree, violation, options.runs === undefined ? {} : { maxRuns: options.runs });
  const isInterrupted = await shrunk(reducer, io);
  const reduction = reducer.result();
  const explanation = options.explain === true && !isInterrupted ? explain(reduction.tree, violation) : undefined;
  const saved = save(reduction, explanation, recorded, options, io);
  tellOthers(reduction, io);
  if (saved !== EXIT.ok) return saved;
  return isInterrupted ? EXIT.interrupted : EXIT.ok;
}

type Failing =
  | {
      readonly kind: 'failing';
      readonly tree: ScenarioTree;
      readonly violation: RunViolation;
      readonly recorded: Find | undefined;
    }
  | { readonly kind: 'refused'; readonly lines: readonly string[] };

/** The scenario, and the violation in it that is to stay. */
function openFailing(name: string, options: ShrinkOptions): Failing {
  const found = findScenario(name);
  if (found.kind === 'refused') return found;
  // The file as it stands tells problems with their places; the tree is what runs.
  const parsed = parseScenario(found.text, { file: found.file });
  if (parsed.kind === 'invalid') return { kind: 'refused', lines: parsed.problems.map(formatProblem) };
  const tree = lifted(treeOfText(found.text) ?? {});
  const judged = judge(tree, found.file);
  if (judged.kind === 'invalid') return { kind: 'refused', lines: judged.problems.map(formatProblem) };
  if (judged.kind === 'limit') return { kind: 'refused', lines: [`${name} outgrows the simulator (${judged.limit})`] };
  const recorded = findOf(tree);
  const { property, cause } =
    options.property === undefined && options.cause === undefined ? (recorded ?? options) : options;
  const wanted = { property, cause };
  const violation = judged.violations.find((each) => isOf(each, wanted));
  if (violation !== undefined) return { kind: 'failing', tree: withoutFind(tree), violation, recorded };
  return { kind: 'refused', lines: [nothingToShrink(name, wanted, judged.violations)] };
}

/** The kind of violation that is looked for; what is undefined may be any. */
interface Wanted {
  readonly property: string | undefined;
  readonly cause: string | undefined;
}

function isOf(violation: ViolationKind, { property, cause }: Wanted): boolean {
  return (property ?? violation.property) === violation.property && (cause ?? violation.cause) === violation.cause;
}

function nothingToShrink(name: string, { property, cause }: Wanted, violations: readonly ViolationKind[]): string {
  const wanted = [property, cause].filter((word) => word !== undefined).join(' ');
  if (violations.length === 0) return `${name} violates no property: there is nothing to shrink`;
  const found = violations.map((violation) => `${violation.property} (${violation.cause})`).join(', ');
  return `${name} does not violate ${wanted}; it violates ${found}`;
}

/** Goes on to the end; true if somebody stopped it before. */
async function shrunk(reducer: Reducer, io: Io): Promise<boolean> {
  const watch = io.watchInterrupt();
  try {
    // After each run, which of a long scenario takes seconds, a look at whether somebody wants to stop.
    while (reducer.step(1) === 'more') {
      if (io.errIsTerminal) io.err(`\r\u001B[K${reducer.runs} runs: ${reducer.pass}`);
      await new Promise((resume) => void setImmediate(resume));
      if (watch.interrupted()) return true;
    }
    return false;
  } finally {
    if (io.errIsTerminal) io.err('\r\u001B[K');
    watch.stop();
  }
}

/** The file on stdout and the report beside it, or, with --out, the report on stdout. */
function save(
  reduction: Reduction,
  explanation: Explanation | undefined,
  recorded: Find | undefined,
  { out, page }: ShrinkOptions,
  io: Io,
): ExitCode {
  const { tree, judged, violation, minimal, runs } = reduction;
  const text = keptText(tree, violation, judged, {
    ...(recorded?.foundBy === undefined ? {} : { foundBy: recorded.foundBy }),
    minimal,
    ...(recorded?.note === undefined ? {} : { note: recorded.note }),
    ...(explanation === undefined ? {} : { fields: fieldRanges(explanation.fields) }),
  });
  const failure = {
    ...{ tree, judged, violation, minimal, runs },
    link: linkTo(tree, violation, page ?? io.page),
    ...(explanation === undefined ? {} : { explanation }),
    ...(recorded?.foundBy === undefined ? {} : { foundBy: recorded.foundBy }),
    ...(out === undefined ? {} : { saved: out }),
  };
  const problem = out === undefined ? undefined : writeOut(out, text);
  if (problem !== undefined) return tell(io, [problem]);
  const report = `${failureReport(failure)}\n`;
  if (out === undefined) {
    io.out(text);
    io.err(report);
  } else io.out(report);
  return EXIT.ok;
}

function tellOthers({ others }: Reduction, io: Io): void {
  if (others.length === 0) return;
  const kinds = others.map(({ kind }) => `${kind.property} (${kind.cause})`).join(', ');
  io.err(`met on the way, and not followed: ${kinds}\n`);
}
