// Facts, phases and header lines of the detail pane and the composer.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame, FrameWithPreview } from '../../../../src/shared/frame/frame.ts'
import { answeredAfterMs, receivingMs } from '../../../../src/shared/frame/httpDetail.ts'
import { formatDelay } from '../../../../src/shared/text/units.ts'
import { parseHeaderLines } from '../../../../src/webview/composer/headerLines.ts'
import { createSentHistory } from '../../../../src/webview/composer/sentHistory.ts'
import { differenceLines } from '../../../../src/webview/detail/difference/differenceLines.ts'
import { timingBars } from '../../../../src/webview/detail/exchange/timingBars.ts'
import { answersWords, factLine } from '../../../../src/webview/detail/factLine.ts'
import { afterWords, frameFacts } from '../../../../src/webview/detail/frameFacts.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { wireLayer } from '../../../support/samples/wireLayer.ts'

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
      /:40\.001 000 \(at 0\.004\)$/,
      'rounding carries into the milliseconds',
    )
  })

  it('stand in one line above a payload', () => {
    const lineOf = (row: FrameWithPreview | undefined) => {
      assert.ok(row)
      const { number, words } = factLine(row)
      return `${number} ${words}`
    }
    assert.deepEqual(sampleFrames.websocket.slice(0, 3).map(lineOf), [
      '#1 → GET · 214 B on wire',
      '#2 ← 101 · 188 B on wire',
      '#3 → subscribe · 37 B · 39 B on wire',
    ])
    assert.equal(lineOf(sampleFrames.websocket[4]), '#5 ← trade · 77 B · 79 B on wire')
    assert.equal(
      lineOf(sampleFrames.sse.find(({ frame }) => frame.kind === 'event')),
      '#5 ← trade · 25 B · 27 B on wire',
    )
  })

  it('say what a frame answers, and after which time', () => {
    const response = sampleFrames['long-polling'][1]?.frame
    const error = sampleFrames.polling.find(({ frame }) => frame.kind === 'error')?.frame
    assert.ok(response && error)
    assert.equal(answersWords(response, null), 'answers #1')
    assert.equal(answersWords(response, response.at), 'answers #1 after 12.3 s')
    assert.match(answersWords(error, 0), /^about #\d+$/)
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

  it('give a notice with what to do', () => {
    const error = sampleFrames.polling.find(({ frame }) => frame.kind === 'error')?.frame
    assert.ok(error)
    const detail = { message: 'It has no cursor.' }
    const facts = factsOf({ ...error, kind: 'notice', code: 'cursor-missing', detail })
    assert.equal(facts.get('Notice'), 'It has no cursor.')
    assert.match(facts.get('What to do') ?? '', /"cursor"/)
  })
})

describe('the facts of one kind', () => {
  const response = sampleFrames.polling[1]?.frame

  it('tell of an answer how fresh it is, and since when nothing changed', () => {
    assert.ok(response?.kind === 'response')
    const detail = {
      ...response.detail,
      changed: false,
      unchangedInRow: 3,
      freshness: { maxAgeMs: 60_000, ageMs: 2000 },
    }
    const facts = factsOf({ ...response, detail })
    assert.equal(facts.get('Compared'), 'unchanged · 3 in a row')
    assert.equal(facts.get('Freshness'), '2.0 s old when it came · fresh for 1 min 0 s')
  })

  it('tell of a close frame who began, who answers, and what the code means', () => {
    const [answer] = sampleFrames.websocket
      .map(({ frame }) => frame)
      .filter((frame) => frame.kind === 'close' && frame.replyTo !== null)
    const facts = factsOf(answer)
    assert.equal(facts.get('Close started by'), 'server')
    assert.equal(facts.get('Answered by'), 'client')
    assert.equal(facts.get('Means'), 'The purpose of the connection has been fulfilled.')
  })

  it('tell why lines were ignored, and what is wrong with a record', () => {
    const frames = wireLayer.map(({ frame }) => frame)
    assert.equal(
      factsOf(frames.find(({ kind }) => kind === 'ignored')).get('Ignored'),
      'unknown field',
    )
    const cut = frames.find((frame) => frame.kind === 'record' && frame.detail.flaw !== undefined)
    assert.equal(factsOf(cut).get('Flaw'), 'It was cut off before its end.')
  })

  it('give the proxy, the socket and the gap of a request', () => {
    const request = sampleFrames['long-polling'][0]?.frame
    assert.ok(request?.kind === 'request')
    const detail = { ...request.detail, proxy: 'http://proxy:8080', socketPath: '/s', gapMs: 12 }
    const facts = factsOf({ ...request, detail })
    assert.equal(facts.get('Proxy'), 'http://proxy:8080')
    assert.equal(facts.get('Socket'), '/s')
    assert.equal(facts.get('No request open'), '12 ms')
  })
})

describe('the difference of a changed answer', () => {
  it('is a path a line, with its sign', () => {
    const lines = differenceLines({
      added: ['$.b'],
      removed: ['$.a'],
      changed: ['$.c[0]', '$.d'],
      values: [{ path: '$.d', from: '62', to: '63' }],
      more: 4,
    })
    assert.deepEqual(
      lines.map(({ sign, word, path, values }) => `${sign} ${path} ${word} ${values}`.trimEnd()),
      ['~ $.c[0] changed', '~ $.d changed 62 → 63', '+ $.b added', '− $.a removed'],
    )
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

describe('the time after which an exchange was answered', () => {
  for (const [method, rows] of Object.entries(sampleFrames)) {
    it(`is in the detail the time between its rows, but for what its body took (${method})`, () => {
      for (const { frame } of rows) {
        const asked = rows.find(({ frame: { seq } }) => seq === frame.replyTo)?.frame
        if (frame.kind !== 'response' || !asked) continue
        const after = answeredAfterMs(frame.detail.timings) ?? 0
        const apart = frame.at - asked.at
        assert.ok(
          Math.abs(after + receivingMs(frame.detail.timings) - apart) < 0.01,
          `#${frame.seq}`,
        )
        assert.match(afterWords(frame, asked.at), new RegExp(`^after ${formatDelay(after)}`))
      }
    })
  }

  it('says when the answer was complete, if that was later', () => {
    const [, opened] = sampleFrames.sse
    assert.ok(opened?.frame.kind === 'response')
    const timings = { tcpMs: 4, sentMs: 12, firstByteMs: 15, totalMs: 20 }
    const frame = { ...opened.frame, detail: { ...opened.frame.detail, timings } }
    assert.equal(afterWords(frame, frame.at - 8), 'after 3.0 ms, complete after 8.0 ms')
  })
})

describe('the phases of an exchange', () => {
  it('stand on one scale, in order', () => {
    const phases = { dnsMs: 10, tcpMs: 20, tlsMs: 30, sentMs: 64, firstByteMs: 80, totalMs: 100 }
    const bars = timingBars(phases)
    assert.deepEqual(
      bars.map(({ name, ms, start, share }) => [name, ms, start, share]),
      [
        ['DNS', 10, 0, 0.1],
        ['TCP', 20, 0.1, 0.2],
        ['TLS', 30, 0.3, 0.3],
        ['Sending', 4, 0.6, 0.04],
        ['Waiting', 16, 0.64, 0.16],
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
