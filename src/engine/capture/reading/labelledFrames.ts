// Frames as views draw them: each with the words for its JSON, and without the bytes that these are made of.

import { createLabels } from '../../../shared/frame/labels.ts'
import type { FramePage, ReadRow } from './frameReader.ts'

/** What the first frames have in common is left out of the words of all, wherever one looks first. */
const learntFirst = 500

interface Readable {
  last(): number
  read(seq: number, count: number): FramePage
}

/** Frames from a source that may be another one after a while, for they may have moved to another file. */
export interface LabelledFrames {
  from<Source extends Readable>(source: Source): Source
}

/** The words of a frame stay the same, wherever it is read from. */
export function createLabelledFrames(): LabelledFrames {
  const labels = createLabels()
  let learntTo = 0

  function learnFirst({ last, read }: Readable): void {
    const until = Math.min(last(), learntFirst)
    while (learntTo < until) {
      const { rows } = read(learntTo + 1, until - learntTo)
      for (const { frame, start } of rows) labels.learn(frame, start ?? null)
      const end = learntTo + rows.length
      // In a damaged file numbers need not follow one another.
      learntTo = rows.at(-1)?.frame.seq === end ? end : learntFirst
    }
  }

  function labelled({ start, ...row }: ReadRow): ReadRow {
    const label = labels.label(row.frame, start ?? null)
    return label === undefined ? row : { ...row, label }
  }

  return {
    from: (source) => ({
      ...source,
      read(seq: number, count: number) {
        learnFirst(source)
        const { rows, ...page } = source.read(seq, count)
        return { ...page, rows: rows.map(labelled) }
      },
    }),
  }
}
