// Entry point of a replay's thread in VS Code: opens the capture, listens, and tells where.

import { parentPort, workerData } from 'node:worker_threads'
import {
  type ReplayNews,
  type ReplayTask,
  usualReplayPort,
} from '../../shared/session/replayTask.ts'
import { CaptureError } from '../capture/format/captureError.ts'
import { codeOf } from '../relay/loopbackServers.ts'
import { openSends } from './client/openSends.ts'
import { methodOf } from './client/sends.ts'
import { sendWords } from './client/sendWords.ts'
import { type OpenedReplay, openReplay } from './openReplay.ts'
import { wholeCapture } from './script/scriptRange.ts'
import { flawLines, routeLines } from './servedWords.ts'

const options = { speed: 1, loop: false, cors: null }

async function run({ path, asks }: ReplayTask): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('The replay is started by the extension, not by hand.')
  const tell = (news: ReplayNews) => port.postMessage(news)
  if (asks === 'sends') {
    tell(toSend(path))
    return
  }
  const opened = open(path)
  if (typeof opened === 'string') {
    tell({ kind: 'refused', message: opened })
    return
  }
  const { name, script } = opened
  if (script.routes.length === 0) {
    await opened.close()
    tell({
      kind: 'refused',
      message: `“${name}” holds no answer of a server that could be served.`,
    })
    return
  }
  port.once('message', async () => {
    await opened.close()
    port.close()
  })
  const served = [...routeLines(script), ...flawLines(script)]
  tell({ kind: 'listening', port: await listen(opened), name, served })
}

function toSend(path: string): ReplayNews {
  try {
    const opened = openSends({ path, range: wholeCapture })
    opened.close()
    const { name, sends } = opened
    if (sends.cues.length === 0) {
      return { kind: 'refused', message: `“${name}” holds nothing that could be sent again.` }
    }
    const secrets = [...new Set(sends.secrets.map((secret) => secret.name))]
    const { effects } = sends.counts
    const told = { name, origin: sends.origin, method: methodOf(sends), effects, secrets }
    return { kind: 'sends', ...told, words: sendWords(sends.counts) }
  } catch (error) {
    if (error instanceof CaptureError) return { kind: 'refused', message: error.message }
    throw error
  }
}

/** A sentence where the file cannot be read. */
function open(path: string): OpenedReplay | string {
  try {
    return openReplay(
      { path, range: wholeCapture, options },
      {
        served() {},
        failed(error) {
          throw error
        },
      },
    )
  } catch (error) {
    if (error instanceof CaptureError) return error.message
    throw error
  }
}

async function listen(replay: OpenedReplay): Promise<number> {
  try {
    return await replay.listen(usualReplayPort)
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    return replay.listen(null)
  }
}

void run(workerData as ReplayTask)
