// Reads where to go: a frame's number, a time since the start, a time of day.

export type GoToPlace =
  | { readonly to: 'frame'; readonly seq: number }
  /** `elapsedMs`: since the session's first frame. */
  | { readonly to: 'time'; readonly elapsedMs: number; readonly as: 'since start' | 'clock' }

/** Of the session: its first and last frame, in epoch milliseconds. */
export interface GoToSpan {
  readonly startedAt: number
  readonly lastAt: number
}

const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  min: 60_000,
  s: 1000,
  ms: 1,
}
const amounts = /^(?:\d+(?:\.\d+)?\s*(?:h|min|ms|m|s)\s*)+$/i
const amount = /(\d+(?:\.\d+)?)\s*(h|min|ms|m|s)/gi
/** `12.304`, `2:05.120`, `1:00:00.000`: as the rows write it. */
const sinceStart = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)$/
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/
const dayMs = 24 * 3_600_000

/** All that the text can mean, the likeliest first; none where it is no place. `span`: null before the first frame. */
export function parseGoTo(text: string, span: GoToSpan | null): readonly GoToPlace[] {
  const typed = text.trim().replace(/^\+/, '')
  const number = /^#?(\d{1,3}(?:,\d{3})+|\d{1,15})$/.exec(typed)?.[1]
  if (number !== undefined) return [{ to: 'frame', seq: Number(number.replaceAll(',', '')) }]
  if (amounts.test(typed)) {
    const all = [...typed.matchAll(amount)]
    const elapsedMs = all.reduce((sum, [, digits, unit = '']) => {
      return sum + Number(digits) * (unitMs[unit.toLowerCase()] ?? 0)
    }, 0)
    return [{ to: 'time', elapsedMs, as: 'since start' }]
  }
  const [, hours = 0, minutes = 0, seconds = 0] = sinceStart.exec(typed) ?? []
  if (!sinceStart.test(typed)) return []
  const elapsedMs = Math.round(
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000,
  )
  const since = { to: 'time', elapsedMs, as: 'since start' } as const
  if (span === null) return [since]
  const both = [clockPlace(typed, span), since].filter((place) => place !== null)
  const within = both.filter((place) => place.elapsedMs <= span.lastAt - span.startedAt)
  return within.length > 0 ? within : both
}

/** The first such time of day at or after the session's start. */
function clockPlace(
  typed: string,
  { startedAt }: GoToSpan,
): Extract<GoToPlace, { to: 'time' }> | null {
  const [, hours, minutes, seconds = '0'] = clock.exec(typed) ?? []
  if (Number(hours) > 23 || Number(minutes) > 59 || hours === undefined) return null
  const day = new Date(startedAt)
  day.setHours(Number(hours), Number(minutes), Math.floor(Number(seconds)), 0)
  const at = day.getTime() + Math.round((Number(seconds) % 1) * 1000)
  // A time without its thousandths means all of the second.
  const second = Math.floor(startedAt / 1000) * 1000
  const elapsedMs = at - startedAt
  return {
    to: 'time',
    elapsedMs: at < second ? elapsedMs + dayMs : Math.max(0, elapsedMs),
    as: 'clock',
  }
}
