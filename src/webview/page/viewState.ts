// The state that the page keeps between hide, move and reload: read from unknown data, and written.

import { readSaidNeeds, type SaidNeeds } from '../../shared/advice/needs.ts'
import type { ConnectionsBy } from '../../shared/session/connections.ts'
import { parsePath } from '../../shared/text/jsonPath.ts'
import { maxShownPaths } from '../../shared/text/pathList.ts'
import { type DraftType, draftTypes } from '../composer/messageDraft.ts'
import { maxSent } from '../composer/sentHistory.ts'
import { clampShare } from '../elements/detailShare.ts'
import { usualScreenMs, zoomSteps } from '../lanes/timeScale.ts'
import { readCalmState } from '../model/failureCalm.ts'
import { type PaneName, paneOrNull } from '../model/paneName.ts'
import { readPlots } from '../model/plots.ts'
import type { RestoredView } from '../model/restoredView.ts'
import { type ScopeChoice, scopeChoices } from '../panes/statistics/statisticsScope.ts'

/** Frames as rows, or true to time. */
export type Layout = 'rows' | 'time'

export interface ViewState extends RestoredView {
  readonly sessionId: string
  readonly detailOpen: boolean
  readonly layout: Layout
  /** True to time: milliseconds from the top of the view to its bottom. */
  readonly screenMs: number
  /** Epoch ms at its top; null follows the newest. */
  readonly topAt: number | null
  /** It stands in the place of the detail; null: nothing does. */
  readonly pane: PaneName | null
  /** The findings stand below the rows. */
  readonly findingsOpen: boolean
  /** Share of the height that they take, as `detailShare`. */
  readonly findingsShare: number
  /** The connections stand to the left of the rows; null where the user has not said. */
  readonly connectionsOpen: boolean | null
  /** Share of the width that they take, as `detailShare`. */
  readonly connectionsShare: number
  readonly connectionsBy: ConnectionsBy
  /** What the user said about what is needed. */
  readonly said: SaidNeeds
  /** What the figures are of. */
  readonly statisticsScope: ScopeChoice
  /** Share of the window that the detail takes, 0.15 to 0.75. */
  readonly detailShare: number
  /** The same where the detail is below the rows. */
  readonly stackedShare: number
  /** What stands in the send box. */
  readonly draft: string
  /** What the send box holds. */
  readonly draftType: DraftType
  /** Sent messages, oldest first. */
  readonly sent: readonly string[]
}

/** Of the place beside the rows, which is empty at first. */
export const freshBeside = {
  detailOpen: false,
  pane: null,
  said: {},
  statisticsScope: 'session',
  detailShare: 0.32,
  stackedShare: 0.45,
} as const

export type FindingsView = Pick<ViewState, 'findingsOpen' | 'findingsShare'>

/** Of the place below the rows. */
export const freshFindings = { findingsOpen: false, findingsShare: 0.25 } as const

/** Of the place to the left of the rows. */
export const freshConnections = {
  connectionsOpen: null,
  connectionsShare: 0.26,
  connectionsBy: 'path',
} as const

/** The state of a page that opens for the first time. */
export function freshViewState(sessionId: string): ViewState {
  return {
    sessionId,
    anchorSeq: null,
    filterText: '',
    afterSeq: 0,
    pausedSeq: null,
    wire: false,
    selectedSeq: null,
    failureCalm: null,
    show: null,
    plots: [],
    openFolds: [],
    layout: 'rows',
    screenMs: usualScreenMs,
    topAt: null,
    ...freshBeside,
    ...freshFindings,
    ...freshConnections,
    draft: '',
    draftType: 'text',
    sent: [],
  }
}

/**
 * Each field that is missing or wrong gets its fresh value. Of the session that the panel showed before, what speaks
 * of its frames counts as none.
 */
export function readViewState(saved: unknown, sessionId: string): ViewState {
  const fresh = freshViewState(sessionId)
  if (typeof saved !== 'object' || saved === null) return fresh
  const fields = new Map(Object.entries(saved))
  const sent = fields.get('sent')
  const kept = {
    ...fresh,
    detailShare: shareOr(fields.get('detailShare'), fresh.detailShare),
    stackedShare: shareOr(fields.get('stackedShare'), fresh.stackedShare),
    pane: paneOrNull(fields.get('pane')),
    findingsOpen: fields.get('findingsOpen') === true,
    findingsShare: shareOr(fields.get('findingsShare'), fresh.findingsShare),
    connectionsOpen: booleanOrNull(fields.get('connectionsOpen')),
    connectionsShare: shareOr(fields.get('connectionsShare'), fresh.connectionsShare),
    connectionsBy:
      fields.get('connectionsBy') === 'number' ? ('number' as const) : fresh.connectionsBy,
    said: readSaidNeeds(fields.get('said')),
    statisticsScope:
      scopeChoices.find((choice) => choice === fields.get('statisticsScope')) ??
      fresh.statisticsScope,
    show: pathsOrNull(fields.get('show')),
    plots: readPlots(fields.get('plots')),
    layout: fields.get('layout') === 'time' ? ('time' as const) : fresh.layout,
    screenMs: zoomSteps.find((step) => step === fields.get('screenMs')) ?? fresh.screenMs,
    draft: stringOrEmpty(fields.get('draft')),
    draftType: draftTypes.find((type) => type === fields.get('draftType')) ?? fresh.draftType,
    sent: Array.isArray(sent)
      ? sent.filter((text) => typeof text === 'string').slice(-maxSent)
      : fresh.sent,
  }
  if (fields.get('sessionId') !== sessionId) return kept
  return {
    ...kept,
    anchorSeq: seqOrNull(fields.get('anchorSeq')),
    filterText: stringOrEmpty(fields.get('filterText')),
    afterSeq: seqOrNull(fields.get('afterSeq')) ?? 0,
    pausedSeq: seqOrNull(fields.get('pausedSeq')),
    wire: fields.get('wire') === true,
    selectedSeq: seqOrNull(fields.get('selectedSeq')),
    failureCalm: readCalmState(fields.get('failureCalm')),
    openFolds: seqsOf(fields.get('openFolds')),
    topAt: timeOrNull(fields.get('topAt')),
    detailOpen: fields.get('detailOpen') === true,
  }
}

function pathsOrNull(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > maxShownPaths) return null
  return value.every((path) => typeof path === 'string' && parsePath(path) !== null) ? value : null
}

/** A share of the window. */
export function shareOr(value: unknown, fresh: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? clampShare(value) : fresh
}

function booleanOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

function timeOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function seqOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

function seqsOf(value: unknown): readonly number[] {
  if (!Array.isArray(value)) return []
  return value.map(seqOrNull).filter((seq) => seq !== null)
}

function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
