// The details of WebSocket frames: what a message was on the wire, what a close frame says.

import { share } from '../../../shared/frame/share.ts'
import type { MessageDetail } from '../../../shared/frame/webSocketDetail.ts'
import { decodeText } from '../bytes/utf8.ts'

// One object for all messages of a sort: under a flood nothing is made per message.
const whole = {
  text: sortsOf('text'),
  binary: sortsOf('binary'),
} as const

function sortsOf(type: MessageDetail['type']) {
  const sort = (compressed: boolean, masked: boolean): MessageDetail =>
    share({ type, fragments: 1, compressed, masked })
  return {
    plain: sort(false, false),
    deflated: sort(true, false),
    masked: sort(false, true),
    maskedDeflated: sort(true, true),
  }
}

/** `seen` is what the wire showed of the message; a payload beyond `payloadBytes` has been cut. */
export function messageDetail(
  type: MessageDetail['type'],
  seen: Pick<MessageDetail, 'fragments' | 'compressed' | 'masked'>,
  sizeBytes: number,
  payloadBytes: number,
): MessageDetail {
  const { fragments, compressed, masked } = seen
  if (sizeBytes > payloadBytes) {
    return { type, fragments, compressed, masked, truncatedAt: payloadBytes }
  }
  if (fragments > 1) return { type, fragments, compressed, masked }
  const sorts = whole[type]
  if (masked) return compressed ? sorts.maskedDeflated : sorts.masked
  return compressed ? sorts.deflated : sorts.plain
}

/** Code and reason of a close frame's payload. [rfc6455] 5.5.1 and 7.1.5 */
export function readClose(body: Uint8Array): { code: number; reason: string } {
  if (body.length < 2) return { code: 1005, reason: '' }
  const code = (body[0] as number) * 256 + (body[1] as number)
  return { code, reason: decodeText(body.subarray(2)) }
}
