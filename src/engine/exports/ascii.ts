// The ASCII sequence diagram: two lifelines, labelled arrows, waits and errors between them.

import { lifelineItself } from '../../shared/endpoint/lifelines.ts'
import { type Description, dottedKinds } from '../../shared/frame/describe.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { answeredAfterMs, type Purpose } from '../../shared/frame/httpDetail.ts'
import { columnsOf, cutColumns, padColumns } from '../../shared/text/textColumns.ts'
import { countFrames, formatDelay, formatFromStart, formatSize } from '../../shared/text/units.ts'
import { visibleText } from '../../shared/text/visibleText.ts'
import { centre, fold, foldedLines, joinLines } from './columns.ts'
import {
  defaultRunLength,
  type Exporter,
  type ExporterOptions,
  type ExportRow,
  widthOf,
} from './exporter.ts'
import { bookmarkText, createRowWords } from './rowWords.ts'
import { createRunShortener, type RunItem } from './runs.ts'

/** Where the lifelines stand: the columns left of, between and right of them. */
interface Layout {
  readonly left: number
  readonly inner: number
  readonly right: number
}

/** Wide enough for `1:00:00.000`. */
const timesColumns = 13
/** A space, and room for `permessage-deflate`. */
const notesColumns = 19
/** Below this the labels need the room more than the notes do. */
const notesFromWidth = 64

export function ascii(options: ExporterOptions): Exporter {
  const layout = layoutOf(options)
  const { runLength = defaultRunLength, runMs = Number.POSITIVE_INFINITY, times = false } = options
  const describeRow = createRowWords(options.show)
  const runs = createRunShortener({ runLength, runMs })
  let firstAt: number | null = null
  let frames = 0
  let ended = false

  /** The left margin of a row that was seen so long after the session's start. */
  function margin(elapsedMs: number | null): string {
    if (!times || elapsedMs === null) return ' '.repeat(layout.left)
    return `${formatFromStart(elapsedMs).padStart(layout.left - 1)} `
  }

  function line(inner: string, { elapsedMs = null as number | null, note = '' } = {}): string {
    const right = layout.right > 0 ? ` ${cutColumns(note, layout.right - 1)}` : ''
    return `${margin(elapsedMs)}|${padColumns(inner, layout.inner)}|${right}`.trimEnd()
  }

  function rowLines(row: ExportRow): string[] {
    const { frame } = row
    const description = describeRow(row)
    if (frame.kind === 'end') {
      ended = true
      const length = formatDelay(frame.at - (firstAt ?? frame.at))
      const count = `${countFrames(frames)} in ${length}`
      return [...closing(description.text, frame.elapsedMs), closingLine(count)]
    }
    if (frame.kind === 'error') return errorLines(description, frame)
    if (frame.direction === 'local' || frame.kind === 'notice') {
      return noteLines(description, frame.elapsedMs)
    }
    const arrow = arrowOf(frame, description, layout.inner)
    const note = noteOf(frame, description)
    const lines = [line(arrow, { elapsedMs: frame.elapsedMs, note })]
    // A request begins something new, so it stands apart from what was before.
    if (frame.kind === 'request' && frames > 1) lines.unshift(line(''))
    if (frame.kind === 'response' && frame.detail.holdMs !== undefined) {
      const hold = `[waits for data · ${formatDelay(frame.detail.holdMs)}]`
      lines.unshift(line(centre(hold, layout.inner)))
    }
    return lines
  }

  function errorLines({ text, note }: Description, frame: Frame & { kind: 'error' }): string[] {
    const [first = '', ...rest] = fold(text, layout.inner - 8, foldedLines)
    for (const words of [frame.detail.advice, options.hint?.(frame.detail)]) {
      if (words) rest.push(...fold(visibleText(words), layout.inner - 4, foldedLines))
    }
    return [
      line(centre(` ${first} `, layout.inner, '!'), { elapsedMs: frame.elapsedMs, note }),
      ...rest.map((words) => line(centre(words, layout.inner))),
    ]
  }

  function noteLines({ text, note }: Description, elapsedMs: number): string[] {
    return fold(`[${text}]`, layout.inner - 2, foldedLines).map((words, index) =>
      line(centre(words, layout.inner), index === 0 ? { elapsedMs, note } : {}),
    )
  }

  /** `[.......... continues ..........]`, from lifeline to lifeline. */
  function closingLine(text: string, elapsedMs: number | null = null): string {
    const dots = centre(` ${cutColumns(text, layout.inner - 4)} `, layout.inner, '.')
    return `${margin(elapsedMs)}[${dots}]`
  }

  function closing(text: string, elapsedMs: number): string[] {
    return fold(text, layout.inner - 4, foldedLines).map((words, index) =>
      closingLine(words, index === 0 ? elapsedMs : null),
    )
  }

  function bookmarkLines({ bookmark }: ExportRow): string[] {
    if (bookmark === undefined) return []
    return fold(bookmarkText(bookmark), layout.inner - 8, foldedLines).map((words) =>
      line(`    ${words}`),
    )
  }

  function itemLines(item: RunItem): string[] {
    if (item.kind === 'row') return [...rowLines(item.row), ...bookmarkLines(item.row)]
    if (item.kind === 'gap') {
      return [line(centre(`(${formatDelay(item.ms)} pass)`, layout.inner))]
    }
    const { text, sizeBytes, elapsedMs } = item.omission
    return fold(text, layout.inner - 4, foldedLines).map((words, index) => {
      const dots = `[${centre(` ${words} `, layout.inner - 2, '.')}]`
      return line(dots, index === 0 ? { elapsedMs, note: formatSize(sizeBytes) } : {})
    })
  }

  return {
    begin: () => joinLines([heads(layout, options), line('')]),
    frame(row) {
      firstAt ??= row.frame.at
      if (row.frame.kind !== 'end') frames += 1
      const items = runs.frame(row)
      return items.length === 0 ? [] : [joinLines(items.flatMap(itemLines))]
    },
    flush: () => joinLines(runs.flush().flatMap(itemLines)),
    end() {
      const lines = runs.flush().flatMap(itemLines)
      if (!ended) lines.push(closingLine('continues'))
      return joinLines(lines)
    },
  }
}

function layoutOf({ width, times = false }: ExporterOptions): Layout {
  const total = widthOf(width)
  const left = times ? timesColumns : 2
  const right = total >= notesFromWidth ? notesColumns : 2
  return { left, inner: total - left - right - 2, right: right > 2 ? right : 0 }
}

/** Both heads, each over its lifeline as far as the margins let it. */
function heads(
  { left, inner, right }: Layout,
  { client = lifelineItself, server }: ExporterOptions,
): string {
  const name = cutColumns(visibleText(server), inner - client.length)
  const clientStart = Math.max(0, left - Math.floor(client.length / 2))
  const rightmost = left + inner + 2 + Math.max(right, 2) - columnsOf(name)
  const wanted = left + inner + 1 - Math.floor(columnsOf(name) / 2)
  const start = Math.min(wanted, rightmost)
  const head = `${' '.repeat(clientStart)}${client}`
  return `${head}${' '.repeat(Math.max(1, start - head.length))}${name}`
}

/** The line that an arrow is drawn with: control frames dotted, a close doubled. */
function strokeOf(frame: Frame): string {
  if (frame.kind === 'close') return '='
  return dottedKinds.has(frame.kind) ? '.' : '-'
}

/** `--- GET /poll ------>` or `<--- 200 OK -------`; a failure is marked where colour would tell it. */
function arrowOf(frame: Frame, { text, tone }: Description, inner: number): string {
  const stroke = strokeOf(frame)
  const label = tone === 'error' ? `✕ ${text}` : text
  if (frame.direction === 'out') {
    const start = `${stroke.repeat(3)} ${cutColumns(label, inner - 7)} `
    return `${padColumns(start, inner - 1, stroke)}>`
  }
  return padColumns(`<${stroke.repeat(3)} ${cutColumns(label, inner - 8)} `, inner, stroke)
}

/** A hold stands above its arrow; of the other exchanges the note tells when they were answered. */
function noteOf(frame: Frame, { note }: Description): string {
  if (frame.kind !== 'response' || untimedPurposes.has(frame.detail.purpose)) return note
  const after = answeredAfterMs(frame.detail.timings)
  return after === undefined ? note : `${note} · ↩ ${formatDelay(after)}`
}

const untimedPurposes: ReadonlySet<Purpose> = new Set(['long-poll', 'handshake', 'stream'])
