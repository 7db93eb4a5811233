/**
 * `hintlab conform`: holds somebody's hint store, in any language, to the rules of hints.rs. It is a process that reads
 * request lines and writes reply lines (`sim/conform/protocol.ts`); the exit code says whether it conforms.
 */
import { conform, CONFORM_PROFILES, type ConformReport, ruleText, transcriptLines } from '../conform/index.ts';
import { formatCount } from '../index.ts';
import { carry } from './carry.ts';
import { conformVectors } from './conform-vectors.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { madeFolder } from './files.ts';
import type { Io } from './io.ts';
import { type Paint, paintFor } from './paint.ts';
import { NO_COMMAND, saveFind, splitCommand } from './store-finds.ts';
import { tell } from './tell.ts';

/** What to hold the store to, as given on the command line. */
export interface ConformFlags {
  /** The command that starts it, with its arguments. */
  readonly exec: string;
  readonly runs: number;
  readonly seed: number;
  readonly profile?: string;
  readonly timeout: number;
  readonly vectorsOnly?: true;
  /** The folder where a find is saved. */
  readonly out?: string;
  readonly json?: true;
}

/** Failed vectors that are shown in full. */
const MAX_VECTORS_SHOWN = 5;

/** Runs the kit against the store that `flags.exec` starts. */
export async function conformCommand(flags: ConformFlags, io: Io): Promise<ExitCode> {
  const [file, ...args] = splitCommand(flags.exec);
  if (file === undefined) return tell(io, [NO_COMMAND]);
  const made = flags.out === undefined ? undefined : madeFolder(flags.out);
  if (made !== undefined) return tell(io, [made]);
  const profiles = CONFORM_PROFILES.filter(({ name }) => flags.profile === undefined || name === flags.profile);
  const scenarios = flags.vectorsOnly === true ? 0 : flags.runs;
  const talk = conform({ vectors: conformVectors(), campaign: { scenarios, seed: flags.seed, profiles } });
  const result = await carry(talk, { file, args, timeoutMillis: flags.timeout }, io);
  if (result === 'interrupted') return tell(io, ['interrupted; there is no result'], EXIT.interrupted);
  if (result.kind === 'unusable') return tell(io, [`${flags.exec}: ${result.why}`]);
  const { report } = result;
  const text =
    flags.json === true ? JSON.stringify(report, undefined, 2) : reportLines(report, paintFor(io.colour)).join('\n');
  io.out(`${text}\n`);
  if (flags.out !== undefined) {
    const problem = saveFind(report, flags.out, io);
    if (problem !== undefined) return tell(io, [problem]);
  }
  return report.verdict === 'conforms' ? EXIT.ok : EXIT.violated;
}

/** The report for a person. */
function reportLines(report: ConformReport, paint: Paint): string[] {
  return [...vectorLines(report, paint), ...randomLines(report, paint), verdictLine(report, paint)];
}

function vectorLines({ vectors }: ConformReport, paint: Paint): string[] {
  const { passed, failed, notAsked, notApplicable } = vectors;
  const others = notApplicable === 0 ? '' : `, ${notApplicable} for other policies`;
  const left = notAsked === 0 ? '' : `, ${notAsked} not asked after so many breakdowns`;
  const shown = failed
    .slice(0, MAX_VECTORS_SHOWN)
    .flatMap(({ name, says, rule, request }) => [
      paint.strong(`vector: ${name}`),
      `  ${says}`,
      `  rule: ${ruleText(rule)}`,
      `  > ${request}`,
    ]);
  const more = failed.length > MAX_VECTORS_SHOWN ? [`and ${failed.length - MAX_VECTORS_SHOWN} vectors more`] : [];
  return [...shown, ...more, `vectors: ${passed} passed, ${failed.length} failed${left}${others}`];
}

function randomLines({ random }: ConformReport, paint: Paint): string[] {
  const { find, scenarios, operations, seed, errors, inconclusive } = random;
  const counts = `random: ${formatCount(scenarios)} scenarios, ${formatCount(operations)} requests, seed ${seed}`;
  const notes = [
    ...(errors === 0 ? [] : [`${formatCount(errors)} operations were refused as definite errors, without effect`]),
    ...(inconclusive === 0
      ? []
      : [`${formatCount(inconclusive)} scenarios ended in an indefinite error: nothing is known of them`]),
  ];
  if (find === undefined) return [counts, ...notes];
  const [headline = '', ...talk] = transcriptLines(find);
  return [counts, ...notes, '', paint.strong(headline), ...talk, '', paint.quiet(reductionText(find))];
}

function reductionText({ profile, trials, minimal, repeatable }: NonNullable<ConformReport['random']['find']>): string {
  if (!repeatable)
    return `profile ${profile}; on its own the scenario passes: is the store new after reset, and does it do the same each time?`;
  const size = minimal ? 'without any one of its operations it passes' : 'reducing was cut short';
  return `profile ${profile}; reduced in ${formatCount(trials)} trials: ${size}`;
}

function verdictLine({ verdict, subject }: ConformReport, paint: Paint): string {
  switch (verdict) {
    case 'conforms':
      return paint.strong(`${subject.name} conforms`);
    case 'diverges':
      return paint.strong(`${subject.name} does not conform`);
    case 'inconclusive':
      return paint.strong(`it is not known whether ${subject.name} conforms`);
  }
}
