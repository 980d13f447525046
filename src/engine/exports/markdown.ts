// A Markdown table for an issue or a chat, a row for each frame, behind what the doctor found and what models said; where frames
// are few, their payloads stand below it.

import { lifelineItself } from '../../shared/endpoint/lifelines.ts'
import { createPayloadDecoder, isKeptInPart, readsAsText } from '../../shared/frame/preview.ts'
import { answersMarkdown } from '../../shared/session/answerWords.ts'
import { findingsMarkdown } from '../../shared/session/findingWords.ts'
import { hexDump } from '../../shared/text/hexRows.ts'
import { isJson } from '../../shared/text/jsonText.ts'
import { layOutJson } from '../../shared/text/layOutJson.ts'
import { escapeMarkdown, markdownBlock, markdownCode } from '../../shared/text/markdownText.ts'
import { formatDelay, formatFromStart, formatSize } from '../../shared/text/units.ts'
import { cutText } from '../../shared/text/visibleText.ts'
import { joinLines } from './columns.ts'
import {
  defaultRunLength,
  type Exporter,
  type ExporterOptions,
  type ExportRow,
} from './exporter.ts'
import { createRowWords, type RowWords } from './rowWords.ts'
import { createRunShortener, type RunItem } from './runs.ts'

/** A longer cell makes all others narrow; the payload stands below. */
const cellChars = 160
/** More payloads are not read by anybody, and GitHub takes no issue of more than 65,536 characters. */
const mostPayloads = 10
/** Of one payload. */
const payloadChars = 4000
const payloadBytes = 1024 * 1024
const hexBytes = 512

const arrows = { out: '→', in: '←', local: '·' } as const

export function markdown(options: ExporterOptions): Exporter {
  const {
    client = lifelineItself,
    server,
    runLength = defaultRunLength,
    runMs = Number.POSITIVE_INFINITY,
  } = options
  const { findings = [], answers = [] } = options
  const describeRow = createRowWords(options.show)
  const runs = createRunShortener({ runLength, runMs })
  /** What stands below the table; null where it is too much. */
  let blocks: string[] | null = []

  function itemLine(item: RunItem): string {
    if (item.kind === 'gap') return line(['', '', '', `*${formatDelay(item.ms)} pass*`, ''])
    if (item.kind === 'row') return rowLine(item.row, describeRow)
    const { text, elapsedMs, sizeBytes } = item.omission
    return line(['', formatFromStart(elapsedMs), '', `*${text}*`, formatSize(sizeBytes)])
  }

  function keepPayload(row: ExportRow): void {
    if (blocks === null || row.frame.sizeBytes === 0) return
    // A run that is shortened has more.
    if (blocks.length === mostPayloads) blocks = null
    else blocks.push(payloadBlock(row))
  }

  return {
    begin: () =>
      (findings.length === 0 ? '' : `${findingsMarkdown(findings)}\n`) +
      answersMarkdown(answers) +
      joinLines([
        line(['#', 'Time', '', `${client} ⇄ ${markdownCode(server)}`, 'Size']),
        '| --: | --: | :-: | :-- | --: |',
      ]),
    frame(row) {
      keepPayload(row)
      const items = runs.frame(row)
      return items.length === 0 ? [] : [joinLines(items.map(itemLine))]
    },
    flush: () => joinLines(runs.flush().map(itemLine)),
    end: () => joinLines(runs.flush().map(itemLine)) + (blocks ?? []).join(''),
  }
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function rowLine(row: ExportRow, describeRow: RowWords): string {
  const { frame } = row
  const { text, note, tone } = describeRow(row)
  const advice = frame.kind === 'error' ? frame.detail.advice : undefined
  // What Lifeline says of a failure has its mark.
  const mark = tone === 'error' && frame.direction !== 'local' ? '✕ ' : ''
  const words = [mark + cutText(text, cellChars), advice ?? '']
  const cell = [...words.map(markdownCode), bookmarkCell(row)].filter(Boolean).join('<br>')
  const time = formatFromStart(frame.elapsedMs)
  return line([String(frame.seq), time, arrows[frame.direction], cell, escapeMarkdown(note)])
}

function bookmarkCell({ bookmark }: ExportRow): string {
  if (bookmark === undefined) return ''
  return `*${escapeMarkdown(cutText(bookmark, cellChars)) || 'bookmark'}*`
}

/** `**12** · 131 B` and the payload, JSON set out in lines; hex where it is no text. */
function payloadBlock(row: ExportRow): string {
  const { frame } = row
  const bytes = row.payload() ?? new Uint8Array()
  const text = textOf(row, bytes)
  const head = `\n**${frame.seq}** · ${formatSize(frame.sizeBytes)}`
  if (text === null) {
    const isCut = bytes.length > hexBytes
    return `${head}${isCut ? `, of which the first ${hexBytes} B` : ''}\n\n${markdownBlock(hexDump(bytes.subarray(0, hexBytes)), 'text')}`
  }
  const json = isJson(text)
  const laidOut = json ? layOutJson(text) : text
  const shown = cutText(laidOut, payloadChars)
  const isCut = shown !== laidOut || bytes.length > payloadBytes
  return `${head}${isCut ? ', cut' : ''}\n\n${markdownBlock(shown, json && !isCut ? 'json' : 'text')}`
}

/** Null for bytes that are no text. */
function textOf({ frame }: ExportRow, bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, payloadBytes)
  try {
    const isPart = bytes.length > payloadBytes || isKeptInPart(frame)
    const text = createPayloadDecoder(frame, start)(start, isPart)
    return readsAsText(frame, start, text) ? text : null
  } catch {
    // It is not valid in its charset.
    return null
  }
}
