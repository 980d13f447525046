// The menu of what can be copied of a frame: what its tab shows, its payload, its facts, and the request as a command.

import { type Frame, type FrameOf, hasPayload, isWireKind } from '../../shared/frame/frame.ts'
import type { Handshake } from '../../shared/session/related.ts'
import { formatLimit } from '../../shared/text/units.ts'
import type { MenuItem } from '../elements/menu.ts'
import { createPayloadReader } from '../model/payloadReader.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { DetailTab } from './detailTabs.ts'
import {
  formatRequest,
  type RecordedBody,
  requestFormatNames,
  requestFormats,
} from './exchange/copyAs.ts'
import { headText } from './exchange/headersView.ts'
import { factText } from './facts/fact.ts'
import { frameFacts } from './frameFacts.ts'
import { wireFacts } from './wireView.ts'

/** A larger body makes no command that a shell takes. */
const maxBodyBytes = 1024 * 1024

export interface CopyParts {
  readonly model: TimelineModel
  readonly frame: Frame
  readonly tab: DetailTab
  /** What a decoder made of it, where that is shown. */
  readonly decoded: string | null
  readonly handshake: Handshake | null
  /** Is told of each copy whether it is made. */
  readonly tell: (isCopied: Promise<boolean>) => unknown
}

/** What the tab shows comes first. */
export function copyItems(parts: CopyParts): readonly MenuItem[] {
  const { model, frame, tab, decoded, handshake } = parts
  const { actions } = model
  const item = (label: string, copy: () => Promise<boolean>): MenuItem => ({
    label,
    run: () => void parts.tell(copy()),
  })
  const ofTab: Readonly<Partial<Record<DetailTab, MenuItem>>> = {
    headers: item('Copy all headers', () => actions.copy(headText(frame))),
    wire: item('Copy what the tab says', () => actions.copy(factText(wireFacts(frame, handshake)))),
  }
  return [
    ofTab[tab],
    decoded !== null && item('Copy what is decoded', () => actions.copy(decoded)),
    hasPayload(frame) && item('Copy the payload', () => actions.copyPayload(frame)),
    item('Copy the facts', () => actions.copy(factText(frameFacts(frame, null)))),
    ...(frame.kind === 'request' ? commandItems(model, frame, item) : []),
    hasHead(frame) && item('Copy as HTTP text', () => copyHttp(model, frame)),
  ].filter((one) => typeof one === 'object')
}

function hasHead(frame: Frame): frame is FrameOf<'request'> | FrameOf<'response'> {
  return (frame.kind === 'request' || frame.kind === 'response') && !isWireKind(frame.kind)
}

function commandItems(
  model: TimelineModel,
  frame: FrameOf<'request'>,
  item: (label: string, copy: () => Promise<boolean>) => MenuItem,
): readonly MenuItem[] {
  return requestFormats(frame.detail).map((format) =>
    item(`Copy as ${requestFormatNames[format]}`, async () => {
      const body = await bodyOf(model, frame)
      if (body === undefined) return false
      return model.actions.copy(formatRequest(format, frame.detail, body))
    }),
  )
}

/** Undefined, after it is said why, where it cannot be had whole. */
async function bodyOf(
  model: TimelineModel,
  frame: FrameOf<'request'> | FrameOf<'response'>,
): Promise<RecordedBody | undefined> {
  if (frame.sizeBytes === 0) return null
  if (frame.sizeBytes > maxBodyBytes) {
    model.report(
      `The body has more than ${formatLimit(maxBodyBytes)}. Copy the headers and the payload.`,
    )
    return undefined
  }
  const reader = createPayloadReader(frame, (offset, length) =>
    model.api.payload(frame.seq, offset, length),
  )
  try {
    const text = await reader.whole()
    if (reader.isText) return text
    const [bytes = new Uint8Array()] = reader.pieces()
    return reader.pieces().length === 1
      ? bytes
      : new Uint8Array(
          await new Blob(reader.pieces().map((piece) => new Uint8Array(piece))).arrayBuffer(),
        )
  } catch (error) {
    model.report(error)
    return undefined
  }
}

async function copyHttp(
  model: TimelineModel,
  frame: FrameOf<'request'> | FrameOf<'response'>,
): Promise<boolean> {
  const body = await bodyOf(model, frame)
  if (body === undefined) return false
  const said = body === null || typeof body === 'string' ? (body ?? '') : `(${body.length} bytes)`
  return model.actions.copy(`${headText(frame)}\n\n${said}`)
}
