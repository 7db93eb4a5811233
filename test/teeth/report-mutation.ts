/**
 * A mutation run in the report: its score, how sure that is, and what lives on for which reason.
 */
import { wilson } from './mutants/sample.ts';
import type { Scope } from './mutants/scope.ts';
import { readSurvivors, reasonFor } from './mutants/survivors.ts';
import type { MutationResult } from './results.ts';

const PERCENT = 100;

/** A section of the report. */
export function mutationText(scope: Scope, result: MutationResult | undefined): readonly string[] {
  if (result === undefined) return ['', `### ${scope.name}`];
  const { mutants, sampled, seed, killed } = result;
  const { ranAway, alive, equivalent, accepted, unexplained } = sorted(result);
  const judged = killed + alive.length;
  const { share, from, to } = wilson(killed, judged);
  const score = wilson(killed, Math.max(1, judged - equivalent.length)).share;
  return [
    '',
    `### ${scope.name}`,
    '',
    sampled === mutants
      ? `All ${mutants} mutants.`
      : `${sampled} of ${mutants} mutants, drawn with the seed ${seed}; the interval is that of the sample (95 %).`,
    `Killed ${killed}, alive ${alive.length}, ran away ${ranAway.length} (no kill, and not counted). Of those alive:`,
    `${equivalent.length} equivalent, ${accepted.length} accepted, ${unexplained.length} without a reason.`,
    '',
    `- **${percent(share)}** of all that ended (${percent(from)} to ${percent(to)})`,
    `- **${percent(score)}** without those that are equivalent; the bar is ${percent(scope.bar)}`,
    '',
    ...survivorLines(result),
  ];
}

/** Survivors without a reason, and a score under its bar: a line each. */
export function unexplainedIn(scope: Scope, result: MutationResult | undefined): readonly string[] {
  if (result === undefined) return [];
  const { alive, equivalent, unexplained } = sorted(result);
  const score = result.killed / Math.max(1, result.killed + alive.length - equivalent.length);
  const under =
    score < scope.bar ? [`the score of ${scope.name} is ${percent(score)}, under ${percent(scope.bar)}`] : [];
  return [
    ...under,
    ...unexplained.map(({ mutant: { file, line, original, mistake } }) => {
      return `nobody has said why this mutant lives: ${file}:${line} ${original} → ${mistake}`;
    }),
  ];
}

function sorted({ left }: MutationResult) {
  const known = readSurvivors();
  const alive = left.filter(({ fate }) => fate.kind !== 'ranAway');
  const kindOf = (each: (typeof alive)[number]): string | undefined => reasonFor(each.mutant, known)?.kind;
  return {
    ranAway: left.filter(({ fate }) => fate.kind === 'ranAway'),
    alive,
    equivalent: alive.filter((each) => kindOf(each) === 'equivalent'),
    accepted: alive.filter((each) => kindOf(each) === 'accepted'),
    unexplained: alive.filter((each) => kindOf(each) === undefined),
  };
}

function survivorLines(result: MutationResult): readonly string[] {
  const known = readSurvivors();
  return sorted(result).alive.map(({ mutant, fate }) => {
    const { file, line, original, mistake } = mutant;
    const explained = reasonFor(mutant, known);
    const why = explained === undefined ? '**no reason yet**' : `${explained.kind}: ${explained.reason}`;
    const met = fate.kind === 'unmet' ? ', met by no test' : '';
    return `- ${file}:${line}${met}: \`${original}\` → \`${mistake === '' ? 'nothing' : mistake}\`: ${why}`;
  });
}

function percent(share: number): string {
  return `${(share * PERCENT).toFixed(1)} %`;
}
