/**
 * Files that cannot be written: a closed folder is told before the work, and of a file that is cut off nothing stays.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeFolder, writeOut } from '../../../sim/cli/files.ts';
import { HINTLAB_PROCESS } from '../../support/hintlab-process.ts';

/** Somebody who owns nothing, on every Unix. */
const NOBODY = 65_534;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Root may write everywhere, so to be refused it has to be somebody else for a moment. */
function asNobody<Result>(act: () => Result): Result {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a folder for finds', () => {
  it('is made with those above it, and nothing stays of the look whether it takes files', () => {
    const deep = join(folder, 'a', 'b');
    expect(madeFolder(deep)).toBeUndefined();
    expect(readdirSync(deep)).toEqual([]);
  });

  // Windows has no such permissions.
  it.skipIf(process.geteuid === undefined)('that is closed is told of, and so is one that cannot be made there', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    chmodSync(folder, 0o755);
    const why = 'it is not open to you (permission denied)';
    expect(asNobody(() => madeFolder(closed))).toBe(`cannot write ${closed}: ${why}`);
    const below = join(closed, 'finds');
    expect(asNobody(() => madeFolder(below))).toBe(`cannot make the folder ${below}: ${why}`);
  });
});

describe('a file that is written', () => {
  it('is there whole, in place of what was there', () => {
    const path = join(folder, 'whole.yaml');
    expect([writeOut(path, 'the first one, longer'), writeOut(path, 'second')]).toEqual([undefined, undefined]);
    expect(readFileSync(path, 'utf8')).toBe('second');
  });

  // A device that is full whatever is written to it; Linux alone has one.
  it.skipIf(!existsSync('/dev/full'))('on a disk that is full is told of, and a device stays where it is', () => {
    expect(writeOut('/dev/full', 'x')).toBe('cannot write /dev/full: it lies on a disk that is full');
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  // A limit on the size of files cuts a write off half way as a full disk does, and takes no disk. A shell sets it.
  it.skipIf(process.platform === 'win32')(
    'leaves nothing behind when it is cut off half way',
    { timeout: 60_000 },
    () => {
      const path = join(folder, 'cut-off.trace');
      const { status, stdout, stderr } = spawnSync(
        'sh',
        ['-c', 'ulimit -f 32 && exec "$@"', 'sh', ...HINTLAB_PROCESS, 'run', 'late-hint', '--trace', path],
        // What compiles the sources keeps its own files, which the limit must not cut off.
        { encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
      );
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `cannot write ${path}: it would be larger than a file may be here\n`,
      });
      expect(stdout).toContain('outage of');
      expect(existsSync(path)).toBe(false);
    },
  );
});
