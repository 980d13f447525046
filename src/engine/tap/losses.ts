// Tells what has passed a tap without being recorded, of each connection once in a while.

import { countFrames, formatSize } from '../../shared/text/units.ts'
import type { Side } from '../relay/relayEvents.ts'
import type { SourceIo } from '../session/source.ts'
import { tapLimits } from './tapLimits.ts'

export interface Losses {
  /** `connection`: 0 of a request that has none yet. */
  add(connection: number, from: Side, bytes: number, frames: number): void
  /** Tells what is not told. */
  flush(): void
}

interface Lost {
  bytes: number
  frames: number
}

export function createLosses({
  emitLocal,
  timers,
}: Pick<SourceIo, 'emitLocal' | 'timers'>): Losses {
  const lost = new Map<number, Record<Side, Lost>>()
  let cancel: (() => void) | null = null

  function flush(): void {
    cancel?.()
    cancel = null
    for (const [connection, { client, server }] of lost) {
      const parts = [partOf('the program', client), partOf('the server', server)]
      const what = parts.filter((part) => part !== '').join(', and ')
      const message = `Recording could not keep up: ${what} passed and are not in the capture.`
      emitLocal({ kind: 'notice', connection, code: 'tap-payloads-dropped', detail: { message } })
    }
    lost.clear()
  }

  return {
    add(connection, from, bytes, frames) {
      const of = lost.get(connection) ?? { client: none(), server: none() }
      of[from].bytes += bytes
      of[from].frames += frames
      lost.set(connection, of)
      cancel ??= timers.after(tapLimits.lossMs, flush)
    },
    flush,
  }
}

function none(): Lost {
  return { bytes: 0, frames: 0 }
}

function partOf(side: string, { bytes, frames }: Lost): string {
  if (bytes === 0) return ''
  const count = frames === 0 ? '' : ` in ${countFrames(frames)}`
  return `${formatSize(bytes)} of ${side}${count}`
}
