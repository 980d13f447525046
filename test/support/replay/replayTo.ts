// Replays traffic, as a test writes it, to a server of that test.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { createFrameCount } from '../../../src/engine/capture/frameCount.ts'
import { createReplaySource } from '../../../src/engine/replay/client/replaySource.ts'
import { type SendLimits, sendLimits } from '../../../src/engine/replay/client/sendLimits.ts'
import { createSession } from '../../../src/engine/session/session.ts'
import { createSystemTimers, type Timers } from '../../../src/engine/session/timers.ts'
import type { EndDetail, Frame } from '../../../src/shared/frame/frame.ts'
import { withFolder } from '../captures/captureFrames.ts'
import { testEndpoint, testOptions } from '../samples/testEndpoint.ts'
import { type RecordedTraffic, recordTraffic } from './recordedTraffic.ts'

export interface Replayed {
  readonly end: EndDetail
  /** The words of each row that tells a difference. */
  readonly differences: readonly string[]
}

interface ReplayOptions extends Partial<SendLimits> {
  readonly speed?: number
  readonly timers?: Timers
}

/** Resolves when it has ended. */
export async function replayTo(
  url: string,
  write: (traffic: RecordedTraffic) => void,
  { speed = 1, timers = createSystemTimers(), ...limits }: ReplayOptions = {},
): Promise<Replayed> {
  let told: Replayed | null = null
  await withFolder(async (folder) => {
    const path = join(folder, 'traffic.lifeline')
    const traffic = recordTraffic(path)
    write(traffic)
    traffic.capture.close()
    const endpoint = testEndpoint({ url, method: 'polling' })
    const options = testOptions(endpoint)
    const plan = { ...options, name: 'Again', endpoint, capturePath: null }
    const resend = { path, range: { from: null, until: null }, speed }
    const frames: Frame[] = []
    const faults: Error[] = []
    const session = createSession({
      plan,
      capture: createFrameCount(),
      source: (io) => createReplaySource(plan, resend, io, { ...sendLimits, ...limits }),
      timers,
      onStatus: () => {},
      onFrame: (frame) => frames.push(frame),
      onFault: (fault) => faults.push(fault),
    })
    session.start()
    const end = await session.ended
    assert.deepEqual(faults, [])
    const differences = frames.flatMap(({ code, detail }) =>
      code === 'replay-differs' && 'message' in detail ? [detail.message ?? ''] : [],
    )
    told = { end, differences }
  })
  assert.ok(told)
  return told
}
