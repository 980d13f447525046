// `lifeline serve`: a capture as a server, until Ctrl+C.

import { CaptureError } from '../engine/capture/format/captureError.ts'
import { codeOf } from '../engine/relay/loopbackServers.ts'
import { type OpenedReplay, openReplay, type ReplayListener } from '../engine/replay/openReplay.ts'
import type { ReplayOptions, Served } from '../engine/replay/replay.ts'
import { flawLines, routeLines } from '../engine/replay/servedWords.ts'
import { usualReplayPort } from '../shared/session/replayTask.ts'
import { formatClock } from '../shared/text/units.ts'
import { visibleLine } from '../shared/text/visibleText.ts'
import { toError } from '../shared/unknown.ts'
import type { Command } from './command.ts'
import { onInterrupt } from './interrupt.ts'
import { createOutput, statusOf } from './output.ts'
import { UsageError } from './usageError.ts'

type ServeCommand = Extract<Command, { kind: 'serve' }>

/** Resolves with the exit status. Rejects with `UsageError`, and with `CaptureError` where the capture is damaged. */
export async function serve(command: ServeCommand): Promise<number> {
  const over = Promise.withResolvers<void>()
  const output = createOutput({ release: patientCell(), onClose: over.resolve })
  const replay = open(command, {
    served: (served) => output.write(`${servedLine(served)}\n`),
    failed: over.reject,
  })
  const stopListening = onInterrupt(over.resolve)
  try {
    const { script } = replay
    if (script.routes.length === 0) throw new UsageError(nothingToServe(command))
    const port = await listen(replay, command.port)
    const routes = routeLines(script).map((line) => `  ${line}`)
    const flaws = flawLines(script)
    output.write(
      [
        `Serving ${visibleLine(replay.name)} at http://localhost:${port}${paceWords(command.options)}. Ctrl+C ends it.`,
        ...['', ...routes, ''],
        ...(flaws.length > 0 ? [...flaws, ''] : []),
      ]
        .map((line) => `${line}\n`)
        .join(''),
    )
    await over.promise
  } finally {
    await replay.close()
    stopListening()
    output.drain()
  }
  return statusOf(output.failure)
}

/** The output never holds the server up: it keeps what a slow reader has not taken, up to its limit. */
function patientCell(): Int32Array {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  cell[0] = 1
  return cell
}

function open({ capture, range, options }: ServeCommand, listener: ReplayListener): OpenedReplay {
  try {
    return openReplay({ path: capture, range, options }, listener)
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}

function nothingToServe({ capture, range }: ServeCommand): string {
  const name = visibleLine(capture)
  return range.from === null && range.until === null
    ? `Name another capture: ${name} holds no answer, stream or conversation of a server.`
    : `Change --from or --until: between them ${name} holds no answer, stream or conversation.`
}

async function listen(replay: OpenedReplay, wanted: number | null): Promise<number> {
  try {
    return await replay.listen(wanted === 0 ? null : (wanted ?? usualReplayPort))
  } catch (error) {
    const isTaken = codeOf(error) === 'EADDRINUSE'
    if (isTaken && wanted === null) {
      console.error(`lifeline: Port ${usualReplayPort} is taken; a free one is used.`)
      return replay.listen(null)
    }
    const why = isTaken ? 'it is taken' : visibleLine(toError(error).message)
    throw new UsageError(`Choose another --port than ${wanted ?? usualReplayPort}: ${why}.`)
  }
}

function paceWords({ speed, loop }: ReplayOptions): string {
  const pace = speed === 0 ? ', all at once' : speed === 1 ? '' : `, at ${speed} times its speed`
  return `${pace}${loop ? ', again and again' : ''}`
}

function servedLine({ at, method, target, status, words }: Served): string {
  return visibleLine(`${formatClock(at)}  ${method} ${target} → ${status}  ${words}`)
}
