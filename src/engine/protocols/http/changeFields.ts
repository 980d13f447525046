// Changes values of single fields in the bytes of a head; every other byte stays as it came.

import type { FieldChange } from '../../../shared/frame/httpDetail.ts'
import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import { withoutBlanks } from './answerHead.ts'
import { fieldText } from './fieldBytes.ts'

/** Answers with the value to write instead; the same one leaves the field as it is. `name` is in lower case. */
export type ChangeField = (name: string, value: string) => string

export interface ChangedHead {
  /** The head that came, where nothing was changed. */
  readonly bytes: Uint8Array
  readonly changes: readonly FieldChange[]
}

/** `head`: from the first line to the empty line and with it. Values have a character for each byte, those of `changes` are text. */
export function changeFields(head: Uint8Array, change: ChangeField): ChangedHead {
  const text = latin1(head)
  const changes: FieldChange[] = []
  let written = ''
  let from = 0
  for (const { name, value, at } of fieldsOf(text)) {
    const before = unfolded(value)
    const after = change(name.toLowerCase(), before)
    if (after === before) continue
    written += text.slice(from, at) + after
    from = at + value.length
    changes.push({ name, from: fieldText(before), to: fieldText(after) })
  }
  if (changes.length === 0) return { bytes: head, changes }
  return { bytes: latin1Bytes(written + text.slice(from)), changes }
}

interface PlacedField {
  readonly name: string
  /** As it stands there, without blanks around it. */
  readonly value: string
  readonly at: number
}

/** [rfc9112] 5.2: a line that begins with a blank goes on with the field before it. */
function* fieldsOf(text: string): Generator<PlacedField> {
  let lineAt = text.indexOf('\n') + 1
  while (lineAt > 0 && lineAt < text.length) {
    let end = text.indexOf('\n', lineAt)
    while (end >= 0 && isBlank(text[end + 1])) end = text.indexOf('\n', end + 1)
    if (end < 0) return
    const line = text.slice(lineAt, text[end - 1] === '\r' ? end - 1 : end)
    const colon = line.indexOf(':')
    if (colon > 0) {
      const rest = line.slice(colon + 1)
      const value = withoutBlanks(rest)
      const at = lineAt + colon + 1 + (value === '' ? 0 : rest.indexOf(value))
      yield { name: withoutBlanks(line.slice(0, colon)), value, at }
    }
    lineAt = end + 1
  }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function unfolded(value: string): string {
  return value.replace(/\r?\n[ \t]+/g, ' ')
}
