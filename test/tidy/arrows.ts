/**
 * Import arrows: which folder may import which, after the design of the house, and never in a circle.
 *
 * Type imports count too: a type that points back is a design that points back. Where a folder may know another one's
 * types but not its code, that is said apart (`types`).
 */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { findingAt, type Check, type Finding, type Source, walk } from './source.ts';

interface Layer {
  /** Folders it may import, beside itself; a folder ending in `/` stands for everything below it. */
  readonly may: readonly string[];
  /** Folders it may import types from. */
  readonly types?: readonly string[];
  readonly packages: 'none' | 'dependencies' | 'all but node:' | 'all';
}

/** By folder: `core`, `web`, `test`, `sim` (the files right in it) and each folder of `sim`. */
const LAYERS: ReadonlyMap<string, Layer> = new Map<string, Layer>([
  ['core', { may: [], packages: 'none' }],
  ['sim/scenario', { may: ['core'], packages: 'dependencies' }],
  ['sim/engine', { may: ['core'], packages: 'dependencies' }],
  ['sim/trace', { may: ['core'], types: ['sim/scenario'], packages: 'dependencies' }],
  ['sim/cluster', { may: ['core', 'sim/engine', 'sim/trace'], types: ['sim/scenario'], packages: 'dependencies' }],
  ['sim/check', { may: ['core', 'sim/trace'], packages: 'dependencies' }],
  [
    'sim',
    { may: ['core', 'sim/scenario', 'sim/engine', 'sim/trace', 'sim/check', 'sim/cluster'], packages: 'dependencies' },
  ],
  [
    'sim/cli',
    { may: ['core', 'sim', 'sim/scenario', 'sim/engine', 'sim/trace', 'sim/check', 'sim/cluster'], packages: 'all' },
  ],
  [
    'web',
    {
      may: ['core', 'sim', 'sim/scenario', 'sim/engine', 'sim/trace', 'sim/check', 'sim/cluster'],
      packages: 'all but node:',
    },
  ],
  ['test', { may: ['/'], packages: 'all' }],
]);

const dependencies = readDependencies();

/** Every import goes where its folder's arrows go. */
export const arrows: Check = (sources) => sources.flatMap((file) => (layered(file) ? badImports(file) : []));

/** No file reaches itself through its imports. */
export const cycles: Check = (sources) => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const done = new Set<string>();
  const findings: Finding[] = [];
  const visit = (file: Source, trail: readonly string[]): void => {
    if (trail.includes(file.path)) {
      const circle = [...trail.slice(trail.indexOf(file.path)), file.path].join(' → ');
      findings.push({ path: file.path, line: 1, message: `imports go in a circle: ${circle}` });
      return;
    }
    if (done.has(file.path)) return;
    for (const { target } of importsOf(file)) {
      const next = target === undefined ? undefined : byPath.get(target);
      if (next !== undefined) visit(next, [...trail, file.path]);
    }
    done.add(file.path);
  };
  for (const file of sources) visit(file, []);
  return findings;
};

interface Import {
  readonly node: ts.Node;
  readonly specifier: string;
  /** The file it names, for relative imports. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

function badImports(file: Source): Finding[] {
  const folder = folderOf(file.path);
  const layer = LAYERS.get(folder);
  if (layer === undefined)
    return [{ path: file.path, line: 1, message: `${folder} has no arrows yet: give it some in test/tidy/arrows.ts` }];
  return importsOf(file).flatMap((found) => {
    const problem =
      found.target === undefined ? badPackage(layer, found.specifier) : badTarget(folder, layer, found, found.target);
    return problem === undefined
      ? []
      : [findingAt(file, found.node, `${folder} may not import ${found.specifier}: ${problem}`)];
  });
}

function badTarget(folder: string, layer: Layer, { typeOnly }: Import, target: string): string | undefined {
  const to = folderOf(target);
  if (to === folder || layer.may.includes('/') || layer.may.includes(to)) return undefined;
  // The lists of names that types are made of live beside the types, in the file called after the folder.
  const isTypesFile = target === `${to}/${posix.basename(to)}.ts`;
  if (layer.types?.includes(to))
    return typeOnly || isTypesFile ? undefined : `it may know the types of ${to} only (import type)`;
  return `its arrows go to ${[...layer.may, ...(layer.types ?? []).map((name) => `types of ${name}`)].join(', ') || 'nothing'}`;
}

function badPackage({ packages }: Layer, specifier: string): string | undefined {
  if (packages === 'all') return undefined;
  if (specifier.startsWith('node:')) return 'files and the system belong to sim/cli';
  if (packages === 'none') return 'it has no dependencies';
  if (packages === 'all but node:') return undefined;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return dependencies.includes(name) ? undefined : 'it is not among the dependencies of package.json';
}

function importsOf(file: Source): Import[] {
  const found: Import[] = [];
  if (file.code === undefined) return found;
  walk(file.code, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined)
      found.push({ node, specifier, target: targetOf(file, specifier), typeOnly: isTypeOnly(node) });
  });
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
    return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literal(node.arguments[0]);
  return undefined;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function targetOf({ path }: Source, specifier: string): string | undefined {
  const file = specifier.split('?')[0] ?? specifier;
  return file.startsWith('.') ? posix.join(posix.dirname(path), file) : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false;
  const { importClause } = node;
  const names = importClause.namedBindings;
  const allTypes = names !== undefined && ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly);
  return importClause.phaseModifier === ts.SyntaxKind.TypeKeyword || (importClause.name === undefined && allTypes);
}

function layered({ path }: Source): boolean {
  return /^(core|sim|web|test)\//.test(path);
}

/** `core/x/y.ts` → core, `sim/trace/queries/lanes.ts` → sim/trace, `sim/index.ts` → sim. */
function folderOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'sim' && parts.length > 2 ? `sim/${parts[1] ?? ''}` : (parts[0] ?? '');
}

function readDependencies(): string[] {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const listed =
    typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest ? manifest.dependencies : {};
  return Object.keys(listed ?? {});
}
