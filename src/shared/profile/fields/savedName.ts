// The name of a message or a request that a profile keeps.

import type { FieldReader } from '../shapes/fieldReader.ts'
import type { Schema } from '../shapes/schemaShapes.ts'

/** Null, and reported, where there is none; reported where one `before` has it as well. */
export function readName(
  entry: FieldReader,
  before: readonly (FieldReader | null)[],
): string | null {
  const name = entry.text('name')
  if (name === null || name.trim() === '') {
    if (name !== null || !entry.has('name')) entry.report('name', 'Add a "name" in quotes.')
    return null
  }
  if (before.some((other) => other?.value('name') === name)) {
    entry.report('name', `Change the name: "${name}" stands further up already.`)
  }
  return name
}

/** `list` is what they are called together. */
export function savedNameSchema(list: string): Schema {
  return {
    type: 'string',
    pattern: '\\S',
    description: `What the list of ${list} shows. Each name once.`,
  }
}
