// The contract of an export: frames go in one by one, text comes out as it grows.

import type { Lifelines } from '../../shared/endpoint/lifelines.ts'
import type { ErrorDetail, FrameWithPreview } from '../../shared/frame/frame.ts'
import type { SaidAnswer } from '../../shared/session/answerWords.ts'
import type { ExportOptions } from '../../shared/session/exportFormats.ts'
import type { Finding } from '../../shared/session/findings.ts'

/** A recorded frame as a capture or a live session hands it over. */
export interface ExportRow extends FrameWithPreview {
  /** As in `FrameWithPreview`. Ask only for what is drawn: a live session makes it then. */
  readonly preview: string | null
  /** The payload, or its first `labelBytes`. The same holds. */
  readonly start?: Uint8Array | null
  /** The note of its bookmark, which may be empty; absent where it has none. */
  readonly bookmark?: string
  /** The bytes kept, read only when asked for; null when the frame has none. */
  payload(): Uint8Array | null
}

/**
 * Text in pieces, to be joined. Each is far shorter than the longest string there can be, which a single row
 * may not be; they are made one by one, while they are asked for.
 */
export type Pieces = Iterable<string> & object

/**
 * Makes one text: `begin`, then `frame` for each frame in order, then `end`, the answers joined.
 * Each answer is empty or ends with a line break, so that the same object serves a file and a
 * terminal that shows the text while it grows.
 */
export interface Exporter {
  begin(): string
  /** Valid until the next call. */
  frame(row: ExportRow): Pieces
  /** The text that a shortened run holds back, for a terminal in which nothing has moved for a while. */
  flush(): string
  end(): string
}

/** A width goes from `minWidth` to `maxWidth`; without it, it is `defaultWidth`. */
export interface ExporterOptions
  extends Omit<ExportOptions, 'format' | 'filter' | 'within'>,
    Pick<Lifelines, 'server'>,
    Partial<Pick<Lifelines, 'client'>> {
  /** The fields that rows show, as paths into JSON. */
  readonly show?: readonly string[]
  /** What the doctor found, the worst first; absent where nobody looked. Only reports tell them. */
  readonly findings?: readonly Finding[]
  /** What language models said; absent where nobody looked. Only reports tell them. */
  readonly answers?: readonly SaidAnswer[]
  /**
   * For a diagram that is watched while it grows: a shortened run shows its count so far and one
   * more of its frames after this many milliseconds. Infinity, the default, counts to its end.
   */
  readonly runMs?: number
  /** For a diagram on the command line: a sentence that names the options which an error's advice is about. */
  hint?(detail: ErrorDetail): string | null
}

/** Columns. A narrower diagram would have no room for its labels. */
export const minWidth = 40
/** Columns. No label fills a wider one, and every row would be padded up to it. */
export const maxWidth = 1000
/** Columns. */
export const defaultWidth = 80

/** The columns that a diagram has where so many are asked for. */
export function widthOf(asked = defaultWidth): number {
  return Math.min(maxWidth, Math.max(minWidth, Math.floor(asked)))
}

/** Frames. */
export const defaultRunLength = 12
/** Frames, in the short diagram: two exchanges, or four messages one way. */
export const shortRunLength = 4
