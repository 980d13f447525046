// The rows and notes of a comparison: figures that nobody knows are dashes, and limits that bite are told.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createComparer } from '../../../../src/engine/comparison/comparer.ts'
import { comparisonNotes } from '../../../../src/shared/comparison/comparisonNotes.ts'
import { comparisonRows } from '../../../../src/shared/comparison/comparisonRows.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { comparisonLimits } from '../../../../src/shared/limits.ts'

const message = (seq: number, detail: object = {}, sizeBytes = 8) =>
  ({
    ...{ kind: 'message', direction: 'in', seq, at: 1_790_000_000_000 + 1000 * seq, elapsedMs: 0 },
    ...{ connection: 1, sizeBytes, wireBytes: 10, replyTo: null, code: null, detail },
  }) as unknown as Frame

function compare(
  item: string | null,
  seen: readonly (readonly [frame: Frame, payload: Uint8Array])[],
) {
  const lanes = ['one', 'other'].map((name) => ({ name, method: 'websocket' as const }))
  const comparer = createComparer(lanes, item === null ? null : { item, time: 'at' })
  for (const [frame, payload] of seen) comparer.add(0, frame, payload)
  return comparer.result()
}

const row = (comparison: ReturnType<typeof compare>, label: string) =>
  comparisonRows(comparison).find((one) => one.label.startsWith(label))?.cells

describe('the rows of a comparison', () => {
  const seen = [1, 3].map((seq) => [message(seq), Buffer.from(`{"id":${seq}}`)] as const)

  it('have no figures of items where nobody knows what one is', () => {
    const opened = {
      ...message(0, { status: 101, purpose: 'handshake' }),
      kind: 'response',
    } as Frame
    const all = [[opened, Buffer.from('')] as const, ...seen]
    assert.deepEqual(row(compare('id', all), 'New items'), ['2 · 0 · 0', '0 · 0 · 0'])
    assert.deepEqual(row(compare(null, all), 'New items'), ['–', '–'])
  })

  it('tell how long each session was watched', () => {
    assert.deepEqual(row(compare('id', seen), 'Watched'), ['2.0 s', '0.0 ms'])
  })

  it('have notes that say where a time of origin was sought in vain, and what was not read', () => {
    assert.ok(
      comparisonNotes(compare('id', seen)).includes(
        'No new item had a time of origin at at, and so there is no freshness.',
      ),
    )
    const large = Buffer.alloc(comparisonLimits.payloadBytes + 1, ' ')
    const odd = [
      [message(4, {}, large.length), large],
      [message(5, { truncatedAt: 3 }), Buffer.from('{"i')],
      [message(6), Buffer.from('no JSON')],
    ] as const
    const comparison = compare('id', [...seen, ...odd])
    assert.equal(comparison.unread, 2)
    assert.match(comparisonNotes(comparison).join('\n'), /^In 2 payloads .* 4 MiB/m)
    assert.doesNotMatch(comparisonNotes(compare('id', seen)).join('\n'), /payload/)
  })
})
