// `lifeline watch`: plans a session, starts its thread, and hears signals while that waits for a slow reader.

import { realpathSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import { shortRunLength } from '../engine/exports/exporter.ts'
import { lifelinesOf } from '../shared/endpoint/lifelines.ts'
import { defaultLimits } from '../shared/limits.ts'
import { exportFormats } from '../shared/session/exportFormats.ts'
import { type SessionPlan, sessionThreadOptions } from '../shared/session/sessionPlan.ts'
import { countFrames } from '../shared/text/units.ts'
import { visibleLine, visibleLines } from '../shared/text/visibleText.ts'
import type { Command } from './command.ts'
import { onInterrupt } from './interrupt.ts'
import { liveRunMs } from './livePrinter.ts'
import { statusOf } from './output.ts'
import { replayPlanOf } from './replayPlan.ts'
import { shownFields } from './shownFields.ts'
import { terminalWidth } from './terminalWidth.ts'
import { UsageError } from './usageError.ts'
import { planOf } from './watchPlan.ts'
import type { WatchEnd, WatchNews, WatchTask } from './watchSession.ts'

type WatchCommand = Extract<Command, { kind: 'watch' }>

/** A live diagram shows more of a run. */
const liveRunLength = 50

/**
 * Resolves with the exit status when the session has ended. Rejects with `UsageError`, and with `CaptureError`
 * when the capture cannot be closed.
 */
export async function watch(command: WatchCommand): Promise<number> {
  const { format, times, wire } = command.print
  // Asked for first: from then on Node makes writes to a pipe non-blocking, so that the thread
  // waits for its reader by itself, where it hears that the end is asked for.
  const { isTTY } = process.stdout
  const release = new Int32Array(new SharedArrayBuffer(4))
  const plan = await planned(command)
  const ended = await runThread(command, {
    plan,
    format,
    exporter: {
      ...lifelinesOf(plan.endpoint),
      width: command.print.width ?? terminalWidth(),
      times,
      runLength: command.print.runLength ?? (format === 'short' ? shortRunLength : liveRunLength),
      runMs: liveRunMs,
      show: shownFields(command.print, plan.endpoint),
    },
    wire,
    frames: command.frames,
    filter: command.filter,
    release,
  })
  return concluded(ended, exportFormats[format].isForTerminals && isTTY)
}

function planned({ watch: asked, resend, capture }: WatchCommand): Promise<SessionPlan> {
  return resend === null ? planOf(asked, capture) : replayPlanOf(asked, resend, capture)
}

/**
 * The session has a thread of its own, which waits where the reader of its output is slow: nothing is read from the
 * sockets meanwhile, and TCP holds the sender back. This one stays free for signals and the time limit.
 */
async function runThread({ forMs }: WatchCommand, task: WatchTask): Promise<WatchEnd> {
  const over = Promise.withResolvers<WatchEnd>()
  let deadline: NodeJS.Timeout | null = null
  const isTap = task.plan.endpoint.method === 'tap'
  // The thread runs this program, too; `main` looks which of the two it is.
  const thread = new Worker(realpathSync(process.argv[1] ?? ''), {
    ...sessionThreadOptions,
    workerData: task,
  })

  function stop(): void {
    thread.postMessage('stop')
    Atomics.store(task.release, 0, 1)
    Atomics.notify(task.release, 0)
  }

  function startTime(): void {
    if (forMs === null || deadline) return
    deadline = setTimeout(stop, Math.min(forMs, defaultLimits.maxDelayMs))
  }

  function hear(news: WatchNews): void {
    switch (news.kind) {
      case 'refused':
        over.reject(new UsageError(news.message))
        break
      case 'started':
        // A tap's time begins when a program can reach it.
        if (!isTap) startTime()
        break
      case 'listening':
        console.error(visibleLine(pointedTo(news.url, task.plan)))
        startTime()
        break
      case 'fault':
        console.error(visibleLines(news.stack))
        break
      case 'ended':
        over.resolve(news)
        break
    }
  }

  const stopListening = onInterrupt(stop)
  thread.on('message', hear)
  thread.on('error', over.reject)
  // Comes after every message and error of the thread.
  thread.on('exit', (status) => {
    over.reject(new Error(`The session's thread ended with status ${status} before its session.`))
  })
  try {
    return await over.promise
  } finally {
    if (deadline) clearTimeout(deadline)
    // A connection that did not answer to its closing may still hold it.
    await thread.terminate()
    stopListening()
  }
}

/** For whoever starts the program. */
function pointedTo(listening: string, { endpoint }: SessionPlan): string {
  return `Point your program to ${listening} instead of ${endpoint.url}`
}

/** The exit status, and what standard error is to say. */
function concluded(ended: WatchEnd, isOnScreen: boolean): number {
  const { end, advice, told, outputFailure, captureLost, captureFailure, unprinted } = ended
  if (captureFailure !== null) throw new CaptureError('capture-write-failed', captureFailure)
  if (unprinted > 0) {
    const left = `${countFrames(unprinted)} that came after that`
    console.error(
      `lifeline: The session was ended while nobody read the output: ${left} could not be printed.`,
    )
  }
  // The capture is not where it was asked for, however the session ended.
  for (const message of captureLost) {
    if (message !== end.message) console.error(`lifeline: ${visibleLine(message)}`)
  }
  if (end.by === 'user' || end.by === 'server') {
    return statusOf(outputFailure) === 0 && captureLost.length === 0 ? 0 : 1
  }
  // The diagram on the screen has just said it, unless its end could not be written.
  if (isOnScreen && told) return 1
  // On a line of its own, since the message may end in the name of a file.
  for (const line of [end.message, ...advice]) console.error(`lifeline: ${visibleLine(line)}`)
  return 1
}
