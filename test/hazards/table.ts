/**
 * The table of hazards: what finding each again took, and how small it is. Markdown, for test/corpus/HAZARDS.md.
 */
import { HAZARDS, HAZARDS_OUTSIDE } from '../../sim/explore/hazards/catalogue.ts';
import type { Hazard } from '../../sim/explore/hazards/hazard.ts';
import type { Caught } from '../../sim/explore/shrink-sighting.ts';
import type { Tally } from '../../sim/explore/tally.ts';

/** What a hunt for hazards came to. */
export interface HazardHunt {
  readonly tally: Tally;
  readonly caught: readonly Caught[];
  /** Real seconds until each hazard was first seen, by id. */
  readonly foundAfter: ReadonlyMap<string, number>;
  /** Real seconds altogether. */
  readonly seconds: number;
}

/** `h01-late-hint.yaml`: the file of a hazard's smallest scenario. */
export function fileOf(id: string): string {
  const name = HAZARDS.find((hazard) => hazard.id === id)?.name ?? '';
  return `h${id.slice(1).padStart(2, '0')}-${name.replaceAll(' ', '-')}.yaml`;
}

/** The whole page. */
export function hazardTable(hunt: HazardHunt): string {
  const { tally, caught, seconds } = hunt;
  return `# Hazards, found again

Written by \`npm run hazards\`; do not edit. A hunt of ${tally.runs.toLocaleString('en')} runs that is not told where to
look meets ${tally.hazards.length} of the ${HAZARDS.length} hazards of handoff-systems §9 that the model can express. It took
${Math.round(seconds)} s, reductions included. *First* is the first run that showed the hazard, *runs* how many did; the
smallest scenario of each is beside this page, and shows it with nothing left to take away.

| | hazard | runs | first | seconds | requests and faults | nodes | scenario |
|---|---|---:|---:|---:|---:|---:|---|
${HAZARDS.map((hazard) => row(hazard, hunt)).join('\n')}

${caught.every(({ minimal }) => minimal) ? 'Every one of them is minimal.' : 'Those with a star are not known to be minimal.'}

Outside the model:

${HAZARDS_OUTSIDE.map(({ id, reason }) => `- **${id}** ${reason}`).join('\n')}
`;
}

function row({ id, sentence }: Hazard, { tally, caught, foundAfter }: HazardHunt): string {
  const seen = tally.hazards.find((sighting) => sighting.id === id);
  const small = caught.find((each) => each.id === id);
  if (seen === undefined || small === undefined) return `| ${id} | ${sentence} | 0 | – | – | – | – | not found |`;
  const cells = [
    id,
    sentence,
    seen.runs,
    seen.first,
    (foundAfter.get(id) ?? 0).toFixed(1),
    `${small.events}${small.minimal ? '' : ' *'}`,
    small.nodes,
    `[${fileOf(id)}](${fileOf(id)})`,
  ];
  return `| ${cells.join(' | ')} |`;
}
