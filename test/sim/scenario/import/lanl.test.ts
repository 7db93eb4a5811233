/**
 * LANL's outages: each rule of the importer on rows made for it, then the figures known of the raw files.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../../../core/index.ts';
import { formatProblem, importLanl, lanlScenario, parseScenario } from '../../../../sim/scenario/index.ts';
import type { LanlOptions, LanlOutages } from '../../../../sim/scenario/index.ts';
import { readDate } from '../../../../sim/scenario/import/calendar.ts';
import { Reach } from '../../../support/reach.ts';
import { sharedData, WITHOUT_SHARED_DATA } from '../../../support/shared-data.ts';

const HEADER = 'System,nodes,nodenum,nodenumz,Prob Started,Prob Fixed,Facilities,Hardware,Software';

function outagesOf(rows: readonly string[], options: Partial<LanlOptions> = {}): LanlOutages {
  const imported = importLanl([HEADER, ...rows].join('\n'), { file: 'rows.csv', ...options });
  if (imported.kind === 'invalid') throw new Error(imported.problems.map(formatProblem).join('\n'));
  return imported;
}

function problemsOf(text: string, options: Partial<LanlOptions> = {}): readonly string[] {
  const imported = importLanl(text, { file: 'rows.csv', ...options });
  return imported.kind === 'invalid' ? imported.problems.map(formatProblem) : [];
}

function minutesOf(date: string): number {
  const reading = readDate(date);
  return reading.kind === 'read' ? reading.value : NaN;
}

/** Outages as `node from–to cause`, in minutes since the range begins. */
function brief({ outages, from: start }: LanlOutages): readonly string[] {
  return outages.map(({ node, from, to, cause }) => `${node} ${from - start}–${to - start} ${cause}`.trim());
}

function notesOf({ notes }: LanlOutages): readonly string[] {
  return notes.map(({ line, column, text }) => `${line}:${column} ${text}`);
}

describe('a row', () => {
  it('is an outage of a node, with the cause that is filled in', () => {
    const imported = outagesOf(['9,3,2,1,2/3/1998 7:00,2/3/1998 12:50,,Memory Dimm,']);
    expect(brief(imported)).toEqual(['1 420–770 Memory Dimm']);
    expect(imported).toMatchObject({ system: 9, from: minutesOf('1998-02-03'), to: minutesOf('1998-02-04') });
  });

  it('counts for the whole cluster: nodes that never failed are there', () => {
    expect(outagesOf(['9,3,2,1,2/3/1998 7:00,2/3/1998 12:50,,,']).names).toEqual(['n1', 'n2', 'n3']);
    expect(outagesOf(['9,3,2,2,2/3/1998 7:00,2/3/1998 12:50,,,']).names).toEqual(['n0', 'n1', 'n2']);
  });

  it('is found by the names in the header, in whatever order', () => {
    const text = 'Prob Fixed,Prob Started,nodenumz,nodenum,nodes,System\n2/3/1998 1:00,2/3/1998 0:00,0,1,1,4';
    expect(importLanl(text, { file: 'x' })).toMatchObject({
      kind: 'outages',
      system: 4,
      outages: [{ node: 0, cause: '' }],
    });
  });

  it('whose times make no outage is dropped, and the note says where and why', () => {
    const imported = outagesOf([
      '9,3,1,0,2/3/1998 7:00,2/3/1998 8:00,,,',
      '9,3,1,0,noon,2/3/1998 8:00,,,',
      '9,3,1,0,2/3/1998 7:00,2/30/1998 8:00,,,',
      '9,3,1,0,2/3/1998 8:00,2/3/1998 7:00,,,',
      '9,3,1,0,2/3/1998 8:00,2/3/1998 8:00,,,',
      '9,3,1,,2/3/1998 7:00,2/3/1998 8:00,,,',
    ]);
    expect(imported.outages).toHaveLength(1);
    expect(notesOf(imported)).toEqual([
      '3:9 a row that is dropped: expected a time such as 2/3/1998 7:00, found noon',
      '4:23 a row that is dropped: expected a day from 1 to 28 in that month, found 2/30/1998 8:00',
      '5:23 a row that is dropped: it ends before it begins, or lasts no time, found 2/3/1998 7:00',
      '6:23 a row that is dropped: it ends before it begins, or lasts no time, found 2/3/1998 8:00',
      '7:7 a row that is dropped: it has no node number, found ""',
    ]);
  });

  it('that was never closed, or is absurdly long, is capped, and the note names the rule', () => {
    const rows = [
      '9,3,1,0,2/3/1998 0:00,,,,',
      '9,3,2,1,2/3/1998 0:00,4/3/1998 0:00,,,',
      '9,3,3,2,2/3/1998 0:00,2/10/1998 0:00,,,',
    ];
    const imported = outagesOf(rows);
    // Seven days, and exactly seven days are not too long.
    expect(brief(imported)).toEqual(['0 0–10080', '1 0–10080', '2 0–10080']);
    expect(notesOf(imported)).toEqual([
      '2:23 a record that was never closed: taken to end after 7d',
      '3:23 a record of 59d, longer than a node is out: taken to end after 7d',
    ]);
    expect(brief(outagesOf(rows, { longest: hours(1) }))).toEqual(['0 0–60', '1 0–60', '2 0–60']);
  });
});

describe('rows of a node', () => {
  it('that overlap or touch are one outage with all causes; those of other nodes stay apart', () => {
    const imported = outagesOf([
      '9,3,1,0,2/3/1998 1:00,2/3/1998 2:00,,Disk,',
      '9,3,1,0,2/3/1998 0:30,2/3/1998 1:30,UPS,,',
      '9,3,2,1,2/3/1998 1:00,2/3/1998 2:00,UPS,,',
      '9,3,1,0,2/3/1998 2:00,2/3/1998 3:00,UPS,,',
      '9,3,1,0,2/3/1998 3:01,2/3/1998 4:00,,,',
    ]);
    expect(brief(imported)).toEqual(['0 30–180 UPS; Disk', '1 60–120 UPS', '0 181–240']);
    expect(notesOf(imported)).toEqual([
      '2:1 2 records overlap or touch another one of their node and are merged with it',
    ]);
  });
});

describe('a range', () => {
  const rows = ['9,3,1,0,2/3/1998 0:00,2/3/1998 4:00,,,', '9,3,2,1,2/4/1998 0:00,2/4/1998 1:00,,,'];

  it('is half-open: outages that reach out of it are clipped and noted, those outside are not in it', () => {
    const imported = outagesOf(rows, { from: minutesOf('1998-02-03 01:00'), to: minutesOf('1998-02-03 03:00') });
    expect(brief(imported)).toEqual(['0 0–120']);
    expect(notesOf(imported)).toEqual([
      '2:1 an outage from 1998-02-03 to 1998-02-03 04:00 reaches out of the range and is clipped to it',
    ]);
    expect(outagesOf(rows, { from: minutesOf('1998-02-03 04:00'), to: minutesOf('1998-02-04') }).outages).toEqual([]);
  });
});

describe('whatever the rows say', () => {
  it('outages of a node are apart, in order and within the range', () => {
    const reach = new Reach<'dropped' | 'merged' | 'capped' | 'clipped'>();
    const time = fc.oneof(
      { weight: 12, arbitrary: fc.record({ day: fc.integer({ min: 1, max: 27 }), hour: fc.nat(23) }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    const row = fc
      .tuple(fc.nat(3), time, time, fc.constantFrom('', 'Disk', '"a, ""b"""'))
      .map(([node, start, end, cause]) => {
        const text = (at: typeof start): string => (at === undefined ? '' : `3/${at.day}/1999 ${at.hour}:00`);
        return `9,4,${node + 1},${node},${text(start)},${text(end)},,${cause},`;
      });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40, size: 'max' }), (rows) => {
        const range = { from: minutesOf('1999-03-05'), to: minutesOf('1999-03-20') };
        const { outages, notes } = outagesOf(rows, { ...range, longest: hours(48) });
        for (const [index, { node, from, to }] of outages.entries()) {
          expect(range.from <= from && from < to && to <= range.to).toBe(true);
          const next = outages.slice(index + 1).find((other) => other.node === node);
          if (next !== undefined) expect(next.from).toBeGreaterThan(to);
        }
        const noted = (what: string): boolean => notes.some(({ text }) => text.includes(what));
        reach.note('dropped', noted('dropped'));
        reach.note('merged', noted('merged'));
        reach.note('capped', noted('never closed'));
        reach.note('clipped', noted('clipped'));
      }),
      { seed: 32, numRuns: 300 },
    );
    expect(reach.rarerThan(50, ['dropped', 'merged', 'capped', 'clipped'])).toEqual([]);
  });

  it('any text at all has an answer', () => {
    const reach = new Reach<'outages' | 'invalid'>();
    const rows = ['9,3,1,0,2/3/1998 1:00,2/3/1998 2:00,,Disk,', '9,3,2,1,2/4/1998 1:00,2/4/1998 2:00,,"x",'];
    const sound = [HEADER, ...rows].join('\n');
    const noise = fc.string({ unit: 'binary', maxLength: 5, size: 'max' });
    fc.assert(
      fc.property(fc.nat(sound.length), noise, (at, inserted) => {
        const text = sound.slice(0, at) + inserted + sound.slice(at + 3);
        reach.note(importLanl(text, { file: 'x' }).kind);
      }),
      { seed: 33, numRuns: 500 },
    );
    expect(reach.rarerThan(50, ['outages', 'invalid'])).toEqual([]);
  });
});

describe('a file that is none', () => {
  it('lacks columns, each named, with the nearest that is there', () => {
    expect(problemsOf('System,nodes,nodenum,nodenumz,Prob Startd,Prob Fixed\n')).toEqual([
      'rows.csv:1:1: expected a header with the column Prob Started, found none; did you mean Prob Startd?',
    ]);
    expect(problemsOf('')).toHaveLength(6);
  });

  it('has no rows, or not the system asked for, or several and none asked for', () => {
    const rows = `${HEADER}\n9,3,1,0,2/3/1998 1:00,2/3/1998 2:00,,,\n8,3,1,0,2/3/1998 1:00,2/3/1998 2:00,,,`;
    expect(problemsOf(HEADER)).toEqual(['rows.csv:1:1: expected rows with a system number, found 0 systems']);
    expect(problemsOf(rows)).toEqual(['rows.csv:1:1: expected one of the systems in the file: 8, 9, found 2 systems']);
    expect(problemsOf(rows, { system: 23 })).toEqual([
      'rows.csv:1:1: expected one of the systems in the file: 8, 9, found system 23',
    ]);
    expect(problemsOf(rows, { system: 8 })).toEqual([]);
  });

  it('is too long', () => {
    expect(problemsOf('x'.repeat(33_554_433))).toEqual([
      'rows.csv:1:1: expected a file of at most 33554432 characters, found 33554433 characters',
    ]);
  });
});

describe.skipIf(WITHOUT_SHARED_DATA !== undefined)(`the raw files ${WITHOUT_SHARED_DATA ?? ''}`, () => {
  it('system 23: 545 merged outages, 20.2 % longer than 3 h, longest 44.8 h, all five nodes down at once', () => {
    const imported = importLanl(sharedData('lanl/system-23.csv'), { file: 'system-23.csv' });
    if (imported.kind === 'invalid') throw new Error('refused');
    const lengths = imported.outages.map(({ from, to }) => (to - from) / 60);
    expect(imported).toMatchObject({ system: 23, names: ['n1', 'n2', 'n3', 'n4', 'n5'] });
    expect(lengths).toHaveLength(545);
    expect(lengths.filter((length) => length > 3).length / 545).toBeCloseTo(0.202, 3);
    expect(Math.max(...lengths)).toBe(44.75);
    const downAt = (minute: number): number =>
      imported.outages.filter(({ from, to }) => from <= minute && minute < to).length;
    expect(Math.max(...imported.outages.map(({ from }) => downAt(from)))).toBe(5);
    // 564 rows make 545 outages.
    expect(notesOf(imported)).toEqual([
      expect.stringMatching(/^\d+:1 19 records overlap or touch another one of their node and are merged with it$/),
    ]);
  });

  it('system 2: 49 nodes, and six records longer than a week are capped', () => {
    const imported = importLanl(sharedData('lanl/system-2.csv'), { file: 'system-2.csv' });
    if (imported.kind === 'invalid') throw new Error('refused');
    expect([imported.names.length, imported.names[0], imported.names[48]]).toEqual([49, 'n0', 'n48']);
    expect(imported.notes.filter(({ text }) => text.includes('longer than a node is out'))).toHaveLength(6);
    expect(Math.max(...imported.outages.map(({ from, to }) => to - from))).toBeGreaterThanOrEqual(7 * 1_440);
  });

  it('as a scenario: the same outages, one line each, and a text that parses', () => {
    const text = sharedData('lanl/system-23.csv');
    const written = lanlScenario(text, { file: 'system-23.csv', from: '2003-01-01', to: '2004-01-01' });
    if (written.kind === 'invalid') throw new Error('refused');
    expect(written.text).toContain('Los Alamos National Laboratory');
    const parsed = parseScenario(written.text, { file: 'lanl.yaml' });
    if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    const imported = importLanl(text, { file: 'x', from: minutesOf('2003-01-01'), to: minutesOf('2004-01-01') });
    if (imported.kind === 'invalid') throw new Error('refused');
    const asWritten = parsed.scenario.faults.map((fault) => {
      const { from, until, cause } = fault;
      const name = fault.kind === 'crash' ? (parsed.scenario.nodes[fault.node]?.name ?? '') : fault.kind;
      return [name, from / minutes(1), until / minutes(1), cause];
    });
    const asImported = imported.outages.map(({ node, from, to, cause }) => {
      return [imported.names[node] ?? '', from - imported.from, to - imported.from, cause];
    });
    expect(new Set(asWritten.map(String))).toEqual(new Set(asImported.map(String)));
    expect(asWritten).toHaveLength(asImported.length);
  });

  it('by path in a scenario: the cluster, its range and its outages', () => {
    const readImport = (): string => sharedData('lanl/system-23.csv');
    const text =
      'hintlab: 1\ndetector: { fixed: {} }\nworkload: []\nfaults: [{ lanl: { file: x.csv, from: 2003-01-01, to: 2004-01-01 } }]';
    const parsed = parseScenario(text, { file: 'x.yaml', readImport });
    if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    expect(parsed.scenario.nodes.map(({ name, rack }) => `${rack}/${name}`)).toEqual([
      'r1/n1',
      'r2/n2',
      'r3/n3',
      'r1/n4',
      'r2/n5',
    ]);
    expect(parsed.scenario.duration).toBe(hours(365 * 24));
    expect(parsed.scenario.faults).toHaveLength(101);
    expect(parsed.notes.map(({ file }) => file)).toEqual(['x.csv']);
  });

  it('without a range a long file becomes its busiest year, with a note', () => {
    const written = lanlScenario(sharedData('lanl/system-2.csv'), { file: 'system-2.csv' });
    if (written.kind === 'invalid') throw new Error('refused');
    expect(written.notes[0]?.text).toMatch(
      /^no range was asked for: taken are the 365 days with most downtime, \d{4}-/,
    );
    expect(parseScenario(written.text, { file: 'x' }).kind).toBe('scenario');
  });

  // 60 million sweeps at most: 49 nodes × 983 days are 69 million minutes, × 56 years 1 443 million.
  it.each([
    ['2003-01-01', undefined, 'drain: { interval: 2m }'],
    ['1996-01-01', '2006-01-01', 'limits: { duration: 3653d }'],
    ['1950-01-01', '2006-01-01', 'drain: { interval: 30m }'],
  ])('a long range (%s to %s) becomes a scenario that is within the limits', (from, to, line) => {
    const range = to === undefined ? { from } : { from, to };
    const written = lanlScenario(sharedData('lanl/system-2.csv'), { file: 'x', ...range });
    if (written.kind === 'invalid') throw new Error('refused');
    expect(written.text).toContain(line);
    expect(parseScenario(written.text, { file: 'x' }).kind).toBe('scenario');
  });

  it.each([
    ['0001-01-01', '2006-01-01', '--to', 'a date at most 36500d after --from'],
    ['2003-01-01', '2003-01-01', '--to', 'a date after 2003-01-01'],
    ['2100-01-01', undefined, 'x', /^a range with outages in it; they go from \d{4}-.* to \d{4}-/],
    [undefined, '1900-01-01', 'x', /^a range with outages in it; they go from/],
  ])('a range that cannot be run (%s to %s) is refused', (from, to, file, expected) => {
    const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const written = lanlScenario(sharedData('lanl/system-23.csv'), { file: 'x', ...range });
    const said = typeof expected === 'string' ? expected : expect.stringMatching(expected);
    expect(written).toMatchObject({ kind: 'invalid', problems: [{ file, expected: said }] });
  });

  it('a range before the first outage is noted, with where the outages are', () => {
    const range = { from: '1990-01-01', to: '1991-01-01' };
    const written = lanlScenario(sharedData('lanl/system-23.csv'), { file: 'x', ...range });
    if (written.kind === 'invalid') throw new Error('refused');
    expect(written.notes.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^no outage .* they go from/));
  });

  it('by path, a table of more outages than a call has arguments is refused as too many', () => {
    const header = 'System,nodes,nodenum,nodenumz,Prob Started,Prob Fixed';
    const rows = Array.from({ length: 150_000 }, (_, i) => {
      const day = Math.floor(i / 720);
      const clock = (i % 720) * 2;
      const date = `${1 + (Math.floor(day / 28) % 12)}/${1 + (day % 28)}/2000`;
      const time = (at: number): string => `${date} ${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
      return `9,1,0,0,${time(clock)},${time(clock + 1)}`;
    });
    const text = 'hintlab: 1\nfaults: [{ lanl: { file: x.csv, from: 2000-01-01, to: 2001-01-01 } }]';
    const parsed = parseScenario(text, { file: 'x', readImport: () => [header, ...rows].join('\n') });
    const problems = parsed.kind === 'invalid' ? parsed.problems : [];
    expect(problems).toMatchObject([{ code: 'limit', path: 'faults.0', expected: 'at most 100000 outages' }]);
  });

  it('by path, a table that cannot be read is the only problem: it would have given the duration', () => {
    const text = 'hintlab: 1\nfaults: [{ lanl: { file: x.csv, from: 2000-01-01, to: 2001-01-01 } }]';
    const parsed = parseScenario(text, { file: 'x' });
    expect(parsed).toMatchObject({ kind: 'invalid', problems: [{ code: 'file', path: 'faults.0.lanl.file' }] });
    expect(parsed.kind === 'invalid' && parsed.problems).toHaveLength(1);
  });

  it('dates that are none are refused at their option', () => {
    const written = lanlScenario(sharedData('lanl/system-23.csv'), { file: 'x', from: '2003', to: '2003-02-30' });
    expect(written).toMatchObject({ kind: 'invalid', problems: [{ file: '--from' }, { file: '--to' }] });
  });
});
