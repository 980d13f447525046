// Frames as they are read, each with its packets.

import { waits } from '../../../shared/frame/packet.ts'
import { addPackets } from '../../../shared/frame/toRow.ts'
import type { FramePage } from '../reading/frameReader.ts'
import { findMoment, type SessionMoment, withUnanswered } from '../reading/unanswered.ts'
import type { CaptureDecoding } from './captureDecoding.ts'

interface Readable {
  last(): number
  read(seq: number, count: number): FramePage
}

/** The same source of frames. */
export function withPackets<Source extends Readable>(
  source: Source,
  decoding: Pick<CaptureDecoding, 'packets' | 'decodedTo' | 'sinceLastMs'>,
): Source {
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
        moment = moment === undefined ? findMoment(source, decoding) : moment
        return addPackets(row, moment ? withUnanswered(row.frame, own, moment) : own)
      })
      return { ...run, rows }
    },
  }
}
