/**
 * A mutation run in the report: its scores, how sure they are, file by file, and what lives on for which reason.
 *
 * Two scores. By checks alone: killed by what somebody expects, or stopped because it ran away; what only a digest saw counts
 * as alive. With digests: those count as well. Equivalent mutants are no mistakes and count for neither.
 */
import { wilson } from './mutants/sample.ts';
import type { Share } from './mutants/sample.ts';
import type { Scope } from './mutants/scope.ts';
import { readSurvivors, reasonFor } from './mutants/survivors.ts';
import type { FileMutants, MutationResult } from './results.ts';

const PERCENT = 100;

/** A section of the report. */
export function mutationText(scope: Scope, result: MutationResult | undefined): readonly string[] {
  if (result === undefined) return ['', `### ${scope.name}`];
  const { mutants, sampled, seed, cases, leftOut } = result;
  const { byCheck, byDigest, ranAway } = sumOf(result);
  const { alive } = result;
  const { equivalent, accepted, unexplained } = sorted(result);
  const { checks, withDigests } = scoresOf(result);
  return [
    '',
    `### ${scope.name}`,
    '',
    sampled === mutants
      ? `All ${mutants} mutants, each against the ${cases} cases that meet it; ${leftOut} more cases were too dear for that.`
      : `${sampled} of ${mutants} mutants, drawn with the seed ${seed}, each against the ${cases} cases that meet it; ${leftOut} more cases ` +
        'were too dear for that. Intervals are those of the sample (95 %).',
    `Killed by checks ${byCheck}; stopped, because they ran away, ${ranAway}; seen by digests alone ${byDigest}; alive ${alive.length}, of`,
    `which ${equivalent.length} equivalent, ${accepted.length} accepted and ${unexplained.length} without a reason.`,
    '',
    `- **${interval(checks)}** by checks alone, without those that are equivalent; the bar is ${percent(scope.bar)}`,
    `- **${interval(withDigests)}** with digests`,
    '',
    '| file | mutants | by checks | ran away | by digests alone | alive | of them equivalent |',
    '|---|---|---|---|---|---|---|',
    ...result.files.map((file) => fileRow(file, equivalent.filter((each) => each.mutant.file === file.file).length)),
    '',
    ...survivorLines(result),
  ];
}

/** Survivors without a reason, and a score under its bar: a line each. */
export function unexplainedIn(scope: Scope, result: MutationResult | undefined): readonly string[] {
  if (result === undefined) return [];
  const { share } = scoresOf(result).checks;
  const under =
    share < scope.bar ? [`the score of ${scope.name} by checks is ${percent(share)}, under ${percent(scope.bar)}`] : [];
  return [
    ...under,
    ...sorted(result).unexplained.map(({ mutant: { file, line, original, mistake } }) => {
      return `nobody has said why this mutant lives: ${file}:${line} ${original} → ${mistake}`;
    }),
  ];
}

function sumOf({ files }: MutationResult): Omit<FileMutants, 'file'> {
  const sum = { mutants: 0, byCheck: 0, byDigest: 0, ranAway: 0 };
  for (const { mutants, byCheck, byDigest, ranAway } of files) {
    sum.mutants += mutants;
    sum.byCheck += byCheck;
    sum.byDigest += byDigest;
    sum.ranAway += ranAway;
  }
  return sum;
}

/** Of those that are mistakes. */
function scoresOf(result: MutationResult): { readonly checks: Share; readonly withDigests: Share } {
  const { mutants, byCheck, byDigest, ranAway } = sumOf(result);
  const mistakes = Math.max(1, mutants - sorted(result).equivalent.length);
  return {
    checks: wilson(byCheck + ranAway, mistakes),
    withDigests: wilson(byCheck + ranAway + byDigest, mistakes),
  };
}

function sorted({ alive }: MutationResult) {
  const known = readSurvivors();
  const kindOf = (each: (typeof alive)[number]): string | undefined => reasonFor(each.mutant, known)?.kind;
  return {
    equivalent: alive.filter((each) => kindOf(each) === 'equivalent'),
    accepted: alive.filter((each) => kindOf(each) === 'accepted'),
    unexplained: alive.filter((each) => kindOf(each) === undefined),
  };
}

function fileRow({ file, mutants, byCheck, byDigest, ranAway }: FileMutants, equivalent: number): string {
  const alive = mutants - byCheck - byDigest - ranAway;
  return `| ${file} | ${mutants} | ${byCheck} | ${ranAway} | ${byDigest} | ${alive} | ${equivalent} |`;
}

function survivorLines(result: MutationResult): readonly string[] {
  const known = readSurvivors();
  return result.alive.map(({ mutant, fate }) => {
    const { file, line, original, mistake } = mutant;
    const explained = reasonFor(mutant, known);
    const why = explained === undefined ? '**no reason yet**' : `${explained.kind}: ${explained.reason}`;
    const met = fate.kind === 'unmet' ? ', met by no test' : '';
    return `- ${file}:${line}${met}: \`${original}\` → \`${mistake === '' ? 'nothing' : mistake}\`: ${why}`;
  });
}

function interval({ share, from, to }: Share): string {
  return `${percent(share)} (${percent(from)} to ${percent(to)})`;
}

function percent(share: number): string {
  return `${(share * PERCENT).toFixed(1)} %`;
}
