// Frames that hold JSON-RPC, and what a capture has decoded of them.

import type { Capture } from '../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import { start, textMessage } from './captureFrames.ts'

/** A filter that leaves nothing out. */
export const everything = { afterSeq: 0, text: '', wire: true }

/** A request to the server. */
export function call(id: number, at = start): NewFrame {
  return {
    ...textMessage(`{"jsonrpc":"2.0","method":"m${id}","id":${id}}`, at),
    direction: 'out',
  } as NewFrame
}

/** A request beside the stream. */
export function companion(body: string): NewFrame {
  return {
    ...textMessage(body, start),
    kind: 'request',
    direction: 'out',
    detail: { method: 'POST', url: 'http://localhost/', headers: [], purpose: 'companion' },
  } as unknown as NewFrame
}

/** Its answer. */
export function result(id: number, at = start): NewFrame {
  return textMessage(`{"jsonrpc":"2.0","result":${id},"id":${id}}`, at)
}

/** The rows' numbers, each with the words of its packets. */
export function packetsOf(capture: Capture, from = 0, count = 100) {
  return capture
    .rows(everything, from, count)
    .rows.map(({ frame, decoded }) => [
      frame.seq,
      ...(decoded ?? []).map(({ type, name, answers, latencyMs, answeredBy }) =>
        [type, name, answers, latencyMs, answeredBy].filter((part) => part !== undefined).join(' '),
      ),
    ])
}

/** Records so many frames. Of each thousand the last four are two heartbeats of ours, each with its answer. */
export function recordCalls(capture: Capture, count: number, everyMs: number): void {
  const say = (direction: 'in' | 'out', part: object) => {
    const at = start + capture.frames * everyMs
    const message = textMessage(JSON.stringify({ jsonrpc: '2.0', ...part }), at)
    capture.append({ ...message, direction } as NewFrame)
  }
  for (let id = 1; id <= count; id++) {
    const isBeat = (id - 1) % 1000 >= 996
    if (!isBeat) say('in', { method: 'tell', params: [id] })
    else if (id % 2 === 1) say('out', { method: 'ping', id })
    else say('in', { result: {}, id: id - 1 })
  }
}
