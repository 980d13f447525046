// Moves a capture whose file was lost: what can still be read goes into a new file, where recording goes on.

import type { DatabaseSync } from 'node:sqlite'
import { countFrames, formatCount } from '../../../shared/text/units.ts'
import { CaptureError, reasonOf } from '../format/captureError.ts'
import type { WriteQueue } from '../writing/writeQueue.ts'
import { rescueCapture } from './rescueCapture.ts'

/**
 * See `Recording.move`; `queue` writes into the new file when this is through. `describe` writes the row that says what
 * is recorded.
 */
export function* moveCapture(
  queue: WriteQueue,
  describe: (database: DatabaseSync) => void,
): Generator<void, string> {
  const { database, path, written, startedAt } = queue
  const what = queue.lost()
  if (what === null || path === null) throw new Error('this capture is not lost')
  const lost = {
    ...{ database, path, written, startedAt: startedAt ?? Date.now() },
    begin(target: DatabaseSync) {
      describe(target)
      queue.writeShapes(target)
    },
  }
  try {
    const { missing, ...rescued } = yield* heldBack(rescueCapture(lost), queue)
    queue.moveTo(rescued.database, rescued.path)
    return `${rescueWords(written, missing)}Recording goes on in ${rescued.path}`
  } catch (error) {
    const message = `${what}, and there is no place to go on: ${reasonOf(error)}.`
    throw new CaptureError('capture-lost', message, error)
  }
}

/** The same steps, as one where frames wait that take too much memory. */
function* heldBack<T>(steps: Generator<void, T>, queue: WriteQueue): Generator<void, T> {
  for (;;) {
    queue.mend()
    const step = steps.next()
    if (step.done) return step.value
    if (!queue.crowded) yield
  }
}

/** A sentence with a space behind it; empty where there was nothing. */
export function rescueWords(written: number, missing: number): string {
  if (written === 0) return ''
  return `Of ${countFrames(written)} in it ${lossWords(written, missing)}. `
}

function lossWords(written: number, missing: number): string {
  if (missing === 0) return 'none was lost'
  if (missing === written) return 'none could be read any more'
  return `${formatCount(missing)} could not be read any more`
}
