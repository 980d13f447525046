// The lines of a request and of its answer.

import { formatDelay, formatSize } from '../text/units.ts'
import { changedWords } from './changedWords.ts'
import type { FrameOf } from './frame.ts'
import { isEventStream } from './headerFields.ts'
import type { ResponseDetail } from './httpDetail.ts'
import { type Line, sizeNote, words } from './lineWords.ts'

export function describeRequest(frame: FrameOf<'request'>, preview: string | null): Line {
  const { purpose, method, target, gapMs } = frame.detail
  const line = `${method} ${target}`
  if (purpose === 'handshake') {
    return { text: `${line} Upgrade: websocket`, note: 'handshake', tone: 'normal' }
  }
  // Without a body the head is all there is, so the head is what the size tells.
  const note = formatSize(frame.sizeBytes > 0 ? frame.sizeBytes : frame.wireBytes)
  const gap = gapMs === undefined ? null : `(gap ${formatDelay(gapMs)})`
  return { text: words(line, gap, preview), note, tone: 'normal' }
}

export function describeResponse(frame: FrameOf<'response'>, preview: string | null): Line {
  const { status, statusText, purpose, changed, empty, cursor, redirectTo } = frame.detail
  const { difference, unchangedInRow, serverTimeout } = frame.detail
  const failed = status >= 400 && empty !== true
  const judged = [
    `${status} ${statusText}`.trimEnd(),
    // What an error says is no news of what is polled.
    changed === undefined || failed
      ? null
      : changed
        ? changedWords(difference)
        : unchangedWords(unchangedInRow),
    empty ? (serverTimeout ? 'no data, the server’s time limit' : 'no data') : null,
    cursor ? cursorWords(cursor) : null,
  ]
  const text = words(
    judged.filter((part) => part !== null).join(' · '),
    redirectTo === undefined ? null : `→ ${redirectTo}`,
    // Many a server answers an error with the reason phrase as its body.
    preview?.trim() === statusText ? null : preview,
  )
  if (purpose === 'handshake' || purpose === 'stream') {
    if (isAccepted(frame.detail)) {
      return { text, note: openedNote(frame.detail), tone: 'normal' }
    }
    // A redirect refuses nothing, and 204 ends a stream as agreed. [spec] HTML 9.2.3
    const agreed = redirectTo !== undefined || (purpose === 'stream' && status === 204)
    return { text, note: agreed ? '' : 'refused', tone: agreed ? 'normal' : 'error' }
  }
  const tone = failed ? 'error' : changed === false || empty ? 'muted' : 'normal'
  return { text, note: sizeNote(frame), tone }
}

function unchangedWords(inRow: number | undefined): string {
  return inRow === undefined || inRow < 2 ? 'unchanged' : `unchanged × ${inRow}`
}

function cursorWords({ from, to }: { from: string | null; to: string | null }): string | null {
  if (to === null) return null
  return from === null || from === to ? `cursor ${to}` : `cursor ${from} → ${to}`
}

/** Whether the answer opens what was asked for. [rfc6455] 4.1, [spec] HTML 9.2.3 */
function isAccepted(detail: ResponseDetail): boolean {
  if (detail.purpose === 'handshake') return detail.status === 101 && detail.refused !== true
  return detail.stream !== undefined || isEventStream(detail)
}

/** What the server agreed to: WebSocket extensions and subprotocol, or that a stream is open. */
function openedNote({ purpose, headers, stream }: ResponseDetail): string {
  if (purpose === 'stream') {
    return stream === undefined || stream === 'sse' ? 'stream open' : `${stream} open`
  }
  const agreed = headers
    .filter(([name]) => /^sec-websocket-(extensions|protocol)$/i.test(name))
    .map(([, value]) => value.split(';')[0]?.trim() ?? '')
  return agreed.length > 0 ? agreed.join(' · ') : 'open'
}
