/**
 * What must not be left behind: notes to ourselves, tests that are switched off or alone, printing outside the command
 * line, and the paths of one person's machine. And one thing that must not be missing: a golden test for every story.
 */
import ts from 'typescript';
import { commentsOf, findingAt, findingAtOffset, type Check, type Finding, type Source, walk } from './source.ts';

const NOTES = /\b(FIXME|TODO|XXX)\b/;
const MACHINE_PATHS = /(^|[\s'"`(=])(\/(work|root|home|Users|tmp)\/|[A-Z]:\\)\S/gm;
const STORIES = 'sim/scenario/stories/';

/** No note that says the work is not done. */
export const notes: Check = (sources) =>
  sources.flatMap((file) =>
    commentsOf(file).flatMap(({ offset, text }) => {
      const hit = NOTES.exec(text);
      return hit === null
        ? []
        : [findingAtOffset(file, offset + hit.index, `no ${hit[0]}: do it now, or leave it out`)];
    }),
  );

/** No test runs alone, and none is switched off; one may wait for data that is not everywhere (`skipIf`). */
export const switchedTests: Check = (sources) =>
  inCode(sources, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !/^(it|test|describe|suite)\b/.test(node.expression.getText()))
      return undefined;
    return ['only', 'skip', 'todo', 'fixme'].includes(node.name.text)
      ? `no .${node.name.text}: every test runs, always`
      : undefined;
  });

/** Only the command line prints; under test/, only scripts do. */
export const printing: Check = (sources) =>
  inCode(sources.filter(isSilent), (node) =>
    ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console'
      ? 'no console: return a value, and let sim/cli print it'
      : undefined,
  );

/** No path that exists on one machine only. */
export const machinePaths: Check = (sources) =>
  sources.flatMap((file) =>
    [...file.text.matchAll(MACHINE_PATHS)].map((hit) =>
      findingAtOffset(
        file,
        hit.index + (hit[1] ?? '').length,
        `no machine path (${hit[0].trim()}…): resolve it from import.meta.url or os.tmpdir()`,
      ),
    ),
  );

/** Every story is named in a golden test, so that none changes what it tells without anyone noticing. */
export const goldenStories: Check = (sources) => {
  const golden = new Set<string>();
  for (const { path, code } of sources) {
    if (code === undefined || !/^test\/.*(golden|stor(y|ies)).*\.test\.ts$/.test(path)) continue;
    walk(code, (node) => void (ts.isStringLiteralLike(node) && golden.add(node.text)));
  }
  return sources.flatMap(({ path }) => {
    if (!path.startsWith(STORIES) || !path.endsWith('.yaml')) return [];
    const story = path.slice(STORIES.length, -'.yaml'.length);
    return golden.has(story)
      ? []
      : [
          {
            path,
            line: 1,
            message: `name '${story}' in a golden test (test/**/*golden*.test.ts or *stories*.test.ts)`,
          },
        ];
  });
};

function isSilent({ path }: Source): boolean {
  const isScript = /^test\/(bench|engines|validate)\//.test(path) || /^test\/[^/]+(?<!\.test)\.ts$/.test(path);
  return !path.startsWith('sim/cli/') && !isScript;
}

function inCode(sources: readonly Source[], problemOf: (node: ts.Node) => string | undefined): Finding[] {
  const findings: Finding[] = [];
  for (const file of sources) {
    if (file.code === undefined) continue;
    walk(file.code, (node) => {
      const problem = problemOf(node);
      if (problem !== undefined) findings.push(findingAt(file, node, problem));
    });
  }
  return findings;
}
