// The line of one kind of frame, and the words that such lines are made of.

import { formatSize } from '../text/units.ts'
import type { FrameOf } from './frame.ts'

export interface Line {
  /** One line, at most `maxDescriptionChars` characters; nothing in it is a control character. */
  readonly text: string
  /** What stands in the right-hand column: a size, `handshake`, `refused`; may be empty. */
  readonly note: string
  readonly tone: 'normal' | 'muted' | 'warning' | 'error'
}

/** The payload's size, and whether the capture holds only its start. */
export function sizeNote(
  frame: FrameOf<'response' | 'event' | 'comment' | 'ignored' | 'record' | 'message'>,
): string {
  const size = formatSize(frame.sizeBytes)
  return frame.detail.truncatedAt === undefined ? size : `${size}, cut`
}

/** Those that say something, with a space between them. */
export function words(...parts: readonly (string | null)[]): string {
  return parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ')
}
