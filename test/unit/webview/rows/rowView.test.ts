// Rows in shape, ink and words; and the bars of holds between them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { ClientMethod } from '../../../../src/shared/endpoint/endpoint.ts'
import type { Frame, FrameKind } from '../../../../src/shared/frame/frame.ts'
import { holdBars } from '../../../../src/webview/rows/holdBars.ts'
import { pendingText, rowView, unfinishedRowText } from '../../../../src/webview/rows/rowView.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'

function viewsOf(method: ClientMethod) {
  const rows = sampleFrames[method]
  return rows.map((row, index) => ({
    frame: row.frame,
    view: rowView(row, rows[index - 1]?.frame.at ?? null),
  }))
}

function framesOf(method: ClientMethod): readonly Frame[] {
  return sampleFrames[method].map(({ frame }) => frame)
}

describe('a row', () => {
  it('tells the time since the row before, and 0.000 in the first', () => {
    const [first, second] = viewsOf('websocket')
    assert.equal(first?.view.since, '0.000')
    assert.equal(second?.view.since, '+4.1 ms')
  })

  it('tells the time since the start where rows between are hidden', () => {
    const frame: Frame = { ...framesOf('websocket')[2], elapsedMs: 65_304.4 } as Frame
    assert.equal(rowView({ frame, preview: null }, null).since, '1:05.304')
  })

  it('tells when a request was answered, counted from its last byte', () => {
    const [, answer] = sampleFrames.websocket
    assert.ok(answer?.frame.kind === 'response')
    const timings = { tcpMs: 6, tlsMs: 4, sentMs: 12, firstByteMs: 24, totalMs: 25 }
    const frame: Frame = { ...answer.frame, detail: { ...answer.frame.detail, timings } }
    assert.equal(rowView({ frame, preview: null }, null).after, 'after 12 ms')
    // A capture that was made before that was measured.
    const { sentMs, ...older } = timings
    const before: Frame = { ...answer.frame, detail: { ...answer.frame.detail, timings: older } }
    assert.equal(rowView({ frame: before, preview: null }, null).after, `after ${sentMs + 2} ms`)
  })

  it('says a time once: where the row before is as long ago, no words tell it again', () => {
    const [asked, answer] = sampleFrames.websocket
    assert.ok(asked && answer)
    const beside = rowView(answer, asked.frame.at)
    assert.deepEqual([beside.since, beside.after], ['+4.1 ms', ''])
    assert.match(beside.label, /, after 4\.1 ms/, 'screen readers hear no column')
    assert.equal(rowView(answer, asked.frame.at + 1).after, 'after 4.1 ms')
    assert.equal(rowView(answer, asked.frame.at + 0.15).after, '')
  })

  it('tells in a tap which connection a request is of', () => {
    const noteOf = (method: ClientMethod) => {
      const request = framesOf(method).find(({ kind }) => kind === 'request')
      assert.ok(request?.kind === 'request')
      const client = { address: '127.0.0.1:51234', agent: 'curl' }
      const frame = { ...request, connection: 1204, detail: { ...request.detail, client } }
      return [request, frame].map((one) => rowView({ frame: one, preview: null }, null).note)
    }
    assert.deepEqual(noteOf('websocket'), ['handshake', '#1,204'])
    const [alone, tapped] = noteOf('polling')
    assert.equal(tapped, `#1,204 · ${alone}`)
  })

  it('tells its packets in the words of their protocol, an error and a flaw by tone as well', () => {
    const views = sampleJsonRpc.map((row) => rowView(row, null))
    const [request, result] = views
    assert.equal(request?.text, '▸ initialize #1 {client: "Lifeline"}')
    assert.match(request?.label ?? '', /, sent, ▸ initialize #1 /)
    assert.match(result?.text ?? '', /^◂ result initialize #1 · 12 ms · \{server: /)
    assert.deepEqual(
      views.map(({ tone }) => tone).filter((tone) => tone !== 'normal'),
      ['error', 'warning', 'warning', 'muted'],
    )
  })

  const shapes: Partial<Record<FrameKind, string>> = {
    error: 'broken',
    wait: 'wait',
    notice: 'notice',
    end: 'end',
  }
  for (const method of ['websocket', 'sse', 'polling', 'long-polling'] as const) {
    it(`takes its shape from its kind and direction (${method})`, () => {
      for (const { frame, view } of viewsOf(method)) {
        assert.equal(view.shape, shapes[frame.kind] ?? frame.direction, frame.kind)
      }
    })

    it(`says no error and no wait by colour alone (${method})`, () => {
      for (const { view } of viewsOf(method)) {
        if (view.shape === 'broken') assert.match(view.text, /^✕ /)
        if (view.shape === 'wait') assert.match(view.text, /^waits /)
        if (view.shape === 'end') assert.match(view.text, /^end/)
      }
    })

    it(`is a sentence of its own for a screen reader (${method})`, () => {
      for (const { frame, view } of viewsOf(method)) {
        assert.match(view.label, /^#\d+, \d\d:\d\d:\d\d\.\d\d\d, (sent|received|Lifeline), /)
        assert.ok(view.label.includes(view.text))
        assert.ok(view.label.includes(view.note), `${frame.seq}`)
      }
    })
  }

  it('draws binary messages in an ink of their own, and control frames dotted', () => {
    const views = viewsOf('websocket')
    const binary = views.find(
      ({ frame }) => frame.kind === 'message' && frame.detail.type === 'binary',
    )
    assert.equal(binary?.view.ink, 'binary')
    for (const { frame, view } of views) {
      assert.equal(view.dotted, frame.kind === 'ping' || frame.kind === 'pong')
    }
  })

  it('tells how long a long poll was held', () => {
    const [, held] = viewsOf('long-polling')
    assert.deepEqual([held?.view.since, held?.view.after], ['+12.304 s', ''])
    assert.match(held?.view.label ?? '', /, held for 12\.3 s/)
    assert.ok(held)
    assert.equal(rowView({ frame: held.frame, preview: null }, null).after, 'after 12.3 s')
  })
})

describe('the live row', () => {
  it('counts up while an answer is awaited, and down to the next attempt', () => {
    const answer = { kind: 'answer', since: 10_000 } as const
    assert.equal(pendingText(answer, 'long-polling', 13_240), '[waits for data · 3.2 s]')
    assert.equal(pendingText(answer, 'polling', 13_240), '[waits for an answer · 3.2 s]')
    assert.equal(pendingText(answer, 'sse', 9000), '[waits for an answer · 0.0 s]')
    const next = { kind: 'connection', since: 10_000, until: 12_000 } as const
    assert.equal(pendingText(next, 'websocket', 10_500), 'next attempt in 1.5 s')
    assert.equal(pendingText(next, 'websocket', 13_000), 'next attempt in 0.0 s')
    const poll = { ...next, kind: 'poll' } as const
    assert.equal(pendingText(poll, 'polling', 10_500), 'next request in 1.5 s')
    assert.equal(
      pendingText({ kind: 'connection', since: 0 }, 'sse', 1),
      'waits for the next attempt',
    )
  })

  it('tells how much has come of what is not complete, and what it waits for', () => {
    const event = { bytes: 1234, since: 10_000, awaits: 'blank-line' } as const
    assert.equal(unfinishedRowText(event, 13_240), '[1.2 kB wait for a blank line · 3.2 s]')
    assert.equal(
      unfinishedRowText({ ...event, bytes: 1, awaits: 'character' }, 9000),
      '[1 B waits for the rest of a character · 0.0 s]',
    )
    const body = { bytes: 1_200_000, ofBytes: 5_000_000, since: 10_000, awaits: 'body' } as const
    assert.equal(unfinishedRowText(body, 13_240), '[1.2 MB of 5.0 MB have come · 3.2 s]')
  })
})

describe('the bars of holds', () => {
  const frames = framesOf('long-polling')
  const all = { first: 0, end: frames.length }
  const frameAt = (index: number) => frames[index]

  it('run from each long poll to its answer', () => {
    const bars = holdBars(all, frames.length, frameAt, false)
    assert.equal(bars.get(0), 'begins')
    assert.equal(bars.get(1), 'ends')
    for (const [index, part] of bars) {
      if (part === 'begins') assert.equal(frames[index]?.kind, 'request')
      if (part === 'ends') assert.equal(frames[index]?.kind, 'response')
    }
  })

  it('pass through the rows between', () => {
    const [request, response] = frames
    const between = { ...request, seq: 90 } as Frame
    const order = [request, between, response] as Frame[]
    const bars = holdBars({ first: 0, end: 3 }, 3, (index) => order[index], false)
    assert.deepEqual(
      [...bars],
      [
        [0, 'begins'],
        [1, 'passes'],
        [2, 'ends'],
      ],
    )
  })

  it('are drawn when only their middle or their end is in view', () => {
    const bars = holdBars({ first: 1, end: 2 }, frames.length, frameAt, false)
    assert.equal(bars.get(1), 'ends')
  })

  it('stay open to the end while the answer is awaited', () => {
    const open = frames.slice(0, 3)
    const bars = holdBars({ first: 0, end: 3 }, 3, (index) => open[index], true)
    assert.equal(bars.get(2), 'begins')
  })
})
