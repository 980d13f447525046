// Entry point of a session's thread: a session and its capture behind remote calls.

import { type MessagePort, parentPort } from 'node:worker_threads'
import { forwardCalls } from '../shared/calls/forwardCalls.ts'
import type { SessionApi, SessionEvents } from '../shared/calls/messages.ts'
import { createRpc, RpcError } from '../shared/calls/rpc.ts'
import { readingCalls, sendingCalls, tapCalls } from '../shared/calls/timelineCalls.ts'
import { type Capture, createCapture, openCapture } from './capture/capture.ts'
import { CaptureError } from './capture/format/captureError.ts'
import { createSource } from './createSource.ts'
import { type DecodingPump, decodeBehind } from './decodeBehind.ts'
import { exportFile, exportText } from './exportCapture.ts'
import { createExportJobs } from './exportJobs.ts'
import { createFollowedTail } from './followedTail.ts'
import { recordedEndpoint } from './recordedEndpoint.ts'
import { createSession, type Session } from './session/session.ts'

function serve(port: MessagePort): void {
  let capture: Capture | null = null
  let session: Session | null = null
  let decoding: DecodingPump | null = null
  const tail = createFollowedTail()
  const jobs = createExportJobs()

  const api: SessionApi = {
    ...forwardCalls(readingCalls, recorded),
    ...forwardCalls(sendingCalls, live),
    ...forwardCalls(tapCalls, live),
    async start(plan) {
      if (capture) throw new RpcError('already-started', 'This worker has its session.')
      const { name, limits, capturePath } = plan
      const endpoint = recordedEndpoint(plan)
      capture = createCapture({ path: capturePath, name, endpoint, limits })
      decoding = decodeBehind(capture)
      session = createSession({
        plan,
        capture,
        recorded: capture,
        source: (io) => createSource(plan, io),
        onStatus: (status) => tell(rpc.remote.status(status, capture && tail.next(capture))),
        onFault: (fault) => tellFault(fault, 'session'),
        onMoved: (path) => tell(rpc.remote.moved(path)),
      })
      session.start()
    },
    async open(path) {
      if (capture) throw new RpcError('already-started', 'This worker has its capture.')
      capture = openCapture(path)
      decoding = decodeBehind(capture)
      if (capture.bookmarks().length > 0) tellBookmarks()
      return capture.info()
    },
    async bookmark(seq, note) {
      const from = recorded()
      const why = from.bookmark(seq, note)
      tellBookmarks()
      return why
    },
    holdsSecret: async (text) => session?.holdsSecret(text) ?? false,
    follow: async (wish) => tail.follow(wish),
    stop: async () => session?.stop(),
    async close() {
      await session?.stop()
      const closing = capture
      capture = null
      decoding?.stop()
      await jobs.settled()
      closing?.close()
    },
    reconnect: async () => live().reconnect(),
    allowHost: async (host) => live().allowHost(host),
    status: async () =>
      session?.status() ?? recorded().savedStatus((share) => tell(rpc.remote.counted(share))),
    async exportText(options, job) {
      const from = recorded()
      return jobs.run(job, (run) => exportText(from, options, run))
    },
    async exportFile(path, options, job) {
      const from = recorded()
      await jobs.run(job, (run) =>
        options.format === 'capture'
          ? from.copyTo(path, run)
          : exportFile(from, path, options, run),
      )
    },
    exportShare: async (job) => jobs.share(job),
    cancelExport: async (job) => jobs.cancel(job),
  }

  function live(): Session {
    if (!session) throw new RpcError('read-only', 'This is a saved capture. Connect again to send.')
    return session
  }

  function recorded(): Capture {
    if (!capture) throw new RpcError('not-started', 'There is no capture yet.')
    return capture
  }

  function tellBookmarks(): void {
    void tell(rpc.remote.bookmarks(recorded().bookmarks()))
  }

  function tellFault(fault: Error, of: 'session' | 'call'): void {
    tell(rpc.remote.fault(fault.stack ?? fault.message, of))
  }

  const rpc = createRpc<SessionApi, SessionEvents>({
    local: api,
    port: { post: (message, transfer = []) => port.postMessage(message, [...transfer]) },
    report: (problem) => tellFault(problem, 'call'),
    inWords: captureInWords,
  })
  port.on('message', rpc.receive)
  // The thread ends after this; what is queued must not end with it.
  process.on('uncaughtExceptionMonitor', () => capture?.flush())
}

/** A capture's own errors keep their code and words on the way to the host. */
function captureInWords(error: unknown): RpcError | null {
  return error instanceof CaptureError ? new RpcError(error.code, error.message) : null
}

/** An event that the host no longer hears is no fault: it is closing the port. */
function tell(delivery: Promise<void>): Promise<void> {
  return delivery.catch((error: unknown) => {
    if (!(error instanceof RpcError)) throw error
  })
}

if (!parentPort) throw new Error('The worker is started by the extension, not by hand.')
serve(parentPort)
