/**
 * The report: everything known of our teeth, as one page of Markdown, and what of it is a failure.
 */
import { matrixText, weakIn } from './report-matrix.ts';
import { mutationText, unexplainedIn } from './report-mutation.ts';
import { SCOPES } from './mutants/scope.ts';
import type { Results, SoakResult } from './results.ts';
import { HOLD_ANYWHERE } from './hold-anywhere.ts';
import { AUDIT_RULES } from '../../sim/check/index.ts';

/** Of n runs without a find, 3/n is the largest rate that they leave likely (95 %). */
const RULE_OF_THREE = 3;

/** The page. Parts that were never measured say so. */
export function report(results: Results): string {
  const { canaries, store, cluster, core, model, soak } = results;
  return [
    '# Teeth',
    'What the checks of this project would have caught, measured: `npm run teeth` writes this page. A bug here is a patch of',
    'a copy of our sources, made while the copy is bundled; nothing of it is in what ships.',
    '',
    '## Canaries',
    '',
    ...(canaries ?? []).map(
      ({ name, red, saw }) => `- ${red ? 'red, as it must be' : `**GREEN** (saw ${saw})`}: ${name}`,
    ),
    ...unmeasured(canaries),
    '',
    '## Seeded bugs',
    ...matrixText('The store', store),
    ...unmeasured(store),
    ...matrixText('The cluster', cluster),
    ...unmeasured(cluster),
    '',
    '## Mutation score',
    ...mutationText(SCOPES.core, listed(core)),
    ...unmeasured(core),
    ...mutationText(SCOPES.cluster, model ?? []),
    ...unmeasured(model),
    '',
    '## False positives',
    '',
    ...(soak === undefined ? [] : soakText(soak)),
    ...unmeasured(soak),
    '',
  ].join('\n');
}

/** What is wrong in the results, a line each; nothing of what was not measured. */
export function failuresIn({ canaries = [], store, cluster, core, model, soak }: Results): readonly string[] {
  return [
    ...canaries.flatMap(({ name, red, saw }) => (red ? [] : [`a canary is green: ${name} It saw ${saw}.`])),
    ...[store, cluster].flatMap((matrix) => (matrix === undefined ? [] : weakIn(matrix).failures)),
    ...unexplainedIn(SCOPES.core, listed(core)),
    ...unexplainedIn(SCOPES.cluster, model ?? []),
    ...(soak?.falsePositives ?? []).map((found) => `a false positive: ${found}`),
  ];
}

function soakText({ lives, runs, limited, falsePositives }: SoakResult): readonly string[] {
  const bound = (count: number): string => (count === 0 ? '–' : `${RULE_OF_THREE}/${count}`);
  return [
    `Correct code, so far: ${lives} lives of the store by every law, and ${runs} runs of the cluster by`,
    `${HOLD_ANYWHERE.filter((id) => !id.startsWith('B')).join(', ')} (\`A\` our assertions, \`T…\` the same run again and in`,
    `pieces), the ${AUDIT_RULES.length} rules of the audit, C11 where no record waits for a flush, C12 where receivers go by`,
    'versions, no clock is off, no node comes back with nothing, and no tombstone is reaped, and L5 where a node has a',
    'place for a delivery to each of its peers.',
    `Found: **${falsePositives.length}**.`,
    `With nothing found, the rates are below ${bound(lives)} and ${bound(runs)} (95 %). The bars are 10^6 and 10^5; \`npm run`,
    `teeth -- --soak --minutes M\` goes on from here. ${limited} runs ended at a limit and were not judged.`,
    ...falsePositives.map((found) => `- ${found}`),
  ];
}

function listed<Part>(part: Part | undefined): readonly Part[] {
  return part === undefined ? [] : [part];
}

function unmeasured(part: unknown): readonly string[] {
  return part === undefined ? ['', 'Not measured yet.'] : [];
}
