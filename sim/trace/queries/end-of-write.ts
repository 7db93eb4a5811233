/**
 * How a write ends, in sentences: where something older, or nothing at all, took its place, and by which rule; and who
 * has it when the run ends. At level `full`.
 */
import { cell } from '../cell.ts';
import type { Trace } from '../trace.ts';
import { isIncrement } from './key-history.ts';
import type { LifeStep } from './life.ts';
import { hintName, nodeName, nodeNames, writeName } from './names.ts';
import { tenureOf } from './tenure.ts';
import type { Displacement } from './tenure.ts';
import { copiesOf, holdersAt } from './write-sentences.ts';

/** The losses of a write at its replicas, each with its log row, and who has it in the end. O(log rows from its issue on). */
export function endOfWrite(trace: Trace, write: number): readonly LifeStep[] {
  const stays = staysOf(trace, write);
  const losses = stays.flatMap(({ replica, losses: rows }) => rows.map((row) => lossStep(trace, write, replica, row)));
  return [...losses, { at: trace.endedAt, text: `when the run ended, ${whoHas(trace, write, stays)}` }];
}

/** What a replica that has applied the write holds in the end. */
interface Stay {
  readonly replica: number;
  readonly end: 'held' | 'newer' | 'older' | 'emptied';
  /** The write that it holds then, or NONE. */
  readonly holds: number;
  /** Where it lost the write to one that was issued earlier, or with all its data. */
  readonly losses: readonly Displacement[];
}

function staysOf(trace: Trace, write: number): readonly Stay[] {
  const { copies } = trace;
  const { first, end } = copiesOf(trace, write);
  const { applied } = holdersAt(trace, write, trace.endedAt);
  const stays: Stay[] = [];
  for (let copy = first; copy < end; copy++) {
    const replica = cell(copies.replica, copy);
    if (!applied.includes(replica)) continue;
    const { displacements, holds } = tenureOf(trace, write, replica, cell(copies.appliedAt, copy));
    const losses = displacements.filter(({ by }) => by < write);
    stays.push({ replica, holds, losses, end: endOf(write, holds, displacements.at(-1)) });
  }
  return stays;
}

function endOf(write: number, holds: number, last: Displacement | undefined): Stay['end'] {
  if (last === undefined || holds === write) return 'held';
  if (holds > write) return 'newer';
  // What came to the empty node later did not take the place of the write.
  return last.way === 'replaced' ? 'emptied' : 'older';
}

function lossStep(trace: Trace, write: number, replica: number, loss: Displacement): LifeStep {
  const { entry } = loss;
  return { at: cell(trace.log.at, entry), entry, text: lossSentence(trace, write, replica, loss) };
}

function lossSentence(trace: Trace, write: number, replica: number, { entry, by, way }: Displacement): string {
  const name = nodeName(trace, replica);
  const lost = `so ${name} lost ${writeName(write)}`;
  // An empty node holds no write that could have won.
  if (way === 'replaced') return `an empty node took ${name}'s place, ${lost}`;
  const rule = whyOlderWins(trace, write, by);
  switch (way) {
    case 'hint': {
      const hint = hintName(cell(trace.log.subject, entry));
      return `${name} applied ${hint} of ${writeName(by)}, which is older, ${lost}: ${rule}`;
    }
    case 'repair':
      return `read repair wrote ${writeName(by)}, which is older, to ${name}, ${lost}: ${rule}`;
    case 'direct':
      return `${name} applied ${writeName(by)}, which is older, ${lost}: ${rule}`;
  }
}

/** The rule by which a receiver takes a write that was issued earlier for the one to keep. */
export function whyOlderWins({ writes, scenario }: Trace, write: number, by: number): string {
  if (scenario.policy.receiver.conflict === 'arrival') return 'the last to arrive wins';
  const isOutranked = cell(writes.timestamp, by) > cell(writes.timestamp, write);
  return isOutranked ? 'by its timestamp it is the newer one' : 'the tombstone that would have kept it out was gone';
}

/** One part for each way in which a write can end at a replica, as far as there are such replicas. */
function whoHas(trace: Trace, write: number, stays: readonly Stay[]): string {
  const { ignored, hinted, missing } = holdersAt(trace, write, trace.endedAt);
  const ending = (end: Stay['end'], by?: number): readonly number[] =>
    stays.filter((stay) => stay.end === end && stay.holds === (by ?? stay.holds)).map(({ replica }) => replica);
  const olderOnes = [...new Set(stays.filter(({ end }) => end === 'older').map(({ holds }) => holds))];
  const part = (replicas: readonly number[], had: string) =>
    replicas.length === 0 ? [] : [`${nodeNames(trace, replicas)} had ${had}`];
  const held = part(ending('held'), 'applied it');
  const absent = [...hinted, ...missing];
  const passedOver = absent.filter((replica) => hasNewer(trace, write, replica));
  const others = [
    ...part(ending('newer'), 'a newer write in its place'),
    ...olderOnes.flatMap((by) => part(ending('older', by), `lost it to ${writeName(by)}`)),
    ...part(ending('emptied'), 'lost it with all its data'),
    ...part(ignored, 'ignored it for a newer one'),
    ...part(passedOver, 'a newer write without ever applying it'),
  ];
  if (stays.length === 0) return ['no replica had applied it', ...others].join(', ');
  const never = part(
    absent.filter((replica) => !passedOver.includes(replica)),
    others.length === 0 ? 'not' : 'not applied it',
  ).map((text) => `and ${text}`);
  return [...held, ...others, ...never].join(', ');
}

/** A replica that never applied a write holds a newer one in the end. A sum is not in an increment that came later. */
function hasNewer(trace: Trace, write: number, replica: number): boolean {
  if (isIncrement(trace, write)) return false;
  const { values, writes } = trace;
  const key = cell(writes.key, write);
  return values.write.some((held, row) => held > write && values.replica[row] === replica && values.key[row] === key);
}
