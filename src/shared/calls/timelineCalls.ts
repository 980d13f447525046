// The calls of the timeline page: one row each, with the checks of its arguments.
//
// A new call is declared in `messages.ts`, gets its row here, and is a method of the capture (reading), of the session
// (sending) or of the panel; host and worker forward it by its row.

import {
  checkAbout,
  checkAction,
  checkAnalysis,
  checkChosen,
  checkCloseCode,
  checkCompanion,
  checkCopied,
  checkDelay,
  checkExportFile,
  checkExportFormat,
  checkFilter,
  checkHabits,
  checkMessage,
  checkNote,
  checkOffset,
  checkOutgoing,
  checkPaths,
  checkPieceLength,
  checkPing,
  checkPlaces,
  checkReason,
  checkRepeated,
  checkRow,
  checkRowCount,
  checkRule,
  checkSeq,
  checkSoundFilter,
  checkSpans,
  checkTailWish,
} from './callArguments.ts'
import { checkCut, checkFaults } from './checkFaults.ts'
import {
  checkConnection,
  checkHeldId,
  checkHold,
  checkReceiver,
  checkVerdict,
} from './checkHolds.ts'
import { checkScope } from './checkScope.ts'
import { checkMoment, checkSlice } from './checkSlice.ts'
import { checkTyped } from './checkTyped.ts'
import type { CallTable } from './forwardCalls.ts'
import type { MarkingApi } from './markingApi.ts'
import type { FollowingApi, PanelApi, SendingApi, TimelineApi } from './messages.ts'
import type { ReadingApi } from './readingApi.ts'
import type { TapApi } from './tapApi.ts'

/** The capture in the session's thread answers these. */
export const readingCalls: CallTable<ReadingApi> = {
  rows: [checkFilter, checkRow, checkRowCount],
  position: [checkFilter, checkSeq],
  positions: [checkFilter, checkPlaces],
  rowAt: [checkFilter, checkMoment],
  slice: [checkFilter, checkSlice],
  selected: [checkFilter, checkSpans, checkSeq],
  payload: [checkSeq, checkOffset, checkPieceLength],
  payloadAs: [checkSeq],
  related: [checkSeq],
  analysis: [checkAnalysis, checkScope],
}

/** The session in its thread answers these. */
export const sendingCalls: CallTable<SendingApi> = {
  send: [checkMessage],
  repeat: [checkRepeated, checkDelay],
  ping: [checkPing],
  closeWith: [checkCloseCode, checkReason],
  request: [checkCompanion],
  sendAgain: [checkSeq],
}

/** The source of a tap answers these. */
export const tapCalls: CallTable<TapApi> = {
  setFaults: [checkFaults],
  cut: [checkCut],
  setHold: [checkHold],
  heldContent: [checkHeldId],
  decide: [checkHeldId, checkVerdict],
  sendInto: [checkConnection, checkReceiver, checkOutgoing],
}

/** The session's thread itself answers this. */
const followingCalls: CallTable<FollowingApi> = {
  follow: [checkTailWish],
}

/** The capture in the session's thread keeps these, once the host has seen that they may be kept. */
export const markingCalls: CallTable<MarkingApi> = {
  bookmark: [checkSeq, checkNote],
}

/** All of them pass through the host to the session's thread. */
export const sessionCalls: CallTable<ReadingApi & SendingApi & TapApi & FollowingApi> = {
  ...readingCalls,
  ...sendingCalls,
  ...tapCalls,
  ...followingCalls,
}

const panelCalls: CallTable<PanelApi> = {
  keepTyped: [checkTyped],
  hydrate: [],
  disconnect: [],
  reconnect: [],
  copy: [checkCopied],
  openPayload: [checkSeq],
  openRule: [checkRule],
  openDifference: [checkSeq, checkSeq],
  act: [checkAction, checkAbout],
  showing: [checkFilter],
  keepShow: [checkPaths],
  keepHabits: [checkHabits],
  keepFilter: [checkSoundFilter],
  keepMessage: [checkSeq],
  copyExport: [checkExportFormat, checkFilter, checkChosen],
  copySelected: [checkExportFormat, checkFilter, checkSpans],
  saveExport: [checkExportFile, checkFilter, checkChosen],
}

export const timelineCalls: CallTable<TimelineApi> = {
  ...sessionCalls,
  ...markingCalls,
  ...panelCalls,
}
