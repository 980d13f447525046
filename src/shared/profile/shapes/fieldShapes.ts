// The shapes of single fields: a truth value, a time, a text, a file, one of several words.

import { formatDuration } from '../../text/duration.ts'
import type { FieldReader } from './fieldReader.ts'
import { durationSchema, type Schema } from './schemaShapes.ts'
import type { MapText, TextRole } from './textRole.ts'

/** A field of an object, or a part of one, that has one value. */
interface FieldShape<V> {
  readonly neutral: V
  readonly schema: Schema
  read(read: FieldReader): V
}

/** A shape whose value may hold references. */
interface TextShape<V> extends FieldShape<V> {
  mapText(value: V, map: MapText): V
}

export function flagShape(field: string, neutral: boolean): FieldShape<boolean> {
  return { neutral, schema: { type: 'boolean' }, read: (read) => read.flag(field, neutral) }
}

/** Milliseconds; null without it. */
export function durationShape(
  field: string,
  ...suggestions: readonly string[]
): FieldShape<number | null> & { format(ms: number | null): string | undefined } {
  return {
    neutral: null,
    schema: durationSchema(...suggestions),
    read: (read) => read.duration(field),
    format: (ms) => (ms === null ? undefined : formatDuration(ms)),
  }
}

/** A text that may be left out. `path` is how a user knows it, `field` its name in its object. */
export function textShape(
  field: string,
  schema: Schema,
  { path = field, role = { kind: 'plain' } }: { path?: string; role?: TextRole } = {},
): TextShape<string | null> {
  return {
    neutral: null,
    schema: { type: 'string', ...schema },
    read: (read) => read.text(field),
    mapText: (text, map) => (text === null ? null : map(text, path, role)),
  }
}

/** The path of a file. */
export function fileShape(
  field: string,
  path: string = field,
): TextShape<string | null> & { readonly note: string } {
  const shape = textShape(field, { minLength: 1 }, { path, role: { kind: 'file' } })
  return { ...shape, note: 'A relative path starts at the workspace folder.' }
}

/** One of the words; `described` has a sentence for each of them, in their order. */
export function choiceShape<T extends string, N extends T | null>(
  field: string,
  words: readonly T[],
  neutral: N,
  described?: Readonly<Record<T, string>>,
): FieldShape<T | N> {
  const enumDescriptions = described && words.map((word) => described[word])
  return {
    neutral,
    schema: { enum: words, ...(enumDescriptions && { enumDescriptions }) },
    read: (read) => read.choice(field, words) ?? neutral,
  }
}
