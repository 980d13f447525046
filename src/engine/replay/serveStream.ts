// Plays a stream to a client that has its head.

import type { ServerResponse } from 'node:http'
import { createPlayer } from './player.ts'
import type { Replay } from './replay.ts'
import type { StreamItem, StreamTurn } from './script/script.ts'
import { createStreamWriting } from './streamWriting.ts'

export interface StreamStart {
  readonly turn: StreamTurn
  /** The first item that is played. */
  readonly from: number
  /** The client goes on behind this event. */
  readonly lastEventId: string
  /** It stays open though it once ended. */
  readonly staysOpen: boolean
}

type StreamCue = { readonly at: number; readonly item: StreamItem | null }

export function serveStream(replay: Replay, response: ServerResponse, start: StreamStart): void {
  const { turn, from, lastEventId, staysOpen } = start
  const { options, timers, payload } = replay
  const { end } = turn
  const writing = createStreamWriting(turn, lastEventId)
  const ends = end !== null && !staysOpen
  const cues: StreamCue[] = turn.items.map((item) => ({ at: item.at, item }))
  if (ends) cues.push({ at: end.at, item: null })

  function perform({ item }: StreamCue): Promise<void> | null {
    if (item === null) {
      finish()
      return null
    }
    return response.write(writing.item(item, payload(item.seq))) ? null : drained(response)
  }

  function finish(): void {
    // A client sees a cut where the last chunk is missing.
    if (end?.isCut) response.socket?.destroySoon()
    else response.end(writing.end())
  }

  const player = createPlayer<StreamCue>({
    ...{ cues, from, timers, perform },
    startsAt: from === 0 ? 0 : (turn.items[from - 1]?.at ?? 0),
    roundMs: options.loop && end === null && !staysOpen ? turn.lengthMs : null,
    speed: options.speed,
  })
  const forget = replay.whileOpen(() => player.stop())
  response.on('close', () => {
    player.stop()
    forget()
  })
  player.start()
}

/** Also resolves when the client is gone. */
function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const done = () => {
    response.off('drain', done)
    response.off('close', done)
    resolve()
  }
  response.on('drain', done)
  response.on('close', done)
  return promise
}
