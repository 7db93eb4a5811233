/**
 * The talk of the conformance kit with subjects that answer by the rules but for one thing: what each comes to, and that
 * the find is told in twelve lines.
 */
import { describe, expect, it } from 'vitest';
import { conformVectors } from '../../../sim/cli/conform-vectors.ts';
import {
  conform,
  CONFORM_PROFILES,
  type ConformReport,
  type Find,
  MAX_TRANSCRIPT_LINES,
  type Policies,
  transcriptLines,
} from '../../../sim/conform/index.ts';
import { carryTo, type Subject } from '../../conformance/in-process.ts';
import { asLine, modelSubject, type ModelSubjectOptions } from '../../conformance/model-subject.ts';

const VECTORS = conformVectors();

function reportOn(makeSubject: () => Subject, scenarios = 200): ConformReport {
  const campaign = { scenarios, seed: 1, profiles: CONFORM_PROFILES };
  const result = carryTo(conform({ vectors: VECTORS, campaign }), makeSubject);
  if (result.kind === 'unusable') throw new Error(result.why);
  return result.report;
}

const reportOnModel = (options: ModelSubjectOptions): ConformReport => reportOn(() => modelSubject(options));

function findOf({ random }: ConformReport): Find {
  const { find } = random;
  if (find === undefined) throw new Error('nothing was found');
  expect(transcriptLines(find).length).toBeLessThanOrEqual(MAX_TRANSCRIPT_LINES);
  return find;
}

/** Why there is no report. */
function unusable(makeSubject: () => Subject): string {
  const result = carryTo(
    conform({ vectors: [], campaign: { scenarios: 1, seed: 1, profiles: CONFORM_PROFILES } }),
    makeSubject,
  );
  return result.kind === 'unusable' ? result.why : 'it was usable';
}

describe('a subject that answers by the rules', () => {
  it('conforms, and every rule has been met', () => {
    const { verdict, vectors, random } = reportOnModel({});
    expect({ verdict, failed: vectors.failed, scenarios: random.scenarios }).toEqual({
      verdict: 'conforms',
      failed: [],
      scenarios: 200,
    });
    expect(Object.values(random.reached).every((count) => count > 0)).toBe(true);
    // All but `deadline`, which only a wrong reply breaks.
    expect(Object.keys(random.reached)).toHaveLength(20);
  });

  it.each<Partial<Policies>>([
    { expired: 'deadline<now' },
    { capScope: 'peer' },
    { sweepBeforeCap: true },
    { sweepTime: 'clock' },
  ])('may have decided %j if it says so, and not otherwise', (policies) => {
    expect(reportOnModel({ policies, hello: { policies } }).verdict).toBe('conforms');
    const { verdict, vectors } = reportOnModel({ policies });
    expect(verdict).toBe('diverges');
    expect(vectors.failed.length).toBeGreaterThan(0);
  });

  it('may do without optional operations, add fields, list peers in any order and keep deadlines to itself', () => {
    const { verdict } = reportOnModel({
      hello: { without: ['totalLength', 'lengthFor'] },
      meddle: ({ ask, op, reply }) => {
        if (op === 'totalLength' || op === 'lengthFor') return 'never asked';
        const { id, result } = reply;
        if (ask?.op === 'peersWithHints' && Array.isArray(result))
          return asLine({ id, result: result.toReversed(), took: 3 });
        if (ask?.op === 'takeFor' && Array.isArray(result))
          return asLine({ id, result: result.map((hint: object) => ({ ...hint, deadline: undefined, more: 1 })) });
        return undefined;
      },
    });
    expect(verdict).toBe('conforms');
  });

  it('may refuse operations as definite errors in random scenarios, as long as they have no effect', () => {
    const refuses = (count: number): boolean => count % 10 === 0;
    const options = (does: boolean): ModelSubjectOptions => ({
      does: ({ ask, count }) => does || ask?.op !== 'enqueue' || !refuses(count),
      meddle: ({ ask, count, reply }) =>
        ask?.op === 'enqueue' && refuses(count)
          ? asLine({ id: reply.id, error: { definite: true, message: 'disk full' } })
          : undefined,
    });
    const campaign = { scenarios: 100, seed: 1, profiles: CONFORM_PROFILES };
    const honest = carryTo(conform({ vectors: [], campaign }), () => modelSubject(options(false)));
    expect(honest).toMatchObject({ report: { verdict: 'conforms', random: { scenarios: 100 } } });
    expect(honest.kind === 'report' && honest.report.random.errors).toBeGreaterThan(100);
    // The same replies, but the hint was kept all the same.
    const lying = carryTo(conform({ vectors: [], campaign }), () => modelSubject(options(true)));
    expect(lying).toMatchObject({ report: { verdict: 'diverges' } });
  });
});

describe('a subject that is not sure', () => {
  it('is inconclusive after an indefinite error', () => {
    const campaign = { scenarios: 40, seed: 1, profiles: CONFORM_PROFILES };
    const subject = modelSubject({
      meddle: ({ ask, reply, count }) =>
        ask?.op === 'takeFor' && count > 400
          ? asLine({ id: reply.id, error: { definite: false, message: 'timed out' } })
          : undefined,
    });
    const result = carryTo(conform({ vectors: [], campaign }), () => subject);
    expect(result).toMatchObject({ report: { verdict: 'inconclusive', random: { scenarios: 40, find: undefined } } });
    expect(result.kind === 'report' && result.report.random.inconclusive).toBeGreaterThan(20);
  });

  it('diverges if its digest changes while no hint comes or leaves', () => {
    const { random } = reportOnModel({ meddle: ({ reply, count }) => asLine({ ...reply, digest: `d${count}` }) });
    expect(random.find?.divergence.cause).toBe('stats digest');
    expect(random.find?.scenario.operations.length).toBeLessThanOrEqual(1);
  });
});

describe('a subject that breaks', () => {
  const isThird = (ask: { op: string; peer?: number } | undefined): boolean => ask?.op === 'takeFor' && ask.peer === 1;

  it('is told of with the line, if that is no reply', () => {
    const report = reportOnModel({ meddle: ({ ask }) => (isThird(ask) ? 'panic: index out of range' : undefined) });
    const { divergence, scenario } = findOf(report);
    expect(divergence.says).toBe(
      'takeFor: the line is no reply to it, it is not a JSON object: panic: index out of range',
    );
    expect(scenario.operations).toEqual([{ op: 'takeFor', peer: 1 }]);
  });

  it('is told of with both ids, if a reply has a wrong one', () => {
    const report = reportOnModel({
      meddle: ({ ask, reply }) => (isThird(ask) ? asLine({ ...reply, id: 77 }) : undefined),
    });
    const { divergence, transcript } = findOf(report);
    expect(divergence.says).toMatch(/^takeFor: the line is no reply to it, it has the id 77, not 2: \{"id":77,/);
    expect(transcript.map(({ request }) => request)).toEqual([
      '{"id":1,"op":"reset","maxBytes":0}',
      '{"id":2,"op":"takeFor","now":0,"peer":1}',
    ]);
  });

  it('is told of with how it ended, and started anew for each further try', () => {
    let started = 0;
    const report = reportOn(() => {
      started += 1;
      return modelSubject({
        meddle: ({ ask }) => {
          if (isThird(ask)) throw new Error('segfault');
          return undefined;
        },
      });
    });
    const { divergence, scenario, minimal } = findOf(report);
    expect(divergence.says).toBe('takeFor: it ended (Error: segfault)');
    expect({ operations: scenario.operations, minimal }).toEqual({
      operations: [{ op: 'takeFor', peer: 1 }],
      minimal: true,
    });
    expect(started).toBeGreaterThan(3);
    expect(report.vectors.failed.map(({ says }) => says)).toContain('takeFor: it ended (Error: segfault)');
  });

  it('is called shaky if the scenario passes on its own', () => {
    // State that outlives `reset`: after two thousand requests a subject forgets to count refusals.
    const report = reportOnModel({
      meddle: ({ ask, reply, count }) =>
        ask?.op === 'totalLength' && count > 2_000 ? asLine({ id: reply.id, result: 999 }) : undefined,
    });
    const find = findOf(report);
    expect(find).toMatchObject({ repeatable: false, minimal: false, divergence: { cause: 'totalLength ' } });
    expect(find.scenario.operations.length).toBeGreaterThan(10);
  });
});

describe('a subject that cannot be talked to', () => {
  it.each([
    ['junk', () => 'ready', /^its reply to hello cannot be read \(it is not a JSON object\): ready$/],
    ['another protocol', () => '{"id":0,"result":{"protocol":9}}', /^expected protocol 1, found 9$/],
    ['an error', () => '{"id":0,"error":{"definite":true,"message":"no"}}', /it is an error: no/],
  ])('because hello is answered by %s is unusable', (_what, subject, why) => {
    expect(unusable(() => subject)).toMatch(why);
  });

  it('because it ends at once is unusable', () => {
    const ends: Subject = () => {
      throw new Error('no such file');
    };
    expect(unusable(() => ends)).toBe('it ended (Error: no such file)');
  });
});
