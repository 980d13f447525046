// Finds where a WebSocket message begins, in bytes that begin with a frame, which may go on with a message that is lost.

import { opcodes } from '../../shared/frame/webSocketDetail.ts'
import { createWsFrameReader } from '../protocols/websocket/wsFrames.ts'

export interface MessageStart {
  /** The bytes from there on; null where none begins. Not called again when it has. */
  find(bytes: Uint8Array): Uint8Array | null
}

/** Pings between the frames of a message that is lost are passed over with them. */
export function createMessageStart(): MessageStart {
  let fed: Uint8Array = new Uint8Array(0)
  let start = -1
  const reader = createWsFrameReader(({ end }) => look(end))

  function look(at: number): void {
    if (start < 0 && at < fed.length && begins(fed[at] as number)) start = at
  }

  return {
    find(bytes) {
      fed = bytes
      if (reader.unfinishedBytes === 0) look(0)
      // To pass over all of it takes no longer than to stop in the middle.
      if (start < 0) reader.feed(bytes)
      return start < 0 ? null : bytes.subarray(start)
    },
  }
}

const starts: readonly number[] = [opcodes.text, opcodes.binary, opcodes.close]

/** Of a frame's first byte. [rfc6455] 5.2 */
function begins(first: number): boolean {
  return starts.includes(first & 0x0f)
}
