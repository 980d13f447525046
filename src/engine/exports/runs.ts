// Shortens long runs of like frames: keeps the first ones, counts the others, drops none in silence.

import { toneOf } from '../../shared/frame/describe.ts'
import type { Direction, Frame, FrameKind } from '../../shared/frame/frame.ts'
import { formatCount, formatDelay } from '../../shared/text/units.ts'
import type { ExportRow } from './exporter.ts'

/** What stands for the frames of a run that are not drawn. */
export interface Omission {
  /** `12,461 more messages in 1 min 58 s, longest gap 2.5 s`. */
  readonly text: string
  readonly sizeBytes: number
  /** When the last of them was seen, as in `Frame`. */
  readonly elapsedMs: number
}

export type RunItem =
  | { readonly kind: 'row'; readonly row: ExportRow }
  | { readonly kind: 'omission'; readonly omission: Omission }
  /** For so long nothing came that is drawn; the next row is what came then. */
  | { readonly kind: 'gap'; readonly ms: number }

export interface RunOptions {
  readonly runLength: number
  readonly runMs: number
}

/** Takes frames in order and answers what is to be drawn now; `flush` answers what is held. */
export interface RunShortener {
  frame(row: ExportRow): readonly RunItem[]
  flush(): readonly RunItem[]
}

/** From here on silence of the peer is told by a line of its own, unless it is the peer's rhythm. */
const gapFromMs = 1000
/** So many times the silence before, it is no rhythm. */
const unusual = 3

/** A run that exceeds the length by so few frames would gain no room from a line that counts them. */
const notWorthALine = 2

/**
 * A run repeats one kind of frame or alternates two (request and answer, message and echo).
 * Errors, waits, closes, notices and what has a bookmark are never part of one. Events are alike whatever their type, as messages
 * are whatever they say.
 */
export function createRunShortener({ runLength, runMs }: RunOptions): RunShortener {
  let unit: readonly string[] = []
  let length = 0
  let drawing = true
  /** The last of them, as many as may be drawn after all. */
  let hidden: ExportRow[] = []
  let hiddenCount = 0
  let hiddenBytes = 0
  let drawnAt = 0
  let silenceMs = 0
  /** Of the frame before, drawn or not. */
  let previousAt = 0
  /** Before a hidden frame; and the same without the last one, which may be drawn after all. */
  let longestMs = 0
  let longestBeforeMs = 0

  function joins(key: string): boolean {
    if (length === 0) return false
    if (unit[length % unit.length] === key) return true
    // An answer may follow its request in a pair, but a request begins one.
    if (length !== 1 || key.startsWith('request ')) return false
    unit = [...unit, key]
    return true
  }

  function beginRun(key: string | null): void {
    // x y y …: y, taken for the second half of a pair, begins a run of its own.
    length = key !== null && length === 2 && unit[1] === key ? 1 : 0
    unit = key === null ? [] : [key]
  }

  function frame(row: ExportRow): readonly RunItem[] {
    let items = nothing
    const key = row.bookmark === undefined ? runKey(row.frame) : null
    if (key === null || !joins(key)) {
      items = flush()
      beginRun(key)
    }
    if (key === null) {
      drawing = true
    } else if (length % unit.length === 0) {
      const due = row.frame.at - drawnAt >= runMs
      if (due) items = [...items, ...flush()]
      drawing = due || length < runLength
    }
    if (key !== null) length += 1
    const sinceMs = row.frame.at - previousAt
    previousAt = row.frame.at
    if (drawing) {
      const gap = gapBefore(row.frame)
      drawnAt = row.frame.at
      return [...items, ...gap, { kind: 'row', row }]
    }
    longestBeforeMs = longestMs
    if (sinceMs > longestMs) longestMs = sinceMs
    // In a ring: most frames of a flood come by here.
    hidden[hiddenCount % notWorthALine] = row
    hiddenCount += 1
    hiddenBytes += row.frame.sizeBytes
    return items
  }

  function gapBefore(frame: Frame): readonly RunItem[] {
    if (drawnAt === 0 || !isAfterSilence(frame)) return nothing
    const ms = frame.at - drawnAt
    const isUnusual = ms >= unusual * silenceMs
    silenceMs = ms
    return ms >= gapFromMs && isUnusual ? [{ kind: 'gap', ms }] : nothing
  }

  function flush(): readonly RunItem[] {
    if (hiddenCount === 0) return nothing
    const oldest = hiddenCount % hidden.length
    const kept = [...hidden.slice(oldest), ...hidden.slice(0, oldest)]
    // A request that is the last one has its answer still to come, so it is drawn.
    const shown = hiddenCount <= notWorthALine ? kept : kept.slice(-1).filter(isRequest)
    const count = hiddenCount - shown.length
    const last = kept.at(-1 - shown.length)
    const items: RunItem[] = []
    if (count > 0 && last) {
      const sizeBytes = shown.reduce((sum, row) => sum - row.frame.sizeBytes, hiddenBytes)
      const { at, elapsedMs } = last.frame
      const span = formatDelay(Math.max(0, at - drawnAt))
      const gap = formatDelay(shown.length === 0 ? longestMs : longestBeforeMs)
      const text = `${countWords(count, unit)} in ${span}, longest gap ${gap}`
      items.push({ kind: 'omission', omission: { text, sizeBytes, elapsedMs } })
      drawnAt = at
    }
    for (const row of shown) {
      items.push(...gapBefore(row.frame), { kind: 'row', row })
      drawnAt = row.frame.at
    }
    hidden = []
    hiddenCount = 0
    hiddenBytes = 0
    longestMs = 0
    longestBeforeMs = 0
    return items
  }

  return { frame, flush }
}

/** What the user waited for: not our own rhythm, nor what the server held on purpose, which has its line. */
function isAfterSilence(frame: Frame): boolean {
  if (frame.direction !== 'in') return false
  return !(frame.kind === 'response' && frame.detail.holdMs !== undefined)
}

function isRequest({ frame }: ExportRow): boolean {
  return frame.kind === 'request'
}

const nothing: readonly RunItem[] = []

/** The key that all frames of a run share; null for a frame that always gets its own line. */
function runKey(frame: Frame): string | null {
  const alike = alikeKeys[frame.kind]
  if (alike) return alike[frame.direction]
  const tone = toneOf(frame)
  if (tone === 'error' || tone === 'warning') return null
  const kind = keyOf(frame)
  return kind === null ? null : `${frame.kind} ${frame.direction} ${kind}`
}

/**
 * The keys of what is alike whatever it says and is never a warning: of whatever type, since a feed mixes
 * them as it likes and would never be a run. Made once, for most frames of a flood are not drawn.
 */
const alikeKeys: Readonly<Partial<Record<FrameKind, Readonly<Record<Direction, string>>>>> =
  Object.fromEntries(
    (['message', 'event', 'ping', 'pong', 'comment', 'fragment', 'control'] as const).map(
      (kind) => [kind, { in: `${kind} in `, out: `${kind} out `, local: `${kind} local ` }],
    ),
  )

function keyOf(frame: Frame): string | null {
  switch (frame.kind) {
    case 'ignored':
      return frame.detail.why
    case 'record':
      return frame.detail.format
    case 'request': {
      const { purpose, method, target } = frame.detail
      // The query of a long poll carries the cursor, which is another in each request.
      return `${purpose} ${method} ${target.split('?', 1)[0]}`
    }
    case 'response': {
      const { purpose, status, changed, empty } = frame.detail
      return `${purpose} ${status} ${changed} ${empty}`
    }
    default:
      return null
  }
}

const nouns: Readonly<Record<string, readonly [one: string, many: string]>> = {
  message: ['message', 'messages'],
  event: ['event', 'events'],
  comment: ['comment', 'comments'],
  fragment: ['fragment', 'fragments'],
  control: ['HTTP/2 frame', 'HTTP/2 frames'],
  ignored: ['ignored line', 'ignored lines'],
  record: ['record', 'records'],
  'request response': ['exchange', 'exchanges'],
}

function countWords(count: number, unit: readonly string[]): string {
  const kinds = [...new Set(unit.map((key) => key.split(' ', 1)[0]))].sort().join(' ')
  const [one, many] = nouns[kinds] ?? ['frame', 'frames']
  // An exchange is two frames; where half of one is left over, frames are counted.
  if (kinds === 'request response') {
    if (count % 2 === 1) return `${formatCount(count)} more frames`
    return `${formatCount(count / 2)} more ${count === 2 ? one : many}`
  }
  return `${formatCount(count)} more ${count === 1 ? one : many}`
}
