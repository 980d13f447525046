// Runs the sessions of a comparison side by side, and folds their frames as they come.

import { createFrameCount } from '../engine/capture/frameCount.ts'
import { createComparer } from '../engine/comparison/comparer.ts'
import { createGuessingComparer } from '../engine/comparison/guessingComparer.ts'
import { createSource } from '../engine/createSource.ts'
import { createSession } from '../engine/session/session.ts'
import type { Comparison } from '../shared/comparison/comparison.ts'
import type { ItemPlaces } from '../shared/comparison/itemPlaces.ts'
import { defaultLimits } from '../shared/limits.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import { visibleLine } from '../shared/text/visibleText.ts'
import { onInterrupt } from './interrupt.ts'

export interface LiveComparison {
  readonly comparison: Comparison
  /** A sentence for each session that ended by itself, because of an error. */
  readonly failures: readonly string[]
}

/** `places`: what an item is; null has it found out. Ends after `forMs`, at Ctrl+C, or when all sessions have ended. */
export async function compareLive(
  plans: readonly SessionPlan[],
  places: ItemPlaces | null,
  forMs: number,
): Promise<LiveComparison> {
  const names = plans.map(({ name, endpoint }) => ({ name, method: endpoint.method }))
  const comparer = places === null ? createGuessingComparer(names) : createComparer(names, places)
  const failures: string[] = []
  const sessions = plans.map((plan, lane) =>
    createSession({
      plan,
      capture: createFrameCount(),
      source: (io) => createSource(plan, io),
      onFrame: (frame, payload) => comparer.add(lane, frame, payload),
      onFault: (fault) => failures.push(visibleLine(`${plan.name}: ${fault.message}`)),
    }),
  )
  const stop = () => {
    for (const session of sessions) void session.stop()
  }
  const stopListening = onInterrupt(stop)
  const deadline = setTimeout(stop, Math.min(forMs, defaultLimits.maxDelayMs))
  for (const session of sessions) session.start()
  const ends = await Promise.all(sessions.map((session) => session.ended))
  clearTimeout(deadline)
  stopListening()
  for (const [lane, { by, message }] of ends.entries()) {
    if (by === 'error' || by === 'limit')
      failures.push(visibleLine(`${names[lane]?.name}: ${message}`))
  }
  return { comparison: comparer.result(), failures }
}
