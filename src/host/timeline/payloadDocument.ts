// Payloads as read-only documents: "Open Payload in Editor", and two of them in the diff editor.

import { commands, type Disposable, Uri, ViewColumn, window, workspace } from 'vscode'
import type { SessionApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { createPayloadDecoder, isKeptInPart, readsAsText } from '../../shared/frame/preview.ts'
import { hexDump } from '../../shared/text/hexRows.ts'
import { isJson } from '../../shared/text/jsonText.ts'
import { layOutJson } from '../../shared/text/layOutJson.ts'
import { sortJsonKeys } from '../../shared/text/sortJsonKeys.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { Sessions } from '../sessions/sessions.ts'

const scheme = 'lifeline-payload'

export interface PayloadDocuments extends Disposable {
  /** Opens a frame's payload beside the timeline. Rejects when it cannot be read. */
  open(session: HostSession, seq: number): Promise<void>
  /** Opens two payloads in the diff editor, where the keys of JSON are sorted. Rejects when one cannot be read. */
  compare(session: HostSession, from: number, to: number): Promise<void>
}

export function createPayloadDocuments(sessions: Sessions): PayloadDocuments {
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const { sessionId, seq } = parseUri(uri)
      const session = await sessions.open(sessionId)
      const { text, kind } = await readText(session, seq)
      if (kind !== 'json') return text
      return layOutJson(uri.query === sorted ? sortJsonKeys(text) : text)
    },
  })
  return {
    async open(session, seq) {
      const document = await workspace.openTextDocument(await uriOf(session, seq))
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true })
    },
    async compare(session, from, to) {
      const [left, right] = await Promise.all([from, to].map((seq) => uriOf(session, seq)))
      const title = `#${from} ↔ #${to}`
      const options = { viewColumn: ViewColumn.Beside, preview: true }
      await commands.executeCommand(
        'vscode.diff',
        left?.with({ query: sorted }),
        right?.with({ query: sorted }),
        title,
        options,
      )
    },
    dispose: () => provider.dispose(),
  }
}

/** The query of a document whose keys are in order. */
const sorted = 'sorted'

/** The ending decides the language. */
async function uriOf(session: HostSession, seq: number): Promise<Uri> {
  const { kind } = await readText(session, seq)
  return Uri.from({ scheme, path: `/${session.id}/${seq}/frame-${seq}.${kind}` })
}

function parseUri(uri: Uri): { sessionId: string; seq: number } {
  const [, sessionId = '', seq = ''] = uri.path.split('/')
  return { sessionId, seq: Number(seq) }
}

type Kind = 'json' | 'txt' | 'hex'

/** The text as it came; call `layOutJson` to show it. */
async function readText(session: HostSession, seq: number): Promise<{ text: string; kind: Kind }> {
  const api = await session.api
  const [bytes, related] = await Promise.all([readPayload(api, seq), api.related(seq)])
  const text = related && textOf(bytes, related.row.frame)
  if (text === null) return { text: hexDump(bytes), kind: 'hex' }
  return { text, kind: isJson(text) ? 'json' : 'txt' }
}

/** Null for bytes that are no text, as in the detail of the timeline. */
function textOf(bytes: Uint8Array, frame: Frame): string | null {
  try {
    const text = createPayloadDecoder(frame, bytes)(bytes, isKeptInPart(frame))
    return readsAsText(frame, bytes, text) ? text : null
  } catch {
    return null
  }
}

const pieceBytes = 4 * 1024 * 1024

/** The payload's kept bytes; empty when the frame has none. */
export async function readPayload(api: SessionApi, seq: number): Promise<Uint8Array> {
  const first = await api.payload(seq, 0, pieceBytes)
  if (first.bytes.byteLength >= first.sizeBytes) return first.bytes
  const whole = new Uint8Array(first.sizeBytes)
  whole.set(first.bytes)
  let filled = first.bytes.byteLength
  while (filled < whole.byteLength) {
    const { bytes } = await api.payload(seq, filled, pieceBytes)
    if (bytes.byteLength === 0) break
    whole.set(bytes, filled)
    filled += bytes.byteLength
  }
  return whole.subarray(0, filled)
}
