// Reads from a capture's tables what folding has to know of its frames.

import type { DatabaseSync } from 'node:sqlite'
import { isWireKind } from '../../../shared/frame/frame.ts'
import { foldLimits } from '../../../shared/limits.ts'
import { framesBetween, numberIn, numbersIn, parsedDetailBytes, within } from '../format/room.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import { type FoldTraits, foldTraits, type TraitSource } from './foldTraits.ts'

/** A frame that may be a row. */
export interface FoldRow {
  readonly seq: number
  /** Epoch ms; NaN where the file has none. */
  readonly at: number
  readonly traits: FoldTraits
  /** Of an exchange. */
  readonly exchange?: Exchange
  /** Whether it is as the shown frame before it: of one kind, direction and type, with equal payloads. */
  readonly same: boolean
}

export interface Exchange {
  readonly purpose: string | null
  readonly replyTo: number | null
  /** The answer brought nothing new, and is no error. */
  readonly unchanged: boolean
}

export interface FoldColumns {
  /**
   * The frames after `after` up to `last`, those of the wire layer only with `wire`. The shown frame before the first
   * one is `previous`; 0 where there is none.
   */
  rows(after: number, last: number, wire: boolean, previous: number): FoldRow[]
  /** See `PaceOptions`. Payloads count that may be compared: they are read where two have one size. */
  readBytes(after: number, last: number): number
}

type Columns = readonly [seq: number, at: unknown, shape: number]

interface ExchangeRow extends Omit<Exchange, 'unchanged'> {
  readonly seq: number
  readonly unchanged: number | null
}

interface Shape extends FoldTraits {
  readonly isWire: boolean
  readonly isExchange: boolean
}

/** Most sessions have a dozen; a stranger's file may have any number. */
const keptShapes = 4096
const detailBytes = 4 * parsedDetailBytes
/** Of a payload that is compared. */
const mostPieces = foldLimits.comparedBytes / pieceRowBytes + 1

export function createFoldColumns(database: DatabaseSync): FoldColumns {
  const selectRows = database.prepare(framesBetween(`seq, ${numbersIn('at', 'shape')}`))
  selectRows.setReturnArrays(true)
  const selectBytes = database.prepare(
    `SELECT total(coalesce(own, 0) + iif(size BETWEEN 0 AND ${foldLimits.comparedBytes}, size, 0)) AS bytes
     FROM (${framesBetween(`octet_length(detail) AS own, ${numberIn('size_bytes')} AS size`)})`,
  )
  const exchangeColumns = `seq, ${numbersIn('shape', 'reply_to')}, ${within('detail', detailBytes)}`
  // The JSON text is a quick sieve: only as a name can `"changed":` stand in it unescaped.
  const selectExchanges = database.prepare(
    `SELECT seq, reply_to AS replyTo, detail ->> 'purpose' AS purpose,
       instr(detail, '"changed":false') AND detail ->> 'status' < 400 AS unchanged
     FROM (SELECT seq, reply_to, coalesce(detail, (SELECT ${within('detail', detailBytes)} FROM shape WHERE id = shape)) AS detail
       FROM (${framesBetween(exchangeColumns)})
       WHERE shape IN (SELECT id FROM shape WHERE kind IN ('request', 'response')))
     WHERE json_valid(detail)`,
  )
  const selectShape = database.prepare(
    `SELECT ${within('kind', 64)}, ${within('direction', 64)}, ${within('code', 64)} FROM shape WHERE id = ?`,
  )
  const isSame = prepareSame(database)
  const shapes = new Map<number, Shape>()

  function shapeOf(id: number): Shape {
    const known = shapes.get(id)
    if (known) return known
    const source = (selectShape.get(id) ?? noShape) as unknown as TraitSource
    const { kind } = source
    const isExchange = kind === 'request' || kind === 'response'
    const shape = { ...foldTraits(source), isWire: isWireKind(kind), isExchange }
    if (shapes.size >= keptShapes) shapes.clear()
    shapes.set(id, shape)
    return shape
  }

  function exchangesOf(after: number, last: number): ReadonlyMap<number, Exchange> {
    const found = selectExchanges.all(after, last) as unknown as readonly ExchangeRow[]
    return new Map(
      found.map(({ seq, unchanged, ...rest }) => [seq, { ...rest, unchanged: unchanged === 1 }]),
    )
  }

  return {
    readBytes: (after, last) => (selectBytes.get(after, last) as { bytes: number }).bytes,
    rows(after, last, wire, previous) {
      const found: FoldRow[] = []
      const columns = selectRows.all(after, last) as unknown as readonly Columns[]
      const hasExchanges = columns.some(([, , shape]) => shapeOf(shape).isExchange)
      const exchanges = hasExchanges ? exchangesOf(after, last) : null
      const equal = isSame.between(after, last)
      let before = previous
      let beforeShape: number | null = null
      for (const [seq, at, id] of columns) {
        const traits = shapeOf(id)
        if (traits.isWire && !wire) continue
        const isNext = before === seq - 1
        const same =
          traits.compared &&
          (isNext ? equal.has(seq) : (beforeShape ?? id) === id && isSame.pair(before, seq))
        const exchange = exchanges?.get(seq)
        const time = typeof at === 'number' ? at : Number.NaN
        found.push({ seq, at: time, traits, same, ...(exchange && { exchange }) })
        before = seq
        beforeShape = id
      }
      return found
    },
  }
}

/** One that is not there is of no kind that folds. */
const noShape = { kind: '', direction: 'local', code: null }

/** Tells of frames of one shape whether they are of one type and have equal payloads. */
function prepareSame(database: DatabaseSync) {
  const type = (frame: string) =>
    `iif(octet_length(${frame}.detail) <= ${parsedDetailBytes} AND json_valid(${frame}.detail)
       AND ${frame}.detail ->> 'truncatedAt' IS NULL, ${frame}.detail ->> 'type', NULL)`
  const pieces = `SELECT offset, ${within('bytes', pieceRowBytes)} FROM piece WHERE seq = f.seq ORDER BY offset LIMIT ${mostPieces}`
  // What is longer than a row stands in pieces; of what was cut nobody knows whether it is the same.
  const samePieces = `octet_length(f.payload) = ${inlineBytes}
    AND f.size_bytes = ${inlineBytes} + (SELECT total(octet_length(bytes)) FROM (${pieces}))
    AND NOT EXISTS (SELECT 1 FROM (${pieces}) AS a WHERE a.bytes IS NOT
      (SELECT ${within('bytes', pieceRowBytes)} FROM piece WHERE seq = p.seq AND offset = a.offset))`
  const same = `p.shape = f.shape AND p.size_bytes = f.size_bytes AND p.payload IS f.payload
    AND f.size_bytes <= ${foldLimits.comparedBytes}
    AND (f.detail IS NULL AND p.detail IS NULL OR ${type('f')} = ${type('p')})
    AND (f.size_bytes = coalesce(octet_length(f.payload), 0) OR ${samePieces})`
  const columns = `seq, shape, size_bytes, ${within('detail', parsedDetailBytes)}, ${within('payload', inlineBytes)}`
  const selectBetween = database.prepare(
    `SELECT f.seq FROM (${framesBetween(columns)}) AS f CROSS JOIN frame p ON p.seq = f.seq - 1 WHERE ${same}`,
  )
  const selectPair = database.prepare(
    `SELECT 1 FROM frame p, frame f WHERE p.seq = ? AND f.seq = ? AND ${same}`,
  )
  return {
    /** The frames after `after` up to `last` that are as the one before. */
    between: (after: number, last: number): ReadonlySet<number> =>
      new Set((selectBetween.all(after, last) as { seq: number }[]).map(({ seq }) => seq)),
    pair: (before: number, seq: number): boolean => selectPair.get(before, seq) !== undefined,
  }
}
