// Opens a capture and makes the server of it: what the command line and VS Code's thread begin with.

import { type Capture, openCapture } from '../capture/capture.ts'
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

/** Throws `CaptureError`. */
export function openReplay(plan: ReplayPlan, tell: (served: Served) => void): OpenedReplay {
  const capture = openCapture(plan.path)
  try {
    return serverOf(capture, plan, tell)
  } catch (error) {
    capture.close()
    throw error
  }
}

function serverOf(
  capture: Capture,
  { range, options }: ReplayPlan,
  tell: (served: Served) => void,
): OpenedReplay {
  const script = readScript(capture.entries({ afterSeq: 0, text: '', wire: false }), range)
  const server = createReplayServer({
    ...{ script, options, tell },
    timers: createSystemTimers(),
    payload: (seq) => capture.payload(seq, 0, whole).bytes,
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
