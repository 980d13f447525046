// The row under the last one: what is being waited for right now, with its time running.

import type { Pending, SessionStatus } from '../../shared/session/sessionState.ts'
import { pendingText } from './rowView.ts'

/** A request that is answered sooner needs no live row: it would only flicker. */
const answerAfterMs = 300
/** Nor does the pause of a quick poll. */
const pollFromMs = 1000

export interface LiveRow {
  readonly root: HTMLElement
  /** Null draws nothing. Returns whether it has to be drawn again soon, for the time runs. */
  paint(status: SessionStatus | null, offsetPx: number, now: number): boolean
}

export function createLiveRow(): LiveRow {
  const root = span('row live')
  const lane = span('lane')
  const text = span('text')
  lane.append(text, span('wait-bar'), span('hold-bar'))
  root.append(span('since'), span('answer'), lane, span('note'))
  // Screen readers hear the state from the live region, not ten times a second.
  root.ariaHidden = 'true'
  root.hidden = true

  return {
    root,
    paint: (status, offsetPx, now) => {
      const pending = status?.pending ?? null
      const shown = pending !== null && isShown(pending, now)
      root.hidden = !shown
      if (!shown || status === null) return pending !== null
      const holds = pending.kind === 'answer' && status.method === 'long-polling'
      root.className = `row live ${pending.kind}${holds ? ' hold-passes' : ''}`
      text.textContent = pendingText(pending, status.method, now)
      root.style.transform = `translateY(${offsetPx}px)`
      return true
    },
  }
}

function isShown({ kind, since, until }: Pending, now: number): boolean {
  if (kind === 'answer') return now - since >= answerAfterMs
  return kind === 'connection' || (until ?? since) - since >= pollFromMs
}

function span(className: string): HTMLElement {
  const made = document.createElement('span')
  made.className = className
  return made
}
