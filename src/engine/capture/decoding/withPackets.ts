// Frames as they are read, each with its packets.

import { waits } from '../../../shared/frame/packet.ts'
import { addPackets } from '../../../shared/frame/toRow.ts'
import type { FramePage } from '../reading/frameReader.ts'
import type { CaptureDecoding } from './captureDecoding.ts'
import { type SessionMoment, withUnanswered } from './unanswered.ts'

interface Readable {
  last(): number
  read(seq: number, count: number): FramePage
}

/** The same source of frames. Of what is only read `sinceLastMs` is null: the time since its last frame was written. */
export function withPackets<Source extends Readable>(
  source: Source,
  decoding: Pick<CaptureDecoding, 'packets' | 'decodedTo'>,
  sinceLastMs: () => number | null,
): Source {
  /** Null while the frames are not all decoded: an answer may be among them. */
  function findMoment(): SessionMoment | null {
    if (decoding.decodedTo() < source.last()) return null
    const [row] = source.read(source.last(), 1).rows
    if (!row) return null
    const since = sinceLastMs()
    return { last: row.frame, now: row.frame.at + (since ?? 0), isLive: since !== null }
  }

  return {
    ...source,
    read(seq: number, count: number): FramePage {
      const run = source.read(seq, count)
      const last = run.rows.at(-1)
      if (!last) return run
      const packets = decoding.packets(seq, last.frame.seq)
      if (packets.size === 0) return run
      let moment: SessionMoment | null | undefined
      const rows = run.rows.map((row) => {
        const own = packets.get(row.frame.seq)
        if (!own?.some(waits)) return addPackets(row, own)
        moment = moment === undefined ? findMoment() : moment
        return addPackets(row, moment ? withUnanswered(row.frame, own, moment) : own)
      })
      return { ...run, rows }
    },
  }
}
