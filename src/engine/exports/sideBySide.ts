// The conversations of a tap, which stand side by side: the phase and the heading of each, by its connection.

import { toneOf } from '../../shared/frame/describe.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { visibleText } from '../../shared/text/visibleText.ts'
import { beginPhase, type Phase } from './phases.ts'

export interface SideBySide {
  /** Whether it is a frame of one, whose request tells so. */
  has(frame: Frame): boolean
  /** `/api/cart`; null of what passed no tap. */
  path(frame: Frame): string | null
  phase(frame: Frame): Phase | null
  keep(frame: Frame, phase: Phase | null): void
  /** Under which its rows stand; null before one. */
  heading(frame: Frame): string | null
  stand(frame: Frame, heading: string): void
  /** All that are open, each with its heading, if it has one. They are open no longer. */
  end(): readonly { readonly phase: Phase; readonly heading: string | null }[]
}

/** Of more nothing is summed up. */
const mostConversations = 1000

export function createSideBySide(): SideBySide {
  const paths = new Map<number, string>()
  const phases = new Map<number, Phase>()
  const headings = new Map<number, string>()
  return {
    has(frame) {
      if (frame.kind === 'request' && frame.detail.client && paths.size < mostConversations) {
        const [path = ''] = frame.detail.target.split('?', 1)
        paths.set(frame.connection, visibleText(path))
      }
      return paths.has(frame.connection)
    },
    path: ({ connection }) => paths.get(connection) ?? null,
    phase: ({ connection }) => phases.get(connection) ?? null,
    keep({ connection }, phase) {
      if (!paths.has(connection)) return
      if (phase === null) phases.delete(connection)
      else phases.set(connection, phase)
    },
    heading: ({ connection }) => headings.get(connection) ?? null,
    stand({ connection }, heading) {
      if (paths.has(connection)) headings.set(connection, heading)
    },
    end() {
      const open = [...phases].map(([connection, phase]) => {
        return { phase, heading: headings.get(connection) ?? null }
      })
      phases.clear()
      return open
    },
  }
}

/** An answer may turn out to be a stream, or a poll's. */
export function turned(phase: Phase | null, frame: Frame): Phase | null {
  if (frame.kind !== 'response' || phase === null || phase.exchanges > 0) return phase
  const { purpose } = frame.detail
  if (purpose === phase.purpose) return phase
  return { ...beginPhase(purpose, phase.startedAt), asked: phase.asked }
}

/** No run of alike rows is seen where they stand between others: of each conversation the first ones are drawn. */
export function isOneMore(frame: Frame, phase: Phase | null, most: number): boolean {
  const tone = toneOf(frame)
  if (tone === 'error' || tone === 'warning' || frame.direction === 'local') return false
  if (phase === null || frame.kind === 'request') return false
  phase.drawn += 1
  return phase.drawn > most
}
