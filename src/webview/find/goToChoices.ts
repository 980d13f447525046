// Choices of the go-to box: the place that is typed, or the acts and bookmarks whose names have what is typed.

import type { TimelineAction } from '../../shared/calls/messages.ts'
import type { Bookmark, Bookmarks } from '../../shared/session/bookmarks.ts'
import { formatClock, formatCount, formatFromStart } from '../../shared/text/units.ts'
import type { Choice } from '../elements/choice.ts'
import { keyHere } from '../elements/keyHint.ts'
import { type GoToPlace, type GoToSpan, parseGoTo } from './parseGoTo.ts'

export interface GoToChoice extends Choice {
  readonly goes: GoToPlace | { readonly to: 'act'; readonly action: TimelineAction }
}

/** `detail`: the key. */
const acts: readonly GoToChoice[] = [
  act('Next error', 'F8', 'next-error'),
  act('Previous error', 'Shift+F8', 'previous-error'),
  act('Next gap', 'F7', 'next-gap'),
  act('Previous gap', 'Shift+F7', 'previous-gap'),
  act('Next bookmark', keyHere('timeline.nextBookmark'), 'next-bookmark'),
  act('Previous bookmark', keyHere('timeline.previousBookmark'), 'previous-bookmark'),
  act('Answer or request', 'F12', 'go-to-pair'),
]

function act(label: string, detail: string, action: TimelineAction): GoToChoice {
  return { label, detail, goes: { to: 'act', action } }
}

/** Empty where the text is neither. */
export function goToChoices(
  text: string,
  span: GoToSpan | null,
  bookmarks: Bookmarks = [],
): readonly GoToChoice[] {
  const places = parseGoTo(text, span)
  if (places.length > 0) return places.map((place) => placeChoice(place, span))
  const words = text.trim().toLowerCase().split(/\s+/)
  const all = [...acts, ...bookmarks.map(bookmarkChoice)]
  const found = all.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  const firstMark = found.findIndex(({ goes }) => goes.to === 'frame')
  return found.map((choice, at) => (at === firstMark ? { ...choice, group: 'Bookmarks' } : choice))
}

function bookmarkChoice({ seq, at, note }: Bookmark): GoToChoice {
  const number = `#${formatCount(seq)}`
  const label = note === '' ? `Bookmark ${number}` : `${note} · ${number}`
  return { label, detail: formatClock(at), goes: { to: 'frame', seq } }
}

function placeChoice(goes: GoToPlace, span: GoToSpan | null): GoToChoice {
  if (goes.to === 'frame') return { label: `Frame #${formatCount(goes.seq)}`, goes }
  const { elapsedMs, as } = goes
  const since = `${formatFromStart(elapsedMs)} since the start`
  const clock = span === null ? '' : formatClock(span.startedAt + elapsedMs)
  return as === 'clock'
    ? { label: `Time of day ${clock}`, detail: since, goes }
    : { label: since, detail: clock, goes }
}
