/**
 * Examples: for a number in the table of outcomes, the first case behind it, so that a click on the number leads into
 * the run that made it.
 */
import { HINT_REASON_NAMES, LOSS_CAUSE_NAMES, MISSING_CAUSE_NAMES } from '../../sim/check/index.ts';
import type { Examination, Ledger, OutcomeGroup, PropertyResult } from '../../sim/check/index.ts';
import { HINT_FATES, HINT_REASONS, LOSS_CAUSES, staleReads, WRITE_OUTCOMES } from '../../sim/trace/index.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { Selection } from '../state/selection.ts';

/** The first case of an outcome. */
export interface Example {
  readonly group: OutcomeGroup;
  /** The outcome's name. */
  readonly name: string;
  readonly at: number;
  /** Row of the log, where one row is it. */
  readonly entry: number | undefined;
  /** `none` where a moment is all there is to show. */
  readonly selection: Selection;
}

/** One for each outcome that has a case. O(hints + writes + reads + missing copies). */
export function examplesOf(trace: Trace, { properties, ledger }: Examination): readonly Example[] {
  return [
    ...ofClients(trace),
    ...ofHints(trace),
    ...ofCopies(trace, ledger),
    ...ofTimes(trace),
    ...ofProperties(properties),
  ];
}

function example(group: OutcomeGroup, name: string, at: number, selection: Selection, entry?: number): Example {
  return { group, name, at, entry, selection };
}

/** What refused a hint, in the order of the codes of reasons. */
const REFUSERS = ['at the cap', 'by the window', 'by the disk', 'by the in-flight guard'] as const;

function ofClients(trace: Trace): Example[] {
  const { writes, reads, refusals } = trace;
  const names = { acked: 'writes acknowledged', failed: 'writes failed', pending: 'writes without an answer' };
  const ofWrites = WRITE_OUTCOMES.flatMap((outcome, code) => {
    const write = writes.outcome.indexOf(code);
    const at = outcome === 'pending' ? writes.issuedAt[write] : writes.resolvedAt[write];
    return at === undefined ? [] : [example('clients', names[outcome], at, { kind: 'write', write })];
  });
  const [read = -1] = staleReads(trace).stale;
  const staleAt = reads.resolvedAt[read];
  const refused = REFUSERS.flatMap((by, code) => {
    const row = refusals.reason.indexOf(code);
    const at = refusals.at[row];
    const write = refusals.write[row] ?? -1;
    return at === undefined
      ? []
      : [example('hints', `refused ${by}`, at, write < 0 ? { kind: 'none' } : { kind: 'write', write })];
  });
  const ofReads = staleAt === undefined ? [] : [example('clients', 'stale reads', staleAt, { kind: 'read', read })];
  return [...ofWrites, ...ofReads, ...refused];
}

function ofHints({ hints }: Trace): Example[] {
  const first = (name: string, column: Uint8Array, code: number, at: Float64Array): Example[] => {
    const hint = column.indexOf(code);
    const when = at[hint];
    return when === undefined || when === Infinity ? [] : [example('hints', name, when, { kind: 'hint', hint })];
  };
  const fate = (name: string, code: number): Example[] => first(name, hints.fate, code, hints.endedAt);
  const requeued = hints.requeues.findIndex((times) => times > 0);
  const again = hints.leftAt[requeued] ?? Infinity;
  return [
    ...first('pending', hints.fate, HINT_FATES.indexOf('pending'), hints.storedAt),
    ...fate('delivered', HINT_FATES.indexOf('delivered')),
    ...fate('expired', HINT_FATES.indexOf('expired')),
    ...LOSS_CAUSES.flatMap((cause) => fate(`lost: ${LOSS_CAUSE_NAMES[cause]}`, HINT_FATES.indexOf(cause))),
    ...(hints.storedAt[0] === undefined
      ? []
      : [example('hints', 'stored', hints.storedAt[0], { kind: 'hint', hint: 0 })]),
    ...HINT_REASONS.flatMap((reason, code) =>
      first(`stored: ${HINT_REASON_NAMES[reason]}`, hints.reason, code, hints.storedAt),
    ),
    ...(again < Infinity ? [example('hints', 'requeued', again, { kind: 'hint', hint: requeued })] : []),
  ];
}

/** Missing copies: the first write of each cause, at the moment its client was told that all was well. */
function ofCopies(trace: Trace, ledger: Ledger | undefined): Example[] {
  const seen = new Map<string, Example>();
  for (const { cause, write } of ledger?.missing ?? []) {
    if (cause === undefined || seen.has(cause)) continue;
    const at = trace.writes.resolvedAt[write] ?? 0;
    seen.set(cause, example('copies', `missing: ${MISSING_CAUSE_NAMES[cause]}`, at, { kind: 'write', write }));
  }
  return [...seen.values()];
}

/** The end of the longest stretch that each node was behind. */
function ofTimes({ behind, scenario, endedAt }: Trace): Example[] {
  return scenario.nodes.flatMap(({ name }, node) => {
    let longest = 0;
    let from = NaN;
    for (let row = 0; row < behind.node.length; row++) {
      const began = behind.from[row] ?? 0;
      const length = Math.min(behind.until[row] ?? endedAt, endedAt) - began;
      if (behind.node[row] !== node || length <= longest) continue;
      longest = length;
      from = began;
    }
    return Number.isNaN(from) ? [] : [example('times', `longest behind: ${name}`, from, { kind: 'none' })];
  });
}

function ofProperties(properties: readonly PropertyResult[]): Example[] {
  return properties.flatMap(({ id, at, event, hint, write }) => {
    if (at === null) return [];
    const ofWrite: Selection = write === null ? { kind: 'none' } : { kind: 'write', write };
    return [example('properties', id, at, hint === null ? ofWrite : { kind: 'hint', hint }, event ?? undefined)];
  });
}
