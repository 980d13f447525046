// Calls of the timeline page of which nothing comes but that a test may ask about them.

import type { TimelineApi } from '../../../src/shared/calls/messages.ts'

const names = [
  'disconnect',
  'reconnect',
  'ping',
  'closeWith',
  'act',
  'cut',
  'openPayload',
  'openRule',
  'openDifference',
  'keepShow',
  'copyExport',
  'copySelected',
  'saveExport',
] as const

export function notedCalls(
  note: (method: string, ...args: unknown[]) => void,
): Pick<TimelineApi, (typeof names)[number]> {
  const calls = names.map((name) => [name, async (...args: unknown[]) => note(name, ...args)])
  return Object.fromEntries(calls)
}
