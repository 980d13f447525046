// Opens a capture and makes the server of it: what the command line and VS Code's thread begin with.

import { type Capture, openCapture } from '../capture/capture.ts'
import { CaptureError } from '../capture/format/captureError.ts'
import { createSystemTimers } from '../session/timers.ts'
import type { ReplayOptions, Served } from './replay.ts'
import { createReplayServer } from './replayServer.ts'
import { readScript } from './script/readScript.ts'
import type { Script } from './script/script.ts'
import type { ScriptRange } from './script/scriptRange.ts'

export interface ReplayPlan {
  /** The capture's file. */
  readonly path: string
  readonly range: ScriptRange
  readonly options: ReplayOptions
}

export interface OpenedReplay {
  /** Of the session that was recorded. */
  readonly name: string
  readonly script: Script
  /** See `ReplayServer.listen`. */
  listen(port: number | null): Promise<number>
  /** Also closes the capture. */
  close(): Promise<void>
}

/** Longer than any payload can be. */
const whole = 2 ** 31

/** A replay tells of what it serves, and once of a capture that can be read no more: then it is to be closed. */
export interface ReplayListener {
  served(served: Served): void
  failed(error: CaptureError): void
}

/** Throws `CaptureError`. */
export function openReplay(plan: ReplayPlan, listener: ReplayListener): OpenedReplay {
  const capture = openCapture(plan.path)
  try {
    return serverOf(capture, plan, listener)
  } catch (error) {
    capture.close()
    throw error
  }
}

function serverOf(
  capture: Capture,
  { range, options }: ReplayPlan,
  listener: ReplayListener,
): OpenedReplay {
  const script = readScript(capture.entries({ afterSeq: 0, text: '', wire: false }), range)
  let hasFailed = false

  function payload(seq: number): Uint8Array {
    try {
      return capture.payload(seq, 0, whole).bytes
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      if (!hasFailed) listener.failed(error)
      hasFailed = true
      return new Uint8Array()
    }
  }

  const server = createReplayServer({
    ...{ script, options, payload },
    tell: listener.served,
    timers: createSystemTimers(),
  })
  return {
    name: capture.info().name,
    script,
    listen: (port) => server.listen(port),
    async close() {
      await server.stop()
      capture.close()
    },
  }
}
