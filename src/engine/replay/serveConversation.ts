// Plays a conversation to a client whose WebSocket is open.

import type { WebSocket } from 'ws'
import { createPlayer } from './player.ts'
import type { Replay } from './replay.ts'
import { replayLimits } from './replayLimits.ts'
import type { ConversationTurn, Message } from './script/script.ts'

/** `onOver` has the code of the close, 1006 without one. */
export function serveConversation(
  replay: Replay,
  socket: WebSocket,
  turn: ConversationTurn,
  onOver: (code: number) => void,
): void {
  const { options, timers, payload } = replay
  const { messages, heardAt } = turn
  const isOpenAtEnd = !isEnd(messages.at(-1))

  function perform({ what }: Message): Promise<void> | null {
    switch (what.kind) {
      case 'drop':
        socket.terminate()
        return null
      case 'close':
        if (isSendable(what.code)) socket.close(what.code, cutReason(what.reason))
        else socket.close()
        return null
      default:
        return send(payload(what.seq), what.kind === 'binary', what.compressed)
    }
  }

  function send(data: Uint8Array, binary: boolean, compress: boolean): Promise<void> | null {
    const sent = Promise.withResolvers<void>()
    // Also called, with an error, when the socket is gone.
    socket.send(data, { binary, compress }, () => sent.resolve())
    return socket.bufferedAmount > replayLimits.unreadBytes ? sent.promise : null
  }

  const player = createPlayer<Message>({
    ...{ cues: messages, from: 0, startsAt: 0, heardAt, timers, perform },
    roundMs: options.loop && isOpenAtEnd ? turn.lengthMs : null,
    speed: options.speed,
  })
  const forget = replay.whileOpen(() => {
    player.stop()
    socket.terminate()
  })
  socket.on('message', () => player.heard())
  socket.on('error', () => socket.terminate())
  socket.on('close', (code) => {
    player.stop()
    forget()
    onOver(code)
  })
  player.start()
}

function isEnd(message: Message | undefined): boolean {
  return message?.what.kind === 'close' || message?.what.kind === 'drop'
}

/** [rfc6455] 7.4: 1005, 1006 and 1015 stand on no wire. */
function isSendable(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||
    (code >= 3000 && code <= 4999)
  )
}

/** [rfc6455] 5.5: beside the code there is room for 123 bytes. */
function cutReason(reason: string): string {
  let cut = reason
  while (Buffer.byteLength(cut) > 123) cut = cut.slice(0, -1)
  return cut
}
