// Bars of their true length.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { laneBars } from '../../../../src/webview/lanes/laneBars.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'

const polls = sampleFrames['long-polling']
const bars = laneBars(polls, [], 0)

describe('bars on lifelines', () => {
  it('last from a long poll to its answer', () => {
    const answer = polls.find(({ frame }) => frame.kind === 'response')?.frame
    const asked = polls.find(({ frame }) => frame.seq === answer?.replyTo)?.frame
    const bar = bars.find(({ seq }) => seq === asked?.seq)
    assert.equal(bar?.kind, 'held')
    assert.deepEqual([bar?.fromAt, bar?.untilAt], [asked?.at, answer?.at])
  })

  it('begin before what is known where an answer says how long it was held', () => {
    const held = polls.find(
      ({ frame }) => frame.kind === 'response' && (frame.detail.holdMs ?? 0) > 0,
    )
    assert.ok(held && held.frame.kind === 'response')
    const [bar] = laneBars([held], [], 0)
    assert.equal(bar?.fromAt, held.frame.at - (held.frame.detail.holdMs ?? 0))
    assert.equal(bar?.untilAt, held.frame.at)
  })

  it('go on where no answer is known, and begin with what reaches into view', () => {
    const asked = polls.find(({ frame }) => frame.kind === 'request')
    assert.ok(asked)
    assert.deepEqual(
      laneBars([], [asked], 0).map(({ untilAt }) => untilAt),
      [null],
    )
  })

  it('of a pause end with the next connection, and of all with the session', () => {
    const rows = sampleFrames.sse
    const wait = rows.find(({ frame }) => frame.kind === 'wait')?.frame
    const next = rows.find(
      ({ frame }) => frame.kind === 'request' && frame.seq > (wait?.seq ?? 0),
    )?.frame
    const pause = laneBars(rows, [], 0).find(({ kind }) => kind === 'pause')
    assert.equal(pause?.fromAt, wait?.at)
    assert.ok(pause?.untilAt && next && pause.untilAt <= next.at)
    const ended = sampleFrames.polling
    const end = ended.at(-1)?.frame
    assert.equal(end?.kind, 'end')
    const all = laneBars(ended, [], 0)
    assert.ok(all.every(({ untilAt }) => untilAt !== null && untilAt <= (end?.at ?? 0)))
  })

  it('of a request whose answer is in no row end with the next one, and those that open a stream with what comes', () => {
    const requests = polls.filter(({ frame }) => frame.kind === 'request').slice(0, 2)
    const [first, second] = requests.map(({ frame }) => frame.at)
    const ends = laneBars(requests, [], 0).map(({ untilAt }) => untilAt)
    assert.deepEqual(ends, [second, null])
    const opening = sampleFrames.sse.slice(0, 1)
    assert.equal(laneBars(opening, [], 0).length, 1)
    assert.equal(laneBars(opening, [], 0, (first ?? 0) + 1e9).length, 0)
  })

  it('are shifted with their lane', () => {
    const [plain] = bars
    assert.equal(laneBars(polls, [], 100)[0]?.fromAt, (plain?.fromAt ?? 0) - 100)
  })
})
