// Sessions and words of a panel before a reload, read from what its page has kept.

import type { AskedComparison } from '../../shared/calls/togetherApi.ts'
import { togetherLimits } from '../../shared/limits.ts'
import { isRecord } from '../../shared/unknown.ts'
import type { About } from './timelinePanel.ts'

export interface RestoredPanel {
  /** Of its sessions, one at least. */
  readonly ids: readonly string[]
  readonly about: About
}

/** `state`: unknown data; throws where it names no session. */
export function readPanelState(state: unknown): RestoredPanel {
  const fields = isRecord(state) ? state : {}
  const ids = Array.isArray(fields.sessionIds) ? fields.sessionIds : [fields.sessionId]
  const known = ids.filter((id) => typeof id === 'string').slice(0, togetherLimits.sessions)
  if (known.length === 0) throw new Error('This timeline was closed before it was drawn.')
  const name = typeof fields.name === 'string' ? fields.name : null
  return { ids: known, about: { name, comparison: readComparison(fields.comparison) } }
}

function readComparison(value: unknown): AskedComparison | null {
  if (!isRecord(value) || !isTime(value.startedAt)) return null
  const { forMs, startedAt } = value
  return { item: null, time: null, forMs: isTime(forMs) ? forMs : null, startedAt }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
