// The frames of the wire layer in a capture, which most views leave out.

import type { DatabaseSync } from 'node:sqlite'
import { wireKinds } from '../../../shared/frame/frame.ts'
import { framesBetween, numbersIn } from '../format/room.ts'
import type { FrameQuery } from './filterIndex.ts'

/** For SQL: the ids of the shapes that are of the wire layer. */
export const wireShapes = `SELECT id FROM shape WHERE kind IN (${wireKinds
  .map((kind) => `'${kind}'`)
  .join(', ')})`

export interface WireFrames extends FrameQuery {
  /** Whether there are any in the file. */
  exist(): boolean
}

export function createWireFrames(database: DatabaseSync): WireFrames {
  const anyShape = database.prepare(`${wireShapes} LIMIT 1`)
  const frames = database.prepare(
    `SELECT seq FROM (${framesBetween(`seq, ${numbersIn('shape')}`)}) WHERE shape IN (${wireShapes})`,
  )
  let found = false
  return {
    exist() {
      found ||= anyShape.get() !== undefined
      return found
    },
    matches: (after, last) => (frames.all(after, last) as { seq: number }[]).map(({ seq }) => seq),
  }
}
