/**
 * The linter's own configuration, on a small tree of seeded violations: a rule whose file pattern matches nothing would
 * pass for ever, and say nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const BAD: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['core/arrow.ts', "import { run } from '../sim/index.ts';\nrun();", 'no-restricted-imports'],
  ['core/node.ts', "import { readFileSync } from 'node:fs';\nreadFileSync('x');", 'no-restricted-imports'],
  ['sim/engine/arrow.ts', "import { run } from '../cluster/index.ts';\nrun();", 'no-restricted-imports'],
  ['sim/scenario/arrow.ts', "import { blank } from '../trace/index.ts';\nblank();", 'no-restricted-imports'],
  ['sim/trace/arrow.ts', "import { run } from '../cluster/index.ts';\nrun();", 'no-restricted-imports'],
  ['sim/check/arrow.ts', "import { run } from '../cluster/index.ts';\nrun();", 'no-restricted-imports'],
  ['sim/cluster/arrow.ts', "import { main } from '../cli/index.ts';\nmain();", 'no-restricted-imports'],
  ['web/views/arrow.ts', "import { main } from '../../sim/cli/index.ts';\nmain();", 'no-restricted-imports'],
  [
    'web/views/Arrow.svelte',
    '<script lang="ts">\nimport { x } from "node:fs";\nx();\n</script>',
    'no-restricted-imports',
  ],
  ['core/date.ts', 'export const now = Date.now();', 'no-restricted-globals'],
  ['sim/cluster/timer.ts', 'setTimeout(() => 1, 1);', 'no-restricted-globals'],
  ['sim/engine/random.ts', 'export const draw = Math.random();', 'no-restricted-properties'],
  ['core/any.ts', 'export const f = (x: any): unknown => x;', 'no-explicit-any'],
  ['web/state/bang.ts', 'export const f = (x: number | undefined): number => x!;', 'no-non-null-assertion'],
  ['web/state/unused.ts', 'const unused = 1;\nexport {};', 'no-unused-vars'],
  ['sim/cli/console.ts', 'console.log(1);', 'no-console'],
];

const GOOD: readonly (readonly [path: string, text: string])[] = [
  ['sim/cli/clock.ts', "import { run } from '../index.ts';\nrun(Date.now());"],
  ['sim/cluster/engine.ts', "import { ln } from '../engine/index.ts';\nexport const x = ln(Math.sqrt(2));"],
  ['test/core/anything.test.ts', "import { run } from '../../sim/index.ts';\nrun(Date.now(), Math.random());"],
  ['web/views/page.ts', "import { run } from '../../sim/index.ts';\nrun(performance.now());"],
];

let folder = '';
let complaints: readonly string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-lint-'));
  for (const [path, text] of [...BAD, ...GOOD]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  const oxlint = join(ROOT, 'node_modules/.bin/oxlint');
  const { stdout } = spawnSync(oxlint, ['-c', join(ROOT, 'test/lint/oxlint.json'), '-f', 'unix', folder], {
    encoding: 'utf8',
  });
  complaints = stdout.split('\n').map((line) => line.replaceAll('\\', '/'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the lint configuration', () => {
  it.each(BAD)('finds the violation in %s', (path, _text, rule) => {
    expect(complaints.filter((line) => line.includes(`/${path}:`))).toContainEqual(
      expect.stringContaining(`(${rule})`),
    );
  });

  it.each(GOOD)('lets %s pass', (path) => {
    expect(complaints.filter((line) => line.includes(`/${path}:`))).toEqual([]);
  });
});
