// Analyses that want packets: frames that have few do not let them read so many at once that those that follow may have.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { runsOver } from '../../../../support/captures/runsOver.ts'
import { sampleRows } from '../../../../support/samples/sampleRows.ts'

const packet: Packet = { protocol: 'json-rpc', type: 'request', name: 'a', level: 'app' }

describe('an analysis of packets', () => {
  for (const name of ['decodedNumbers', 'schema', 'findings', 'connections'] as const) {
    it(`reads so many at once, whatever came before: ${name}`, () => {
      const rows = sampleRows(new Array(20_000).fill({ kind: 'ping', detail: { masked: false } }))
      let mostPackets = 0
      const runs = runsOver(rows, {
        decoding: {
          knownTo: () => rows.length,
          packets(first, last) {
            // Only the last frames have packets, and as many as they may.
            const dense = Math.max(first, rows.length - 500)
            const count = Math.max(0, last - dense + 1)
            mostPackets = Math.max(mostPackets, count * decodeLimits.packets)
            const of = new Array<Packet>(decodeLimits.packets).fill(packet)
            return new Map(Array.from({ length: count }, (_, nth) => [dense + nth, of]))
          },
        },
      })
      for (let complete = false; !complete; ) ({ complete } = runs.answer(name, { afterSeq: 0 }))
      assert.ok(mostPackets > 0 && mostPackets <= 128 * decodeLimits.packets, `${mostPackets}`)
    })
  }
})
