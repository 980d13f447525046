// The row under the last one: what is waited for, has come in part, or a silence that goes on, with its time running.

import { methods } from '../../shared/endpoint/methods.ts'
import type { Pending, SessionStatus } from '../../shared/session/sessionState.ts'
import { makeElement } from '../elements/makeElement.ts'
import { barLength } from './barLength.ts'
import { nextSilenceMs, type OpenSilence, openSilenceText } from './openSilence.ts'
import { pendingText, unfinishedRowText } from './rowView.ts'

/** A request that is answered sooner gets no live row, which would only flicker. */
const answerAfterMs = 300
/** A shorter pause between polls gets none either. */
const pollFromMs = 1000
/** The row shows tenths of a second. */
const tickMs = 100

export interface LiveRow {
  readonly root: HTMLElement
  /** Null draws nothing. `silence`: the one that goes on. `now`: epoch ms by the session's clock. */
  paint(
    status: SessionStatus | null,
    silence: OpenSilence | null,
    now: number,
    offsetPx: number,
  ): void
}

/** `redraw` is called while the time runs; it leads to the next `paint`. */
export function createLiveRow(redraw: () => void): LiveRow {
  const root = makeElement('span', 'row live')
  const lane = makeElement('span', 'lane')
  const text = makeElement('span', 'text')
  lane.append(text, makeElement('span', 'wait-bar'), makeElement('span', 'hold-bar'))
  root.append(makeElement('span', 'since'), lane, makeElement('span', 'note'))
  // Screen readers hear the state from the live region, not ten times a second.
  root.ariaHidden = 'true'
  root.hidden = true
  let tick: ReturnType<typeof setTimeout> | undefined

  return {
    root,
    paint: (status, silence, now, offsetPx) => {
      clearTimeout(tick)
      const drawn = status && (liveText(status, now) ?? silenceText(silence, now))
      root.hidden = drawn === null
      if (status?.pending || status?.unfinished) tick = setTimeout(redraw, tickMs)
      else if (status && silence) tick = setTimeout(redraw, nextSilenceMs(silence, now))
      if (drawn === null) return
      root.className = `row live ${drawn.look}`
      root.style.setProperty('--lasts', `${barLength(now - (status?.pending?.since ?? now))}px`)
      text.textContent = drawn.text
      root.style.transform = `translateY(${offsetPx}px)`
    },
  }
}

/** As the row of the silence will be once it is over. */
function silenceText(silence: OpenSilence | null, now: number) {
  if (silence === null || now - silence.since < silence.fromMs) return null
  return { look: 'shape-gap tone-warning', text: openSilenceText(silence, now) }
}

/** Null where nothing is waited for, or not long enough to be drawn. */
function liveText(
  { pending, unfinished, method }: SessionStatus,
  now: number,
): { readonly look: string; readonly text: string } | null {
  const comes = unfinished !== null && now - unfinished.since >= answerAfterMs
  const holds = pending?.kind === 'answer' && methods[method].holds
  const look = `${pending?.kind ?? 'unfinished'}${holds ? ' hold-passes' : ''}`
  if (comes) return { look, text: unfinishedRowText(unfinished, now) }
  if (pending === null || !isShown(pending, now)) return null
  return { look, text: pendingText(pending, method, now) }
}

function isShown({ kind, since, until }: Pending, now: number): boolean {
  if (kind === 'answer') return now - since >= answerAfterMs
  return kind === 'connection' || (until ?? since) - since >= pollFromMs
}
