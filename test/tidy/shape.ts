/**
 * The shape of files: one idea each, so at most 400 lines, and functions that fit a screen, so at most 60. Each opens
 * with a header comment, each exported name says what it means, and an index.ts lists names and does nothing else.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { findingAt, type Check, type Finding, type Source, walk } from './source.ts';

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 60;

/** No file and no function is too long. The body of a `describe` is a list of tests, not a function. */
export const sizes: Check = (sources) =>
  sources.filter(isCode).flatMap((file) => {
    const lines = file.text.trimEnd().split('\n').length;
    const findings: Finding[] = [];
    if (lines > MAX_FILE_LINES)
      findings.push({
        path: file.path,
        line: 1,
        message: `${lines} lines (at most ${MAX_FILE_LINES}): split by concept`,
      });
    if (file.code !== undefined) walk(file.code, (node) => findings.push(...longFunction(file, node)));
    return findings;
  });

/** Every source file opens with a comment that says what it is; a test file need not, its tests are sentences. */
export const headers: Check = (sources) =>
  sources.flatMap((file) =>
    file.code === undefined || isTest(file) || /^(#!.*\n)?\s*(\/\*\*|<!--|<script[^>]*>\s*\/\*\*)/.test(file.text)
      ? []
      : [{ path: file.path, line: 1, message: 'open with a header comment: what, why, where in the flow' }],
  );

/** Every exported name of the product has a doc comment. */
export const docs: Check = (sources) =>
  sources.filter((file) => /^(core|sim|web)\//.test(file.path) && !isIndex(file)).flatMap(undocumented);

/** An index.ts only lists names, and no other file hands on names of another. */
export const indexes: Check = (sources) =>
  sources.flatMap((file) =>
    (file.code?.statements ?? []).flatMap((statement) => {
      const handsOn = ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
      if (isIndex(file) && !handsOn)
        return [findingAt(file, statement, 'an index.ts lists names (export … from) and nothing else')];
      if (!isIndex(file) && handsOn)
        return [findingAt(file, statement, 'only an index.ts hands on names of another file')];
      return [];
    }),
  );

function longFunction(file: Source, node: ts.Node): Finding[] {
  if (!ts.isFunctionLike(node) || file.code === undefined || isDescribe(node.parent)) return [];
  const first = file.code.getLineAndCharacterOfPosition(node.getStart(file.code)).line;
  const lines = file.code.getLineAndCharacterOfPosition(node.end).line - first + 1;
  return lines > MAX_FUNCTION_LINES
    ? [findingAt(file, node, `a function of ${lines} lines (at most ${MAX_FUNCTION_LINES}): give its parts names`)]
    : [];
}

function isDescribe(parent: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^(test\.)?describe\b/.test(parent.expression.getText());
}

/**
 * A name is documented by its own comment, by that of a neighbour without a blank line between (a run of kin), by the
 * header if the file is called after it, or, if it is a record, by a comment on each of its members.
 */
function undocumented(file: Source): Finding[] {
  const { code } = file;
  if (code === undefined) return [];
  const silent = (statement: ts.Statement): boolean =>
    ts.getJSDocCommentsAndTags(statement).length === 0 && !speaksForItself(file, statement);
  return runsOfExports(code)
    .filter((run) => run.every(silent))
    .flatMap((run) => {
      const [first] = run;
      return first === undefined
        ? []
        : [findingAt(file, first, `say what ${run.flatMap(namesOf).join(', ')} means in a doc comment`)];
    });
}

/** Exported statements, neighbours without a blank line between them together. */
function runsOfExports(code: ts.SourceFile): ts.Statement[][] {
  const runs: ts.Statement[][] = [];
  code.statements.forEach((statement, index) => {
    if (!isExported(statement)) return;
    const before = code.statements[index - 1];
    const adjoins = before !== undefined && !code.text.slice(before.end, statement.getStart(code)).includes('\n\n');
    const run = runs.at(-1);
    if (adjoins && run !== undefined && run.at(-1) === before) run.push(statement);
    else runs.push([statement]);
  });
  return runs;
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** drawQueue in queue.ts, HintStore in hint-store.ts; or a record that explains its members. */
function speaksForItself({ path }: Source, statement: ts.Statement): boolean {
  const calledAfter = posix
    .basename(path)
    .replace(/(\.svelte)?\.ts$/, '')
    .replaceAll('-', '')
    .toLowerCase();
  if (namesOf(statement).some((name) => name.replaceAll('_', '').toLowerCase().includes(calledAfter))) return true;
  return (
    ts.isInterfaceDeclaration(statement) &&
    statement.members.every((member) => ts.getJSDocCommentsAndTags(member).length > 0)
  );
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : ['it'];
}

function isIndex({ path }: Source): boolean {
  return posix.basename(path) === 'index.ts';
}

function isTest({ path }: Source): boolean {
  return /\.(test|spec)\.ts$/.test(path);
}

function isCode({ path }: Source): boolean {
  return /\.(ts|svelte|css)$/.test(path);
}
