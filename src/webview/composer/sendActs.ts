// Acts on the selected frame: sent again, put into the form to be changed, kept with the profile.

import { RpcError } from '../../shared/calls/rpc.ts'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { ownHeaders } from '../../shared/frame/ownHeaders.ts'
import { isKeptInPart } from '../../shared/frame/preview.ts'
import { keptAs, sentAgainAs } from '../../shared/frame/sentAgain.ts'
import { sendLimits } from '../../shared/limits.ts'
import { hexOf } from '../../shared/text/hexRows.ts'
import { formatLimit } from '../../shared/text/units.ts'
import { createPayloadReader } from '../model/payloadReader.ts'
import { actsOf, type RowActs } from '../model/rowActs.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { formatHeaderLines } from './headerLines.ts'
import { type DraftType, draftOf } from './messageDraft.ts'
import type { RequestDraft } from './requestDraft.ts'

/** What a frame puts into a form; `of` is the frame. */
export type GivenDraft =
  | {
      readonly kind: 'message'
      readonly draft: string
      readonly draftType: DraftType
      readonly of: number
    }
  | { readonly kind: 'request'; readonly draft: RequestDraft; readonly of: number }

export interface SendActs {
  again(): Promise<void>
  edit(): Promise<void>
  keep(): Promise<void>
}

/** `give` puts a draft into its form. */
export function createSendActs(model: TimelineModel, give: (draft: GivenDraft) => void): SendActs {
  /** The selected frame, where it has the act; otherwise it says which have. */
  async function frameFor(act: keyof RowActs, which: string): Promise<Frame | null> {
    const { seq, row } = model.selected
    const selected =
      row ?? (seq === null ? null : ((await model.actions.related(seq))?.row ?? null))
    if (selected !== null && actsOf(selected, model.status?.method)[act]) return selected.frame
    model.report(
      selected === null
        ? 'Select a frame first.'
        : `This row cannot be used for that. Select ${which}.`,
    )
    return null
  }

  /** Null, after it is said why, where nothing can be sent. */
  function canSend(): boolean {
    const { session } = model
    if (session === null) return false
    if (session.readOnly)
      model.report(new RpcError('read-only', 'This is a saved capture. Connect again to send.'))
    else if (session.status.state === 'ended')
      model.report(new RpcError('ended', 'The session has ended. Reconnect to send.'))
    else return true
    return false
  }

  return {
    async again() {
      const frame = await frameFor('again', 'a message or a ping that was sent, or a request')
      if (frame === null || !canSend()) return
      try {
        const answer = await model.api.sendAgain(frame.seq)
        if (answer !== null) await model.selection.selectSeq(answer)
      } catch (error) {
        model.report(error)
      }
    },
    async edit() {
      const frame = await frameFor('edit', 'a message or a request')
      if (frame === null || !canSend() || !isShort(frame, model)) return
      try {
        give(await draftFrom(frame, model))
      } catch (error) {
        model.report(error)
      }
    },
    async keep() {
      const frame = await frameFor('keep', 'a message or a request')
      if (frame === null) return
      try {
        const offered = await model.api.keepMessage(frame.seq)
        if (model.session) model.session = { ...model.session, ...offered }
        model.redraw()
      } catch (error) {
        model.report(error)
      }
    },
  }
}

function isShort(frame: Frame, model: TimelineModel): boolean {
  const most = formatLimit(sendLimits.editedBytes)
  if (frame.sizeBytes > sendLimits.editedBytes)
    model.report(
      `Frame #${frame.seq} is too long to be edited here: the box takes ${most}.${sentAgainAs(frame) ? ' Send Again sends all of it.' : ' Open it in an editor, and copy what you want to send.'}`,
    )
  else if (isKeptInPart(frame))
    model.report(`The capture keeps only the first part of frame #${frame.seq}.`)
  else return true
  return false
}

async function draftFrom(frame: Frame, model: TimelineModel): Promise<GivenDraft> {
  const { seq } = frame
  const reader = createPayloadReader(frame, (offset, length) =>
    model.api.payload(seq, offset, length),
  )
  const text = frame.sizeBytes === 0 ? '' : await reader.whole()
  if (keptAs(frame) === 'request')
    return { kind: 'request', draft: requestFrom(frame as FrameOf<'request'>, text), of: seq }
  const isText = reader.isText && frame.kind === 'message' && frame.detail.type === 'text'
  const draft = isText
    ? draftOf({ name: '', kind: 'text', value: text })
    : { draft: hexOf(reader.all()), draftType: 'hex' as const }
  return { kind: 'message', ...draft, of: seq }
}

function requestFrom({ detail }: FrameOf<'request'>, body: string): RequestDraft {
  const headers = formatHeaderLines(ownHeaders(detail))
  return { httpMethod: detail.method, url: detail.url, headers, body }
}
