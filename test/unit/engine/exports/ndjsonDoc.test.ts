// Holds the details in `docs/ndjson.md` against their types: a field that is missing here does not compile.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'mocha'
import type { FrameDetails, FrameKind } from '../../../../src/shared/frame/frame.ts'

/** Of each field whether it may be absent, which the page marks by `?`. */
type Absence<T> = { readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? 1 : 0 }

const cut = { truncatedAt: 1 } as const
const exchange = { purpose: 0, httpVersion: 0, streamId: 1, headers: 0 } as const

const details: { readonly [K in FrameKind]: Absence<FrameDetails[K]> } = {
  request: {
    ...exchange,
    ...{ method: 0, url: 0, target: 0, proxy: 1, socketPath: 1, gapMs: 1, client: 1, changes: 1 },
  },
  response: {
    ...exchange,
    ...{ status: 0, statusText: 0, latin1: 1, trailers: 1, timings: 0, reused: 0 },
    ...{ remoteAddress: 1, contentEncoding: 1, changed: 1, unchangedInRow: 1, difference: 1 },
    ...{ freshness: 1, holdMs: 1, empty: 1, serverTimeout: 1, cursor: 1, refused: 1 },
    ...{ redirectTo: 1, stream: 1, changes: 1 },
    ...cut,
  },
  event: { type: 0, lastEventId: 0, sameId: 1, ...cut },
  comment: cut,
  ignored: { why: 0, ...cut },
  retry: { delayMs: 0 },
  record: { format: 0, headers: 1, partial: 1, charset: 1, flaw: 1, ...cut },
  message: { type: 0, fragments: 0, compressed: 0, masked: 0, injected: 1, ...cut },
  fragment: { index: 0, opcode: 0, fin: 0, rsv: 0, masked: 0 },
  control: { type: 0, streamId: 0, ack: 1, says: 0, ...cut },
  ping: { masked: 0 },
  pong: { masked: 0, rttMs: 1 },
  close: { code: 0, reason: 0, by: 0, replyMs: 1 },
  wait: { reason: 0, delayMs: 0, attempt: 1, attempts: 1, message: 1 },
  error: {
    ...{ message: 0, advice: 1, cause: 1, fields: 1, fits: 1, speaksTls: 1, target: 1 },
    ...{ instead: 1, certificate: 1, closeCode: 1 },
    ...cut,
  },
  notice: { message: 0, ...cut },
  end: { by: 0, message: 0, brief: 1 },
}

describe('The page about NDJSON', () => {
  const page = readFileSync(new URL('../../../../docs/ndjson.md', import.meta.url), 'utf8')
  for (const [kind, fields] of Object.entries(details)) {
    it(`names every field of ${kind}, and which may be absent`, () => {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\` `)) ?? ''
      for (const [name, mayBeAbsent] of Object.entries(fields)) {
        assert.match(row, new RegExp(`\`${name}\`${mayBeAbsent ? '\\?' : '(?!\\?)'}`), name)
      }
    })
  }
})
