// The acts of the window that a panel of timelines asks its owner for.

import type { CallCode } from '../../shared/calls/callCodes.ts'
import type { ExportFile, Offered } from '../../shared/calls/messages.ts'
import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import type { ErrorAction } from '../../shared/frame/actionNames.ts'
import type { ActionFacts } from '../../shared/frame/errorActions.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { ExportFormat } from '../../shared/session/exportFormats.ts'
import type { FrameSpans } from '../../shared/session/frameSpans.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { KeptHabits } from './keptHabits.ts'

/** The filters that a session's profile keeps. */
export interface FilterKeeper {
  /** As they are now; of a session without a profile those that its capture has. */
  list(session: HostSession): Promise<readonly SavedFilter[]>
  /** As `PanelApi.keepFilter`. */
  keep(session: HostSession, filter: string): Promise<readonly SavedFilter[]>
}

/** The messages and requests that can be sent by their names. */
export interface MessageKeeper {
  /** Those that the session has begun with, and those that were saved since. */
  list(session: HostSession): Offered
  /** As `PanelApi.keepMessage`. */
  keep(session: HostSession, seq: number): Promise<Offered>
}

/** What a panel needs from its owner. */
export interface TimelineActions {
  /** Connects the session again, or a new one in its place where it has ended. */
  reconnect(session: HostSession): Promise<void>
  openPayload(session: HostSession, seq: number): Promise<void>
  openDifference(session: HostSession, from: number, to: number): Promise<void>
  /** See `AnalysisScope.streamsBeside`. */
  streamsBeside(session: HostSession): number
  /** As `PanelApi.openRule`. */
  openRule(id: string): Promise<void>
  readonly habits: KeptHabits
  /** As `PanelApi.keepShow`. */
  keepShow(session: HostSession, paths: readonly string[]): Promise<void>
  readonly filters: FilterKeeper
  readonly messages: MessageKeeper
  factsOf(session: HostSession): Promise<ActionFacts>
  /** As `PanelApi.act`. */
  act(session: HostSession, action: ErrorAction, about: number | CallCode): Promise<void>
  copyExport(
    session: HostSession,
    format: ExportFormat,
    shown: RowFilter,
    chosen: boolean,
  ): Promise<void>
  copySelected(
    session: HostSession,
    format: ExportFormat,
    shown: RowFilter,
    within: FrameSpans,
  ): Promise<void>
  saveExport(
    session: HostSession,
    shown: RowFilter,
    format: ExportFile,
    chosen: boolean,
  ): Promise<void>
  /** Asks which others a timeline of these should show; empty where the user has cancelled. */
  chooseOthers(shown: readonly HostSession[]): Promise<readonly HostSession[]>
  /** As `TogetherApi.saveText`. */
  saveText(name: string, text: string): Promise<boolean>
}
