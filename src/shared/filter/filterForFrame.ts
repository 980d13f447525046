// The filter for frames that are like one: of its kind, type, way or connection, or before or after it.

import type { Frame } from '../frame/frame.ts'
import { frameType } from '../frame/frameType.ts'
import { bothFilters } from './bothFilters.ts'
import type { FilterTest } from './filterNode.ts'
import { formatFilter } from './formatFilter.ts'

/** What the frames have in common with the one. */
export type FrameLikeness = 'kind' | 'type' | 'direction' | 'connection' | 'before' | 'after'

/** What is known of the one. */
export interface LikedFrame {
  readonly frame: Frame
  /** `"type"` in its JSON; null where there is none. */
  readonly jsonType: string | null
  /** `at` of the session's first frame, in ms. */
  readonly startedAt: number
}

/** Finer times would be cut off by what writes them. */
const unitsPerSecond = 1_000_000

/**
 * The filter `text`, which has no mistakes, that moreover asks for this: the one frame is among those that it finds, but
 * for `before`. Null where the one has no such thing.
 */
export function filterForFrame(
  text: string,
  likeness: FrameLikeness,
  liked: LikedFrame,
): string | null {
  const test = testFor(likeness, liked)
  if (test === null) return null
  const added = formatFilter(test)
  const asks = text === added || text.endsWith(` ${added}`)
  return asks ? text : bothFilters(text, added)
}

function testFor(
  likeness: FrameLikeness,
  { frame, jsonType, startedAt }: LikedFrame,
): FilterTest | null {
  const units = Math.floor(((frame.at - startedAt) * unitsPerSecond) / 1000)
  const time = `${Math.max(0, units) / unitsPerSecond}s`
  switch (likeness) {
    case 'kind':
      return named('kind', frame.kind)
    case 'type':
      return typeTest(frame, jsonType)
    case 'direction':
      return named('dir', frame.direction)
    case 'connection':
      return frame.connection === 0 ? null : numbered('conn', String(frame.connection))
    case 'before':
    case 'after':
      return numbered(likeness, time)
  }
}

/** In the words in which the language has it. */
function typeTest(frame: Frame, jsonType: string | null): FilterTest | null {
  const type = frameType(frame, jsonType)
  if (type === null || type === '') return null
  if (frame.kind === 'response') return numbered('status', type)
  if (frame.kind === 'error' || frame.kind === 'notice') return named('code', type)
  return frame.kind === 'request' ? named('kind', 'request') : named('type', type)
}

function named(field: 'kind' | 'dir' | 'type' | 'code', name: string): FilterTest {
  return { kind: 'name', field, names: [[name]] }
}

/** Only its words are written. */
function numbered(field: 'conn' | 'before' | 'after' | 'status', written: string): FilterTest {
  return { kind: 'number', field, written: `:${written}`, ranges: [] }
}
