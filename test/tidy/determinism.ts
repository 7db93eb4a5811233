/**
 * Determinism: what `core/` and `sim/` (outside `sim/cli/`) must not touch, because its result differs between two runs,
 * two engines or two places. Each ban names what to use instead.
 *
 * Names are judged by syntax: a banned global that a file declares itself (a parameter called `process`) is its own.
 */
import ts from 'typescript';
import { findingAt, type Check, type Finding, type Source, walk } from './source.ts';

const VIRTUAL_TIME = 'take virtual time from the Clock that you are handed';
const SCHEDULE = 'schedule an event on the queue of sim/engine';
const NO_LOCALE = 'format without a locale: sim/trace/format.ts';
const CLI_ONLY = 'the world outside belongs to sim/cli and web';

const GLOBALS: ReadonlyMap<string, string> = new Map([
  ...each(['Date', 'performance'], VIRTUAL_TIME),
  ...each(['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'], SCHEDULE),
  ...each(['requestAnimationFrame', 'requestIdleCallback', 'Promise'], SCHEDULE),
  ...each(
    ['console', 'process', 'require', 'globalThis', 'window', 'self', 'document', 'navigator', 'location'],
    CLI_ONLY,
  ),
  ...each(['fetch', 'localStorage', 'sessionStorage', 'indexedDB', 'Worker', 'eval', 'Function'], CLI_ONLY),
  ...each(['crypto'], 'draw from a named stream of sim/engine'),
  ...each(['Intl'], NO_LOCALE),
  ...each(['WeakRef', 'FinalizationRegistry'], 'nothing may depend on when memory is reclaimed'),
]);

const LOCALE_METHODS = [
  'localeCompare',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
];

/** Exact in every engine; everything else on Math is banned. */
const EXACT_MATH = [
  'floor',
  'ceil',
  'round',
  'trunc',
  'abs',
  'min',
  'max',
  'imul',
  'clz32',
  'sqrt',
  'fround',
  'sign',
  'LN10',
  'LN2',
  'E',
  'PI',
  'SQRT2',
];

/** The determinism bans over core and sim. */
export const determinism: Check = (sources) => sources.filter(isDeterministic).flatMap(bansIn);

function isDeterministic({ path }: Source): boolean {
  return /^(core|sim)\//.test(path) && !path.startsWith('sim/cli/');
}

function bansIn(file: Source): Finding[] {
  const findings: Finding[] = [];
  if (file.code === undefined) return findings;
  const own = declaredNames(file.code);
  walk(file.code, (node) => {
    const ban = ts.isIdentifier(node) ? bannedName(node, own) : bannedSyntax(node);
    if (ban !== undefined) findings.push(findingAt(file, node, ban));
  });
  return findings;
}

function bannedName(node: ts.Identifier, own: ReadonlySet<string>): string | undefined {
  const parent = node.parent;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyAssignment(parent);
  if (isMember) return LOCALE_METHODS.includes(node.text) ? `no ${node.text}: ${NO_LOCALE}` : undefined;
  if (own.has(node.text)) return undefined;
  if (node.text === 'Math') return bannedMath(parent);
  const instead = GLOBALS.get(node.text);
  return instead === undefined ? undefined : `no ${node.text}: ${instead}`;
}

function bannedMath(parent: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(parent))
    return 'name the member of Math right where it is used, so that this check can see it';
  const member = parent.name.text;
  if (EXACT_MATH.includes(member)) return undefined;
  if (member === 'random') return 'no Math.random: draw from a named stream of sim/engine';
  const instead =
    member === 'log'
      ? 'use ln of sim/engine'
      : member === 'exp'
        ? 'use exp of sim/engine'
        : 'use integer tables, or exp and ln of sim/engine';
  return `no Math.${member}, engines differ in its last bits: ${instead}`;
}

function bannedSyntax(node: ts.Node): string | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.AsteriskAsteriskToken:
    case ts.SyntaxKind.AsteriskAsteriskEqualsToken:
      return 'no **, engines differ in its last bits: multiply, or use exp and ln of sim/engine';
    case ts.SyntaxKind.AsyncKeyword:
    case ts.SyntaxKind.AwaitExpression:
      return `no async code, a run is synchronous: ${SCHEDULE}`;
    case ts.SyntaxKind.ForInStatement:
      return 'no for…in, its order depends on how keys look: iterate a Map or an array';
    default:
      return undefined;
  }
}

function declaredNames(code: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  walk(code, (node) => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isMethodSignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (declares && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  return names;
}

function each(names: readonly string[], instead: string): [string, string][] {
  return names.map((name) => [name, instead]);
}
