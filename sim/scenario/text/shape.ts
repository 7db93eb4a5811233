/**
 * The schema as something to walk: which of valibot's schemas are containers, what their keys are, and how to say in
 * words what they take. Everything that is no container is a leaf.
 */
import * as v from 'valibot';
import { readSaying } from './leaf.ts';
import type { SourceNode } from './source-tree.ts';

/** Any part of the schema. */
export type Shape = v.GenericSchema;
/** A map with fixed keys. */
export type MapShape = v.StrictObjectSchema<v.ObjectEntries, undefined>;
/** A map whose keys are names. */
export type NamedShape = v.RecordSchema<v.GenericSchema<string, string>, Shape, undefined>;
/** A list. */
export type ListShape = v.ArraySchema<Shape, undefined>;
/** A list of a fixed length. */
export type TupleShape = v.StrictTupleSchema<v.TupleItems, undefined>;
/** One of several. */
export type EitherShape = v.UnionSchema<Shape[], undefined>;
/** A key that may be left out. */
export type OptionalShape = v.ExactOptionalSchema<Shape, undefined>;

export const isMapShape = (shape: Shape): shape is MapShape => shape.type === 'strict_object';
export const isNamedShape = (shape: Shape): shape is NamedShape => shape.type === 'record';
export const isListShape = (shape: Shape): shape is ListShape => shape.type === 'array';
export const isTupleShape = (shape: Shape): shape is TupleShape => shape.type === 'strict_tuple';
export const isOptionalShape = (shape: Shape): shape is OptionalShape => shape.type === 'exact_optional';
/** A union of shapes; a leaf that takes texts and numbers is a union too, but one that reads what it takes. */
export const isEitherShape = (shape: Shape): shape is EitherShape => shape.type === 'union' && !isReader(shape);

/** The shape without "may be left out". */
export function required(shape: Shape): Shape {
  return isOptionalShape(shape) ? shape.wrapped : shape;
}

/** The shapes that a shape allows, unions within unions flattened. */
export function alternatives(shape: Shape): readonly Shape[] {
  return isEitherShape(shape) ? shape.options.flatMap(alternatives) : [shape];
}

/** The keys of a map shape, as they are written in the schema. */
export function keysOf(shape: MapShape): readonly string[] {
  return Object.keys(shape.entries);
}

/** Those of its keys that must be there. */
export function requiredKeysOf(shape: MapShape): readonly string[] {
  return Object.entries(shape.entries).flatMap(([key, entry]) => (entry.type === 'exact_optional' ? [] : [key]));
}

/** What a shape takes, in words. */
export function expectationOf(shape: Shape): string {
  const shapes = alternatives(shape);
  const maps = shapes.filter(isMapShape);
  const words = shapes.filter((option) => !isMapShape(option)).map(wordsOf);
  const heads = [...new Set(maps.flatMap(headOf))];
  if (heads.length > 0) words.push(`a map with ${heads.length === 1 ? '' : 'one of '}${heads.join(', ')}`);
  else if (maps.length > 0) words.push(`a map of ${maps.flatMap(keysOf).join(', ')}`);
  return words.join(', or ');
}

/** Whether a node has the build that a shape needs: a map, a list, or a single value. */
export function hasBuildOf(shape: Shape, node: SourceNode): boolean {
  if (isMapShape(shape) || isNamedShape(shape)) return node.kind === 'map';
  if (isListShape(shape) || isTupleShape(shape)) return node.kind === 'list';
  return node.kind === 'scalar';
}

/** The key that tells a map of a union from the others: the first that must be there, but for a part's weight. */
export function headOf(shape: MapShape): readonly string[] {
  return requiredKeysOf(shape)
    .filter((key) => key !== 'weight')
    .slice(0, 1);
}

function wordsOf(shape: Shape): string {
  if (isNamedShape(shape)) return 'a map of names';
  if (isListShape(shape)) return 'a list';
  if (isTupleShape(shape)) return `a list of ${shape.items.length}`;
  const [issue] = v.safeParse(shape, undefined).issues ?? [];
  return issue === undefined ? 'a value' : readSaying(issue.message).expected;
}

/** Whether a pipe of the shape, or a pipe within it, turns what it takes into something else. */
function isReader(shape: unknown): boolean {
  if (typeof shape !== 'object' || shape === null || !('pipe' in shape) || !Array.isArray(shape.pipe)) return false;
  return shape.pipe.some((item: unknown) => isTransformation(item) || isReader(item));
}

function isTransformation(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'transformation';
}
