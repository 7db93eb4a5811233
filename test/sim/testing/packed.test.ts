/**
 * hintlab/testing as others get it: packed, unpacked into an empty project, and used by the example of the README, which
 * fails on purpose. The dependencies are linked from this project, as an installation would bring them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
/** A build, a pack and a whole vitest: seconds on a free machine. */
const LIMIT_MS = 240_000;

const project = mkdtempSync(join(tmpdir(), 'hintlab-project-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** The block of the README in that language that holds `text`. */
function blockWith(language: string, text: string): string {
  const blocks = [...README.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] ?? '',
  );
  return blocks.find((block) => block.includes(text)) ?? '';
}

function link(name: string): void {
  const place = join(project, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), place);
}

function install(): void {
  expect(run('npm', ['run', '-s', 'build:lib'], ROOT)).toMatchObject({ status: 0 });
  expect(run('npm', ['pack', '--ignore-scripts', '--pack-destination', project], ROOT)).toMatchObject({ status: 0 });
  const [tarball = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  const home = join(project, 'node_modules', 'hintlab');
  mkdirSync(home, { recursive: true });
  expect(run('tar', ['-xzf', join(project, tarball), '--strip-components=1', '-C', home], project)).toMatchObject({
    status: 0,
  });
  const manifest: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const listed =
    typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest ? manifest.dependencies : {};
  for (const name of [...Object.keys(listed ?? {}), 'vitest']) link(name);
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "type": "module" }\n');
}

describe('hintlab/testing, packed', () => {
  it('fails the test of the README with the report of the smallest scenario', { timeout: LIMIT_MS }, () => {
    install();
    const example = blockWith('ts', 'hintlab/testing');
    expect(example).toContain('expectNoViolation');
    writeFileSync(join(project, 'design.test.ts'), example);
    const vitest = join('node_modules', 'vitest', 'vitest.mjs');
    const { status, output } = run(process.execPath, [vitest, 'run', '--root', '.', '--no-color'], project);
    expect({ status, output }).toMatchObject({ status: 1 });
    const report = blockWith('report', 'violated')
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(report.length).toBeGreaterThan(6);
    for (const line of report) expect(output).toContain(line.replace(/…$/, '').trim());
  });
});
