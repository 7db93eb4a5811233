/**
 * A complete scenario file whose clients look like one of Twitter's cache clusters, scaled down to what a small cluster
 * serves, with one outage in it so that there is something to see.
 */
import { MAX_RATE, MIN_RATE, writeRate, writeShare, writeSize } from '../text/quantities.ts';
import type { InvalidImport } from './lanl.ts';
import type { ScenarioText } from './lanl-scenario.ts';
import { importTwitter } from './twitter.ts';
import type { Figure, TwitterOptions, TwitterProfile } from './twitter.ts';

/** Without a scale, the largest power of ten that leaves at most so many requests per second. */
const COMFORTABLE_RATE = 100;

/** What to write. */
export interface TwitterScenarioOptions extends TwitterOptions {
  /** Factor on the rate, above 0. */
  readonly scale?: number;
}

/** The scenario of one cluster of the table. What the table does not have is left to the defaults, and noted. */
export function twitterScenario(text: string, options: TwitterScenarioOptions): ScenarioText | InvalidImport {
  const profile = importTwitter(text, options);
  if (profile.kind === 'invalid') return profile;
  const scale = options.scale ?? comfortableScale(profile.rate.value ?? 1);
  const rate = rounded((profile.rate.value ?? 1) * scale);
  if (rate < MIN_RATE || rate > MAX_RATE) {
    const expected = `a factor that leaves a rate from ${writeRate(MIN_RATE)} to ${writeRate(MAX_RATE)}`;
    const problem = {
      file: '--scale',
      line: 1,
      column: 1,
      path: '',
      code: 'range',
      expected,
      found: `${scale}`,
    } as const;
    return { kind: 'invalid', problems: [problem] };
  }
  const figures = [profile.key, profile.value, profile.rate, profile.readShare, profile.zipf];
  const missing = figures.filter((figure) => figure.value === undefined);
  const notes = missing.map(({ at, column, text: found }) => {
    const { file, line, column: place } = at;
    return { file, line, column: place, text: `${profile.cluster} has no ${column} (${found}): the default stands` };
  });
  const { cluster } = profile;
  return { kind: 'text', name: cluster, text: writeScenario(profile, scale), notes: [...profile.notes, ...notes] };
}

function writeScenario(profile: TwitterProfile, scale: number): string {
  const { cluster, rate, readShare, key, value, zipf } = profile;
  const measured = rate.value === undefined ? 'a rate that the table does not give' : `${rate.value} requests/s`;
  const lines = [
    entry('rate', rate, (perSecond) => writeRate(rounded(perSecond * scale))),
    entry('reads', readShare, (share) => writeShare(rounded(share))),
    entry('key', key, (size) => writeSize(Math.max(1, Math.round(size)))),
    entry('value', value, (size) => writeSize(Math.max(1, Math.round(size)))),
    entry('keys', zipf, (alpha) => `{ zipf: ${alpha} }`),
  ].filter((line) => line !== undefined);
  return [
    `# Clients like those of Twitter's ${cluster} (March 2020): ${measured} there, times ${scale} here.`,
    '# Data: twitter/cache-trace, 2020Mar.md (Yang, Yue and Rashmi, OSDI 2020), CC BY 4.0. Means of keys and values;',
    '# the number of distinct keys, the nodes and the outage are not from there, nor what the table has as N/A.',
    'hintlab: 1',
    `name: ${cluster}`,
    `about: Clients like those of Twitter's ${cluster}, scaled by ${scale}, through an outage of five minutes.`,
    'duration: 10m',
    lines.length === 0 ? 'workload: {}' : 'workload:',
    ...lines,
    'faults:',
    '  - { crash: b, at: 1m, for: 5m }',
    '',
  ].join('\n');
}

/** A line of the workload, or none where the table has no figure. */
function entry(key: string, figure: Figure, write: (value: number) => string): string | undefined {
  return figure.value === undefined ? undefined : `  ${key}: ${write(figure.value)}`;
}

/** Products and quotients of the table's two or three digits, without the noise of binary fractions. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function comfortableScale(rate: number): number {
  let divisor = 1;
  while (rate / divisor > COMFORTABLE_RATE) divisor *= 10;
  return 1 / divisor;
}
