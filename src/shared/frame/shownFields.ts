// The fields that a user has chosen to see in rows: what a frame's JSON has there.

import { closeJson } from '../text/closeJson.ts'
import { compactSource } from '../text/compactJson.ts'
import { formatShortPath, parsePath } from '../text/jsonPath.ts'
import { valuesAt } from '../text/jsonPathValues.ts'
import { nestsDeeper } from '../text/nestsDeeper.ts'
import { longNumber, parseJson, WrittenNumber } from '../text/parseJson.ts'
import { visibleText } from '../text/visibleText.ts'
import type { Frame } from './frame.ts'
import type { Label, LabelPart } from './label.ts'
import { beginsJson } from './labels.ts'
import type { Packet } from './packet.ts'
import { startText } from './preview.ts'

/** So much of a payload is read for them; what stands behind it is not shown. */
export const shownBytes = 16 * 1024

export interface ShownCell {
  readonly text: string
  /** It is to be compared with those above and below it. */
  readonly isNumber?: true
}

/** What a row shows in place of the words for its JSON. */
export interface ShownCells {
  /** What stands before them: the type of the message, a status. */
  readonly lead: string
  /** One for each path; null where the frame has none. */
  readonly cells: readonly (ShownCell | null)[]
}

export interface ShownFields {
  /** As people write them. */
  readonly names: readonly string[]
  /**
   * Null where the frame has none of them, or is decoded and has not most of them: then its protocol's words say more.
   * `bytes`: the payload, or its first `shownBytes`.
   */
  cells(
    frame: Frame,
    bytes: Uint8Array | null,
    decoded?: readonly Packet[],
  ): ShownCells['cells'] | null
  /** The values by their paths; null where the frame has none of them. Of `[*]` all in a list. */
  values(frame: Frame, bytes: Uint8Array | null): Readonly<Record<string, unknown>> | null
}

const cellChars = 80

/** Those that are no path are left out. */
export function createShownFields(paths: readonly string[]): ShownFields {
  const fields = paths.flatMap((text) => {
    const path = parsePath(text)
    return path === null ? [] : [{ path, name: formatShortPath(path), isList: path.includes(null) }]
  })

  function find(frame: Frame, bytes: Uint8Array | null) {
    const json = readValue(frame, bytes)
    if (json === undefined) return null
    const found = fields.map(({ path }) => valuesAt(json, path))
    return found.some(({ length }) => length > 0) ? found : null
  }

  return {
    names: fields.map(({ name }) => visibleText(name)),
    cells(frame, bytes, decoded = []) {
      const found = find(frame, bytes)
      if (found === null) return null
      const had = found.filter(({ length }) => length > 0).length
      return decoded.length > 0 && had * 2 <= found.length ? null : found.map(cellOf)
    },
    values(frame, bytes) {
      const found = find(frame, bytes)
      if (found === null) return null
      const entries = fields.flatMap(({ name, isList }, index) => {
        const values = found[index] ?? []
        return values.length === 0 ? [] : [[name, isList ? values : values[0]] as const]
      })
      return Object.fromEntries(entries)
    },
  }
}

/** The same in words: `trade  symbol BTC-EUR  price 70477`. */
export function shownLabel(names: readonly string[], { lead, cells }: ShownCells): Label {
  const parts = cells.flatMap((cell, index): LabelPart[] =>
    cell === null
      ? []
      : [
          { text: `  ${names[index]} `, quiet: true },
          { text: cell.text === '' ? '""' : cell.text },
        ],
  )
  return lead === '' ? parts.map(withoutSpace) : [{ text: lead }, ...parts]
}

function withoutSpace(part: LabelPart, index: number): LabelPart {
  return index === 0 ? { ...part, text: part.text.trimStart() } : part
}

function cellOf(values: readonly unknown[]): ShownCell | null {
  const [first] = values
  if (values.length === 0) return null
  if (values.length > 1) {
    const text = values
      .slice(0, cellChars)
      .map((value) => textOf(value, cellChars))
      .join(', ')
    return { text: text.length > cellChars ? `${text.slice(0, cellChars - 1)}…` : text }
  }
  const text = textOf(first, cellChars)
  return typeof first === 'number' || first instanceof WrittenNumber
    ? { text, isNumber: true }
    : { text }
}

function textOf(value: unknown, chars: number): string {
  if (value instanceof WrittenNumber) return value.toString()
  if (typeof value !== 'string') return compactSource(JSON.stringify(value), chars)
  // A column says what a string is.
  const shown = visibleText(value.slice(0, chars + 1))
  return shown.length > chars ? `${shown.slice(0, chars - 1)}…` : shown
}

/** What nests deeper is not taken apart. */
const maxDepth = 200

/** With a reviver reading takes ten times as long; of larger payloads only numbers that would lose digits are kept so. */
const exactChars = 2048

function readValue(frame: Frame, bytes: Uint8Array | null): unknown {
  if (bytes === null || !beginsJson(bytes)) return undefined
  const start = bytes.subarray(0, shownBytes)
  const text = startText(frame, start)?.replace(/^\ufeff/, '') ?? null
  const whole = start.length >= frame.sizeBytes ? text : text && closeJson(text)
  if (whole === null || nestsDeeper(whole, maxDepth)) return undefined
  const revives = whole.length <= exactChars || longNumber.test(whole)
  return parseJson(whole, revives ? keepSource : undefined)
}

/** A number as the peer wrote it, where that is not how JavaScript writes it. */
function keepSource(source: string, value: number): unknown {
  return String(value) === source ? value : new WrittenNumber(source)
}
