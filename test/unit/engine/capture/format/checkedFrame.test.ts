// Odd values in every field of every kind: what passes for a frame can be drawn, told and exported.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkedFrame } from '../../../../../src/engine/capture/format/checkedFrame.ts'
import { exporters } from '../../../../../src/engine/exports/exporters.ts'
import { describe as describeFrame } from '../../../../../src/shared/frame/describe.ts'
import type { Frame, FrameDetails, FrameKind } from '../../../../../src/shared/frame/frame.ts'
import { previewPayload } from '../../../../../src/shared/frame/preview.ts'
import { isRecord } from '../../../../../src/shared/unknown.ts'
import { differenceLines } from '../../../../../src/webview/detail/difference/differenceLines.ts'
import { timingBars } from '../../../../../src/webview/detail/exchange/timingBars.ts'
import { frameFacts } from '../../../../../src/webview/detail/frameFacts.ts'
import { holdBars } from '../../../../../src/webview/rows/holdBars.ts'
import { rowView } from '../../../../../src/webview/rows/rowView.ts'

const headers = [['Content-Type', 'text/plain']] as const

/** Every field of every kind: none can be forgotten. */
const details: { readonly [K in FrameKind]: Required<FrameDetails[K]> } = {
  request: {
    purpose: 'long-poll',
    method: 'GET',
    url: 'http://h/',
    target: '/',
    httpVersion: '2',
    streamId: 3,
    headers,
    proxy: 'http://proxy',
    socketPath: '/s',
    gapMs: 1.5,
    client: { address: '127.0.0.1:51234', agent: 'curl/8.5' },
    changes: [{ name: 'Host', from: 'localhost:1', to: null }],
  },
  response: {
    purpose: 'long-poll',
    status: 200,
    statusText: 'OK',
    httpVersion: '2',
    streamId: 3,
    headers,
    latin1: [0],
    trailers: headers,
    timings: { dnsMs: 1, tcpMs: 1, tlsMs: 1, sentMs: 3, firstByteMs: 4, totalMs: 5 },
    reused: false,
    remoteAddress: '127.0.0.1:1',
    contentEncoding: 'gzip',
    changed: true,
    unchangedInRow: 2,
    difference: {
      added: ['$.a'],
      removed: ['$.b'],
      changed: ['$.c'],
      values: [{ path: '$.c', from: '1', to: '2' }],
      more: 2,
    },
    freshness: { maxAgeMs: 1, ageMs: 2, uncached: true },
    holdMs: 12,
    empty: false,
    serverTimeout: false,
    cursor: { from: 'a', to: 'b' },
    refused: true,
    changes: [{ name: 'Location', from: null, to: 'http://localhost:1/' }],
    redirectTo: 'http://h/2',
    stream: 'sse',
    truncatedAt: 5,
  },
  event: { type: 'trade', lastEventId: '7', sameId: true, truncatedAt: 5 },
  comment: { truncatedAt: 5 },
  ignored: { why: 'no-data', truncatedAt: 5 },
  retry: { delayMs: 3000 },
  record: {
    format: 'multipart',
    headers: [['a', 'b']],
    partial: true,
    charset: 'gbk',
    flaw: 'not-json',
    truncatedAt: 5,
  },
  message: {
    ...{ type: 'text', fragments: 1, compressed: true, masked: false, injected: true },
    truncatedAt: 5,
  },
  fragment: { index: 1, opcode: 1, fin: false, rsv: 4, masked: true },
  control: { type: 'SETTINGS', streamId: 0, ack: true, says: 'ENABLE_PUSH 0', truncatedAt: 4 },
  ping: { masked: false },
  pong: { masked: false, rttMs: 3 },
  close: { code: 1000, reason: 'bye', by: 'server', replyMs: 2 },
  wait: { reason: 'back-off', delayMs: 1000, attempt: 1, attempts: 5, message: 'because' },
  error: {
    message: 'gone',
    advice: 'do',
    cause: 'ECONNRESET',
    fields: ['tls.ca'],
    fits: 'polling',
    certificate: {
      subject: 'CN=localhost',
      issuer: 'CN=localhost',
      names: ['DNS:localhost'],
      validFrom: 'Nov 27 15:00:00 2026 GMT',
      validTo: 'Nov 27 15:00:00 2027 GMT',
      fingerprint: 'AB:CD',
      host: 'localhost:8443',
      flaws: ['it is self-signed'],
    },
    speaksTls: true,
    target: 'https://h/2',
    instead: { field: 'httpVersion', value: '2' },
    closeCode: 1006,
    truncatedAt: 5,
  },
  notice: { message: 'so', truncatedAt: 5 },
  end: { by: 'error', message: 'It is gone.', brief: 'By that error.' },
}

const oddValues: readonly unknown[] = [
  undefined,
  null,
  true,
  '',
  'x',
  '__proto__',
  'constructor',
  '\u202e\u0000\ud800',
  'x'.repeat(1e6),
  ...[0, -0, -1, 0.5, 1e16, 2 ** 53, 8.64e15, 8.65e15, -8.65e15, 1e300, 1e308, -1e308, 5e-324],
  Number.NaN,
  Number.POSITIVE_INFINITY,
  12n,
  [],
  [[]],
  [[1, 2]],
  [['a']],
  [['a', 'b', 'c']],
  Array(50_000).fill(['a', 'b']),
  Array(50_000).fill('a'),
  {},
  { length: 1e9, toString: 1, toJSON: 1 },
  new Uint8Array(3),
]

/** The same value with one thing in it replaced, once for each thing and each odd value. */
function* mutated(value: unknown): Generator<unknown> {
  yield* oddValues
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const odd of mutated(item)) yield value.with(index, odd)
    }
  } else if (isRecord(value)) {
    for (const [name, item] of Object.entries(value)) {
      for (const odd of mutated(item)) yield { ...value, [name]: odd }
    }
  }
}

/** All that is made of a frame for people and programs. */
function drawAll(frame: Frame): void {
  for (const bytes of [null, Uint8Array.of(0xff, 0), Buffer.from('{"a":1}')]) {
    const preview = previewPayload(frame, bytes, 256)
    const { text, note, tone } = describeFrame(frame, preview)
    assert.ok(text.length <= 400 && note.length <= 60)
    assert.ok(['normal', 'muted', 'warning', 'error'].includes(tone), `${tone}`)
    const view = rowView({ frame, preview }, frame.at - 5)
    assert.ok(
      !/undefined|NaN|\[object|function/.test(`${text} ${note} ${view.label}`),
      `${view.label}, ${note}`,
    )
    for (const make of Object.values(exporters)) {
      const exporter = make({ server: 'h', times: true })
      exporter.begin()
      Array.from(exporter.frame({ frame, preview, payload: () => bytes }))
      exporter.end()
    }
  }
  const facts = frameFacts(frame, frame.at - 5)
  for (const { name, value } of facts) {
    assert.equal(typeof value, 'string', name)
    assert.ok(!/undefined|NaN|Invalid|\[object/.test(value.slice(0, 1000)), `${name}: ${value}`)
  }
  new Date(frame.at).toISOString()
  holdBars({ first: 0, end: 1 }, 1, () => frame, true)
  if (frame.kind !== 'response') return
  if (frame.detail.difference) differenceLines(frame.detail.difference)
  for (const { ms, start, share } of timingBars(frame.detail.timings)) {
    assert.ok([ms, start, share].every(Number.isFinite), JSON.stringify(frame.detail.timings))
  }
}

describe('a frame of a capture that anybody may have written', () => {
  for (const kind of Object.keys(details) as FrameKind[]) {
    it(`is drawn whatever stands in a ${kind}, or told as not readable`, () => {
      const head = { seq: 2, at: 1.7e12, elapsedMs: 5, connection: 1, direction: 'in' as const }
      const sizes = { sizeBytes: 100, wireBytes: 102, replyTo: 1, code: 'a-code' }
      const sound = { ...head, kind, ...sizes, detail: details[kind] }
      assert.equal(checkedFrame(sound).kind, kind)
      let kept = 0
      let told = 0
      for (const odd of mutated(sound)) {
        if (!isRecord(odd)) continue
        const frame = checkedFrame({ ...sound, ...odd })
        if (frame.code === 'frame-not-readable') told++
        else kept++
        drawAll(frame)
      }
      assert.ok(kept > 0 && told > 100, `${kept} kept, ${told} told`)
    }).timeout(60_000)
  }

  it('has as many headers as fit into a head, and no more', () => {
    const head = { seq: 2, at: 1.7e12, elapsedMs: 5, connection: 1, direction: 'in' as const }
    const sizes = { sizeBytes: 0, wireBytes: 0, replyTo: 1, code: null }
    const codeOf = (count: number) => {
      const detail = { ...details.response, headers: Array(count).fill(['a', 'b']) }
      return checkedFrame({ ...head, ...sizes, kind: 'response', detail }).code
    }
    assert.equal(codeOf(20_000), null)
    assert.equal(codeOf(20_001), 'frame-not-readable')
  })
})
