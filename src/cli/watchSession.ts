// The thread of `lifeline watch`: one session, printed while it goes on, held back by whoever reads it.

import type { MessagePort } from 'node:worker_threads'
import { type Capture, createCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import { createFrameCount } from '../engine/capture/frameCount.ts'
import { createFrameMatcher } from '../engine/capture/frameMatcher.ts'
import { createSource } from '../engine/createSource.ts'
import { decodeBehind } from '../engine/decodeBehind.ts'
import type { ExporterOptions } from '../engine/exports/exporter.ts'
import { exporters } from '../engine/exports/exporters.ts'
import { createSession } from '../engine/session/session.ts'
import type { EndDetail, Frame } from '../shared/frame/frame.ts'
import { adviceOf } from '../shared/frame/offeredActions.ts'
import type { ExportFormat } from '../shared/session/exportFormats.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import { createLivePrinter } from './livePrinter.ts'
import { optionsHint } from './optionsHint.ts'
import { createOutput } from './output.ts'

/** What the thread is given. Plain data: it crosses into the thread. */
export interface WatchTask {
  readonly plan: SessionPlan
  readonly format: ExportFormat
  readonly exporter: ExporterOptions
  /** Whether the wire layer is printed as well. */
  readonly wire: boolean
  /** Only frames that it matches are printed; empty for all. */
  readonly filter: string
  /** Frames to print; null for all. */
  readonly frames: number | null
  /** See `OutputOptions`. Any message to the thread asks for the end; this one is heard while it waits. */
  readonly release: Int32Array
}

/** What the thread tells, in this order; after `refused` or `ended` it has nothing more to do. */
export type WatchNews =
  /** The capture file cannot be made. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'started' }
  /** Of a tap: the URL to point a program to. */
  | { readonly kind: 'listening'; readonly url: string }
  /** Our own fault: a stack. */
  | { readonly kind: 'fault'; readonly stack: string }
  | ({ readonly kind: 'ended' } & WatchEnd)

export interface WatchEnd {
  readonly end: EndDetail
  /** What the last error of the peer or the network advises, in sentences. */
  readonly advice: readonly string[]
  /** Whether the end that the reader has seen is the real one. */
  readonly told: boolean
  /** Why standard output could not be written. */
  readonly outputFailure: string | null
  /** What became of a capture whose file was taken away, in sentences; empty where it was not. */
  readonly captureLost: readonly string[]
  /** Why the capture could not be closed. */
  readonly captureFailure: string | null
  /** Frames that came after the end was asked for, for which a reader who does not read left no room. */
  readonly unprinted: number
}

/** Resolves when the session has ended, its capture is closed and everything is printed. */
export async function watchSession(port: MessagePort, task: WatchTask): Promise<void> {
  const tell = (news: WatchNews) => port.postMessage(news)
  const { plan, release, wire, frames, filter } = task
  const recording = openRecording(plan, tell)
  if (recording === null) return
  const stop = () => void session.stop()
  const output = createOutput({ release, onClose: stop })
  const exporter = exporters[task.format]({ ...task.exporter, hint: optionsHint })
  const matcher = filter === '' ? null : createFrameMatcher(filter, wire)
  const printing = {
    matcher,
    endpoint: plan.endpoint,
    exporter,
    output,
    wire,
    frames,
    previewChars: plan.limits.previewChars,
  }
  const printer = createLivePrinter({ ...printing, onEnough: stop })
  let advice: readonly string[] = []
  let toldEnd: string | null = null
  const captureLost: string[] = []
  let toldUrl: string | null = null
  const session = createSession({
    plan,
    capture: recording.frames,
    source: (io) => createSource(plan, io),
    onFrame: (frame, payload) => {
      if (frame.kind === 'error') {
        advice = [adviceOf(frame), optionsHint(frame.detail)].filter((line) => line !== null)
      }
      if (isCaptureNews(frame)) captureLost.push(frame.detail.message)
      if (frame.kind === 'end') toldEnd = frame.detail.message
      printer.print(frame, payload)
    },
    onStatus: ({ listening: url }) => {
      if (url !== null && url !== toldUrl) tell({ kind: 'listening', url })
      toldUrl = url
    },
    onFault: (fault) => tell({ kind: 'fault', stack: fault.stack ?? fault.message }),
  })
  port.on('message', stop)
  session.start()
  tell({ kind: 'started' })
  const end = await session.ended
  printer.end()
  matcher?.close()
  const captureFailure = recording.close()
  output.drain()
  const { failure: outputFailure } = output
  const told = toldEnd === end.message
  const { unprinted } = printer
  const failures = { outputFailure, captureLost, captureFailure }
  tell({ kind: 'ended', end, advice, told, ...failures, unprinted })
}

type CaptureNews = Extract<Frame, { kind: 'error' | 'notice' }>

function isCaptureNews(frame: Frame): frame is CaptureNews {
  return frame.code === 'capture-lost' || frame.code === 'capture-moved'
}

/** The capture file, or only a count of frames where none is kept. Null when the file cannot be made. */
function openRecording(plan: SessionPlan, tell: (news: WatchNews) => void) {
  const { capturePath, name, endpoint, limits } = plan
  if (capturePath === null) return { frames: createFrameCount(), close: () => null }
  try {
    const capture = createCapture({ path: capturePath, name, endpoint, limits })
    const decoding = decodeBehind(capture)
    return {
      frames: capture,
      close() {
        decoding.stop()
        return close(capture)
      },
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    tell({ kind: 'refused', message: error.message })
    return null
  }
}

/** The reason why it failed, or null. */
function close(capture: Capture): string | null {
  try {
    capture.close()
    return null
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    return error.message
  }
}
