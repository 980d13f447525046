// Draws the flag of a frame, or of a block, that proves a finding.

import type { Finding } from '../../shared/session/findings.ts'
import type { DrawnLane, LanePen } from './drawnLane.ts'

const flagInks = { fault: 'error', risk: 'warning', hint: 'out' } as const
/** From the client's lifeline to its pole: left of where a pennant hangs. */
const leftOfClientPx = 26

/** On a pole that stands at `y`; nothing where nothing was found. */
export function drawFlag(
  { context, colours }: LanePen,
  { place }: DrawnLane,
  finding: Finding | null,
  y: number,
): void {
  if (finding === null) return
  const left = place.clientPx - leftOfClientPx
  context.fillStyle = colours.ink[flagInks[finding.severity]]
  context.fillRect(left, y - 9, 1, 11)
  context.beginPath()
  context.moveTo(left + 1, y - 9)
  context.lineTo(left + 8, y - 5.5)
  context.lineTo(left + 1, y - 2)
  context.fill()
}
