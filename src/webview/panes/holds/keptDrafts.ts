// Drafts of held ones that have not passed yet: they are there again when the pane, or its editor, is.

import type { HeldItem } from '../../../shared/session/tapHolds.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import type { HeldDraft } from './heldDraft.ts'

type Key = Pick<HeldItem, 'id' | 'since'>

const kept = new WeakMap<TimelineModel, Map<string, HeldDraft>>()

export function keptDraft(model: TimelineModel, item: Key): HeldDraft | undefined {
  return kept.get(model)?.get(heldKey(item))
}

export function keepDraft(model: TimelineModel, item: Key, draft: HeldDraft): void {
  const drafts = kept.get(model) ?? new Map<string, HeldDraft>()
  kept.set(model, drafts.set(heldKey(item), draft))
}

/** Forgets those of others than these. */
export function keepDraftsOf(model: TimelineModel, held: readonly Key[]): void {
  const drafts = kept.get(model)
  const keys = new Set(held.map(heldKey))
  for (const key of drafts?.keys() ?? []) if (!keys.has(key)) drafts?.delete(key)
}

/** Numbers begin anew with each session. */
export function heldKey({ id, since }: Key): string {
  return `${id} ${since}`
}
