/**
 * The two LANL stories, held against arithmetic on their outage tables. A year of chance cannot be worked out to the
 * hint; its expectation can, and the count must be within four standard deviations of it.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../sim/index.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

const SECOND = 1_000_000;

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The outages of a node, in microseconds. */
function outagesOf(scenario: Scenario, node: number): Span[] {
  return scenario.faults.filter((fault) => fault.kind === 'crash' && fault.node === node);
}

/** How long of `span` at least one node is up to hint. */
function hintableMicros(scenario: Scenario, span: Span): number {
  const edges = scenario.faults.flatMap((fault): number[] => [fault.from, fault.until]);
  const cuts = [span.from, span.until, ...edges.filter((edge) => edge > span.from && edge < span.until)];
  cuts.sort((one, other) => one - other);
  let sum = 0;
  cuts.slice(1).forEach((end, index) => {
    const start = cuts[index] ?? end;
    const isUp = (node: number): boolean =>
      !outagesOf(scenario, node).some((out) => out.from <= start && start < out.until);
    if (scenario.nodes.some((_, node) => isUp(node))) sum += end - start;
  });
  return sum;
}

describe('lanl-23', () => {
  const text = storyText('lanl-23');

  it('issues 3 requests a minute and stores as many hints as its outages and replica placement predict', () => {
    const scenario = scenarioOf(text);
    const { totals } = traceOf(scenario);
    expect(totals.writes.issued + totals.reads.issued).toBe(3 * 60 * 24 * 365);
    // A node is hinted from 20 s after it dies until 1 s after its return, while anybody is up. n1, n4 and n2, n5 share
    // a rack and own half of the keys each, n3 owns all. 3 requests a minute, 80 % of them writes.
    const writesPerMicro = (0.8 * 3) / (60 * SECOND);
    let expected = 0;
    scenario.nodes.forEach(({ rack }, node) => {
      const owned = 1 / scenario.nodes.filter((other) => other.rack === rack).length;
      for (const { from, until } of outagesOf(scenario, node)) {
        const known = { from: from + 20 * SECOND, until: until + SECOND };
        if (known.from < known.until) expected += hintableMicros(scenario, known) * writesPerMicro * owned;
      }
    });
    expect(expected).toBeGreaterThan(8_000);
    expect(Math.abs(totals.hints.stored - expected)).toBeLessThan(4 * Math.sqrt(expected));
    // No outage lasts 24 h, the TTL of the story.
    expect(totals.hints.expired).toBe(0);
  });
});

describe('lanl-23/fortnight', () => {
  it('fails every request of the two spans in which all five nodes are down, and issues exactly one a second', () => {
    const { totals } = traceOf(scenarioOf(storyText('lanl-23/fortnight'), ['record=counters']));
    expect(totals.writes.issued + totals.reads.issued).toBe(14 * 86_400);
    // 2 h 50 min on the 11th and 9 h on the 20th.
    const inTheDark = 10_200 + 32_400;
    const failed = totals.writes.failed + totals.reads.failed;
    expect(failed).toBeGreaterThanOrEqual(inTheDark);
    expect(failed).toBeLessThan(inTheDark + 200);
  });
});
