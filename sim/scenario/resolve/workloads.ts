/**
 * The classes of clients: from what a scenario says, a Twitter profile where it names one, and the defaults.
 */
import { instant, milliseconds, peerIndex, duration as span } from '../../../core/index.ts';
import type { Duration, Instant, PeerIndex } from '../../../core/index.ts';
import { MAX_PROBES, MAX_WORKLOADS } from '../bounds.ts';
import { importTwitter } from '../import/twitter.ts';
import type { Figure, TwitterProfile } from '../import/twitter.ts';
import type { RequestSize, Workload } from '../model/workload.ts';
import type { ScenarioDocument } from '../schema.ts';
import type { WorkloadDocument } from '../schema/workload.ts';
import { MAX_RATE, MIN_RATE, writeDuration, writeRate, writeShare } from '../text/quantities.ts';
import { shownText } from '../text/source-tree.ts';
import type { Path } from '../text/source-tree.ts';
import { resolveArrivals } from './arrivals.ts';
import { resolveDistribution } from './distribution.ts';
import type { Domain } from './distribution.ts';
import type { PeerTable } from './nodes.ts';
import { levelsOf } from './policy.ts';
import type { Resolution } from './resolution.ts';

const DEFAULT_NAME = 'clients';
const DEFAULT_KEYS = 10_000;
const DEFAULT_KEY_BYTES = 16;
const DEFAULT_VALUE_BYTES = 200;
const DEFAULT_BACKOFF = milliseconds(100);
/** What sums of shares may be off by. */
const ROUNDING = 1e-9;
/** A GiB: a request of that size is no cache request, and sums of them stay exact. */
export const MAX_REQUEST_BYTES = 1_073_741_824;
const REQUEST_BYTES: Domain = { min: 1, max: MAX_REQUEST_BYTES, bounds: 'a size from 1B to 1GiB' };

/** The classes of clients of a document: one if it says nothing of requests, or none if it says so. */
export function resolveWorkloads(
  document: ScenarioDocument,
  duration: Duration,
  peers: PeerTable,
  resolution: Resolution,
): readonly Workload[] {
  // A scenario that writes its requests out has no others, unless it says so.
  const { workload = document.requests === undefined ? {} : [] } = document;
  const classes = Array.isArray(workload) ? workload : [workload];
  const isList = Array.isArray(workload);
  if (classes.length > MAX_WORKLOADS) {
    const expected = `at most ${MAX_WORKLOADS} classes of clients`;
    resolution.problem(['workload'], { code: 'limit', expected, found: `${classes.length}` });
  }
  const taken = new Set<string>();
  return classes.slice(0, MAX_WORKLOADS).map((each, index) => {
    const path = isList ? ['workload', index] : ['workload'];
    const resolved = new WorkloadResolution(each, path, duration, peers, resolution).resolve(index);
    if (taken.has(resolved.name)) {
      const complaint = { code: 'duplicateName', expected: 'every class of clients under its own name' } as const;
      resolution.problem([...path, 'name'], { ...complaint, found: `${resolved.name} again` });
    }
    taken.add(resolved.name);
    return resolved;
  });
}

class WorkloadResolution {
  readonly #document: WorkloadDocument;
  readonly #path: Path;
  readonly #duration: Duration;
  readonly #peers: PeerTable;
  readonly #resolution: Resolution;

  constructor(document: WorkloadDocument, path: Path, duration: Duration, peers: PeerTable, resolution: Resolution) {
    this.#document = document;
    this.#path = path;
    this.#duration = duration;
    this.#peers = peers;
    this.#resolution = resolution;
  }

  resolve(index: number): Workload {
    const document = this.#document;
    const profile = this.#profile();
    const { name = index === 0 ? DEFAULT_NAME : `${DEFAULT_NAME}-${index + 1}` } = document;
    return {
      name,
      arrivals: resolveArrivals(document, this.#scaledRate(profile), this.#path, this.#resolution),
      ...this.#span(),
      ...this.#mix(profile),
      keys: this.#keys(profile),
      size: this.#size(profile),
      coordinators: this.#coordinators(),
      choose: document.choose ?? 'roundRobin',
      consistency: levelsOf(document.level),
      ...this.#retries(),
      probes: this.#probes(),
    };
  }

  #profile(): TwitterProfile | undefined {
    const { twitter } = this.#document;
    if (twitter === undefined) return undefined;
    const text = this.#resolution.readImport(twitter.file);
    if (text === undefined) {
      const path = [...this.#path, 'twitter', 'file'];
      this.#resolution.problem(path, { code: 'file', expected: 'a file that can be read' });
      return undefined;
    }
    const imported = importTwitter(text, twitter);
    if (imported.kind === 'profile') {
      this.#resolution.findings.include([], imported.notes);
      return imported;
    }
    this.#resolution.include(imported.problems, [...this.#path, 'twitter', 'cluster']);
    return undefined;
  }

  #scaledRate(profile: TwitterProfile | undefined): number | undefined {
    const rate = this.#figure(profile?.rate);
    if (rate === undefined) return undefined;
    const scaled = rate * (this.#document.twitter?.scale ?? 1);
    if (scaled <= MAX_RATE && scaled >= MIN_RATE) return scaled;
    const expected = `a scale that leaves a rate from ${writeRate(MIN_RATE)} to ${writeRate(MAX_RATE)}`;
    const found = `${rate}/s × ${this.#document.twitter?.scale ?? 1}`;
    this.#resolution.problem([...this.#path, 'twitter', 'scale'], { code: 'range', expected, found });
    return undefined;
  }

  /** A figure of the profile. Where the table has none, the scenario has to say it. */
  #figure(figure: Figure | undefined): number | undefined {
    if (figure === undefined || figure.value !== undefined) return figure?.value;
    const expected = `a number in the column ${figure.column}, or the value in the scenario`;
    const found = shownText(figure.text);
    this.#resolution.findings.problem(figure.at, '', { code: 'data', expected, found });
    return undefined;
  }

  #span(): { readonly from: Instant; readonly until: Instant } {
    const { from = 0, until = this.#duration } = this.#document;
    const end = Math.min(until, this.#duration);
    if (from >= end && this.#document.from === undefined) this.#problem('until', 'order', 'a time after from, 0s');
    else if (from >= end) {
      const ends = until <= this.#duration ? 'until' : 'the end of the run';
      this.#problem('from', 'order', `a time before ${ends}, ${writeDuration(end)}`);
    } else if (until > this.#duration) {
      const ends = `the run ends at ${writeDuration(this.#duration)}, and with it these clients`;
      this.#resolution.note([...this.#path, 'until'], ends);
    }
    return { from: instant(from), until: instant(end) };
  }

  #mix(profile: TwitterProfile | undefined): Pick<Workload, 'readShare' | 'deleteShare' | 'incrementShare'> {
    const { reads, deletes = 0, increments = 0 } = this.#document;
    const readShare = reads ?? this.#figure(profile?.readShare) ?? 0;
    const total = readShare + deletes + increments;
    // Shares such as 10 %, 20 % and 70 % add up to a little more than 1 in binary.
    if (total > 1 + ROUNDING) {
      const key = increments > 0 ? 'increments' : 'deletes';
      const found = `${writeShare(readShare)} + ${writeShare(deletes)} + ${writeShare(increments)}`;
      const expected = 'reads, deletes and increments of at most 100% together';
      this.#resolution.problem([...this.#path, key], { code: 'range', expected, found });
    }
    return { readShare, deleteShare: deletes, incrementShare: increments };
  }

  #retries(): Pick<Workload, 'retries' | 'backoff'> {
    const { retries = 0, backoff = DEFAULT_BACKOFF } = this.#document;
    if (retries === 0 && this.#document.backoff !== undefined)
      this.#problem('backoff', 'conflict', 'retries beside backoff, without which nothing is sent again');
    return { retries, backoff: span(backoff) };
  }

  #probes(): readonly Duration[] {
    const { probes = [], reads } = this.#document;
    if (probes.length > MAX_PROBES) this.#problem('probes', 'range', `at most ${MAX_PROBES} probes`);
    if (probes.length > 0 && reads === 1)
      this.#problem('probes', 'conflict', 'writes beside probes, which follow them: reads below 100%');
    return probes.map(span);
  }

  #keys(profile: TwitterProfile | undefined): Workload['keys'] {
    const { keys = {} } = this.#document;
    const { count = DEFAULT_KEYS } = typeof keys === 'number' ? { count: keys } : keys;
    const zipf = typeof keys === 'number' ? undefined : keys.zipf;
    return { count, zipf: zipf ?? this.#figure(profile?.zipf) ?? 0 };
  }

  #size(profile: TwitterProfile | undefined): RequestSize {
    const { payload, key, value } = this.#document;
    if (payload !== undefined) {
      if (key !== undefined) this.#problem('key', 'conflict', 'no key beside payload, which is the whole request');
      if (value !== undefined)
        this.#problem('value', 'conflict', 'no value beside payload, which is the whole request');
      return { kind: 'payload', payload: this.#sizes(payload, 'payload') };
    }
    return {
      kind: 'keyValue',
      key: this.#sizes(key ?? this.#figure(profile?.key) ?? DEFAULT_KEY_BYTES, 'key'),
      value: this.#sizes(value ?? this.#figure(profile?.value) ?? DEFAULT_VALUE_BYTES, 'value'),
    };
  }

  #sizes(document: Parameters<typeof resolveDistribution>[0], key: string): ReturnType<typeof resolveDistribution> {
    return resolveDistribution(document, [...this.#path, key], REQUEST_BYTES, this.#resolution);
  }

  #coordinators(): readonly PeerIndex[] {
    const { coordinators } = this.#document;
    if (coordinators === undefined) return this.#peers.nodes.map((_, index) => peerIndex(index));
    if (coordinators.length === 0) this.#problem('coordinators', 'range', 'at least one node, or no such key for all');
    const chosen = new Set<PeerIndex>();
    coordinators.forEach((name, position) => {
      const path = [...this.#path, 'coordinators', position];
      const index = this.#peers.indexOf.get(name);
      if (index === undefined) this.#resolution.unknownName(path, name, 'a node', this.#peers.indexOf);
      else if (chosen.has(index))
        this.#resolution.problem(path, { code: 'duplicateName', expected: 'every node once' });
      else chosen.add(index);
    });
    return [...chosen];
  }

  #problem(key: string, code: 'order' | 'conflict' | 'range', expected: string): void {
    this.#resolution.problem([...this.#path, key], { code, expected });
  }
}
