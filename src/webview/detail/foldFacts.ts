// Facts of a folded run: what it is of, when, how much, how quickly.

import type { Frame } from '../../shared/frame/frame.ts'
import { type Fold, type FoldWhat, isAnsweredBeat } from '../../shared/session/captureRows.ts'
import {
  countFrames,
  formatClock,
  formatCount,
  formatDelay,
  formatDelays,
  formatRate,
  formatSize,
  formatTimes,
} from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { Fact } from './facts/fact.ts'

/** What a run is called, and what is counted in it. */
export const foldTitles: Readonly<
  Record<FoldWhat, { readonly title: string; readonly tab: string }>
> = {
  polls: { title: 'Unchanged polls', tab: 'Polls' },
  heartbeats: { title: 'Heartbeats', tab: 'Heartbeats' },
  repeats: { title: 'Equal frames', tab: 'Repeats' },
  burst: { title: 'Burst', tab: 'Burst' },
}

/** `frame`: its first one. */
export function foldFacts(fold: Fold, frame: Pick<Frame, 'at' | 'kind'>): readonly Fact[] {
  if (isAnsweredBeat(fold)) return [{ name: 'Heartbeat', value: pairLine(fold, frame) }]
  const { at: startedAt } = frame
  const { firstSeq, lastSeq, sizeBytes, wireBytes, spanMs, frames, counting } = fold
  return [
    { name: foldTitles[fold.what].tab, value: countLine(fold) },
    { name: 'Frames', value: `#${formatCount(firstSeq)} to #${formatCount(lastSeq)}` },
    { name: 'From', value: formatClock(startedAt) },
    { name: 'To', value: `${formatClock(startedAt + spanMs)} · ${formatDelay(spanMs)}` },
    {
      name: 'Size',
      value: `${formatSize(sizeBytes)} payload · ${formatSize(wireBytes)} on the wire`,
    },
    ...(fold.what === 'polls' ? [] : [...nameFacts(fold), ...paceFacts(fold)]),
    ...(counting ? [{ name: 'Counting', value: `not all of the ${countFrames(frames)} yet` }] : []),
  ]
}

/** `ping #604 at 14:22:07.318, pong #605 after 2.1 ms · 12 B on the wire`. */
function pairLine(fold: Fold, { at, kind }: Pick<Frame, 'at' | 'kind'>): string {
  const { firstSeq, lastSeq, roundTripMs, spanMs, wireBytes } = fold
  const [asks, answer] = kind === 'ping' ? ['ping', 'pong'] : ['heartbeat', 'answer']
  const after = formatDelay(roundTripMs?.most ?? spanMs)
  const asked = `${asks} #${formatCount(firstSeq)} at ${formatClock(at)}`
  const answered = `${answer} #${formatCount(lastSeq)} after ${after}`
  return `${asked}, ${answered} · ${formatSize(wireBytes)} on the wire`
}

function countLine({ what, count, frames }: Fold): string {
  if (what === 'polls') return `${formatCount(count)} unchanged`
  if (what === 'heartbeats') return `${formatCount(count)} in ${countFrames(frames)}`
  return countFrames(frames)
}

function nameFacts({ names, others }: Fold): readonly Fact[] {
  const told = names.map(({ name, count }) => formatTimes(visibleLine(name), count))
  const rest = others > 0 ? [formatTimes('others', others)] : []
  return [{ name: 'Names', value: [...told, ...rest].join(' · ') }]
}

function paceFacts({ roundTripMs, gapsMs, rate, frames }: Fold): readonly Fact[] {
  const peak = (Math.max(...rate.counts, 0) * 1000) / rate.binMs
  return [
    ...(roundTripMs
      ? [{ name: 'Round trip', value: formatDelays(roundTripMs.least, roundTripMs.most) }]
      : []),
    {
      name: 'Between',
      value: `half of them ${formatDelay(gapsMs.half)} or less, the longest ${formatDelay(gapsMs.most)}`,
    },
    ...(frames > rate.counts.length ? [{ name: 'Rate', value: `up to ${formatRate(peak)}` }] : []),
  ]
}
