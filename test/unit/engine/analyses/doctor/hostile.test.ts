// The doctor before peers that mean no good: nothing throws, what is told is bounded, and time is linear.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { FrameDetails, FrameKind } from '../../../../../src/shared/frame/frame.ts'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import { findingLimits } from '../../../../../src/shared/limits.ts'
import { visibleLine } from '../../../../../src/shared/text/visibleText.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { type Random, randomOf } from '../../../../support/captures/random.ts'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

const texts = [
  '',
  '\0',
  '{',
  '{"type":"response.x","sequence_number":999999999999999999999}',
  '0{"sid":"x","pingInterval":1e9,"pingTimeout":-1}',
  'CONNECTED\nheart-beat:99999999999,x\n\n\0',
  '{"event":"x","data":"{\\"activity_timeout\\":\\"}"}',
  '{"id":"c","object":"chat.completion.chunk","choices":[{"delta":{"content":null}}]}',
  'A'.repeat(3000),
  '\u202e\u0007“”\n'.repeat(300),
]
const purposes = ['poll', 'long-poll', 'stream', 'handshake', 'companion'] as const
const protocols = ['engine.io', 'signalr', 'stomp', 'pusher', 'mcp', 'constructor', '__proto__']
const codes = ['ws-protocol-error', 'ws-abnormal-closure', 'http-timeout', 'of a later version']
const fields = ['Server', 'Retry-After', 'Age', 'ETag', 'Cache-Control', 'Mcp-Session-Id', 'Origin']

function details(random: Random): Partial<FrameDetails> {
  const text = random.of(texts)
  const headers = fields.map((name) => [name, random.of(texts)] as const)
  const ms = random.of([-1, 0, 1, 1e12])
  const purpose = random.of(purposes)
  const status = random.of([0, 101, 200, 204, 304, 429, 503, 999])
  return {
    request: {
      ...{ purpose, method: random.of(['GET', 'POST', text]), url: text, target: text },
      ...{ httpVersion: '1.1', headers, gapMs: ms },
    },
    response: {
      ...{ purpose, status, statusText: text, httpVersion: '2', headers, reused: ms > 0 },
      ...{ timings: { sentMs: ms, firstByteMs: -ms }, holdMs: ms, changed: ms > 0 },
      ...{ cursor: { from: null, to: text }, freshness: { ageMs: ms, maxAgeMs: -ms } },
    },
    event: { type: text, lastEventId: random.of([text, '1', '9'.repeat(400), '-5']) },
    comment: {},
    ignored: { why: random.of(['unknown-field', 'unfinished', 'no-content', 'not-utf8']) },
    retry: { delayMs: ms },
    record: { format: 'ndjson', partial: ms > 0 },
    message: { type: 'text', fragments: ms, compressed: ms > 0, masked: true },
    ping: { masked: true },
    pong: { masked: true, rttMs: ms },
    close: { code: random.below(70_000), reason: text, by: random.of(['client', 'server']) },
    wait: { reason: 'retry', delayMs: ms, attempt: 1 },
    error: { message: text, cause: text },
    notice: { message: text },
    end: { by: random.of(['user', 'server', 'error', 'limit']), message: text },
  }
}

function packets(random: Random, seq: number): readonly Packet[] {
  return Array.from({ length: random.below(3) }, () => ({
    protocol: random.of(protocols),
    type: random.of(['request', 'error', 'CONNECTED', '__proto__']),
    name: random.of(texts),
    level: random.of(['app', 'control', 'heartbeat'] as const),
    ...(random.below(2) === 0 && { asks: true as const }),
    ...(random.below(2) === 0 && { answers: random.below(seq + 5), latencyMs: -5 }),
  }))
}

/** Frames of all kinds in any order, at times that go back, too. */
function nonsense(count: number, seed: number): Traffic {
  const random = randomOf(seed)
  const traffic = createTraffic()
  for (let i = 0; i < count; i++) {
    const all = details(random)
    const kind = random.of(Object.keys(all) as FrameKind[])
    traffic.wait(random.of([0, 0.1, 5, 1000, 60_000, -3000]))
    traffic.frame(kind, all[kind] ?? {}, {
      text: random.of(texts),
      direction: random.of(['in', 'out', 'local']),
      connection: random.below(5) === 0 ? random.below(1e6) : random.below(4),
      packets: packets(random, i),
      ...(kind === 'error' && { code: random.of(codes) }),
    })
  }
  return traffic
}

describe('the doctor before hostile peers', () => {
  it('never throws, and what it tells is short', () => {
    const ids = new Set<string>()
    for (let seed = 1; seed <= 60; seed++) {
      const { findings } = nonsense(300, seed).findings(1e9)
      for (const finding of findings) {
        ids.add(finding.id)
        assert.ok(finding.sentence.length < 600, finding.sentence)
        assert.equal(finding.sentence, visibleLine(finding.sentence))
        assert.ok(finding.frames.length <= 2 * findingLimits.frames)
        assert.ok(
          finding.frames.every((seq) => seq >= 1 && seq <= 300),
          finding.id,
        )
      }
    }
    assert.ok(ids.size > 12, [...ids].join(' '))
  })

  it('takes linear time', () => {
    const made = new Map<number, Traffic>()
    assertLinear(2000, (size) => {
      const traffic = made.get(size) ?? nonsense(size, 7)
      made.set(size, traffic)
      return traffic.findings()
    })
  })
})
