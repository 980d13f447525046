// The phases of an exchange as bars on one scale.

import {
  answeredAfterMs,
  openedAfterMs,
  receivingMs,
  type Timings,
} from '../../../shared/frame/httpDetail.ts'

export interface TimingBar {
  readonly name: string
  readonly ms: number
  /** Where the bar begins and how long it is, as shares of the whole, 0 to 1. */
  readonly start: number
  readonly share: number
}

/** In order of time, without the phases that did not happen. */
export function timingBars(timings: Timings): readonly TimingBar[] {
  const { dnsMs = 0, tcpMs = 0, sentMs, firstByteMs, totalMs } = timings
  const opened = openedAfterMs(timings)
  const sent = sentMs ?? opened
  const whole = Math.max(totalMs ?? 0, firstByteMs ?? sent, opened)
  const phases = [
    { name: 'DNS', ms: timings.dnsMs, from: 0 },
    { name: 'TCP', ms: timings.tcpMs, from: dnsMs },
    { name: 'TLS', ms: timings.tlsMs, from: dnsMs + tcpMs },
    { name: 'Sending', ms: sentMs === undefined ? undefined : sent - opened, from: opened },
    { name: 'Waiting', ms: answeredAfterMs(timings), from: sent },
    {
      name: 'Receiving',
      ms: totalMs === undefined ? undefined : receivingMs(timings),
      from: firstByteMs ?? sent,
    },
    { name: 'Total', ms: totalMs, from: 0 },
  ]
  return phases.flatMap(({ name, ms, from }) =>
    ms === undefined
      ? []
      : [{ name, ms, start: whole === 0 ? 0 : from / whole, share: whole === 0 ? 0 : ms / whole }],
  )
}
