// Shows how far an export is, and lets the user cancel it, where it takes longer than a moment.

import { ProgressLocation, window } from 'vscode'
import type { SessionApi } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'

/** Nothing flashes for what is done sooner. */
const quietMs = 500
const askEveryMs = 200

let lastJob = 0

/** Null where the user has cancelled. `act` hands the number of the job on to its call. */
export async function withExportProgress<T>(
  api: SessionApi,
  title: string,
  act: (job: number) => Promise<T>,
): Promise<T | null> {
  const job = ++lastJob
  const done = act(job).catch((error) => {
    if (error instanceof RpcError && error.code === 'cancelled') return null
    throw error
  })
  if (await isSettledWithin(quietMs, done)) return done
  const options = {
    location: ProgressLocation.Notification,
    title: visibleLine(title),
    cancellable: true,
  }
  return window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => void api.cancelExport(job).catch(noMatter))
    let told = 0
    while (!(await isSettledWithin(askEveryMs, done))) {
      const share = await api.exportShare(job).catch(() => told)
      const increment = 100 * Math.max(0, share - told)
      told = Math.max(told, share)
      // Of a copy nobody knows how much is done.
      if (told > 0) progress.report({ increment, message: `${Math.floor(100 * told)} %` })
    }
    return done
  })
}

/** Whether the work has ended by then, well or not. */
function isSettledWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, false)
    const end = () => {
      clearTimeout(timer)
      resolve(true)
    }
    work.then(end, end)
  })
}

/** What cannot be cancelled any more has ended. */
function noMatter(): void {}
