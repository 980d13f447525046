// The keys of the strip: how far each leads.

import type { StripScale } from './stripScale.ts'

/** Of the whole time. */
const step = 1 / 100
const page = 1 / 10

/** The time that a key leads to from `at`, up to `endAt`; null where it leads nowhere. */
export function stepFor(
  key: string,
  at: number,
  { fromAt, untilAt }: StripScale,
  endAt: number,
): number | null {
  const ms = untilAt - fromAt
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: at - ms * step,
    ArrowDown: at - ms * step,
    ArrowRight: at + ms * step,
    ArrowUp: at + ms * step,
    PageDown: at - ms * page,
    PageUp: at + ms * page,
    Home: fromAt,
    End: endAt,
  }
  const target = targets[key]
  return target === undefined ? null : Math.min(Math.max(target, fromAt), endAt)
}
