/** Which scripts count as first load, on a page made of a few strings. */
import { expect, it } from 'vitest';
import { firstLoad } from './first-load.ts';

const PAGE = `<!doctype html>
<link rel="icon" href="data:,">
<script type="module" crossorigin src="./assets/entry.js"></script>
<link rel="modulepreload" crossorigin href="./assets/preloaded.js">
<link rel="stylesheet" crossorigin href="./assets/style.css">`;

const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['assets/entry.js', 'import{a as b}from"./shared.js";import"./side-effect.js";const later=()=>import("./lazy.js");'],
  ['assets/preloaded.js', 'export*from"./shared.js";new Worker(new URL("./worker.js",import.meta.url));'],
  ['assets/shared.js', 'import{c}from"./deep.js";'],
  ['assets/side-effect.js', ''],
  ['assets/deep.js', 'import{d}from"./shared.js";'],
]);

it('counts the entry, preloads and static imports once each, even in a circle, and nothing that is lazy', () => {
  const read = (path: string): string => SCRIPTS.get(path) ?? `throw new Error("read ${path}")`;
  expect(firstLoad(PAGE, read).toSorted()).toEqual([...SCRIPTS.keys()].toSorted());
});
