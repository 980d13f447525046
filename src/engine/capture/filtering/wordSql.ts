// SQL that finds a word, or what a regular expression finds: in payload, kind, code, detail and packets.

import type { RegexSource } from '../../../shared/filter/filterNode.ts'
import { filterLimits } from '../../../shared/limits.ts'
import { compileRegex } from '../../../shared/text/compileRegex.ts'
import { valueWithin, within } from '../format/room.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import { detailHolds, isOfKind, packetHolds } from './frameSql.ts'
import { contains, containsInJson, type Like } from './likeSql.ts'
import type { SqlContext, TextTest } from './sqlContext.ts'

/**
 * The payload as text, the kind, the code, a value anywhere in the detail, a word of a packet or the note of a bookmark
 * contains the text. Behind
 * a NUL byte only binary messages are surely searched, as typed.
 */
export function wordSql(context: SqlContext, text: string): string {
  const like = contains(context, text)
  const bytes = new TextEncoder().encode(text)
  return anyOf(
    like('payload'),
    piecesHold(context, like, bytes.length),
    detailHolds(containsInJson(context, text), like),
    packetHolds(context, wordsHold(like)),
    `iif(${isOfKind(['message'])} AND ${isBinary}, instr(payload, ${context.bind(bytes)}), 0)`,
    context.bookmarked((note) => note.toLowerCase().includes(text.toLowerCase())),
  )
}

/**
 * The same for a regular expression, in the payload as far as `filterLimits.payloadBytes`. In a detail that is too long to
 * be taken apart it is looked for in the JSON text, unless that is longer still.
 */
export function regexSql(context: SqlContext, regex: RegexSource): string {
  const test = regexTest(regex)
  const holds = (column: string) => context.test(test, `CAST(${column} AS TEXT)`)
  return anyOf(
    context.test(test, 'payload_text'),
    detailHolds(
      (detail) => `${detail} IS NOT NULL`,
      holds,
      (detail) => holds(valueWithin(detail, filterLimits.payloadBytes)),
    ),
    packetHolds(context, wordsHold(holds)),
    context.bookmarked(test),
  )
}

/** The parser has taken it for one. */
export function regexTest({ source, flags }: RegexSource): TextTest {
  const regex = compileRegex(source, flags)
  return typeof regex === 'string' ? () => false : regex.test
}

function anyOf(...conditions: readonly string[]): string {
  return conditions.reduceRight((others, condition) => `iif(${condition}, 1, ${others})`)
}

/** As rows show packets. */
function wordsHold(holds: Like): string {
  return [holds('name'), holds('type'), holds(`('#' || key)`), holds('summary')].join(' OR ')
}

const isBinary = `shape IN (SELECT id FROM shape WHERE json_valid(detail) AND detail ->> 'type' = 'binary')`

/** A text may lie across two pieces: each is read with the end of what comes before it. */
function piecesHold(context: SqlContext, like: Like, bytes: number): string {
  const overlap = context.bind(-2 * bytes)
  const before = `coalesce(
    (SELECT substr(bytes, ${overlap}) FROM (SELECT ${within('q.bytes', pieceRowBytes)} FROM piece q
     WHERE q.seq = p.seq AND q.offset < p.offset ORDER BY q.offset DESC LIMIT 1)),
    (SELECT substr(payload, ${overlap}) FROM (SELECT ${within('f.payload', inlineBytes)} FROM main.frame f WHERE f.seq = p.seq)))`
  return `seq IN (SELECT seq FROM (
    SELECT seq, offset, ${within('bytes', pieceRowBytes)} FROM piece
    WHERE piece.seq > $after AND piece.seq <= $last LIMIT $pieces) AS p WHERE ${like(`(${before} || p.bytes)`)})`
}
