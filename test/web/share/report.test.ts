import { expect, test } from 'vitest';
import { reportBlocks, reportMarkdown, type Reported } from '../../../web/share/report.ts';
import { findingsOf } from '../../../web/worker/findings.ts';
import { storyText } from '../../../web/stories.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

async function reported(story: string, sets: readonly string[] = []): Promise<Reported> {
  const text = (await storyText(story)) ?? '';
  const trace = traceOf(scenarioOf(text, [...sets]));
  return { trace, findings: findingsOf(trace), text, sets, link: 'https://hints.example.org/#v=1&story=x' };
}

test('the report tells what the story works out by hand', async () => {
  const report = reportMarkdown(await reported('over-capacity'));
  // After the story's file: 63 hints fit the cap and are delivered, 2 157 are refused; 610 of 5 800 writes fail.
  expect(report).toContain('# over-capacity\n');
  expect(report).toContain('| stored | 63 |');
  expect(report).toContain('| delivered | 63 | 100% |');
  expect(report).toContain('Counted apart: 2 157 refused at the cap');
  expect(report).toContain('| writes | 5 800 | 5 190 | 610 | 0 |');
  expect(report).toMatch(/- I8 violated 510 times, first at 2m 10s\./);
  expect(report).toContain('[Open this run in hintlab](https://hints.example.org/#v=1&story=x)');
  expect(report).toContain('```yaml\n# The store is full.');
});

test('without a link the report says where the run came from', async () => {
  const report = reportMarkdown({ ...(await reported('over-capacity')), link: undefined });
  expect(report).not.toContain('](');
  expect(report).toContain('This run was opened from a saved trace: hintlab opens its file.');
});

test('copies of acknowledged writes add up', async () => {
  const { trace, findings, ...rest } = await reported('over-capacity');
  const table = reportBlocks({ trace, findings, ...rest }).find(
    (block) => block.kind === 'table' && block.head.includes('copies'),
  );
  const counts = table?.kind === 'table' ? table.rows.map(([, count = '']) => Number(count.replaceAll(/\D/g, ''))) : [];
  // Three replicas of each of the 5 190 acknowledged writes.
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3 * 5_190);
});

test('what was changed on top of the scenario is told, and designs that were compared', async () => {
  const base = await reported('expiry', ['hints.ttl=1h']);
  const compared = { designs: ['A: as written', 'B: riak'], rows: [['expired', '0', '12']] };
  const report = reportMarkdown({ ...base, compared });
  expect(report).toContain('- On top of the scenario: hints.ttl=1h');
  expect(report).toContain('| Outcome | A: as written | B: riak |');
  expect(report).toContain('| expired | 0 | 12 |');
});

test('a scenario with markup in it stays text', async () => {
  const base = await reported('expiry');
  const scenario = { ...base.trace.scenario, name: 'a | *b* <c>', about: 'one_two [x](y)' };
  const report = reportMarkdown({ ...base, trace: { ...base.trace, scenario }, text: '# ```\n' });
  expect(report).toContain('# a \\| \\*b\\* \\<c\\>');
  expect(report).toContain('one\\_two \\[x\\](y)');
  expect(report).toContain('````yaml\n# ```\n````');
});
