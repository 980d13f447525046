// Facts of a folded run: what it is of, when, how much, how quickly.

import type { Fold, FoldWhat } from '../../shared/session/captureRows.ts'
import {
  countFrames,
  formatClock,
  formatCount,
  formatDelay,
  formatRate,
  formatSize,
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

/** `startedAt`: epoch ms of its first frame. */
export function foldFacts(fold: Fold, startedAt: number): readonly Fact[] {
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

function countLine({ what, count, frames }: Fold): string {
  if (what === 'polls') return `${formatCount(count)} unchanged`
  if (what === 'heartbeats') return `${formatCount(count)} in ${countFrames(frames)}`
  return countFrames(frames)
}

function nameFacts({ names, others }: Fold): readonly Fact[] {
  const told = names.map(({ name, count }) => `${visibleLine(name)} × ${formatCount(count)}`)
  const rest = others > 0 ? [`others × ${formatCount(others)}`] : []
  return [{ name: 'Names', value: [...told, ...rest].join(' · ') }]
}

function paceFacts({ roundTripMs, gapsMs, rate, frames }: Fold): readonly Fact[] {
  const peak = (Math.max(...rate.counts, 0) * 1000) / rate.binMs
  return [
    ...(roundTripMs
      ? [
          {
            name: 'Round trip',
            value: `${formatDelay(roundTripMs.least)} to ${formatDelay(roundTripMs.most)}`,
          },
        ]
      : []),
    {
      name: 'Between',
      value: `half of them ${formatDelay(gapsMs.half)} or less, the longest ${formatDelay(gapsMs.most)}`,
    },
    ...(frames > rate.counts.length ? [{ name: 'Rate', value: `up to ${formatRate(peak)}` }] : []),
  ]
}
