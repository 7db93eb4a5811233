/**
 * What is wrong with an input, where, and what was probably meant. Lines, columns and nearest names are counted by hand:
 * each bad text stands here with the problems expected of it, as `line:column path code → nearest`.
 */
import { describe, expect, it } from 'vitest';
import { formatProblem, parseScenario } from '../../../sim/scenario/index.ts';
import type { ParseOptions, Problem } from '../../../sim/scenario/index.ts';

function problemsOf(text: string, options: Partial<ParseOptions> = {}): readonly Problem[] {
  const parsed = parseScenario(text, { file: 'bad.yaml', ...options });
  return parsed.kind === 'invalid' ? parsed.problems : [];
}

function brief({ file, line, column, path, code, nearest }: Problem): string {
  const source = file === 'bad.yaml' ? '' : `${file} `;
  return `${source}${line}:${column} ${path} ${code}${nearest === undefined ? '' : ` → ${nearest}`}`;
}

/** The problems of a text that stands below the two lines every scenario needs, so that it begins at line 3. */
function below(text: string): readonly string[] {
  return problemsOf(`hintlab: 1\nduration: 10m\n${text}`).map(brief);
}

describe('keys', () => {
  it.each([
    ['hnts: { ttl: 1h }', ['3:1 hnts unknownKey → hints']],
    ['colour: red', ['3:1 colour unknownKey']],
    ['hints: { tll: 1h }', ['3:10 hints.tll unknownKey → ttl']],
    ['workload: { rates: 5/s }', ['3:13 workload.rates unknownKey → rate']],
    ['detector: { phi: { gosip: 1s } }', ['3:20 detector.phi.gosip unknownKey → gossip']],
    ['detector: { phy: {} }', ['3:13 detector.phy unknownKey → phi']],
    ['detector: { phi: {}, fixed: {} }', ['3:22 detector.fixed conflict']],
    ['detector: {}', ['3:11 detector.phi missingKey']],
    ['drain:\n  interval: 1s\n  interval: 2s', ['5:3 drain.interval duplicateKey']],
    ['seed: 1\nseed: 1', ['4:1 seed duplicateKey']],
    ['__proto__: { polluted: 1 }', ['3:1 __proto__ unknownKey']],
    ['hints: { constructor: 1h }', ['3:10 hints.constructor unknownKey']],
    ['datacentres: { __proto__: { r1: [a] }, dc1: { r1: [b] } }', ['3:16 datacentres.__proto__ type']],
    ['? [a, b]\n: 1', ['3:3  type']],
    ['"": 1', ['3:1 "" unknownKey']],
    ['<<: { seed: 1 }', ['3:1 << unknownKey']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });

  it('a misspelt key is read as the one it was meant to be, so that its value is checked too', () => {
    expect(below('hnts:\n  ttl: 5parsecs')).toEqual(['3:1 hnts unknownKey → hints', '4:8 hnts.ttl unit']);
  });

  it('a misspelt key beside the right one is not read in its place', () => {
    expect(below('seed: 1\nsead: x')).toEqual(['4:1 sead unknownKey → seed']);
  });

  it('a key that a misspelt one rules out is told of by the name that was meant', () => {
    const problems = problemsOf('hintlab: 1\nduration: 10m\nfaults: [{ lan: { file: a.csv }, at: 1s }]');
    expect(problems.find(({ code }) => code === 'conflict')?.expected).toBe('no at beside lanl');
  });
});

describe('values', () => {
  it.each([
    ['hints: 5', ['3:8 hints type']],
    ['hints: [ttl]', ['3:8 hints type']],
    ['hints:', ['3:7 hints type']],
    ['seed: many', ['3:7 seed type']],
    ['seed: -1', ['3:7 seed range']],
    ['seed: 1.5', ['3:7 seed type']],
    ['seed: 9007199254740992', ['3:7 seed range']],
    ['seed: .nan', ['3:7 seed type']],
    ['seed: .inf', ['3:7 seed type']],
    ['seed: 1e400', ['3:7 seed type']],
    ['hints: { enabled: yes }', ['3:19 hints.enabled type']],
    ['name: 2003', ['3:7 name type']],
    ['about: { a: 1 }', ['3:8 about type']],
    ['hints: { ttl: 30 }', ['3:15 hints.ttl unit']],
    ['hints: { ttl: 0s }', ['3:15 hints.ttl range']],
    ['hints: { ttl: -1h }', ['3:15 hints.ttl range']],
    ['hints: { ttl: 1hour }', ['3:15 hints.ttl unit → 1h']],
    ['hints: { cap: 64 }', ['3:15 hints.cap unit']],
    ['hints: { cap: 64mib }', ['3:15 hints.cap unit → 64MiB']],
    ['hints: { cap: [1MiB] }', ['3:15 hints.cap type']],
    ['channel: { slots: 0 }', ['3:19 channel.slots range']],
    ['channel: { rate: 0/s }', ['3:18 channel.rate range']],
    ['channel: { rate: unlimted }', ['3:18 channel.rate type']],
    ['detector: { phi: { threshold: 0 } }', ['3:31 detector.phi.threshold range']],
    ['detector: { phi: { window: 2.5 } }', ['3:28 detector.phi.window type']],
    ['workload: { rate: 50 }', ['3:19 workload.rate unit']],
    ['workload: { rate: .nan }', ['3:19 workload.rate type']],
    ['workload: { reads: 120% }', ['3:20 workload.reads range']],
    ['workload: { keys: 0 }', ['3:19 workload.keys range']],
    ['workload: { keys: { zipf: -1 } }', ['3:27 workload.keys.zipf range']],
    ['workload: { payload: 0B }', ['3:22 workload.payload range']],
    ['workload: { payload: 2GiB }', ['3:22 workload.payload range']],
    ['workload: rate', ['3:11 workload type']],
    ['faults: { crash: a, at: 1m }', ['3:9 faults type']],
    ['faults: [crash]', ['3:10 faults.0 type']],
    ['faults: [{ crash: a, at: 1m, for: 0s }]', ['3:35 faults.0.for range']],
    ['faults: [{ restart: a, at: 1m, every: 1m, times: 0 }]', ['3:50 faults.0.times range']],
    ['limits: { events: 5000000000 }', ['3:19 limits.events range']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });
});

describe('names', () => {
  it.each([
    ['system: dynomit', ['3:9 system unknownName → dynomite']],
    ['system: casandra', ['3:9 system unknownName → cassandra']],
    ['system: couchbase', ['3:9 system unknownName']],
    ['record: ful', ['3:9 record unknownName → full']],
    ['consistency: QUORUMS', ['3:14 consistency unknownName → QUORUM']],
    ['consistency: 0', ['3:14 consistency type']],
    ['consistency: { read: 33 }', ['3:22 consistency.read type']],
    ['consistency: { write: dc_one }', ['3:23 consistency.write unknownName → DC_ONE']],
    ['workload: { arrivals: poison }', ['3:23 workload.arrivals unknownName → poisson']],
    ['faults: [{ crash: d, at: 1m }]', ['3:19 faults.0.crash unknownName']],
    ['nodes: [anna, bert]\nfaults: [{ crash: brt, at: 1m }]', ['4:19 faults.0.crash unknownName → bert']],
    ['workload: { coordinators: [a, z] }', ['3:31 workload.coordinators.1 unknownName']],
    ['workload: { coordinators: [a, a] }', ['3:31 workload.coordinators.1 duplicateName']],
    ['nodes: [a, b, a]', ['3:15 nodes.2 duplicateName']],
    ['nodes: [1, 2]', ['3:9 nodes.0 type', '3:12 nodes.1 type']],
    ['nodes: ["a b"]', ['3:9 nodes.0 type']],
    ['datacentres: { dc1: { r1: [a] }, dc2: { r1: [a] } }', ['3:46 datacentres.dc2.r1.0 duplicateName']],
    ['workload: [{ name: x }, { name: x }]', ['3:33 workload.1.name duplicateName']],
    [
      'network: { latency: { near: { quantiles: { q50: 1ms } } } }',
      ['3:49 network.latency.near.quantiles.q50 unknownName → p50'],
    ],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });
});

describe('what does not go together', () => {
  it.each([
    ['nodes: 0', ['3:8 nodes range']],
    ['nodes: 17', ['3:8 nodes range']],
    ['nodes: 27', ['3:8 nodes range']],
    ['nodes: []', ['3:8 nodes range']],
    ['datacentres: {}', ['3:14 datacentres range']],
    ['datacentres: { dc1: { r1: [] } }', ['3:27 datacentres.dc1.r1 range']],
    ['nodes: 2\ndatacentres: { dc1: { r1: [a] } }', ['4:14 datacentres conflict']],
    ['workload: { from: 5m, until: 4m }', ['3:19 workload.from order']],
    ['workload: { from: 10m }', ['3:19 workload.from order']],
    ['workload: { until: 0s }', ['3:20 workload.until order']],
    ['workload: { coordinators: [] }', ['3:27 workload.coordinators range']],
    ['workload: { payload: 9B, key: 1B, value: 1B }', ['3:31 workload.key conflict', '3:42 workload.value conflict']],
    ['faults: [{ crash: a, at: 2m, until: 1m }]', ['3:37 faults.0.until order']],
    ['faults: [{ crash: a, at: 2m, for: 1m, until: 3m }]', ['3:46 faults.0.until conflict']],
    ['faults: [{ crash: a, at: 2m, every: 1m }]', ['3:37 faults.0.every conflict']],
    ['faults: [{ restart: a, at: 2m, times: 3 }]', ['3:39 faults.0.times conflict']],
    ['faults: [{ restart: a, crash: b, at: 1m }]', ['3:12 faults.0.restart conflict']],
    ['faults: [{ restart: a, at: 0s, every: 1us }]', ['3:10 faults.0 limit']],
    ['network: { latency: { near: { uniform: [5ms, 1ms] } } }', ['3:46 network.latency.near.uniform.1 order']],
    ['network: { latency: { near: { uniform: [5ms] } } }', ['3:40 network.latency.near.uniform type']],
    [
      'network: { latency: { far: { lognormal: { mean: 0s, cv: 1 } } } }',
      ['3:49 network.latency.far.lognormal.mean range'],
    ],
    ['network: { latency: { far: { pareto: { scale: 1ms } } } }', ['3:38 network.latency.far.pareto.shape missingKey']],
    ['network: { latency: { far: { mixture: [] } } }', ['3:39 network.latency.far.mixture range']],
    [
      'network: { latency: { far: { quantiles: { p50: 2ms, p99: 1ms } } } }',
      ['3:58 network.latency.far.quantiles.p99 order'],
    ],
    ['network: { latency: { far: 2h } }', ['3:28 network.latency.far range']],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });
});

describe('the document', () => {
  it.each([
    ['', ['1:1  type']],
    ['# only a comment\n', ['1:1  type']],
    ['just words', ['1:1  type']],
    ['- a\n- b', ['1:1  type']],
    ['null', ['1:1  type']],
    ['duration: 1m', ['1:1 hintlab missingKey']],
    ['hintlab: 1', ['1:1  missingKey']],
    ['hintlab: 2\nduration: 1m', ['1:10 hintlab version']],
    ['hintlab: "1"\nduration: 1m', ['1:10 hintlab version']],
    ['hintlub: 1\nduration: 1m', ['1:1 hintlub unknownKey → hintlab']],
    ['hintlab: 1\nduration: 1m\n---\nhintlab: 1', ['3:1  syntax']],
    ['hintlab: 1\nhints:\n\tttl: 1h', ['3:1  syntax']],
    ['hintlab: 1\nnodes: [a, b\nduration: 1m', ['3:1  syntax']],
    ['hintlab: 1\nabout: "open', ['2:13  syntax']],
    ['hintlab: 1\nabout: a: b', ['2:8  syntax']],
    ['hintlab: 1\nduration: 1m\nabout: !secret x', ['3:8  tag']],
    ['hintlab: 1\nduration: *later', ['1:1  missingKey', '2:11 duration alias']],
    ['hintlab: 1\nduration: 1m\nhints: &h { ttl: *h }', ['3:18 hints.ttl alias']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text).map(brief)).toEqual(expected);
  });
});

describe('inputs made to exhaust a reader are refused', () => {
  it('a text of 50 MB', () => {
    const [problem] = problemsOf('#'.repeat(50_000_000));
    expect(problem).toMatchObject({ code: 'tooLong', line: 1, column: 1, found: '50000000 characters' });
  });

  it.each([
    ['lists', '['.repeat(100_000)],
    ['maps', '{a: '.repeat(100_000)],
    ['dashes on one line', '- '.repeat(100_000)],
    ['keys of keys', '? '.repeat(100_000)],
  ])('nesting: %s', (_, text) => {
    expect(problemsOf(text).map(({ code }) => code)).toEqual(['tooDeep']);
  });

  it('aliases of aliases of aliases', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const lines = levels.map((name, index) => {
      const below8 = index === 0 ? 'x' : `*${levels[index - 1] ?? ''}`;
      return `${name}x: &${name} [${Array.from({ length: 8 }, () => below8).join(', ')}]`;
    });
    expect(problemsOf(lines.join('\n')).map(({ code }) => code)).toContain('tooMany');
  });

  it('more keys and values than a scenario has', () => {
    expect(problemsOf(`a: [${'1,'.repeat(300_000)}]`).map(({ code }) => code)).toEqual(['tooMany']);
    expect(problemsOf(`a: [${','.repeat(900_000)}]`).map(({ code }) => code)).toEqual(['tooMany']);
  });

  it('more problems than anyone reads: a hundred, and how many more there are', () => {
    const problems = problemsOf(`hintlab: 1\nduration: 1m\nnodes: [${'1, '.repeat(250)}]`);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ code: 'tooMany', found: '150 more' });
  });

  it('thousands of documents', () => {
    expect(problemsOf('---\na\n'.repeat(60_000)).map(brief)).toEqual(['2:1  type', '3:1  syntax']);
  });

  it('a map with thousands of equal keys, in no more than a moment', () => {
    const text = `hintlab: 1\nduration: 1m\n${'seed: 1\n'.repeat(50_000)}`;
    expect(problemsOf(text)).toHaveLength(101);
  });
});

describe('all problems of a text come out at once', () => {
  it('in the order of the text, whatever finds them', () => {
    const text = [
      'hintlab: 1',
      'duration: 10',
      'system: dynamite',
      'nodes: [a, b]',
      'hints: { ttl: 1h, tttl: 2h }',
      'workload:',
      '  - { rate: 50/s, from: 9m, until: 8m }',
      'faults:',
      '  - { crash: c, at: 1m, for: 5m }',
      '  - { crash: a, for: 5m }',
    ].join('\n');
    expect(problemsOf(text).map(brief)).toEqual([
      '2:11 duration unit',
      '3:9 system unknownName → dynomite',
      '5:19 hints.tttl unknownKey → ttl',
      '7:25 workload.0.from order',
      '9:14 faults.0.crash unknownName',
      '10:5 faults.1.at missingKey',
    ]);
  });

  it('each as one line for the terminal', () => {
    const lines = problemsOf('hintlab: 1\nduration: 10m\nhints: { vote: ful }').map(formatProblem);
    expect(lines).toEqual([
      'bad.yaml:3:16: hints.vote: expected one of full, any, none, found ful; did you mean full?',
    ]);
  });
});

describe('changes from the command line point at their argument', () => {
  const sound = 'hintlab: 1\nduration: 10m\nfaults: [{ crash: b, at: 1m }]\nconsistency: DC_ONE';
  it.each([
    ['hints.ttl=5parsecs', ['--set 1:11 hints.ttl unit']],
    ['hints.tll=5s', ['--set 1:11 hints.tll unknownKey → ttl']],
    ['network.latency.near={ uniform: [2ms, 1ms] }', ['--set 1:39 network.latency.near.uniform.1 order']],
    ['nodes=[a, a', ['--set 1:12  syntax']],
    ['nodes=1\n2: x', ['--set 1:7  syntax']],
    ['nodes', ['--set 1:1  option']],
    ['=1', ['--set 1:1  option']],
    ['hints..ttl=1s', ['--set 1:1  option']],
    ['faults.1.for=5m', ['--set 1:8 faults.1 option']],
    ['faults.first.for=5m', ['--set 1:8 faults.first option']],
    ['consistency.write=DC_QUORUM', ['--set 1:13 consistency.write option']],
  ])('--set %s', (set, expected) => {
    expect(problemsOf(sound, { sets: [set] }).map(brief)).toEqual(expected);
  });

  it('the second argument is line 2', () => {
    expect(problemsOf(sound, { sets: ['seed=4', 'seed=x'] }).map(brief)).toEqual(['--set 2:6 seed type']);
  });

  it('--seed and --system', () => {
    expect(problemsOf(sound, { seed: 0.5, system: 'dynamite' }).map(brief)).toEqual([
      '--seed 1:1 seed type',
      '--system 1:1 system unknownName → dynomite',
    ]);
  });
});

describe('texts that a terminal would obey', () => {
  it.each([
    ['about: "a\\u001B[2Jb"', ['3:8 about range']],
    ['name: "\\u0000"', ['3:7 name range']],
    ['faults: [{ crash: b, at: 1m, cause: "\\u009B1m" }]', ['3:37 faults.0.cause range']],
    ['about: "two\\nlines, a\\ttab and ü 🙂"', []],
  ])('%s', (text, expected) => {
    expect(below(text)).toEqual(expected);
  });

  it('are shown escaped', () => {
    const [problem] = problemsOf('hintlab: 1\nduration: 1m\n"\u001B[31mx": 1');
    expect([problem?.path, problem?.found]).toEqual(['\\u001b[31mx', 'the key \\u001b[31mx']);
  });
});

describe('more unknown names than are told', () => {
  it('cost no search for the nearest of thousands each', () => {
    const names = Array.from({ length: 40_000 }, (_, i) => `n${String(i).padStart(5, '0')}`);
    const crashes = names.slice(0, 12_000).map((name) => `{crash: z${name.slice(1)}, at: 1s}`);
    const text = `hintlab: 1\nduration: 10m\nnodes: [${names.join(',')}]\nfaults: [${crashes.join(',')}]`;
    const problems = problemsOf(text);
    expect(problems.filter(({ nearest }) => nearest !== undefined).length).toBeGreaterThan(90);
    expect(problems.at(-1)).toMatchObject({ code: 'tooMany' });
  });
});

describe('imported files', () => {
  const table =
    '| cluster | key size | value size | request rate (kqps) | operation | Zipf alpha |\n| cluster1 | N/A | 10 | 1.0 | get:1.00 | NA |\n';
  const readImport = (path: string): string | undefined => (path === 'table.md' ? table : undefined);

  function importing(workload: string): readonly string[] {
    return problemsOf(`hintlab: 1\nduration: 1m\nworkload: ${workload}`, { readImport }).map(brief);
  }

  it('a cell that the table does not have is pointed at in the table', () => {
    expect(importing('{ twitter: { file: table.md, cluster: 1 } }')).toEqual([
      'table.md 2:14  data',
      'table.md 2:42  data',
    ]);
  });

  it('a cell that the scenario gives is not missed', () => {
    expect(importing('{ key: 4B, keys: { zipf: 1 }, twitter: { file: table.md, cluster: 1, scale: 0.01 } }')).toEqual(
      [],
    );
  });

  it('an unknown cluster is the scenario’s mistake', () => {
    expect(importing('{ twitter: { file: table.md, cluster: cluster2 } }')).toEqual([
      '3:49 workload.twitter.cluster unknownName → cluster1',
    ]);
  });

  it('a file that is not there, and one without the table', () => {
    expect(importing('{ twitter: { file: none.md, cluster: 1 } }')).toEqual(['3:30 workload.twitter.file file']);
    const text = 'hintlab: 1\nfaults: [{ lanl: { file: table.md, from: 2003-01-01, to: 2003-02-01 } }]';
    expect(problemsOf(text, { readImport }).map(brief)).toContain('table.md 1:1  data');
  });

  it('dates that are none, or in the wrong order', () => {
    const text =
      'hintlab: 1\nduration: 1m\nfaults:\n  - { lanl: { file: x, from: 2003-02-30, to: 2003-03-01 } }\n  - { lanl: { file: table.md, from: 2004-01-01, to: 2003-01-01 } }';
    const briefs = problemsOf(text, { readImport }).map(brief);
    expect(briefs).toContain('4:30 faults.0.lanl.from range');
    expect(briefs).toContain('5:53 faults.1.lanl.to order');
    const ages = 'hintlab: 1\nfaults: [{ lanl: { file: table.md, from: 0001-01-01, to: 9999-01-01 } }]';
    expect(problemsOf(ages, { readImport }).map(brief)).toContain('2:58 faults.0.lanl.to limit');
  });
});
