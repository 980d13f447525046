// A timeline's model over a host in memory, with a viewport of its own.

import type { TimelineApi } from '../../../src/shared/calls/messages.ts'
import type { RowFilter } from '../../../src/shared/session/captureRows.ts'
import { freshHabits, type Habits } from '../../../src/shared/session/habits.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { TimelineModel } from '../../../src/webview/model/timelineModel.ts'
import { freshViewState, type ViewState } from '../../../src/webview/page/viewState.ts'
import { quietSession, quietStatus } from '../sessions/quietSession.ts'
import { fakePage, fakePosition, fakeSums, messageRow, settle } from './fakeRows.ts'

function statusOf(frames: number): SessionStatus {
  const statistics = { ...quietStatus.statistics, framesIn: frames }
  return { ...quietStatus, frames, startedAt: 1001, statistics }
}

/** A session of text messages, `m1` and on, in a view of 20 rows that is never drawn. */
export async function openModel(
  recorded: number,
  restored?: Partial<ViewState>,
  habits: Partial<Habits> = { fold: 'everything', gapMs: 0 },
) {
  let frames = recorded
  let visible = 20
  let refusal: string | null = null
  const revealed: number[] = []
  const scrolledTo: number[] = []
  let top = 0
  const refuse = () => Promise.reject(new Error('not in this test'))
  const api: TimelineApi = {
    hydrate: async () => ({
      ...quietSession,
      status: statusOf(frames),
      habits: { ...freshHabits, ...habits },
      typed: null,
    }),
    rows: async (filter: RowFilter, from, count) => {
      if (refusal !== null) throw new Error(refusal)
      return fakePage(frames, filter, from, count)
    },
    position: async (filter, seq) => fakePosition(frames, filter, seq),
    positions: async (filter, seqs) => ({
      rows: seqs.map((seq) => fakePosition(frames, filter, seq)),
      partial: false,
    }),
    rowAt: async (filter, at) => fakePosition(frames, filter, Math.ceil(at) - 1000),
    slice: refuse,
    selected: async (filter, within) => fakeSums(frames, filter, within),
    follow: async () => {},
    bookmark: refuse,
    payload: refuse,
    payloadAs: refuse,
    related: async (seq) =>
      seq > frames
        ? null
        : {
            row: messageRow(seq),
            answered: null,
            cameSeq: null,
            handshake: null,
            fragments: [],
            before: null,
          },
    analysis: refuse,
    act: refuse,
    disconnect: refuse,
    sendAgain: refuse,
    setFaults: refuse,
    cut: refuse,
    setHold: refuse,
    heldContent: refuse,
    decide: refuse,
    sendInto: refuse,
    keepMessage: refuse,
    reconnect: refuse,
    send: refuse,
    repeat: refuse,
    ping: refuse,
    closeWith: refuse,
    request: refuse,
    copy: refuse,
    openPayload: refuse,
    openRule: refuse,
    openDifference: refuse,
    showing: refuse,
    keepTyped: async (texts) => texts,
    keepShow: async () => {},
    keepHabits: refuse,
    keepFilter: refuse,
    copyExport: refuse,
    copySelected: refuse,
    saveExport: refuse,
  }
  const model = new TimelineModel(api)
  const maxTop = () => Math.max(0, model.shown.total - visible)
  model.attach({
    rowsVisible: () => visible,
    reveal: (index) => {
      revealed.push(index)
      top = Math.max(Math.min(top, index), index - visible + 1)
    },
    scrollTo: (index, height = 0) => {
      scrolledTo.push(index)
      top = Math.min(Math.max(0, index - height), maxTop())
    },
    top: () => top,
    isInTail: (index) => index >= maxTop(),
  })
  model.onChange(() => {
    if (model.shown.follow) top = maxTop()
  })
  await model.hydrate(() => ({ ...freshViewState('s'), ...restored }))
  await settle()
  return {
    model,
    revealed,
    scrolledTo,
    /** The frame in each of the rows in view. */
    seen: () => {
      const drawn = Math.min(visible, model.shown.total - top)
      return Array.from({ length: drawn }, (_, at) => model.shown.rows.row(top + at)?.frame.seq)
    },
    /** As the user's wheel does. */
    scroll: async (first: number) => {
      model.shown.setFollow(false)
      top = first
      model.shown.need(first, first + visible)
      await settle()
    },
    resize: (rows: number) => {
      visible = rows
    },
    refuseRows: (message: string | null) => {
      refusal = message
    },
    record: async (count: number) => {
      frames += count
      model.handleStatus(statusOf(frames), null)
      await settle()
    },
  }
}
