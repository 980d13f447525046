// The one fact beside a lane's name: how it goes, from what is seen of it.

import { methods } from '../../shared/endpoint/methods.ts'
import { peerRate, type SessionStatus } from '../../shared/session/sessionState.ts'
import { formatRate, formatSpan } from '../../shared/text/units.ts'
import type { LaneScene } from './laneScene.ts'

/** `every 1 s`, `holds 5 s`, `42/s`; empty where nothing is known. */
export function laneFact(status: SessionStatus | null, scene: LaneScene): string {
  if (status === null) return ''
  const { polls, holds } = methods[status.method]
  if (!polls) {
    const rate = peerRate(status)
    return rate === null || rate === 0 ? '' : formatRate(rate)
  }
  const bars = scene.bars.filter(({ kind }) => kind !== 'pause')
  const most = Math.max(0, ...bars.map((bar) => (bar.untilAt ?? bar.fromAt) - bar.fromAt))
  if (holds) return most < 1 ? '' : `held up to ${roundSpan(most)}`
  const steps = bars.flatMap(({ fromAt }, index) => fromAt - (bars[index - 1]?.fromAt ?? fromAt))
  const middle = steps.filter((ms) => ms > 0).sort((a, b) => a - b)[
    Math.floor((steps.length - 1) / 2)
  ]
  return middle === undefined ? '' : `every ${roundSpan(middle)}`
}

/** An interval is as it was set: a thousandth more is the time that it took. */
function roundSpan(ms: number): string {
  const unit = ms < 1000 ? 10 : 100
  const round = Math.round(ms / unit) * unit
  const near = Math.abs(round - ms) <= ms * 0.05 ? round : ms
  return formatSpan(near).replace(/\.0(?= )/, '')
}
