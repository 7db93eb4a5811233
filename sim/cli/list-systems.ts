/**
 * `hintlab list --systems`: the presets, a sentence each, and where they depart from dynomite, axis by axis.
 */
import { axesOf, PRESETS, SYSTEM_NAMES, type SystemName } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type Paint, paintFor } from './paint.ts';
import { left, tableLines } from './table.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 92;
const CELL_WIDTH = 24;
/** What the others are held against: the system that the model was made after. */
const REFERENCE: SystemName = 'dynomite';

/** What each system does with a write for a peer that is away, and how it brings it there. */
const ABOUT: Readonly<Record<SystemName, string>> = {
  dynomite:
    'dynomite-rs: hints in RAM count as full votes; a sweep puts them into the channel of their peer and lets go of them, and the last write to arrive wins.',
  'dynomite-durable':
    'dynomite-rs with its segments on disk: hints outlive a crash of the process, not a loss of power, and a torn tail hides what is written behind it.',
  cassandra:
    'Apache Cassandra: hints for three hours of absence, delivered unordered in throttled sessions that wait for acknowledgements; timestamps decide.',
  scylla:
    'ScyllaDB: hints for acknowledged writes only, eight on their way at once to each peer, tried again after a second; timestamps decide.',
  'scylla-old': 'ScyllaDB as it was: 128 hints on their way from each sender, whatever the receiver makes of them.',
  influxdb:
    'InfluxDB Enterprise: a strict queue on disk for each peer, that later writes join behind the hints that wait, and one hint on its way at a time.',
  riak: 'Riak: the next node that is up takes the write in the place of the absent one and counts as it; objects are handed over later and vector clocks decide.',
  voldemort:
    'Voldemort: any live node keeps one hint for each key beside a strict quorum, delivered every five minutes; vector clocks decide.',
};

interface ListedAxis {
  readonly path: string;
  readonly value: string;
  /** The value of the reference; the same if it does not depart from it. */
  readonly reference: string;
}

interface ListedSystem {
  readonly name: SystemName;
  readonly about: string;
  readonly axes: readonly ListedAxis[];
}

/** Prints all presets; with `json`, as an array of { name, about, axes: [{ path, value, reference }] }. */
export function listSystems({ json }: { readonly json: boolean }, io: Io): ExitCode {
  const systems = SYSTEM_NAMES.map(listed);
  const paint = paintFor(io.colour);
  const text = json
    ? JSON.stringify(systems, undefined, 2)
    : [...systems.map((system) => blockOf(system, paint)), paint.quiet(CLOSING)].join('\n\n');
  io.out(`${text}\n`);
  return EXIT.ok;
}

const CLOSING = 'run a scenario under one: hintlab run NAME --system SYSTEM; change an axis: --set PATH=VALUE';

function listed(name: SystemName): ListedSystem {
  const reference = axesOf(PRESETS[REFERENCE]);
  const axes = axesOf(PRESETS[name]).map(({ path, value }, index) => ({
    path,
    value,
    reference: reference[index]?.value ?? '',
  }));
  return { name, about: ABOUT[name], axes };
}

function blockOf({ name, about, axes }: ListedSystem, paint: Paint): string {
  const isReference = name === REFERENCE;
  const told = isReference ? axes : axes.filter(({ value, reference }) => value !== reference);
  const isShort = ({ value, reference }: ListedAxis): boolean => Math.max(value.length, reference.length) <= CELL_WIDTH;
  const rows = told
    .filter(isShort)
    .map(({ path, value, reference }) => [path, value, ...(isReference ? [] : [reference])]);
  const columns = [left('axis'), left(name), ...(isReference ? [] : [left(REFERENCE)])];
  const lines = [
    ...wrapText(about, WIDTH),
    '',
    ...tableLines(columns, rows),
    ...told.filter((axis) => !isShort(axis)).flatMap((axis) => longLines(name, axis)),
  ];
  return [paint.strong(name), ...lines.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

/** An axis whose values would make the table too wide. */
function longLines(name: SystemName, { path, value, reference }: ListedAxis): string[] {
  return [path, `  ${name}: ${value}`, ...(name === REFERENCE ? [] : [`  ${REFERENCE}: ${reference}`])];
}
