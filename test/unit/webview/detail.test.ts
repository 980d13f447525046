// Facts, phases and header lines of the detail pane and the composer.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame } from '../../../src/shared/frame.ts'
import { frameFacts } from '../../../src/webview/frameFacts.ts'
import { parseHeaderLines } from '../../../src/webview/headerLines.ts'
import { createSentHistory } from '../../../src/webview/sentHistory.ts'
import { timingBars } from '../../../src/webview/timingBars.ts'
import { sampleFrames } from '../../support/sampleFrames.ts'

function factsOf(frame: Frame | undefined, previousAt: number | null = null) {
  assert.ok(frame)
  return new Map(frameFacts(frame, previousAt).map(({ name, value }) => [name, value]))
}

describe('the facts of a frame', () => {
  it('name number, kind, direction and connection', () => {
    assert.equal(
      factsOf(sampleFrames.websocket[2]?.frame).get('Frame'),
      '#3 · text · out · connection 1',
    )
  })

  it('tell the time to the microsecond, and since the row before', () => {
    const frame = { ...sampleFrames.websocket[2]?.frame, at: 1_000_000.1234 } as Frame
    assert.match(factsOf(frame, 999_999).get('At') ?? '', /^\d\d:16:40\.000 123 \(\+1\.1 ms\)$/)
    assert.match(
      factsOf({ ...frame, at: 1_000_000.9999 } as Frame).get('At') ?? '',
      /:40\.001 000$/,
      'rounding carries into the milliseconds',
    )
  })

  it('lead to the frame that is answered', () => {
    const response = sampleFrames.websocket[1]?.frame
    assert.ok(response)
    assert.equal(frameFacts(response, null).find(({ name }) => name === 'Answers')?.seq, 1)
  })

  it('give an error with what to do, in full', () => {
    const error = sampleFrames.polling.find(({ frame }) => frame.kind === 'error')?.frame
    const facts = factsOf(error)
    assert.equal(facts.get('Error'), 'localhost:7411 refused the connection.')
    assert.match(facts.get('What to do') ?? '', /server is running/)
    assert.equal(facts.get('Cause'), 'ECONNREFUSED')
    assert.equal(facts.get('Code'), 'connection-refused')
    assert.equal(facts.has('Size'), false)
  })
})

describe('a payload that was cut', () => {
  it('is told with the setting that cut it, in its unit', () => {
    const message = sampleFrames.websocket.find(({ frame }) => frame.kind === 'message')?.frame
    assert.ok(message)
    const detail = { ...message.detail, truncatedAt: 16 * 2 ** 20 }
    const frame = { ...message, sizeBytes: 100_000_000, detail } as Frame
    assert.match(
      factsOf(frame).get('Size') ?? '',
      /^100\.0 MB payload · .* cut: the first 16 MiB are kept \(lifeline\.capture\.maxPayload\)$/,
    )
  })
})

describe('the phases of an exchange', () => {
  it('stand on one scale, in order', () => {
    const bars = timingBars({ dnsMs: 10, tcpMs: 20, tlsMs: 30, firstByteMs: 80, totalMs: 100 })
    assert.deepEqual(
      bars.map(({ name, ms, start, share }) => [name, ms, start, share]),
      [
        ['DNS', 10, 0, 0.1],
        ['TCP', 20, 0.1, 0.2],
        ['TLS', 30, 0.3, 0.3],
        ['Waiting', 20, 0.6, 0.2],
        ['Receiving', 20, 0.8, 0.2],
        ['Total', 100, 0, 1],
      ],
    )
  })

  it('leave out what did not take place', () => {
    assert.deepEqual(
      timingBars({ firstByteMs: 5 }).map(({ name }) => name),
      ['Waiting'],
    )
    assert.deepEqual(timingBars({}), [])
  })
})

describe('header lines', () => {
  it('are read in order, with empty lines passed over', () => {
    assert.deepEqual(parseHeaderLines('A: 1\n\nb:two: 2 \nA: 3\r'), {
      ok: true,
      headers: [
        ['A', '1'],
        ['b', 'two: 2'],
        ['A', '3'],
      ],
    })
  })
  for (const wrong of ['no colon', ': empty', 'two words: x', 'ümlaut: x']) {
    it(`are refused with their number: ${wrong}`, () => {
      const parsed = parseHeaderLines(`A: 1\n${wrong}`)
      assert.ok(!parsed.ok)
      assert.match(parsed.message, /line 2/)
    })
  }
})

describe('the history of sent messages', () => {
  it('goes back and forth and ends in what was being written', () => {
    const history = createSentHistory(['one', 'two'])
    assert.equal(history.newer(), null)
    assert.equal(history.older('draft'), 'two')
    assert.equal(history.older('two'), 'one')
    assert.equal(history.older('one'), null)
    assert.equal(history.newer(), 'two')
    assert.equal(history.newer(), 'draft')
    assert.equal(history.newer(), null)
  })

  it('keeps a message once, as the newest, and no more than fifty', () => {
    const history = createSentHistory(['a', 'b'])
    assert.deepEqual(history.add('a'), ['b', 'a'])
    for (let count = 0; count < 100; count++) history.add(`m${count}`)
    assert.equal(history.add('last').length, 50)
  })
})
