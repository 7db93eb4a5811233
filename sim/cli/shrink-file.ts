/**
 * The work of `hintlab shrink`, done by a thread: run a scenario, reduce it to what still fails in the same way, explain
 * what is left. Everything goes out as text, since runs are too large to pass between threads.
 */
import {
  explain,
  type Explanation,
  failureReport,
  fieldRanges,
  type Find,
  findOf,
  judge,
  type Judgement,
  keptText,
  lifted,
  Reducer,
  type Reduction,
  type RunViolation,
  type ScenarioTree,
  treeOfText,
  type ViolationKind,
} from '../explore/index.ts';
import { withoutKeys } from '../explore/tree-paths.ts';
import { formatCountOf, formatProblem } from '../index.ts';
import { linkTo } from './page-link.ts';

/** A run of more events takes so long that who wants to stop cannot wait for the next: each smaller one is handed out. */
const LONG_RUN = 100_000;

/** What to shrink, and how to tell of it. */
export interface ShrinkJob {
  /** As the person called it. */
  readonly name: string;
  /** As problems call its file. */
  readonly file: string;
  readonly text: string;
  /** The property that must fail, by its id. Undefined: what the file records, or else the first that does. */
  readonly property?: string | undefined;
  /** Why it must fail. Undefined: as it does first. */
  readonly cause?: string | undefined;
  /** Runs of the simulator at most. */
  readonly runs?: number | undefined;
  readonly explain?: boolean | undefined;
  /** The file that the report says it is saved in. */
  readonly out?: string | undefined;
  readonly page?: string | undefined;
}

/** What is left of a failing scenario. */
export interface Shrunken {
  /** The file of the corpus. */
  readonly text: string;
  readonly report: string;
  /** Failures of other kinds that were met, such as `I2 (expired)`. */
  readonly others: readonly string[];
  readonly runs: number;
  readonly minimal: boolean;
}

/** What the work comes to. */
export type Shrunk =
  | { readonly kind: 'shrunken'; readonly shrunken: Shrunken }
  | { readonly kind: 'refused'; readonly lines: readonly string[] };

/** What there is to say before it is over. */
export type ShrinkNews =
  | { readonly kind: 'stage'; readonly text: string }
  /** The smallest so far, if there may be no time to ask for it. */
  | { readonly kind: 'smaller'; readonly shrunken: Shrunken };

/** The one whose work a thread does. */
export interface Superior {
  /** Asked in the middle of long work: what there is by then is the result. */
  readonly isStopped: () => boolean;
  /** Told of long work before it is over. */
  readonly tell: (news: ShrinkNews) => void;
}

/** Does the job. Its file must be a valid scenario. */
export function shrinkFile(job: ShrinkJob, superior: Superior): Shrunk {
  const failing = failingOf(job);
  if (failing.kind === 'refused') return failing;
  const { tree, judged, violation, recorded } = failing;
  const bound = job.runs === undefined ? {} : { maxRuns: job.runs };
  const reducer = new Reducer(tree, violation, { ...bound, judge: knowing(judged) });
  const told = (reduction: Reduction, explanation?: Explanation): Shrunken =>
    shrunkenOf(reduction, recorded, explanation, job);
  goOn(reducer, superior, (reduction) => superior.tell({ kind: 'smaller', shrunken: told(reduction) }));
  const reduction = reducer.result();
  if (job.explain !== true || superior.isStopped()) return { kind: 'shrunken', shrunken: told(reduction) };
  superior.tell({ kind: 'smaller', shrunken: told(reduction) });
  superior.tell({ kind: 'stage', text: 'looking how far each value may move' });
  return { kind: 'shrunken', shrunken: told(reduction, explain(reduction.tree, violation)) };
}

/** Says what runs violate, of which the first has been made already. */
function knowing(first: Judgement): typeof judge {
  let known: Judgement | undefined = first;
  return (tree) => {
    const judged = known ?? judge(tree);
    known = undefined;
    return judged;
  };
}

/** Reduces to the end, or until somebody wants to stop; hands out what is smaller where runs are long. */
function goOn(reducer: Reducer, { isStopped, tell }: Superior, handOut: (reduction: Reduction) => void): void {
  let handed: ScenarioTree | undefined;
  do {
    const reduction = reducer.result();
    if (reduction.tree !== handed && reduction.judged.trace.events > LONG_RUN) {
      handed = reduction.tree;
      handOut(reduction);
    }
    tell({ kind: 'stage', text: `${formatCountOf(reducer.runs, 'run')}: ${reducer.pass}` });
  } while (!isStopped() && reducer.step(1) === 'more');
}

type Failing =
  | {
      readonly kind: 'failing';
      /** What a reduction begins with: without what the file says of itself, which is not true of a smaller one. */
      readonly tree: ScenarioTree;
      readonly judged: Judgement;
      readonly violation: RunViolation;
      readonly recorded: Find | undefined;
    }
  | (Shrunk & { readonly kind: 'refused' });

/** The scenario, and the violation in it that is to stay. */
function failingOf({ name, file, text, ...asked }: ShrinkJob): Failing {
  const whole = lifted(treeOfText(text) ?? {});
  const tree = withoutKeys(whole, 'find', 'name', 'about');
  const judged = judge(tree, file);
  if (judged.kind === 'invalid') return { kind: 'refused', lines: judged.problems.map(formatProblem) };
  if (judged.kind === 'limit') return { kind: 'refused', lines: [`${name} outgrows the simulator (${judged.limit})`] };
  const recorded = findOf(whole);
  const { property, cause } = asked.property === undefined && asked.cause === undefined ? (recorded ?? asked) : asked;
  const wanted = { property, cause };
  const violation = judged.violations.find((each) => isOf(each, wanted));
  if (violation !== undefined) return { kind: 'failing', tree, judged, violation, recorded };
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
  return `${name} does not violate ${wanted}; it violates ${violations.map(kindText).join(', ')}`;
}

function kindText({ property, cause }: ViolationKind): string {
  return `${property} (${cause})`;
}

/** A reduction as texts. */
function shrunkenOf(
  { tree, judged, violation, minimal, runs, others }: Reduction,
  recorded: Find | undefined,
  explanation: Explanation | undefined,
  { out, page }: ShrinkJob,
): Shrunken {
  const foundBy = recorded?.foundBy === undefined ? {} : { foundBy: recorded.foundBy };
  const text = keptText(tree, violation, judged, {
    ...foundBy,
    minimal,
    ...(recorded?.note === undefined ? {} : { note: recorded.note }),
    ...(explanation === undefined ? {} : { fields: fieldRanges(explanation.fields) }),
  });
  const report = failureReport({
    ...{ tree, judged, violation, minimal, runs, ...foundBy },
    link: linkTo(tree, violation, page),
    ...(explanation === undefined ? {} : { explanation }),
    ...(out === undefined ? {} : { saved: out }),
  });
  return { text, report, others: others.map(({ kind }) => kindText(kind)), runs, minimal };
}
