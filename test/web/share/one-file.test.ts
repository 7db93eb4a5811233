import { expect, test } from 'vitest';
import { oneFile } from '../../../web/share/one-file.ts';
import { fileName } from '../../../web/share/save-file.ts';

const files = new Map([
  [
    'assets/index-1.js',
    'import{a}from"./part-2.js";import("./part-2.js");import(`./part-2.js`);new URL("w.js",import.meta.url)',
  ],
  ['assets/part-2.js', 'const t="</script><!-- from \'./elsewhere.js\'";export{t as a}'],
  ['assets/style-3.css', 'p{color:red}'],
]);
const page = oneFile({ files, entry: 'assets/index-1.js' }, '#v=1&story=a"b', 'a <b> · hintlab');

test('scripts find each other by name, and nothing names a file beside the page', () => {
  expect(page).toContain('import{a}from"hintlab/assets/part-2.js"');
  expect(page).toContain('import("hintlab/assets/part-2.js");import("hintlab/assets/part-2.js")');
  expect(page).toContain('new URL("w.js","https://hintlab.invalid/assets/index-1.js")');
  expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
});

test('no text of a script ends the element that it stands in', () => {
  expect(page.match(/<\/script>/g)).toHaveLength(3); // two scripts and the start
  expect(page).toContain("\\x3c/script>\\x3c!-- from './elsewhere.js'");
});

test('it says where it opens and what it is called', () => {
  expect(page).toContain('data-entry="assets/index-1.js" data-address="#v=1&amp;story=a&quot;b"');
  expect(page).toContain('<title>a &lt;b> · hintlab</title>');
});

test('packed a second time, from its own elements, it is the same', () => {
  const again = new Map(
    [...page.matchAll(/<(?:script|style)[^>]*data-file="([^"]+)">(.*?)<\/(?:script|style)>/gs)].map(
      ([, name = '', text = '']) => [name, text] as const,
    ),
  );
  expect(again.size).toBe(3);
  expect(oneFile({ files: again, entry: 'assets/index-1.js' }, '#v=1&story=a"b', 'a <b> · hintlab')).toBe(page);
});

test('files are called after what is in them', () => {
  expect(fileName(['lanl-23/fortnight', 'map'], 'svg')).toBe('lanl-23-fortnight-map.svg');
  expect(fileName(['', '///'], 'md')).toBe('hintlab.md');
});
