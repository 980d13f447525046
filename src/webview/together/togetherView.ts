// The state that a page of several sessions keeps between hide, move and reload, beside that of each of them.

import { readSaidNeeds } from '../../shared/advice/needs.ts'
import { isRecord } from '../../shared/unknown.ts'
import { usualScreenMs, zoomSteps } from '../lanes/timeScale.ts'
import { paneOrNull } from '../model/paneName.ts'
import type { BesideView } from '../page/besideRows.ts'
import { type FindingsView, freshBeside, freshFindings, shareOr } from '../page/viewState.ts'
import { scopeChoices } from '../panes/statistics/statisticsScope.ts'

export const layouts = ['lanes', 'merged'] as const
export type Layout = (typeof layouts)[number]

export interface TogetherView extends BesideView, FindingsView {
  readonly layout: Layout
  /** The session whose lane has the keyboard; null: the first. */
  readonly activeId: string | null
  readonly comparisonOpen: boolean
  /** When the comparison began that was opened by itself, in epoch ms; null: none was. */
  readonly comparedAt: number | null
  /** Share of the window that the comparison takes. */
  readonly comparisonShare: number
  /** Milliseconds from the top of the lanes to their bottom. */
  readonly screenMs: number
  /** Epoch ms at their top; null follows the newest. */
  readonly topAt: number | null
  /** Whether all sessions begin at the same height; null: where their times are apart. */
  readonly fromStarts: boolean | null
}

const fresh: TogetherView = {
  ...freshBeside,
  ...freshFindings,
  layout: 'lanes',
  activeId: null,
  comparisonOpen: false,
  comparedAt: null,
  comparisonShare: 0.36,
  screenMs: usualScreenMs,
  topAt: null,
  fromStarts: null,
}

/** Each field that is missing or wrong gets its fresh value. */
export function readTogetherView(saved: unknown): TogetherView {
  if (!isRecord(saved)) return fresh
  const { layout, activeId, fromStarts, statisticsScope, topAt } = saved
  return {
    detailOpen: saved.detailOpen === true,
    pane: paneOrNull(saved.pane),
    said: readSaidNeeds(saved.said),
    statisticsScope:
      scopeChoices.find((choice) => choice === statisticsScope) ?? fresh.statisticsScope,
    detailShare: shareOr(saved.detailShare, fresh.detailShare),
    stackedShare: shareOr(saved.stackedShare, fresh.stackedShare),
    findingsOpen: saved.findingsOpen === true,
    findingsShare: shareOr(saved.findingsShare, fresh.findingsShare),
    layout: layouts.find((one) => one === layout) ?? fresh.layout,
    activeId: typeof activeId === 'string' ? activeId : fresh.activeId,
    comparisonOpen: saved.comparisonOpen === true,
    comparedAt: typeof saved.comparedAt === 'number' ? saved.comparedAt : fresh.comparedAt,
    comparisonShare: shareOr(saved.comparisonShare, fresh.comparisonShare),
    screenMs: zoomSteps.find((step) => step === saved.screenMs) ?? fresh.screenMs,
    topAt: typeof topAt === 'number' && Number.isFinite(topAt) ? topAt : fresh.topAt,
    fromStarts: typeof fromStarts === 'boolean' ? fromStarts : fresh.fromStarts,
  }
}

/** What the page shows: its sessions, and which of them is active in the host. */
export interface ShownSessions {
  readonly sessionIds: readonly string[]
  readonly activeId: string | null
}

/** Another session may have taken the place of the one that was active: then the host knows it. */
export function withActive(
  view: TogetherView,
  { sessionIds, activeId }: ShownSessions,
): TogetherView {
  const isShown = view.activeId !== null && sessionIds.includes(view.activeId)
  return isShown ? view : { ...view, activeId }
}
