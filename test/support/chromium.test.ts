/**
 * Finding and installing a browser, on made-up machines: folders of small shell scripts that stand for browsers, `npx`,
 * `apt-get` and `sudo`. Real processes, nothing mocked.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureChromium, findChromium, type Machine } from './chromium.ts';

const STARTS = 'exit 0';
const LACKS_LIBRARIES = 'exit 127';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

function machine(env: NodeJS.ProcessEnv = {}, isRoot = true): Machine {
  return { platform: 'linux', env: { PATH: folder, ...env }, playwrightOwn: join(folder, 'own'), isRoot };
}

/** A script that puts a working browser at `name`. */
function installs(name: string): string {
  const path = join(folder, name);
  return `printf '#!/bin/sh\\nexit 0\\n' > ${path}; /bin/chmod 755 ${path}`;
}

describe('findChromium', () => {
  it('takes CHROMIUM_PATH before anything else', () => {
    program('chromium', STARTS);
    const chosen = program('mine', STARTS);
    expect(findChromium(machine({ CHROMIUM_PATH: chosen }))).toBe(chosen);
  });

  it('prefers the browsers of the system to that of Playwright', () => {
    program('own', STARTS);
    const installed = program('google-chrome', STARTS);
    expect(findChromium(machine())).toBe(installed);
  });

  it('passes over a browser that does not start', () => {
    program('chromium', LACKS_LIBRARIES);
    const own = program('own', STARTS);
    expect(findChromium(machine({ CHROMIUM_PATH: join(folder, 'nowhere') }))).toBe(own);
  });

  it('finds nothing on a machine that has nothing', () => {
    expect(findChromium(machine())).toBeUndefined();
  });
});

describe('ensureChromium', () => {
  it('installs nothing where there is one', () => {
    const present = program('chromium', STARTS);
    const said: string[] = [];
    expect(ensureChromium((line) => said.push(line), machine())).toEqual({ kind: 'found', path: present });
    expect(said).toEqual([]);
  });

  it("installs Playwright's own and says so", () => {
    program('npx', installs('own'));
    const said: string[] = [];
    expect(ensureChromium((line) => said.push(line), machine())).toEqual({ kind: 'found', path: join(folder, 'own') });
    expect(said).toEqual(["no Chromium found: installing Playwright's own", `installed ${join(folder, 'own')}`]);
  });

  it("falls back to the distribution's package where the download fails", () => {
    program('npx', 'exit 1');
    program('apt-get', `case "$*" in *install*) ${installs('chromium')} ;; esac`);
    const said: string[] = [];
    expect(ensureChromium((line) => said.push(line), machine())).toMatchObject({ path: join(folder, 'chromium') });
    expect(said).toContain("no Chromium found: installing the distribution's package");
  });

  it('falls back to it too where the download lacks system libraries', () => {
    program('npx', `${installs('own')}; printf '#!/bin/sh\\nexit 127\\n' > ${join(folder, 'own')}`);
    program('apt-get', `case "$*" in *install*) ${installs('chromium')} ;; esac`);
    const said: string[] = [];
    expect(ensureChromium((line) => said.push(line), machine())).toMatchObject({ path: join(folder, 'chromium') });
    expect(said).toContain('installed, but it does not start');
  });

  it('asks sudo without a password where it is not root', () => {
    program('npx', 'exit 1');
    program('sudo', 'test "$1" = -n || exit 1; shift; exec "$@"');
    program('apt-get', `case "$*" in *install*) ${installs('chromium')} ;; esac`);
    expect(ensureChromium(() => undefined, machine({}, false)).kind).toBe('found');
  });

  it('says what to do where nothing works', () => {
    program('npx', 'exit 1');
    program('sudo', 'exit 1');
    const ensured = ensureChromium(() => undefined, machine({}, false));
    expect(ensured).toMatchObject({ kind: 'missing', advice: expect.stringContaining('CHROMIUM_PATH=') });
  });
});
