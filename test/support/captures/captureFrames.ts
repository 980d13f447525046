// Frames and folders for tests of the capture.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Recording } from '../../../src/engine/capture/recording.ts'
import type { ErrorCode } from '../../../src/shared/frame/errorCodes.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import { share } from '../../../src/shared/frame/share.ts'
import type { NamedValues } from '../../../src/shared/text/namedValues.ts'
import { testEndpoint } from '../samples/testEndpoint.ts'

/** Epoch ms of the first frame of these tests. */
export const start = 1_760_000_000_000.25

/** What a capture in a test is about, but for its path and limits. */
export const recorded = {
  name: 'Trades',
  endpoint: testEndpoint({
    url: 'ws://localhost:1/ws',
    method: 'websocket',
    headers: [['Authorization', `Bearer \${secret:token}`]],
  }),
}

const textDetail = share({
  type: 'text',
  fragments: 1,
  compressed: false,
  masked: false,
} as const)
const binaryDetail = share({ ...textDetail, type: 'binary' } as const)

const head = { connection: 1, replyTo: null, code: null, wireBytes: 0 } as const

export function textMessage(text: string, at = start): NewFrame {
  const payload = Buffer.from(text)
  return {
    ...head,
    at,
    direction: 'in',
    kind: 'message',
    detail: textDetail,
    sizeBytes: payload.length,
    wireBytes: payload.length + 2,
    payload,
  }
}

export function binaryMessage(payload: Uint8Array, at = start): NewFrame {
  return {
    ...head,
    at,
    direction: 'in',
    kind: 'message',
    detail: binaryDetail,
    sizeBytes: payload.length,
    wireBytes: payload.length + 2,
    payload,
  }
}

export function sseEvent(type: string, data: string, lastEventId = ''): NewFrame {
  const payload = Buffer.from(data)
  return {
    ...head,
    at: start,
    direction: 'in',
    kind: 'event',
    detail: { type, lastEventId },
    sizeBytes: payload.length,
    payload,
  }
}

export function fragment(index: number, at = start): NewFrame {
  return {
    ...head,
    at,
    direction: 'in',
    kind: 'fragment',
    detail: { index, opcode: index === 1 ? 1 : 0, fin: false, rsv: 0, masked: false },
    sizeBytes: 5,
    wireBytes: 7,
    payload: null,
  }
}

export function ignoredLine(line: string): NewFrame {
  const payload = Buffer.from(line)
  return {
    ...head,
    at: start,
    direction: 'in',
    kind: 'ignored',
    detail: { why: 'unknown-field' },
    sizeBytes: payload.length,
    wireBytes: payload.length + 1,
    payload,
  }
}

export function response(headers: NamedValues, body: Uint8Array | null, replyTo = 1): NewFrame {
  return {
    ...head,
    at: start,
    direction: 'in',
    kind: 'response',
    replyTo,
    detail: {
      purpose: 'poll',
      status: 404,
      statusText: 'Not Found',
      httpVersion: '1.1',
      headers,
      timings: { totalMs: 4.1 },
      reused: false,
    },
    sizeBytes: body?.length ?? 0,
    payload: body,
  }
}

export function request(url: string, headers: NamedValues): NewFrame {
  return {
    ...head,
    at: start,
    direction: 'out',
    kind: 'request',
    detail: { purpose: 'poll', method: 'GET', url, target: '/', httpVersion: '1.1', headers },
    sizeBytes: 0,
    payload: null,
  }
}

/** A capture takes any code; the list is for those that the product gives. */
export function errorFrame(code: string, message: string): NewFrame {
  return {
    ...head,
    at: start,
    direction: 'local',
    kind: 'error',
    code: code as ErrorCode,
    detail: { message },
    sizeBytes: 0,
    payload: null,
  }
}

export function endFrame(message: string, at = start): NewFrame {
  return {
    ...head,
    at,
    direction: 'local',
    kind: 'end',
    detail: { by: 'user', message },
    sizeBytes: 0,
    payload: null,
  }
}

/** One of each sort, the last one an end 1000.5 ms after the first. */
export const mixedFrames: readonly NewFrame[] = [
  request('http://h/', [
    ['X-Many', '1'],
    ['X-Many', '2'],
    ['x-cAsE', 'ä"'],
  ]),
  response([['Content-Type', 'text/plain']], Buffer.from('not here'), 1),
  textMessage('{"n": 1}', start + 0.125),
  binaryMessage(Uint8Array.of(0xa2, 0x64, 0x74)),
  sseEvent('trade', 'line 1\nline 2', '17'),
  textMessage(''),
  errorFrame('connection-reset', 'The peer is gone.'),
  endFrame('Disconnected.', start + 1000.5),
]

/** Runs with a folder of its own, which is gone afterwards. */
export async function withFolder<T>(run: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-capture-'))
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Has a capture whose files are lost go on in another, at once; answers what it tells, or null when all is well. */
export function moveIfLost(capture: Recording): string | null {
  const what = capture.lost()
  if (what === null) return null
  for (const steps = capture.move(); ; ) {
    const step = steps.next()
    if (step.done) return `${what}. ${step.value}`
  }
}
