// The end of a WebSocket: gathers why it comes, tells what was wrong, and says what follows.

import type { CloseDetail } from '../../../shared/frame/webSocketDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { formatDelay, formatSize } from '../../../shared/text/units.ts'
import type { Came } from '../../protocols/bytes/cameBytes.ts'
import type { Fault } from '../../protocols/fault.ts'
import { closedByServer } from '../../protocols/websocket/closeOutcome.ts'
import { abnormalClosure, wsError } from '../../protocols/websocket/wsError.ts'
import { now } from '../clock.ts'
import type { ConnectionFrames } from '../connectionFrames.ts'
import type { Outcome } from '../transport.ts'
import type { Rest } from './wsArrivals.ts'
import type { WsEmitter } from './wsEmitter.ts'
import { closeTimeoutMs } from './wsRequest.ts'

export interface WsEnding {
  /** `ws` found the protocol broken. The first time it is told, unless the user has stopped: answers whether it is. */
  broken(error: Error, came: Came | null): boolean
  /** The peer is silent, or does not answer. */
  silent(fault: Fault): void
  /** The peer's close frame has come. */
  closedByPeer(close: CloseDetail): void
  /** The user has begun the closing handshake. */
  closedByHand(code: number): void
  socketFailed(error: Error): void
  /** The user has closed or stopped it. */
  isOurs(): boolean
  /** It is over. Tells what is missing, `unfinished` first. */
  outcome(rest: Rest): Outcome
}

export function createEnding(
  frames: ConnectionFrames,
  emitter: Pick<WsEmitter, 'firstClose'>,
  signal: AbortSignal,
  { messageBytes }: Pick<Limits, 'messageBytes'>,
): WsEnding {
  /** Messages of what was told. */
  let failure: string | null = null
  let silence: string | null = null
  let peerClose: CloseDetail | null = null
  let byHand: number | null = null
  let socketError: Error | null = null

  function noteUnfinished({ bytes, awaits }: Unfinished, came: Came | null): void {
    const size = formatSize(bytes)
    const message = `The connection ended in the middle of a ${awaits}: ${size} of it had arrived.`
    frames.notice('ws-cut-short', message, { came })
  }

  function noteSurplus(came: Came): void {
    const place =
      peerClose === null ? 'what broke the connection off' : 'the close frame of the server'
    const message = `${formatSize(came.sizeBytes)} came behind ${place}, which nobody reads.`
    frames.notice('ws-surplus', message, { came })
  }

  function noteUnansweredClose(): void {
    const { firstClose } = emitter
    if (firstClose?.by !== 'client' || peerClose !== null) return
    const late = now() - firstClose.at >= closeTimeoutMs - 50
    const message = late
      ? `The server did not answer the close frame within ${formatDelay(closeTimeoutMs)}, so the connection was cut.`
      : 'The server ended the connection without answering the close frame.'
    frames.notice('ws-close-unanswered', message)
  }

  function lost(): Outcome {
    const cause = socketError && 'code' in socketError ? String(socketError.code) : undefined
    const fault = abnormalClosure(cause)
    frames.error(fault)
    return { kind: 'lost', message: fault.message }
  }

  return {
    broken(error, came) {
      if (failure !== null || signal.aborted) return false
      const fault = wsError(error, messageBytes, peerClose !== null)
      failure = fault.message
      frames.error(fault, { came })
      return true
    },
    silent(fault) {
      silence = fault.message
      frames.error(fault)
    },
    closedByPeer(close) {
      peerClose = close
    },
    closedByHand(code) {
      byHand = code
    },
    socketFailed(error) {
      socketError = error
    },
    isOurs: () => byHand !== null || signal.aborted,
    outcome({ unfinished, bytes, surplus }) {
      if (surplus !== null) noteSurplus(surplus)
      if (failure === null) {
        if (unfinished !== null) noteUnfinished(unfinished, bytes)
        noteUnansweredClose()
      }
      if (signal.aborted) return { kind: 'stopped' }
      if (byHand !== null) return { kind: 'stopped', message: `The user closed it with ${byHand}.` }
      if (failure !== null) return { kind: 'refused', message: failure }
      if (silence !== null) return { kind: 'lost', message: silence }
      return peerClose === null ? lost() : closedByServer(peerClose)
    },
  }
}
