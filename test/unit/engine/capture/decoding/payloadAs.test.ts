import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createCapture } from '../../../../../src/engine/capture/capture.ts'
import { payloadAs } from '../../../../../src/engine/capture/decoding/payloadAs.ts'
import type { Protocol } from '../../../../../src/engine/decoders/shapes/decoder.ts'
import type { Endpoint } from '../../../../../src/shared/endpoint/endpoint.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { decodeLimits, defaultLimits } from '../../../../../src/shared/limits.ts'
import { binaryMessage, recorded, start } from '../../../../support/captures/captureFrames.ts'
import { sampleMessagePack } from '../../../../support/samples/sampleMessagePack.ts'
import { sampleRows } from '../../../../support/samples/sampleRows.ts'

const rows = sampleMessagePack()

function capture(asked: Partial<Endpoint>, ...frames: readonly NewFrame[]) {
  const endpoint = { ...recorded.endpoint, ...asked }
  const capture = createCapture({ ...recorded, endpoint, path: null, limits: defaultLimits })
  for (const frame of frames) capture.append(frame)
  return capture
}

const samples = rows.map((row) => ({ ...row.frame, payload: row.payload() }) as NewFrame)

describe('a payload as its protocol reads it', () => {
  it('is told by the connection, also long after the exchange that opened it', () => {
    const [, , oslo] = samples
    assert.ok(oslo)
    const later = Array.from({ length: 3000 }, () => oslo)
    const opened = capture({}, ...samples, ...later)
    const read = { protocol: 'messagepack', text: '{"city":"Oslo","days":[1,2]}' }
    assert.deepEqual(opened.payloadAs(3), read)
    assert.deepEqual(opened.payloadAs(3004), read)
    for (const none of [0, 1, 2, 4, 9000]) assert.equal(opened.payloadAs(none), null, `${none}`)
  })

  it('is what the profile says, or nothing', () => {
    const plain = binaryMessage(Uint8Array.of(0x81, 0xa1, 0x61, 0x01), start)
    assert.equal(capture({}, plain).payloadAs(1), null)
    assert.deepEqual(capture({ decode: 'messagepack' }, plain).payloadAs(1), {
      protocol: 'messagepack',
      text: '{"a":1}',
    })
    assert.equal(capture({ decode: 'off' }, ...samples).payloadAs(3), null)
  })

  it('is told by what the client began with, where that says which version it is', () => {
    const mqtt = (hex: string, direction: 'in' | 'out') =>
      ({ ...binaryMessage(Buffer.from(hex, 'hex'), start), direction }) as NewFrame
    const publish = mqtt('300500016100' + '31', 'in')
    const payloadOf = (level: string) => {
      const connect = mqtt(`100c00044d515454${level}02003c0000`, 'out')
      const opened = capture({ decode: 'mqtt' }, connect, publish)
      return JSON.parse(opened.payloadAs(2)?.text ?? '').payload
    }
    assert.deepEqual([payloadOf('04'), payloadOf('05')], ["h'0031'", '1'])
  })

  it('is nothing where it is too long, or where JSON cannot say it', () => {
    const message = { type: 'binary', fragments: 1, compressed: false, masked: false } as const
    const ring: unknown[] = []
    ring.push(ring)
    const answers = [ring, 1n, undefined, 'x'.repeat(decodeLimits.readChars), { fine: true }]
    const reading = (value: unknown): Protocol => ({
      name: 'any',
      version: 1,
      fitsData: () => false,
      fitsConnection: () => true,
      read: () => value,
      create: () => ({ protocol: 'any', push: () => [], missed: () => undefined }),
    })
    const ask = (value: unknown, bytes: Uint8Array) => {
      const [row] = sampleRows([{ kind: 'message', detail: message, bytes }])
      assert.ok(row)
      const source = {
        frames: () => ({ rows: [row], detailChars: 0 }),
        payload: (_: number, offset: number, length: number) => ({
          offset,
          sizeBytes: bytes.length,
          bytes: bytes.slice(offset, offset + length),
        }),
      }
      const settings = { decode: 'auto', protocols: [reading(value)] }
      return payloadAs(1, source, { packets: () => new Map() }, settings)?.text ?? null
    }
    assert.deepEqual(
      answers.map((value) => ask(value, Uint8Array.of(1))),
      [null, null, null, null, '{"fine":true}'],
    )
    assert.equal(ask(1, new Uint8Array(decodeLimits.payloadBytes + 1)), null)
  })
})
