/**
 * A complete scenario file from LANL's outages: one crash line per outage, with its cause. It is what the command line
 * writes and what the page opens when such a file is dropped on it, and a start for a scenario of one's own.
 */
import { DEFAULT_LIMITS, HARD_CEILINGS } from '../bounds.ts';
import type { Note, Problem } from '../problem.ts';
import { rackOf } from '../resolve/imports.ts';
import { writeDuration, writeRate } from '../text/quantities.ts';
import type { Reading } from '../text/reading.ts';
import { shownText } from '../text/source-tree.ts';
import { formatDate, MINUTES_PER_DAY, readDate } from './calendar.ts';
import { importLanl } from './lanl.ts';
import type { InvalidImport, LanlOptions, LanlOutages } from './lanl.ts';
import { yamlText } from './yaml-text.ts';

const MICROS_PER_MINUTE = 60_000_000;
/** Requests of the whole run: enough to see every outage, few enough to wait for on a page. */
const TARGET_REQUESTS = 1_000_000;
const MOST_PER_SECOND = 50;
/** Longer spans than a year are mostly sweeps of empty stores: without a range, the busiest year is taken. */
const MAX_DAYS = 365;
/** Sweeps of a run at most, over all nodes: a year of 49 nodes every 30 s, which takes half a minute. */
const MAX_SWEEPS = 60_000_000;
/** Minutes between sweeps, where every half of one would make more sweeps than that. */
const SWEEP_MINUTES = [1, 2, 5, 10, 30, 60];

/** What to write. Dates as `2003-01-01`; by default the whole of the file, or the busiest year of a longer one. */
export interface LanlScenarioOptions extends Pick<LanlOptions, 'file' | 'system' | 'longest'> {
  readonly from?: string;
  readonly to?: string;
}

/** Minutes since 1970-01-01; what is left out is as far as the table goes. */
type Range = Pick<LanlOptions, 'from' | 'to'>;

/** The text of a scenario file, with what the importer has to say. */
export interface ScenarioText {
  readonly kind: 'text';
  /** A name for the scenario, good for a file. */
  readonly name: string;
  readonly text: string;
  readonly notes: readonly Note[];
}

/** The scenario of the outages of one system in a range of dates. */
export function lanlScenario(text: string, options: LanlScenarioOptions): ScenarioText | InvalidImport {
  const { from, to, ...others } = options;
  const start = from === undefined ? undefined : readDate(from);
  const end = to === undefined ? undefined : readDate(to);
  const problems = [...problemOf(start, '--from', from), ...problemOf(end, '--to', to)];
  const range: Range = {
    ...(start?.kind === 'read' ? { from: start.value } : {}),
    ...(end?.kind === 'read' ? { to: end.value } : {}),
  };
  if (problems.length === 0) problems.push(...problemOfSpan(range, to));
  if (problems.length > 0) return { kind: 'invalid', problems };
  const imported = importLanl(text, { ...others, ...range });
  if (imported.kind === 'invalid') return imported;
  const isWhole = from === undefined && to === undefined;
  if (!isWhole || imported.to - imported.from <= MAX_DAYS * MINUTES_PER_DAY) return writeScenario(imported);
  const busiest = importLanl(text, { ...others, ...busiestDays(imported, MAX_DAYS) });
  if (busiest.kind === 'invalid') return busiest;
  const days = `${formatDate(busiest.from)} to ${formatDate(busiest.to)}`;
  const note = `no range was asked for: taken are the ${MAX_DAYS} days with most downtime, ${days}`;
  return writeScenario({
    ...busiest,
    notes: [{ file: options.file, line: 1, column: 1, text: note }, ...busiest.notes],
  });
}

/**
 * The days in a row, beginning at a midnight, in which the nodes were down longest altogether; the first of equals.
 * Quadratic in days × outages at worst, which is below a tenth of a second for ten years.
 */
function busiestDays({ outages, from, to }: LanlOutages, days: number): { readonly from: number; readonly to: number } {
  const length = days * MINUTES_PER_DAY;
  let best = from;
  let most = -1;
  for (let start = from; start === from || start + length <= to; start += MINUTES_PER_DAY) {
    let down = 0;
    for (const outage of outages) {
      down += Math.max(0, Math.min(outage.to, start + length) - Math.max(outage.from, start));
    }
    if (down > most) [best, most] = [start, down];
  }
  return { from: best, to: best + length };
}

/** One line of YAML per outage, for a list of faults. */
function crashLines({ outages, names, from }: LanlOutages): readonly string[] {
  return outages.map((outage) => {
    const at = writeDuration((outage.from - from) * MICROS_PER_MINUTE);
    const length = writeDuration((outage.to - outage.from) * MICROS_PER_MINUTE);
    const cause = outage.cause === '' ? '' : `, cause: ${yamlText(outage.cause)}`;
    return `  - { crash: ${names[outage.node] ?? ''}, at: ${at}, for: ${length}${cause} }`;
  });
}

function writeScenario(imported: LanlOutages): ScenarioText {
  const { system, names, from, to, outages, notes } = imported;
  const name = `lanl-${system}`;
  const minutes = to - from;
  const range = `${formatDate(from)} to ${formatDate(to)}`;
  const text = [
    `# Node outages of LANL system ${system}, ${range}: ${outages.length} outages of ${names.length} nodes.`,
    '# Data: Los Alamos National Laboratory, "Operational Data to Support and Enable Computer Science Research"',
    '# (LA-UR-05-7318), which we thank for providing it. The outages are those of nodes of an HPC cluster, in local',
    '# times that operators entered to the minute; racks, load and policy are not theirs but a start.',
    'hintlab: 1',
    `name: ${name}`,
    `about: The node outages of LANL system ${system}, ${range}.`,
    `duration: ${writeDuration(minutes * MICROS_PER_MINUTE)}`,
    `datacentres: { dc1: { ${racksOf(names)} } }`,
    '# Heartbeats over such a span would be the whole run: beliefs follow the facts after a fixed time instead.',
    'detector: { fixed: { down: 20s, up: 1s } }',
    `workload: { rate: ${writeRate(rateFor(minutes * 60))} }`,
    ...linesOfLength(names.length, minutes),
    outages.length === 0 ? 'faults: []' : 'faults:',
    ...crashLines(imported),
    '',
  ].join('\n');
  return { kind: 'text', name, text, notes };
}

/** `r1: [n1, n4], r2: [n2, n5], r3: [n3]` */
function racksOf(names: readonly string[]): string {
  const racks = new Map<string, string[]>();
  for (const [position, name] of names.entries()) {
    const rack = rackOf(position);
    racks.set(rack, [...(racks.get(rack) ?? []), name]);
  }
  return [...racks].map(([rack, members]) => `${rack}: [${members.join(', ')}]`).join(', ');
}

/** Requests per second for a run of so many seconds, to one digit. */
function rateFor(seconds: number): number {
  const rate = TARGET_REQUESTS / seconds;
  if (rate >= MOST_PER_SECOND) return MOST_PER_SECOND;
  return Number(rate.toPrecision(1));
}

/** More often would be most of the run, over stores that are empty most of the time. */
function sweepMinutes(nodes: number, minutes: number): number | undefined {
  if (nodes * minutes * 2 <= MAX_SWEEPS) return undefined;
  return SWEEP_MINUTES.find((each) => (nodes * minutes) / each <= MAX_SWEEPS) ?? SWEEP_MINUTES.at(-1);
}

/** Lines for a run that is too long for what stands without them. */
function linesOfLength(nodes: number, minutes: number): readonly string[] {
  const sweep = sweepMinutes(nodes, minutes);
  const length = minutes * MICROS_PER_MINUTE;
  return [
    ...(sweep === undefined
      ? []
      : [
          '# Sweeps every 30 s would be most of the run.',
          `drain: { interval: ${writeDuration(sweep * MICROS_PER_MINUTE)} }`,
        ]),
    ...(length > DEFAULT_LIMITS.duration ? [`limits: { duration: ${writeDuration(length)} }`] : []),
  ];
}

/** What is wrong with a range of which both ends are given. */
function problemOfSpan({ from, to }: Range, found = ''): Problem[] {
  if (from === undefined || to === undefined) return [];
  const place = { file: '--to', line: 1, column: 1, path: '', found };
  if (to <= from) return [{ ...place, code: 'order', expected: `a date after ${formatDate(from)}` }];
  const longest = HARD_CEILINGS.duration / MICROS_PER_MINUTE;
  if (to - from <= longest) return [];
  return [{ ...place, code: 'limit', expected: `a date at most ${longest / MINUTES_PER_DAY}d after --from` }];
}

function problemOf(reading: Reading<number> | undefined, file: string, found = ''): Problem[] {
  if (reading === undefined || reading.kind === 'read') return [];
  const { code, expected } = reading;
  return [{ file, line: 1, column: 1, path: '', code, expected, found: shownText(found) }];
}
