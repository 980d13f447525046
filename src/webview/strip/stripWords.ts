// Words for what the strip draws: for a time, for what is under the pointer, and for all of it.

import type { Outage, Overview } from '../../shared/session/overview.ts'
import { countFrames, formatCount, formatDelay, formatSize } from '../../shared/text/units.ts'
import { outageIn, type SpanSums, sumsIn } from './overviewTimes.ts'

/** `12.5 s, 340 frames`. */
export function valueText(overview: Overview, fromAt: number, untilAt: number): string {
  const { framesIn, framesOut, errors } = sumsIn(overview, fromAt, untilAt)
  const parts = [
    sinceStart(overview, fromAt),
    countFrames(framesIn + framesOut),
    errorCount(errors),
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** `12.5 s to 14.0 s · 340 frames · 45.0 kB`. */
export function spanWords(overview: Overview, fromAt: number, untilAt: number): string {
  const { framesIn, framesOut, bytesIn, bytesOut } = sumsIn(overview, fromAt, untilAt)
  const times = `${sinceStart(overview, fromAt)} to ${sinceStart(overview, untilAt)}`
  return `${times} · ${countFrames(framesIn + framesOut)} · ${formatSize(bytesIn + bytesOut)}`
}

/** Of what is under the pointer, a line each. */
export function hintOf(overview: Overview, fromAt: number, untilAt: number): string {
  const sums = sumsIn(overview, fromAt, untilAt)
  const outage = outageIn(overview, fromAt, untilAt)
  return [
    sinceStart(overview, fromAt),
    trafficWords(sums),
    errorCount(sums.errors),
    outage ? outageWords(overview, outage) : '',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function trafficWords({ framesIn, framesOut, bytesIn, bytesOut }: SpanSums): string {
  if (framesIn + framesOut === 0) return 'nothing'
  return `${formatCount(framesIn)} in, ${formatCount(framesOut)} out · ${formatSize(bytesIn + bytesOut)}`
}

/** Of the whole strip, for those who do not see it. `matches`: null without a filter. */
export function overviewWords(overview: Overview, matches: number | null): string {
  const { startAt, endAt, outages } = overview
  if (startAt === null || endAt === null) return 'No frames yet.'
  const { framesIn, framesOut, errors } = sumsIn(overview, startAt, endAt + overview.binMs)
  const sentences = [
    `${formatCount(framesIn)} frames in and ${formatCount(framesOut)} out in ${formatDelay(endAt - startAt)}.`,
    errors === 0 ? '' : `${capital(errorCount(errors))}.`,
    ...outages.slice(0, 3).map((outage) => `${capital(outageWords(overview, outage))}.`),
    outages.length > 3 ? `${outages.length - 3} more times without a connection.` : '',
    matches === null ? '' : `${formatCount(matches)} match the filter.`,
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** `connection lost at 1 min 20 s (1006), back after 5.1 s`, `wait for a connection at 32.0 s, over after 5.0 s`. */
function outageWords(overview: Overview, outage: Outage): string {
  const { fromAt, untilAt, code, closeCode, count } = outage
  const why = closeCode ?? code
  const [what, over] =
    code === null ? ['wait for a connection', 'over'] : ['connection lost', 'back']
  return `${what} at ${sinceStart(overview, fromAt)}${why === null ? '' : ` (${why})`}, ${end()}`

  function end(): string {
    if (untilAt === null) return `not ${over} yet`
    if (count === 1) return `${over} after ${formatDelay(untilAt - fromAt)}`
    return `${formatCount(count)} times until ${sinceStart(overview, untilAt)}`
  }
}

function sinceStart({ startAt }: Overview, at: number): string {
  const ms = at - (startAt ?? at)
  return ms < 0.05 ? '0 s' : formatDelay(ms)
}

function errorCount(errors: number): string {
  if (errors === 0) return ''
  return errors === 1 ? '1 error' : `${formatCount(errors)} errors`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
