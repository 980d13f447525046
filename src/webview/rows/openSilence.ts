// The silence after the last row that still goes on: since when, and from when on it is one.

import { methods } from '../../shared/endpoint/methods.ts'
import { foldLimits } from '../../shared/limits.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { formatDelay } from '../../shared/text/units.ts'
import type { StoredRow } from '../model/rowStore.ts'

export interface OpenSilence {
  /** Epoch ms of the last frame. */
  readonly since: number
  /** After so many ms it is a silence, as it will be once a frame has come. */
  readonly fromMs: number
}

/** `last`: the last row. Null where none is sought, or where something else tells what is waited for. */
export function openSilence(
  { state, method, pending, unfinished }: SessionStatus,
  { text, gapMs }: RowFilter,
  last: StoredRow | undefined,
): OpenSilence | null {
  if (gapMs === undefined || text !== '' || last === undefined || methods[method].polls) return null
  if (state !== 'open' || pending !== null || unfinished !== null) return null
  const { frame, fold, previousAt } = last
  const isFolded = fold?.open === false
  const beforeMs = isFolded ? fold.gapsMs.most : frame.at - (previousAt ?? frame.at)
  return {
    since: frame.at + (isFolded ? fold.spanMs : 0),
    fromMs: Math.max(gapMs, foldLimits.unusualSilence * beforeMs),
  }
}

/** `3 s nothing so far`: whole seconds, which is calm; below one in milliseconds. */
export function openSilenceText({ since }: OpenSilence, now: number): string {
  const forMs = now - since
  if (forMs < 1000) return `${formatDelay(forMs)} nothing so far`
  const seconds = Math.floor(forMs / 1000)
  return `${seconds < 60 ? `${seconds} s` : formatDelay(seconds * 1000)} nothing so far`
}

/** Until the text is another one, or the first one. */
export function nextSilenceMs({ since, fromMs }: OpenSilence, now: number): number {
  const forMs = now - since
  return forMs < fromMs ? fromMs - forMs : 1000 - (forMs % 1000)
}
