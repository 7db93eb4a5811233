/**
 * A mutation run in the report: its scores, how sure they are, file by file, and what lives on for which reason.
 *
 * Two scores. By checks alone: killed by what somebody expects, or stopped because it ran away; what only a digest saw counts
 * as alive. With digests: those count as well. Equivalent mutants are no mistakes and count for neither. Of a sample also
 * what it was when it was drawn, since a score grows with every test that is written for what lived in it.
 */
import type { Mutant } from './mutants/mutate.ts';
import { wilson } from './mutants/sample.ts';
import type { Share } from './mutants/sample.ts';
import type { Scope } from './mutants/scope.ts';
import { readSurvivors, reasonFor } from './mutants/survivors.ts';
import type { FileMutants, MutantCounts, MutationResult } from './results.ts';

const PERCENT = 100;

/** A section of the report: all mutants, or samples of them, each told of on its own, and then what is in any of them. */
export function mutationText(scope: Scope, results: readonly MutationResult[]): readonly string[] {
  if (results.length === 0) return ['', `### ${scope.name}`];
  return [
    '',
    `### ${scope.name}`,
    ...results.flatMap((result) => ['', ...sampleText(scope, result)]),
    '',
    '| file | mutants | by checks | ran away | by digests alone | alive | of them equivalent |',
    '|---|---|---|---|---|---|---|',
    ...fileRows(results),
    '',
    ...leftLines(results),
  ];
}

/** Survivors without a reason, and a score under its bar: a line each. */
export function unexplainedIn(scope: Scope, results: readonly MutationResult[]): readonly string[] {
  const under = results.flatMap((result) => {
    const { share } = scoresOf(result).checks;
    return share < scope.bar
      ? [`the score of ${scope.name} by checks is ${percent(share)}, under ${percent(scope.bar)}`]
      : [];
  });
  const lines = results.flatMap((result) =>
    sorted(result).unexplained.map(({ mutant: { file, line, original, mistake } }) => {
      return `nobody has said why this mutant lives: ${file}:${line} ${original} → ${mistake}`;
    }),
  );
  return [...under, ...new Set(lines)];
}

function sampleText(scope: Scope, result: MutationResult): readonly string[] {
  const { mutants, sampled, seed, cases, leftOut, alive, drawn } = result;
  const { byCheck, byDigest, ranAway } = sumOf(result.files);
  const { equivalent, accepted, unexplained } = sorted(result);
  const { checks, withDigests } = scoresOf(result);
  return [
    sampled === mutants
      ? `All ${mutants} mutants, each against the ${cases} cases that meet it; ${leftOut} more cases were too dear for that.`
      : `${sampled} of ${mutants} mutants, drawn with the seed ${seed}, each against the ${cases} cases that meet it; ${leftOut} more cases ` +
        'were too dear for that. Intervals are those of the sample (95 %).',
    `Killed by checks ${byCheck}; stopped, because they ran away, ${ranAway}; seen by digests alone ${byDigest}; alive ${alive.length}, of`,
    `which ${equivalent.length} equivalent, ${accepted.length} accepted and ${unexplained.length} without a reason.`,
    '',
    ...(drawn === undefined ? [] : [drawnLine(drawn, equivalent.length)]),
    `- **${interval(checks)}** by checks alone, without those that are equivalent; the bar is ${percent(scope.bar)}`,
    `- **${interval(withDigests)}** with digests`,
  ];
}

/** What the sample says of the mutants that are not in it: no test was written for these. */
function drawnLine({ mutants, byCheck, ranAway }: MutantCounts, equivalent: number): string {
  const share = wilson(byCheck + ranAway, Math.max(1, mutants - equivalent));
  return `- ${interval(share)} by checks when it was drawn, before a test was written for what lived in it, without those that are equivalent`;
}

function sumOf(files: readonly FileMutants[]): MutantCounts {
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
  const { mutants, byCheck, byDigest, ranAway } = sumOf(result.files);
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

/** Files in the order of their names; one that is in several samples has its mutants of all of them. */
function fileRows(results: readonly MutationResult[]): readonly string[] {
  const rows = results.flatMap(({ files }) => files);
  const equivalent = results.flatMap((result) => sorted(result).equivalent);
  return [...new Set(rows.map(({ file }) => file))].toSorted().map((file) => {
    const { mutants, byCheck, byDigest, ranAway } = sumOf(rows.filter((row) => row.file === file));
    const alive = mutants - byCheck - byDigest - ranAway;
    const same = equivalent.filter(({ mutant }) => mutant.file === file).length;
    return `| ${file} | ${mutants} | ${byCheck} | ${ranAway} | ${byDigest} | ${alive} | ${same} |`;
  });
}

/** Every mutant that no check noticed, once, whichever sample it is in. */
function leftLines(results: readonly MutationResult[]): readonly string[] {
  const known = readSurvivors();
  const why = (mutant: Mutant, none: string): string => {
    const explained = reasonFor(mutant, known);
    return explained === undefined ? none : `${explained.kind}: ${explained.reason}`;
  };
  const lines = results.flatMap(({ digested, alive }) => [
    ...digested.map((mutant) => `${placed(mutant, ', seen by digests alone')}: ${why(mutant, 'no check yet')}`),
    ...alive.map(({ mutant, fate }) => {
      const note = fate.kind === 'unmet' ? ', met by no test' : '';
      return `${placed(mutant, note)}: ${why(mutant, '**no reason yet**')}`;
    }),
  ]);
  return [...new Set(lines)];
}

function placed({ file, line, original, mistake }: Mutant, note = ''): string {
  return `- ${file}:${line}${note}: \`${original}\` → \`${mistake === '' ? 'nothing' : mistake}\``;
}

function interval({ share, from, to }: Share): string {
  return `${percent(share)} (${percent(from)} to ${percent(to)})`;
}

function percent(share: number): string {
  return `${(share * PERCENT).toFixed(1)} %`;
}
