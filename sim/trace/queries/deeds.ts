/**
 * The deeds of a run: what it did to one request, aspect by aspect, so that two runs can be held against each other. Read
 * from the tables; the sentences are those of the log.
 */
import { cell } from '../cell.ts';
import { DROP_CAUSES, HINT_FATES, HINT_REASONS, NEVER, NONE, WRITE_OUTCOMES } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';
import { nodeName, readName, writeName } from './names.ts';
import { sentenceOf } from './sentence.ts';
import { copiesOf, copyUnsent, routeOf } from './write-sentences.ts';

/** One thing that happened to a request. */
export interface Deed {
  /** Which thing: a run does each aspect of a request at most once. */
  readonly aspect: string;
  /** What was done; two runs did the same if their marks are equal. */
  readonly mark: string;
  readonly at: number;
  readonly tell: () => string;
  /** What to say of a run that did not do it. */
  readonly tellAbsence: () => string;
}

/** What became of a write, its issue first; nothing if the run has no such write. O(replicas). */
export function writeDeeds(trace: Trace, write: number): readonly Deed[] {
  const { writes } = trace;
  const issuedAt = writes.issuedAt[write];
  if (issuedAt === undefined) return [];
  const coordinator = cell(writes.coordinator, write);
  const name = writeName(write);
  const about = { node: coordinator, peer: coordinator, subject: write };
  const request = [coordinator, cell(writes.key, write), cell(writes.operation, write), cell(writes.retryOf, write)];
  const deeds: Deed[] = [
    logged(trace, 'writeIssued', { ...about, at: issuedAt }, 'issued', request.join(' '), `no client sent ${name}`),
  ];
  const { first, end } = copiesOf(trace, write);
  for (let copy = first; copy < end; copy++) deeds.push(...copyDeeds(trace, copy));
  const outcome = WRITE_OUTCOMES[cell(writes.outcome, write)] ?? 'pending';
  if (outcome === 'pending') return deeds;
  const kind = outcome === 'acked' ? 'writeAcked' : 'writeFailed';
  const at = cell(writes.resolvedAt, write);
  return [
    ...deeds,
    logged(trace, kind, { ...about, at }, 'outcome', outcome, `${name} had no answer when the run ended`),
  ];
}

/** What became of a read, its issue first; nothing if the run has no such read. */
export function readDeeds(trace: Trace, read: number): readonly Deed[] {
  const { reads } = trace;
  const issuedAt = reads.issuedAt[read];
  if (issuedAt === undefined) return [];
  const coordinator = cell(reads.coordinator, read);
  const name = readName(read);
  const about = { node: coordinator, peer: coordinator, subject: read };
  const request = [coordinator, cell(reads.key, read), cell(reads.probeOf, read)];
  const issued = logged(
    trace,
    'readIssued',
    { ...about, at: issuedAt },
    'issued',
    request.join(' '),
    `no client sent ${name}`,
  );
  const outcome = WRITE_OUTCOMES[cell(reads.outcome, read)] ?? 'pending';
  if (outcome === 'pending') return [issued];
  const kind = outcome === 'acked' ? 'readAnswered' : 'readFailed';
  const at = cell(reads.resolvedAt, read);
  const mark = outcome === 'acked' ? `value ${cell(reads.value, read)}` : outcome;
  return [issued, logged(trace, kind, { ...about, at }, 'outcome', mark, `${name} had no answer when the run ended`)];
}

/** How the copy for one replica went out, whether it arrived, and how it or its hint was lost. */
function copyDeeds(trace: Trace, copy: number): Deed[] {
  const { copies } = trace;
  const deeds = [wayOf(trace, copy), ...hintDeeds(trace, copy)];
  const { write, replica, coordinator } = partiesOf(trace, copy);
  const name = writeName(write);
  const target = nodeName(trace, replica);
  const appliedAt = cell(copies.appliedAt, copy);
  if (appliedAt !== NEVER) {
    const isIgnored = copies.ignored[copy] === 1;
    const kind = isIgnored ? 'copyIgnored' : 'copyApplied';
    const about = { node: replica, peer: coordinator, subject: write, at: appliedAt };
    deeds.push(
      logged(trace, kind, about, `arrival ${replica}`, kind, `${name} had not reached ${target} when the run ended`),
    );
  }
  const droppedAt = cell(copies.droppedAt, copy);
  if (droppedAt !== NEVER) {
    const cause = DROP_CAUSES[cell(copies.dropCause, copy)] ?? 'none';
    const kind = cause === 'refusedByPeer' || cause === 'tooLate' ? 'copyRefused' : 'copyDropped';
    const about = { node: coordinator, peer: replica, subject: write, at: droppedAt };
    deeds.push(logged(trace, kind, about, `drop ${replica}`, cause, `${name} was not lost on its way to ${target}`));
  }
  return deeds;
}

/** What the coordinator did for a replica at first. */
function wayOf(trace: Trace, copy: number): Deed {
  const { copies, hints, writes } = trace;
  const { write, replica, coordinator } = partiesOf(trace, copy);
  const route = routeOf(trace, copy);
  const hint = cell(copies.hint, copy);
  const aspect = `way ${replica}`;
  const absence = `${writeName(write)} was not meant for ${nodeName(trace, replica)}`;
  const issuedAt = cell(writes.issuedAt, write);
  const about = { node: coordinator, peer: replica, subject: write, at: issuedAt };
  switch (route) {
    case 'direct':
      return logged(trace, 'copySent', about, aspect, route, absence);
    case 'hinted': {
      const kept = { node: cell(hints.holder, hint), peer: replica, subject: hint, at: cell(hints.storedAt, hint) };
      return logged(trace, 'hintStored', kept, aspect, `${route} ${kept.node}`, absence);
    }
    case 'unsent':
      return {
        aspect,
        mark: route,
        at: issuedAt,
        tell: () => copyUnsent(trace, coordinator, replica),
        tellAbsence: () => absence,
      };
    default:
      return logged(trace, 'hintRefused', about, aspect, route, absence);
  }
}

/** A hint beside a copy that was sent, and how a hint ended if it was not delivered. */
function hintDeeds(trace: Trace, copy: number): Deed[] {
  const { hints, copies } = trace;
  const hint = cell(copies.hint, copy);
  if (hint === NONE) return [];
  const deeds: Deed[] = [];
  const { write, replica } = partiesOf(trace, copy);
  const name = writeName(write);
  const target = nodeName(trace, replica);
  const about = { node: cell(hints.holder, hint), peer: replica, subject: hint };
  const reason = HINT_REASONS[cell(hints.reason, hint)] ?? 'peerDown';
  if (routeOf(trace, copy) === 'direct') {
    const kept = { ...about, at: cell(hints.storedAt, hint) };
    deeds.push(
      logged(trace, 'hintStored', kept, `hint ${replica}`, reason, `no hint of ${name} was kept for ${target}`),
    );
  }
  const fate = HINT_FATES[cell(hints.fate, hint)] ?? 'pending';
  if (fate === 'pending' || fate === 'delivered') return deeds;
  const ended = { ...about, at: cell(hints.endedAt, hint) };
  const kind = fate === 'expired' ? 'hintExpired' : 'hintLost';
  return [
    ...deeds,
    logged(trace, kind, ended, `end ${replica}`, fate, `no hint of ${name} for ${target} expired or was lost`),
  ];
}

function partiesOf({ copies, writes }: Trace, copy: number): { write: number; replica: number; coordinator: number } {
  const write = cell(copies.write, copy);
  return { write, replica: cell(copies.replica, copy), coordinator: cell(writes.coordinator, write) };
}

/** Where a deed would be in the log. */
interface Where {
  readonly at: number;
  readonly node: number;
  readonly peer: number;
  readonly subject: number;
}

/** A deed that the log has a sentence for. */
function logged(trace: Trace, kind: LogKind, where: Where, aspect: string, mark: string, absence: string): Deed {
  return {
    aspect,
    mark,
    at: where.at,
    tell: () => sentenceOf(trace, { kind, ...where }),
    tellAbsence: () => absence,
  };
}
