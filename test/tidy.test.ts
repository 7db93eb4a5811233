/**
 * The house rules that no linter sees, run over the whole tree; the rules themselves are in test/tidy/.
 *
 * A check that cannot fail is a defect, so each is fed seeded violations first, and look-alikes that it must let pass.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrows, cycles } from './tidy/arrows.ts';
import { determinism } from './tidy/determinism.ts';
import { goldenStories, machinePaths, notes, printing, switchedTests } from './tidy/leftovers.ts';
import { docs, headers, indexes, sizes } from './tidy/shape.ts';
import { type Check, source, sourcesUnder } from './tidy/source.ts';
import { disables, types } from './tidy/types.ts';

const tree = sourcesUnder(fileURLToPath(new URL('..', import.meta.url)));

/** A made-up set of files by path. */
type Files = Readonly<Record<string, string>>;

interface Rule {
  readonly rule: string;
  readonly check: Check;
  /** Each must be found. */
  readonly bad: readonly Files[];
  /** None may be found. */
  readonly good: readonly Files[];
}

const RULES: readonly Rule[] = [
  {
    rule: 'imports follow the arrows of the house',
    check: arrows,
    bad: [
      { 'core/a.ts': "import type { Trace } from '../sim/index.ts';" },
      { 'core/a.ts': "import { parse } from 'yaml';" },
      { 'sim/engine/a.ts': "import { run } from '../cluster/index.ts';" },
      { 'sim/scenario/a.ts': "export { trace } from '../trace/trace.ts';" },
      { 'sim/cluster/a.ts': "import { parseScenario } from '../scenario/index.ts';" },
      { 'sim/trace/a.ts': "import type { Scenario } from '../scenario/index.ts';" },
      { 'sim/scenario/model/a.ts': "import type { Problem } from '../problem.ts';" },
      { 'sim/trace/a.ts': "type S = import('../cluster/simulation.ts').Simulation;" },
      { 'sim/trace/a.ts': "import { readFileSync } from 'node:fs';" },
      { 'sim/engine/a.ts': "import { expect } from 'vitest';" },
      { 'web/views/A.svelte': '<script lang="ts">\nimport { main } from "../../sim/cli/main.ts";\n</script>' },
      { 'web/a.ts': "const lazy = import('../test/support/a.ts');" },
      { 'sim/attic/a.ts': '' },
    ],
    good: [
      { 'core/a.ts': "import { instant } from './units.ts';" },
      { 'sim/trace/a.ts': "import { TRACE_LEVELS } from '../scenario/model/scenario.ts';" },
      { 'sim/cluster/a.ts': "import { levelRule } from '../scenario/model/levels.ts';" },
      { 'sim/scenario/stories/a.ts': "import { bytes } from '../../../core/index.ts';\nimport * as v from 'valibot';" },
      { 'sim/cli/a.ts': "import { readFileSync } from 'node:fs';\nimport { run } from '../index.ts';" },
      { 'web/views/A.svelte': '<script lang="ts">\nimport { run } from "../../sim/index.ts";\n</script>' },
    ],
  },
  {
    rule: 'imports never go in a circle',
    check: cycles,
    bad: [
      {
        'core/a.ts': "import './b.ts';",
        'core/b.ts': "export * from './c.ts';",
        'core/c.ts': "import type { A } from './a.ts';",
      },
      { 'core/a.ts': "import type { A } from './a.ts';" },
    ],
    good: [{ 'core/a.ts': "import './b.ts';\nimport './c.ts';", 'core/b.ts': "import './c.ts';", 'core/c.ts': '' }],
  },
  {
    rule: 'core and sim are deterministic',
    check: determinism,
    bad: [
      { 'core/a.ts': 'const now = Date.now();' },
      { 'sim/engine/a.ts': 'const draw = Math.random();' },
      { 'sim/engine/a.ts': 'const { log } = Math;' },
      { 'sim/engine/a.ts': "const f = Math['sin'](1);" },
      { 'sim/engine/a.ts': 'const f = Math.tanh(1);' },
      { 'sim/engine/a.ts': 'const f = 2 ** 8;' },
      { 'sim/engine/a.ts': 'let f = 2;\nf **= 8;' },
      { 'sim/cluster/a.ts': 'setTimeout(() => 1, 5);' },
      { 'sim/cluster/a.ts': 'async function f() {}' },
      { 'sim/cluster/a.ts': 'const f = async () => 1;' },
      { 'sim/cluster/a.ts': 'type F = Promise<number>;' },
      { 'sim/trace/a.ts': 'const s = (1).toLocaleString();' },
      { 'sim/trace/a.ts': "const c = 'a'.localeCompare('b');" },
      { 'sim/trace/a.ts': "console.warn('x');" },
      { 'sim/index.ts': 'const path = process.argv;' },
      { 'sim/trace/a.ts': 'const { performance } = globalThis;' },
      { 'sim/trace/a.ts': 'for (const key in {}) key;' },
    ],
    good: [
      { 'core/a.ts': 'const f = Math.floor(Math.sqrt(2)) + Math.imul(3, 4);' },
      { 'sim/cluster/a.ts': 'function step(process: number): number { return process; }' },
      { 'sim/cluster/a.ts': 'const row = { Date: 1 };\nconst day = row.Date; // Date.now() in a comment' },
      { 'sim/cli/a.ts': 'const started = performance.now();' },
      { 'web/a.ts': 'const now = Date.now();' },
    ],
  },
  {
    rule: 'types are honest: no casts, no any, no non-null assertions',
    check: types,
    bad: [
      { 'core/a.ts': 'const f = 1 as unknown;' },
      { 'core/a.ts': 'const f = <number>x;' },
      { 'core/a.ts': 'let f: any;' },
      { 'core/a.ts': 'const f = list[0]!;' },
      { 'core/a.ts': 'class A { f!: number }' },
      { 'web/A.svelte': '<script lang="ts">\nconst f = x as number;\n</script>' },
      { 'web/A.svelte': '<script lang="ts">\nlet x = 1;\n</script>\n<p>{x as number}</p>' },
      { 'web/A.svelte': '<script lang="ts">\nlet x: number[] = [];\n</script>\n<p>{x[0]!}</p>' },
    ],
    good: [
      { 'core/a.ts': "const f = ['a', 'b'] as const;\nimport { g as h } from './g.ts';" },
      { 'core/a.ts': 'const f = { a: 1 } satisfies object;\nconst no = !f;' },
      { 'core/units.ts': 'const f = 1 as Instant;' },
      { 'web/A.svelte': '<script lang="ts">\nlet x = 1;\n</script>\n{#each list as item}<p>{item}{x}</p>{/each}' },
    ],
  },
  {
    rule: 'no check is switched off in a comment',
    check: disables,
    bad: [
      { 'core/a.ts': '// eslint-disable-next-line no-var\nvar f;' },
      { 'core/a.ts': 'function f() {\n  // @ts-expect-error\n}' },
      { 'web/A.svelte': '<!-- svelte-ignore a11y_autofocus -->\n<p></p>' },
    ],
    good: [{ 'core/a.ts': "const f = '// @ts-ignore';" }],
  },
  {
    rule: 'files and functions fit: 400 and 60 lines',
    check: sizes,
    bad: [
      { 'core/a.ts': 'const f = 1;\n'.repeat(401) },
      { 'web/A.svelte': '<p>x</p>\n'.repeat(401) },
      { 'core/a.ts': `function f() {\n${'  g();\n'.repeat(59)}}` },
      { 'test/a.test.ts': `it('works', () => {\n${'  g();\n'.repeat(59)}});` },
    ],
    good: [
      { 'core/a.ts': 'const f = 1;\n'.repeat(400) },
      { 'core/a.ts': `function f() {\n${'  g();\n'.repeat(58)}}` },
      { 'test/a.test.ts': `describe('a', () => {\n${'  it();\n'.repeat(300)}});` },
      { 'sim/scenario/stories/a.yaml': 'a: 1\n'.repeat(1000) },
    ],
  },
  {
    rule: 'every source file opens with a header comment',
    check: headers,
    bad: [
      { 'core/a.ts': 'const f = 1;' },
      { 'web/A.svelte': '<script lang="ts">\nlet x = 1;\n</script>' },
      { 'core/a.ts': '// short\nconst f = 1;' },
    ],
    good: [
      { 'core/a.ts': '/** What it is. */\nconst f = 1;' },
      { 'sim/cli/main.ts': '#!/usr/bin/env node\n/** What it is. */' },
      { 'web/A.svelte': '<!-- What it is. -->\n<p></p>' },
      { 'web/A.svelte': '<script lang="ts">\n  /** What it is. */\n</script>' },
      { 'test/core/a.test.ts': "it('is a sentence', () => {});" },
    ],
  },
  {
    rule: 'every exported name has a doc comment',
    check: docs,
    bad: [
      { 'core/a.ts': "/** Header. */\nimport './b.ts';\n\nexport const f = 1;" },
      { 'core/a.ts': "/** Header. */\nimport './b.ts';\n\n/** F. */\nexport const f = 1;\n\nexport type G = string;" },
      { 'core/a.ts': "/** Header. */\nimport './b.ts';\n\nexport interface G {\n  /** X. */\n  x: 1;\n  y: 2;\n}" },
    ],
    good: [
      {
        'core/a.ts':
          "/** Header. */\nimport './b.ts';\n\n/** F. */\nexport const f = 1;\nexport const g = 2;\n\nconst h = 3;",
      },
      { 'core/a.ts': "/** Header. */\nimport './b.ts';\n\nexport const FS = ['f'];\n/** F. */\nexport type F = 'f';" },
      { 'core/hint-store.ts': "/** Header. */\nimport './b.ts';\n\nexport class HintStore {}" },
      { 'core/a.ts': "/** Header. */\nimport './b.ts';\n\nexport interface G {\n  /** X. */\n  x: 1;\n}" },
    ],
  },
  {
    rule: 'an index.ts lists names and nothing else does',
    check: indexes,
    bad: [
      { 'core/index.ts': '/** Names. */\nexport const f = 1;' },
      { 'core/a.ts': "/** A. */\nexport { f } from './b.ts';" },
    ],
    good: [{ 'core/index.ts': "/** Names. */\nexport { f } from './b.ts';\nexport type { G } from './g.ts';" }],
  },
  {
    rule: 'no notes to ourselves',
    check: notes,
    bad: [
      { 'core/a.ts': 'const f = 1; // TODO later' },
      { 'core/a.ts': 'function f() {\n  /* FIXME */\n}' },
      { 'sim/a.yaml': '# FIXME\na: 1' },
    ],
    good: [{ 'core/a.ts': "const f = 'TODO';" }],
  },
  {
    rule: 'every test runs, always',
    check: switchedTests,
    bad: [
      { 'test/a.test.ts': "it.only('x', () => {});" },
      { 'test/a.test.ts': "describe.skip('x', () => {});" },
      { 'test/browser/a.spec.ts': "test.describe.only('x', () => {});" },
      { 'test/browser/a.spec.ts': 'test.fixme();' },
    ],
    good: [{ 'test/a.test.ts': "it('x', () => rows.skip(1));" }],
  },
  {
    rule: 'only the command line and scripts print',
    check: printing,
    bad: [
      { 'web/a.ts': 'console.log(1);' },
      { 'test/a.test.ts': 'console.info(1);' },
      { 'test/support/a.ts': 'console.log(1);' },
    ],
    good: [
      { 'sim/cli/a.ts': 'console.log(1);' },
      { 'test/run.ts': 'console.log(1);' },
      { 'test/bench/a.ts': 'console.log(1);' },
    ],
  },
  {
    rule: 'no path of one machine',
    check: machinePaths,
    bad: ['work', 'root', 'home', 'Users', 'tmp'].map((top) => ({ 'core/a.ts': `const f = '/${top}/x';` })),
    good: [{ 'core/a.ts': "import './worker/x.ts'; // a/work/b" }],
  },
  {
    rule: 'every story has a golden test',
    check: goldenStories,
    bad: [
      { 'sim/scenario/stories/a/b.yaml': 'name: b', 'test/sim/stories.test.ts': "expect('b');" },
      { 'sim/scenario/stories/a/b.yaml': 'name: b', 'test/sim/other.test.ts': "expect('a/b');" },
    ],
    good: [{ 'sim/scenario/stories/a/b.yaml': 'name: b', 'test/sim/stories.test.ts': "expect('a/b');" }],
  },
];

describe.each(RULES)('$rule', ({ check, bad, good }) => {
  const run = (files: Files): string[] =>
    told(
      check,
      Object.entries(files).map(([path, text]) => source(path, text)),
    );

  it('finds each seeded violation', () => {
    for (const files of bad) expect(run(files), JSON.stringify(files).slice(0, 300)).not.toEqual([]);
  });

  it('lets what only looks like one pass', () => {
    for (const files of good) expect(run(files), JSON.stringify(files).slice(0, 300)).toEqual([]);
  });

  it('holds for every file of the project', () => {
    expect(told(check, tree)).toEqual([]);
  });
});

it('the tree that is checked is the whole project', () => {
  const folders = new Set(tree.filter(({ code }) => code !== undefined).map(({ path }) => path.split('/')[0]));
  expect([...folders]).toEqual(expect.arrayContaining(['core', 'sim', 'test', 'web']));
  expect(tree.map(({ path }) => path)).toContain('test/tidy.test.ts');
});

function told(check: Check, sources: Parameters<Check>[0]): string[] {
  return check(sources).map(({ path, line, message }) => `${path}:${line}: ${message}`);
}
