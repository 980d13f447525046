// Reads what was watched, and how the session ended, from a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import { type Frame, isComplaint } from '../../../shared/frame/frame.ts'
import type { CaptureInfo } from '../../../shared/session/captureRows.ts'
import type { SessionStatus } from '../../../shared/session/sessionState.ts'
import { noHolds } from '../../../shared/session/tapHolds.ts'
import { CaptureError } from '../format/captureError.ts'
import { readStatistics, readWatched } from '../format/recordedSession.ts'
import { parsedDetailBytes, within } from '../format/room.ts'
import type { JoinedFrames } from './joinedFrames.ts'
import { countStatistics } from './recount.ts'

/** Throws `capture-not-readable` where there is no endpoint in it. */
export function readInfo(database: DatabaseSync, frames: JoinedFrames): CaptureInfo {
  const { name, endpoint } = readWatched(database)
  if (endpoint === null) {
    const message = 'The capture cannot be read: it does not name its endpoint.'
    throw new CaptureError('capture-not-readable', message)
  }
  return {
    name: name ?? 'Unnamed',
    endpoint,
    startedAt: frames.startedAt(),
    frames: frames.last(),
  }
}

/** Frames looked through before the last one for what ended the session. */
const failureReach = 50

function failureBefore(last: Frame, frames: JoinedFrames): number | null {
  if (last.kind !== 'end' || (last.detail.by !== 'error' && last.detail.by !== 'limit')) return null
  const tells =
    last.detail.by === 'error'
      ? (frame: Frame) => frame.kind === 'error' || isComplaint(frame)
      : (frame: Frame) => frame.kind === 'notice'
  const { rows } = frames.read(Math.max(1, last.seq - failureReach), failureReach)
  return rows.findLast(({ frame }) => tells(frame))?.frame.seq ?? null
}

/** How the session stood at its end. Counts all frames where the file does not have their statistics, and tells how far it is. */
export function readSavedStatus(
  database: DatabaseSync,
  frames: JoinedFrames,
  tell: (share: number) => void,
): SessionStatus {
  const { endpoint, frames: count, startedAt } = readInfo(database, frames)
  const { statistics } = database
    .prepare(`SELECT ${within('statistics', parsedDetailBytes)} FROM session WHERE id = 1`)
    .get() as Record<string, unknown>
  const [last] = frames.read(count, 1).rows
  return {
    state: 'ended',
    method: endpoint.method,
    frames: count,
    startedAt,
    endedAt: last?.frame.at ?? null,
    now: last?.frame.at ?? 0,
    pending: null,
    unfinished: null,
    listening: null,
    faults: [],
    holds: noHolds,
    statistics: readStatistics(statistics) ?? countStatistics(database, count, tell),
    outcome: last?.frame.kind === 'end' ? last.frame.detail : null,
    failure: last === undefined ? null : failureBefore(last.frame, frames),
    canSend: false,
    repeatMs: null,
  }
}
