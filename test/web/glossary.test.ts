import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definitionOf, GLOSSARY, TERMS } from '../../web/glossary.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the page and the README define the same words in the same way', () => {
  const section = /^## Glossary\n(.*?)^## /ms.exec(README)?.[1] ?? '';
  const told = [...section.replaceAll(/\s+/g, ' ').matchAll(/\*\*(.+?)\*\*: (.*?)(?= \*\*|$)/g)];
  expect(told.length).toBeGreaterThan(10);
  expect(Object.fromEntries(told.map(([, name, definition]) => [name, definition?.trim()]))).toEqual(GLOSSARY);
});

test('definitions are plain text on the page', () => {
  expect(TERMS).toHaveLength(Object.keys(GLOSSARY).length);
  expect(definitionOf('TTL, deadline')).toBe('how long a hint lives; it is expired when deadline <= now.');
});
