// `lifeline doctor`: what the rules find in a capture, or in a session that is watched for a while.

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Capture, createCapture, openCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import { createSource } from '../engine/createSource.ts'
import { decodeBehind } from '../engine/decodeBehind.ts'
import { allFindings } from '../engine/readFindings.ts'
import { createSession } from '../engine/session/session.ts'
import { defaultLimits } from '../shared/limits.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import { visibleLine, visibleLines } from '../shared/text/visibleText.ts'
import type { Command } from './command.ts'
import { doctorText, type Examined } from './doctorText.ts'
import { onInterrupt } from './interrupt.ts'
import { createOutput, statusOf } from './output.ts'
import { terminalWidth } from './terminalWidth.ts'
import { UsageError } from './usageError.ts'
import { planOf } from './watchPlan.ts'

type DoctorCommand = Extract<Command, { kind: 'doctor' }>

/**
 * Resolves with the exit status: 1 where a fault was found, or the session ended by an error. Rejects with `UsageError`,
 * and with `CaptureError` where a capture is damaged.
 */
export async function doctor(command: DoctorCommand): Promise<number> {
  const { url } = command.watch
  const failures: string[] = []
  const examined =
    url !== null && isCapture(command, url)
      ? examine(openRecorded(url))
      : await examineLive(command, (failure) => failures.push(failure))
  for (const failure of failures) console.error(`lifeline: ${failure}`)
  const output = createOutput()
  output.write(doctorText(examined, command.format, terminalWidth()))
  output.drain()
  const isFaulty = examined.findings.findings.some(({ severity }) => severity === 'fault')
  return statusOf(output.failure) === 0 && failures.length === 0 && !isFaulty ? 0 : 1
}

function isCapture({ asks }: DoctorCommand, operand: string): boolean {
  const isFile = existsSync(operand) && statSync(operand).isFile()
  if (!isFile && /^[^:]*\.lifeline$/.test(operand)) {
    throw new UsageError(`There is no file ${operand}.`)
  }
  if (isFile && asks !== null) {
    throw new UsageError(`Leave out ${asks}: a capture has been recorded already.`)
  }
  return isFile
}

function openRecorded(path: string): Capture {
  try {
    return openCapture(path)
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}

/** Closes the capture. */
function examine(capture: Capture): Examined {
  try {
    const { findings, upTo } = allFindings(capture)
    return { findings, frames: upTo }
  } finally {
    capture.close()
  }
}

/** Watches for the time, or until Ctrl+C or the session's own end; what is recorded is kept where that is asked for. */
async function examineLive(
  { watch, capture: kept, forMs }: DoctorCommand,
  tell: (failure: string) => void,
): Promise<Examined> {
  const plan = await planOf(watch, kept)
  const folder = kept === null ? mkdtempSync(join(tmpdir(), 'lifeline-doctor-')) : null
  const path = folder === null ? plan.capturePath : join(folder, 'watched.lifeline')
  try {
    const capture = begin(plan, path)
    await run(plan, capture, forMs, tell)
    return examine(capture)
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
}

function begin({ name, endpoint, limits }: SessionPlan, path: string | null): Capture {
  try {
    return createCapture({ path, name, endpoint, limits })
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}

async function run(
  plan: SessionPlan,
  capture: Capture,
  forMs: number,
  tell: (failure: string) => void,
): Promise<void> {
  const decoding = decodeBehind(capture)
  const session = createSession({
    plan,
    capture,
    source: (io) => createSource(plan, io),
    onFault: (fault) => tell(visibleLines(fault.stack ?? fault.message)),
  })
  const stop = () => void session.stop()
  const stopListening = onInterrupt(stop)
  const deadline = setTimeout(stop, Math.min(forMs, defaultLimits.maxDelayMs))
  session.start()
  const { by, message } = await session.ended
  clearTimeout(deadline)
  stopListening()
  decoding.stop()
  if (by === 'error' || by === 'limit') tell(visibleLine(message))
}
