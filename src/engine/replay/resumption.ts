// Finds where a stream goes on for a client that names the last event it had. [spec] HTML 9.2.3

import type { Route, StreamTurn } from './script/script.ts'

/** Turn `number`, from 1, goes on with item `from`. */
export interface Resumed {
  readonly turn: StreamTurn
  readonly number: number
  readonly from: number
  /** All has been said: the stream stays open where it once ended, or else the client would come back for ever. */
  readonly isLast: boolean
}

export type Resumption = (lastEventId: string) => Resumed | null

interface Place {
  readonly turn: number
  readonly item: number
}

export function createResumption({ turns }: Route, isLooping: boolean): Resumption {
  let places: Map<string, Place> | null = null

  /** The last event of each id, since those without one of their own share that of the event before. */
  function readPlaces(): Map<string, Place> {
    const found = new Map<string, Place>()
    turns.forEach((one, turn) => {
      if (one.kind !== 'stream') return
      one.items.forEach(({ what }, item) => {
        if (what.kind === 'event' && what.id !== '') found.set(what.id, { turn, item })
      })
    })
    return found
  }

  function streamFrom(first: number): Resumed | null {
    const index = turns.findIndex((turn, at) => at >= first && turn.kind === 'stream')
    const turn = turns[index]
    return turn?.kind === 'stream' ? { turn, number: index + 1, from: 0, isLast: false } : null
  }

  return (id) => {
    places ??= readPlaces()
    const place = places.get(id)
    const turn = turns[place?.turn ?? -1]
    if (!place || turn?.kind !== 'stream') return null
    const here = { turn, number: place.turn + 1, from: place.item + 1, isLast: false }
    if (turn.end === null || here.from < turn.items.length) return here
    return (
      streamFrom(place.turn + 1) ?? (isLooping ? streamFrom(0) : null) ?? { ...here, isLast: true }
    )
  }
}
