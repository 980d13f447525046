// The short ASCII diagram: who speaks to whom, a line each, and in brackets what repeats and what it amounts to.

import { lifelineItself } from '../../shared/endpoint/lifelines.ts'
import { dottedKinds } from '../../shared/frame/describe.ts'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { countFrames, formatDelay } from '../../shared/text/units.ts'
import { visibleText } from '../../shared/text/visibleText.ts'
import { fold, foldedLines, joinLines } from './columns.ts'
import {
  type Exporter,
  type ExporterOptions,
  type ExportRow,
  shortRunLength,
  widthOf,
} from './exporter.ts'
import {
  amountOf,
  beginPhase,
  carriesData,
  countFrame,
  endsPhase,
  isConnection,
  nameOf,
  type Phase,
} from './phases.ts'
import { bookmarkText, createRowWords } from './rowWords.ts'
import { createRunShortener, type RunItem } from './runs.ts'
import { createSideBySide, isOneMore, turned } from './sideBySide.ts'

/** Milliseconds. More often than that, the count so far of what repeats says little. */
const leastRunMs = 10_000

export function short(options: ExporterOptions): Exporter {
  const {
    runLength = shortRunLength,
    runMs = Number.POSITIVE_INFINITY,
    client = lifelineItself,
    server,
  } = options
  const exchange = `${client} --> Server --> ${client}`
  const unanswered = `${client} --> Server`
  const opened = `${client} <----> Server`
  const columns = widthOf(options.width)
  const describeRow = createRowWords(options.show)
  const runs = createRunShortener({ runLength, runMs: Math.max(runMs, leastRunMs) })
  let phase: Phase | null = null
  /** Summed up at an error, which may not have ended it. */
  let broken: Phase | null = null
  let heading = ''
  const beside = createSideBySide()
  let firstAt: number | null = null
  let frames = 0
  let ended = false

  /** `[19 more messages in 1 min 16 s, longest gap 4.0 s]` */
  function bracket(text: string): string[] {
    const lines = fold(text, columns - 4, foldedLines)
    return lines.map((words, index) => {
      const end = index === lines.length - 1 ? ']' : ''
      return `  ${index === 0 ? '[' : ' '}${words}${end}`
    })
  }

  function headingLines(frame: Frame): string[] {
    // A filter may leave frames of no phase.
    const own = beside.phase(frame) ?? phase
    if (own === null) return []
    const words = `${nameOf(own.purpose, frame)}, ${visibleText(server)}${beside.path(frame) ?? ''}:`
    beside.stand(frame, words)
    return headed(words)
  }

  function headed(next: string): string[] {
    if (next === heading) return []
    const blank = heading === '' ? [] : ['']
    heading = next
    return [...blank, next]
  }

  /** What sums up a conversation of a tap, between whose rows those of others stand. */
  function underHeading(frame: Frame, lines: string[]): string[] {
    const own = beside.heading(frame)
    return own === null || lines.length === 0 ? lines : [...headed(own), ...lines]
  }

  function endAll(): string[] {
    const lines = [...runs.flush().flatMap(itemLines), ...endPhase()]
    for (const one of beside.end()) {
      phase = one.phase
      lines.push(...headed(one.heading ?? heading), ...endPhase())
    }
    return lines
  }

  function endPhase(): string[] {
    if (phase === null) return []
    const lines = [
      ...runs.flush().flatMap(itemLines),
      ...(phase.asked > 0 ? [`  ${unanswered}`] : []),
      ...(phase.isOpen || !isConnection(phase.purpose) ? bracket(amountOf(phase)) : []),
    ]
    broken = phase.isOpen && isConnection(phase.purpose) ? phase : null
    phase = null
    return lines
  }

  /** What is counted of a frame, whether it is drawn or not. */
  function count(frame: Frame): string[] {
    if (frame.kind === 'request' && frame.detail.purpose !== 'companion') {
      const { purpose } = frame.detail
      const isNew = phase === null || phase.purpose !== purpose || isConnection(purpose)
      const before = isNew ? underHeading(frame, endPhase()) : []
      phase = isNew || phase === null ? beginPhase(purpose, frame.at) : phase
      phase.asked += 1
      beside.keep(frame, phase)
      return before
    }
    if (broken !== null && phase === null && carriesData(frame)) {
      phase = { ...beginPhase(broken.purpose, frame.at), isOpen: true }
    }
    if (phase !== null) countFrame(phase, frame)
    return []
  }

  function rowLines(row: ExportRow): string[] {
    const { frame } = row
    if (frame.kind === 'request') return []
    if (frame.kind === 'response') return responseLines(row, frame)
    if (carriesData(frame)) return [...headingLines(frame), `  ${arrowOf(frame, client)}`]
    return bracket(describeRow(row).text)
  }

  function responseLines(row: ExportRow, frame: FrameOf<'response'>): string[] {
    const { text, tone } = describeRow(row)
    const { purpose } = frame.detail
    const failed = tone === 'error' || tone === 'warning'
    // A request beside a stream is no other way to speak.
    const lines = purpose === 'companion' ? [] : headingLines(frame)
    if (failed) return [...lines, `  ${exchange}`, ...bracket(`✕ ${text}`)]
    if (purpose === 'stream') return lines
    return [...lines, `  ${purpose === 'handshake' ? opened : exchange}`]
  }

  function itemLines(item: RunItem): string[] {
    if (item.kind === 'gap') return []
    if (item.kind === 'omission') return bracket(item.omission.text)
    const { bookmark } = item.row
    return [
      ...rowLines(item.row),
      ...(bookmark === undefined ? [] : bracket(bookmarkText(bookmark))),
    ]
  }

  function frameLines(row: ExportRow): string[] {
    const { frame } = row
    firstAt ??= frame.at
    if (!beside.has(frame) || frame.kind === 'end') return linesOf(row, frame, firstAt)
    phase = turned(beside.phase(frame), frame)
    beside.keep(frame, phase)
    const lines = linesOf(row, frame, firstAt)
    beside.keep(frame, phase)
    phase = null
    return lines
  }

  function linesOf(row: ExportRow, frame: Frame, first: number): string[] {
    if (phase !== null) phase.lastAt = frame.at
    if (frame.kind === 'end') {
      ended = true
      const length = formatDelay(frame.at - first)
      return [
        ...endAll(),
        ...bracket(`${describeRow(row).text} ${countFrames(frames)} in ${length}`),
      ]
    }
    frames += 1
    const before = endsPhase(frame, phase) ? endPhase() : count(frame)
    const isMore = beside.path(frame) !== null && isOneMore(frame, phase, runLength)
    const isShown = isDrawn(frame) && !isMore
    if (!isShown && row.bookmark === undefined) return before
    return [...before, ...runs.frame(row).flatMap(itemLines)]
  }

  return {
    begin: () => '',
    frame(row) {
      const lines = frameLines(row)
      return lines.length === 0 ? [] : [joinLines(lines)]
    },
    flush: () => '',
    end() {
      const rest = endAll()
      return joinLines(ended ? rest : [...rest, ...bracket('continues')])
    },
  }
}

/** What keeps a connection open, what lies below, and the answer to a close say no more of who speaks to whom. */
function isDrawn({ kind, replyTo }: Frame): boolean {
  return !dottedKinds.has(kind) && !(kind === 'close' && replyTo !== null)
}

/** As wide as the connection's own arrow where both sides may speak. */
function arrowOf({ kind, direction }: Frame, client: string): string {
  const line = kind === 'message' ? '-----' : '--'
  return direction === 'out' ? `${client} ${line}> Server` : `${client} <${line} Server`
}
