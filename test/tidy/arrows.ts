/**
 * Import arrows: which folder may import which, after the design of the house, and never in a circle.
 *
 * Type imports count too: a type that points back is a design that points back. The Scenario as data is a layer of its
 * own (`sim/scenario/model`), which all of sim may know; its parser, presets and stories are not.
 */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { findingAt, type Check, type Finding, type Source, walk } from './source.ts';

interface Layer {
  /** Folders it may import, beside itself; a folder ending in `/` stands for everything below it. */
  readonly may: readonly string[];
  readonly packages: 'none' | 'dependencies' | 'all but node:' | 'all';
}

/** What the outermost folders build on. */
const ALL_OF_SIM = [
  'core',
  'sim/scenario',
  'sim/scenario/model',
  'sim/engine',
  'sim/trace',
  'sim/check',
  'sim/cluster',
  'sim/explore',
  'sim/conform',
  'sim/testing',
];

/** By folder: `core`, `web`, `test`, `sim` (the files right in it), each folder of `sim`, and the scenario's model. */
const LAYERS: ReadonlyMap<string, Layer> = new Map<string, Layer>([
  ['core', { may: [], packages: 'none' }],
  ['sim/scenario/model', { may: ['core'], packages: 'none' }],
  ['sim/scenario', { may: ['core', 'sim/scenario/model'], packages: 'dependencies' }],
  ['sim/engine', { may: ['core'], packages: 'dependencies' }],
  ['sim/trace', { may: ['core', 'sim/engine', 'sim/scenario/model'], packages: 'dependencies' }],
  ['sim/cluster', { may: ['core', 'sim/engine', 'sim/trace', 'sim/scenario/model'], packages: 'dependencies' }],
  ['sim/check', { may: ['core', 'sim/trace', 'sim/scenario/model'], packages: 'dependencies' }],
  ['sim/conform', { may: ['core'], packages: 'dependencies' }],
  [
    'sim/explore',
    {
      may: ['core', 'sim/scenario', 'sim/scenario/model', 'sim/engine', 'sim/trace', 'sim/check', 'sim/cluster'],
      packages: 'dependencies',
    },
  ],
  ['sim/testing', { may: ALL_OF_SIM, packages: 'dependencies' }],
  ['sim', { may: ALL_OF_SIM, packages: 'dependencies' }],
  ['sim/cli', { may: [...ALL_OF_SIM, 'sim'], packages: 'all' }],
  ['web', { may: [...ALL_OF_SIM, 'sim'], packages: 'all but node:' }],
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
}

function badImports(file: Source): Finding[] {
  const folder = folderOf(file.path);
  const layer = LAYERS.get(folder);
  if (layer === undefined)
    return [{ path: file.path, line: 1, message: `${folder} has no arrows yet: give it some in test/tidy/arrows.ts` }];
  return importsOf(file).flatMap((found) => {
    const problem =
      found.target === undefined ? badPackage(layer, found.specifier) : badTarget(folder, layer, found.target);
    return problem === undefined
      ? []
      : [findingAt(file, found.node, `${folder} may not import ${found.specifier}: ${problem}`)];
  });
}

function badTarget(folder: string, layer: Layer, target: string): string | undefined {
  const to = folderOf(target);
  if (to === folder || layer.may.includes('/') || layer.may.includes(to)) return undefined;
  return `its arrows go to ${layer.may.join(', ') || 'nothing'}`;
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
    if (specifier !== undefined) found.push({ node, specifier, target: targetOf(file, specifier) });
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

function layered({ path }: Source): boolean {
  return /^(core|sim|web|test)\//.test(path);
}

/** `core/x/y.ts` → core, `sim/trace/queries/lanes.ts` → sim/trace, `sim/index.ts` → sim. */
function folderOf(path: string): string {
  if (path.startsWith('sim/scenario/model/')) return 'sim/scenario/model';
  const parts = path.split('/');
  return parts[0] === 'sim' && parts.length > 2 ? `sim/${parts[1] ?? ''}` : (parts[0] ?? '');
}

function readDependencies(): string[] {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const listed =
    typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest ? manifest.dependencies : {};
  return Object.keys(listed ?? {});
}
