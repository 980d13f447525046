// Frames as they are read, each with its packets.

import { addPackets } from '../../../shared/frame/toRow.ts'
import type { FramePage } from '../reading/frameReader.ts'
import type { CaptureDecoding } from './captureDecoding.ts'

interface Readable {
  read(seq: number, count: number): FramePage
}

/** The same source of frames. */
export function withPackets<Source extends Readable>(
  source: Source,
  decoding: Pick<CaptureDecoding, 'packets'>,
): Source {
  return {
    ...source,
    read(seq: number, count: number): FramePage {
      const run = source.read(seq, count)
      const last = run.rows.at(-1)
      if (!last) return run
      const packets = decoding.packets(seq, last.frame.seq)
      if (packets.size === 0) return run
      const rows = run.rows.map((row) => addPackets(row, packets.get(row.frame.seq)))
      return { ...run, rows }
    },
  }
}
