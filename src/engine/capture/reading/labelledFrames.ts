// Frames as views draw them: each with the words for its JSON, and without the bytes that these are made of.

import { leadWords } from '../../../shared/frame/describe.ts'
import { beginsJson, createLabels } from '../../../shared/frame/labels.ts'
import {
  createShownFields,
  type ShownCells,
  type ShownFields,
  shownBytes,
} from '../../../shared/frame/shownFields.ts'
import type { PayloadPiece, Row } from '../../../shared/session/captureRows.ts'
import { likeness } from '../../analyses/likeness.ts'
import type { FramePage, ReadRow } from './frameReader.ts'

/**
 * What the first frames have in common is left out of the words of all, wherever one looks first. Of the kinds among them the
 * first frames are marked.
 */
const learntFirst = 500

interface Readable {
  last(): number
  read(seq: number, count: number): FramePage
  payload(seq: number, offset: number, length: number): PayloadPiece | null
}

/** Frames from a source that may be another one after a while, for they may have moved to another file. */
export interface LabelledFrames {
  /** `show`: the paths of the fields that rows show. */
  from<Source extends Readable>(source: Source, show?: readonly string[]): Source
}

/** The words of a frame stay the same, wherever it is read from. */
export function createLabelledFrames(): LabelledFrames {
  const labels = createLabels()
  let learntTo = 0
  const kinds = new Set<string>()
  /** The first frame of each. */
  const firsts = new Set<number>()

  function learnFirst({ last, read }: Readable): void {
    const until = Math.min(last(), learntFirst)
    while (learntTo < until) {
      const { rows } = read(learntTo + 1, until - learntTo)
      for (const { frame, start = null } of rows) {
        labels.learn(frame, start)
        const kind = likeness(frame, start)
        if (kind === null || kinds.has(kind)) continue
        kinds.add(kind)
        firsts.add(frame.seq)
      }
      const end = learntTo + rows.length
      // In a damaged file numbers need not follow one another.
      learntTo = rows.at(-1)?.frame.seq === end ? end : learntFirst
    }
  }

  function labelled({ start = null, ...row }: ReadRow): Row {
    const label = labels.label(row.frame, start)
    const isFirst = firsts.has(row.frame.seq)
    return { ...row, ...(label && { label }), ...(isFirst && { isFirst }) }
  }

  function shownIn(source: Readable, fields: ShownFields, row: ReadRow): ShownCells | null {
    const { frame, decoded, start = null } = row
    // What is no JSON begins otherwise.
    const more = start !== null && beginsJson(start) && start.length < frame.sizeBytes
    const bytes = more ? (source.payload(frame.seq, 0, shownBytes)?.bytes ?? null) : start
    const cells = fields.cells(frame, bytes, decoded)
    return cells && { lead: leadWords(frame, decoded, labels.type(frame, start)), cells }
  }

  return {
    from(source, show = []) {
      const fields = show.length === 0 ? null : createShownFields(show)
      return {
        ...source,
        read(seq: number, count: number) {
          learnFirst(source)
          const { rows, ...page } = source.read(seq, count)
          return {
            ...page,
            rows: rows.map((row) => {
              const shown = fields && shownIn(source, fields, row)
              return shown ? { ...labelled(row), shown } : labelled(row)
            }),
          }
        },
      }
    },
  }
}
