/**
 * The report of a run: scenario, systems, verdicts, ledger, outages and first violations with their sentences, and the
 * link that opens it. Said once as blocks; as Markdown for a design document here, as elements for paper in the view.
 */
import { LOSS_CAUSE_NAMES, MISSING_CAUSE_NAMES, MISSING_CAUSES } from '../../sim/check/index.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatShare,
  LOSS_CAUSES,
  NEVER,
  outageReport,
  type Trace,
} from '../../sim/trace/index.ts';
import { verdictsOf } from '../state/verdicts.ts';
import type { Findings, PropertyFinding } from '../worker/findings.ts';

/** A part of a report. Texts are plain; how they are set is for whoever shows them. */
export type ReportBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly to: string }
  /** The first column is text, the others are numbers. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** What a report is made of. */
export interface Reported {
  readonly trace: Trace;
  readonly findings: Findings;
  /** The scenario as text. */
  readonly text: string;
  /** `path=value`, on top of the text. */
  readonly sets: readonly string[];
  /** The whole address of the view; undefined for a saved trace, which no link can carry. */
  readonly link: string | undefined;
  /** The table of outcomes where designs are compared: a row each, the first cell its name. */
  readonly compared?: { readonly designs: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** In the place of the link. */
const UNLINKED: ReportBlock = { kind: 'text', text: 'This run was opened from a saved trace: hintlab opens its file.' };
/** Outages listed; the rest is counted. */
const MOST_OUTAGES = 40;

/** The report, block by block; its title is the scenario's name. */
export function reportBlocks(reported: Reported): readonly ReportBlock[] {
  const { trace, findings, text, link } = reported;
  const { about } = trace.scenario;
  return [
    ...(about ? [{ kind: 'text', text: about } as const] : []),
    link === undefined ? UNLINKED : { kind: 'link', text: 'Open this run in hintlab', to: link },
    ...runBlocks(reported),
    ...verdictBlocks(findings),
    ...hintBlocks(trace),
    ...requestBlocks(trace),
    ...copyBlocks(findings),
    ...outageBlocks(trace),
    ...comparedBlocks(reported),
    { kind: 'heading', text: 'Scenario' },
    { kind: 'code', text },
  ];
}

/** The report as Markdown. */
export function reportMarkdown(reported: Reported): string {
  const blocks = reportBlocks(reported).map(markdownOf);
  return `${[`# ${escaped(reported.trace.scenario.name)}`, ...blocks].join('\n\n')}\n`;
}

function runBlocks({ trace, sets }: Reported): readonly ReportBlock[] {
  const { scenario, digest, events, endedAt } = trace;
  const items = [
    `System: ${scenario.system}, ${scenario.nodes.length} nodes, writes at ${String(scenario.policy.consistency.write)}`,
    `Seed: ${scenario.seed}`,
    ...(sets.length > 0 ? [`On top of the scenario: ${sets.join(', ')}`] : []),
    `Run: ${formatCount(events)} events over ${formatDuration(endedAt)}, recorded at level ${trace.level}`,
    `Digest: ${digest}`,
  ];
  return [
    { kind: 'heading', text: 'Run' },
    { kind: 'list', items },
  ];
}

function verdictBlocks({ properties }: Findings): readonly ReportBlock[] {
  const { violated, holding, notExercised } = verdictsOf(properties);
  const counts = `${violated.length} violated, ${holding.length} hold, ${notExercised.length} not exercised by this run.`;
  return [
    { kind: 'heading', text: 'Properties' },
    { kind: 'text', text: counts },
    ...(violated.length > 0 ? [{ kind: 'list', items: violated.map(violationText) } as const] : []),
    ...(holding.length > 0
      ? [{ kind: 'text', text: `These hold: ${holding.map(({ id }) => id).join(', ')}.` } as const]
      : []),
  ];
}

function violationText({ id, at, sentence, detail, violations }: PropertyFinding): string {
  const times = violations > 1 ? ` ${formatCount(violations)} times` : '';
  const when = at === null ? '' : `, first at ${formatInstant(at)}`;
  return `${id} violated${times}${when}. ${[sentence, detail === '' ? '' : `Here ${detail}.`].filter((part) => part !== '').join(' ')}`;
}

function hintBlocks({ totals }: Trace): readonly ReportBlock[] {
  const { hints, hintBytes, lostBy } = totals;
  const fates = (['stored', 'delivered', 'expired', 'lost', 'pending'] as const).map((fate) => [
    fate,
    formatCount(hints[fate]),
    fate === 'stored' ? '' : formatShare(hints[fate], hints.stored),
    formatBytes(hintBytes[fate]),
  ]);
  const losses = LOSS_CAUSES.filter((cause) => lostBy[cause] > 0).map((cause) => [
    `lost: ${LOSS_CAUSE_NAMES[cause]}`,
    formatCount(lostBy[cause]),
    formatShare(lostBy[cause], hints.stored),
    '',
  ]);
  const apart = [
    ['refused at the cap', hints.rejectedOverCapacity],
    ['refused by the window', hints.refusedByWindow],
    ['refused by the disk', hints.refusedByDisk],
    ['refused by the in-flight guard', hints.refusedByOverload],
    ['requeued because a channel took no more', hints.requeued],
  ] as const;
  const told = apart.flatMap(([what, count]) => (count > 0 ? [`${formatCount(count)} ${what}`] : []));
  return [
    { kind: 'heading', text: 'Hints' },
    { kind: 'table', head: ['Fate', 'hints', 'share', 'bytes'], rows: [...fates, ...losses] },
    ...(told.length > 0 ? [{ kind: 'text', text: `Counted apart: ${told.join(', ')}.` } as const] : []),
  ];
}

function requestBlocks({ totals }: Trace): readonly ReportBlock[] {
  const rows = (['writes', 'reads'] as const)
    .filter((kind) => totals[kind].issued > 0)
    .map((kind) => {
      const { issued, acked, failed, pending } = totals[kind];
      return [kind, ...[issued, acked, failed, pending].map((count) => formatCount(count))];
    });
  return [
    { kind: 'heading', text: 'Requests' },
    { kind: 'table', head: ['Clients', 'issued', 'acked', 'failed', 'pending'], rows },
  ];
}

function copyBlocks({ copies }: Findings): readonly ReportBlock[] {
  if (!copies) return [];
  const rows = [
    ['present', formatCount(copies.present)],
    ['superseded by a newer write', formatCount(copies.superseded)],
    ...MISSING_CAUSES.filter((cause) => copies.missing[cause] > 0).map((cause) => [
      `missing: ${MISSING_CAUSE_NAMES[cause]}`,
      formatCount(copies.missing[cause]),
    ]),
  ];
  return [
    { kind: 'heading', text: 'Copies of acknowledged writes' },
    { kind: 'table', head: ['At the end of the run', 'copies'], rows },
  ];
}

function outageBlocks(trace: Trace): readonly ReportBlock[] {
  const { rows } = outageReport(trace);
  if (rows.length === 0) return [];
  const name = (node: number) => trace.scenario.nodes[node]?.name ?? `#${node}`;
  const told = rows
    .slice(0, MOST_OUTAGES)
    .map(({ node, from, until, length, stored, delivered, expired, caughtUpAt }) => [
      `${name(node)} at ${formatInstant(from)}`,
      until === NEVER ? 'to the end' : formatDuration(length),
      ...[stored, delivered, expired].map((count) => formatCount(count)),
      stored === 0 ? 'no hints' : caughtUpAt === NEVER ? 'no' : formatInstant(caughtUpAt),
    ]);
  const rest = rows.length - told.length;
  return [
    { kind: 'heading', text: 'Outages' },
    { kind: 'table', head: ['Down', 'for', 'hints', 'delivered', 'expired', 'caught up at'], rows: told },
    ...(rest > 0 ? [{ kind: 'text', text: `And ${formatCount(rest)} more.` } as const] : []),
  ];
}

function comparedBlocks({ compared }: Reported): readonly ReportBlock[] {
  if (!compared) return [];
  return [
    { kind: 'heading', text: 'Designs compared' },
    { kind: 'table', head: ['Outcome', ...compared.designs], rows: compared.rows },
  ];
}

function markdownOf(block: ReportBlock): string {
  switch (block.kind) {
    case 'heading':
      return `## ${block.text}`;
    case 'text':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'code':
      return fenced(block.text);
    case 'link':
      return `[${block.text}](${block.to})`;
    case 'table': {
      const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
      const rule = block.head.map((_, i) => (i === 0 ? '---' : '---:'));
      return [line(block.head), `| ${rule.join(' | ')} |`, ...block.rows.map(line)].join('\n');
    }
  }
}

/** A fence that is longer than any run of backticks in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${text.trimEnd()}\n${fence}`;
}

/** Text that Markdown would take for markup, as itself. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll('\n', ' ');
}
