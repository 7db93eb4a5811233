/**
 * The digests of all stories in one engine: runs the bundled script there and reads the lines that it prints.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium } from 'playwright';

/** What the script prints of a story. */
export interface Line {
  readonly story: string;
  /** 16 hexadecimal digits, or in words why there are none. */
  readonly digest: string;
  readonly events: number;
}

/** A run of all stories takes seconds; an engine that takes longer than this hangs. */
const PATIENCE_MS = 300_000;

/** In a shell: `node FILE` or `jsc FILE`. */
export async function digestsInShell(shell: string, file: string): Promise<readonly Line[]> {
  const { stdout } = await promisify(execFile)(shell, [file], { timeout: PATIENCE_MS });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(readLine);
}

/** In a page of the Chromium at `executablePath`. */
export async function digestsInChromium(executablePath: string, file: string): Promise<readonly Line[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const lines: Line[] = [];
    page.on('console', (message) => lines.push(readLine(message.text())));
    await page.addScriptTag({ path: file });
    // What was logged before this answer has been told by then.
    await page.evaluate('0');
    return lines;
  } finally {
    await browser.close();
  }
}

function readLine(text: string): Line {
  const line: unknown = JSON.parse(text);
  if (!isLine(line)) throw new Error(`a line of digests is ${text}`);
  return line;
}

function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && 'story' in value && 'digest' in value && 'events' in value;
}
