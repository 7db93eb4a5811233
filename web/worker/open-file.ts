/**
 * Makes scenario text of a file: a scenario as it is, a LANL outage table or the Twitter cluster table by way of its
 * importer. What it is, is told from its content; the name is only for messages. A saved trace is a run already, and is
 * taken as it is.
 */
import { formatProblem, lanlScenario, recogniseFile, twitterScenario } from '../../sim/scenario/index.ts';
import { MAX_SCENARIO_CHARS } from '../../sim/scenario/text/yaml-bounds.ts';
import { decodeTrace, formatCount } from '../../sim/trace/index.ts';
import type { Note } from '../../sim/scenario/index.ts';
import type { OpenRequest, OpenTraceRequest, Reply } from './protocol.ts';

const READABLE =
  'a scenario (YAML with a line hintlab: 1), a LANL outage table (CSV with the header of LA-UR-05-7318) or the table of Twitter clusters (2020Mar.md), a segment of hints (peer-<idx>.hints) or a saved trace';
/** Of the table's many clusters, the one whose shape the LANL stories use as well. */
const CLUSTER = 12;

/** Answers with the scenario text, or with what was expected instead of this file. */
export function openFile({ id, name, text }: OpenRequest): Reply {
  const file = recogniseFile(name, text);
  if (file === 'unknown') return { kind: 'unopened', id, name, reason: `expected ${READABLE}` };
  if (file === 'scenario' && text.length > MAX_SCENARIO_CHARS) {
    const reason = `expected a scenario of at most ${formatCount(MAX_SCENARIO_CHARS)} characters, found ${formatCount(text.length)}`;
    return { kind: 'unopened', id, name, reason };
  }
  if (file === 'scenario') return { kind: 'opened', id, name, text, notes: [] };
  const made =
    file === 'lanl' ? lanlScenario(text, { file: name }) : twitterScenario(text, { file: name, cluster: CLUSTER });
  if (made.kind === 'invalid')
    return { kind: 'unopened', id, name, reason: made.problems.map(formatProblem).join('; ') };
  const notes = file === 'lanl' ? made.notes : [clusterNote(name), ...made.notes];
  return { kind: 'opened', id, name: made.name, text: made.text, notes: [...notes] };
}

function clusterNote(file: string): Note {
  const text = `the table has many clusters: this is cluster${CLUSTER}; for another, write twitter: { file: ${file}, cluster: … } under workload`;
  return { file, line: 1, column: 1, text };
}

/** Answers with the trace in a file, or with where and why it is none. */
export function openTrace({ id, name, bytes }: OpenTraceRequest): Extract<Reply, { kind: 'openedTrace' | 'unopened' }> {
  const decoded = decodeTrace(bytes);
  if (decoded.kind === 'trace') return { kind: 'openedTrace', id, name, trace: decoded.trace };
  return { kind: 'unopened', id, name, reason: `expected a trace as this version saves it; ${decoded.problem}` };
}
