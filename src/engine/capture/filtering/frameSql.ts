// SQL about what a frame's own row does not say plainly: its detail, its packets, its payload as text.

import type { FrameKind } from '../../../shared/frame/frame.ts'
import { wireKinds } from '../../../shared/frame/frame.ts'
import { decodeLimits, filterLimits } from '../../../shared/limits.ts'
import { parsedDetailBytes, valueWithin, within } from '../format/room.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import type { SqlContext } from './sqlContext.ts'

/** Heads may be that long; longer details are not taken apart. */
const factBytes = 4 * parsedDetailBytes

/** The frame's kind is one of these. */
export function isOfKind(kinds: readonly FrameKind[], shape = 'shape'): string {
  return `${shape} IN (SELECT id FROM shape WHERE ${kindIn(kinds)})`
}

/** The frame is of the wire layer. */
export const isOfWire = isOfKind(wireKinds)

function kindIn(kinds: readonly FrameKind[]): string {
  return `kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`
}

/**
 * A value of the detail holds `holds`, in frames of these kinds. Details that frames share stand with their shape and
 * are looked at once for all.
 */
export function factHolds(
  kinds: readonly FrameKind[],
  name: string,
  holds: (value: string) => string,
): string {
  const value = (detail: string) =>
    holds(
      `iif(octet_length(${detail}) <= ${factBytes} AND json_valid(${detail}), ${detail} ->> '$.${name}', NULL)`,
    )
  return `(shape IN (SELECT id FROM shape WHERE ${kindIn(kinds)} AND ${value('shape.detail')})
    OR iif(frame.detail IS NOT NULL AND ${isOfKind(kinds)}, ${value('frame.detail')}, 0))`
}

/**
 * Some text or number in the detail holds `holds`. `sieve` is true of the detail's JSON text wherever it can be, and
 * `ofLong` decides where that is too long to be taken apart.
 */
export function detailHolds(
  sieve: (json: string) => string,
  holds: (atom: string) => string,
  ofLong: (json: string) => string = () => '1',
): string {
  const valueIn = (table: string) =>
    `iif(${sieve(`${table}.detail`)}, ${longOr(
      table,
      `EXISTS (SELECT 1 FROM json_tree(iif(json_valid(${table}.detail), ${table}.detail, 'null'))
       WHERE type IN ('text', 'integer', 'real') AND ${holds('atom')})`,
      ofLong(`${table}.detail`),
    )}, 0)`
  return `(shape IN (SELECT id FROM shape WHERE ${holds('kind')} OR ${holds('code')} OR ${valueIn('shape')})
    OR ${valueIn('frame')})`
}

function longOr(table: string, condition: string, ofLong: string): string {
  return `iif(octet_length(${table}.detail) > ${parsedDetailBytes}, ${ofLong}, ${condition})`
}

/** A character takes up to four. */
const wordBytes = 4 * decodeLimits.wordChars

/** One of the frame's packets holds the condition, which may name the columns of `decoded`. */
export function packetHolds({ packets }: SqlContext, condition: string): string {
  if (packets === null) return '0'
  const words = ['type', 'name', 'key', 'summary'].map((name) => within(name, wordBytes))
  return `seq IN (SELECT seq FROM (SELECT seq, ${words.join(', ')} FROM ${packets}.decoded
      WHERE decoded.seq > $after AND decoded.seq <= $last
      LIMIT max($last - $after, 0) * ${decodeLimits.packets + 1}) WHERE ${condition})`
}

/** The payload as text, as much of it as is looked at: the column `payload_text`. */
const inlinePayload = valueWithin('payload', inlineBytes)
export const payloadText = `iif(octet_length(payload) < ${inlineBytes}, CAST(payload AS TEXT),
  CAST(${inlinePayload} AS TEXT) || coalesce((SELECT group_concat(CAST(bytes AS TEXT), '') FROM (
    SELECT ${within('bytes', pieceRowBytes)} FROM piece WHERE piece.seq = frame.seq
    ORDER BY offset LIMIT ${Math.floor((filterLimits.payloadBytes - inlineBytes) / pieceRowBytes)})), ''))`

/** Whether these bytes may stand in the payload; true where it goes on behind its frame's row. */
export function mayHold(bytes: string): string {
  return `(instr(payload, ${bytes}) OR octet_length(payload) >= ${inlineBytes})`
}
