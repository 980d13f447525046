// Shows how far work is, and lets the user cancel it, where it takes longer than a moment.

import { ProgressLocation, window } from 'vscode'
import { RpcError } from '../../shared/calls/rpc.ts'
import { plainMessage } from './plainMessage.ts'

/** Nothing flashes for what is done sooner. */
const quietMs = 500
const askEveryMs = 200

export interface SlowWork {
  /** Asked for when it is shown. */
  title(): string
  /** How much is done, from 0 to 1. */
  share(): number | Promise<number>
  /** Has the work reject, if it has not ended before. */
  cancel(): Promise<void>
}

/** Rejects as `done` does, and with `cancelled` where the user has cancelled before it had ended. */
export async function withProgress<T>(done: Promise<T>, work: SlowWork): Promise<T> {
  if (await isSettledWithin(quietMs, done)) return done
  const options = {
    location: ProgressLocation.Notification,
    title: plainMessage(work.title()),
    cancellable: true,
  }
  return window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => void work.cancel().catch(noMatter))
    let told = 0
    while (!(await isSettledWithin(askEveryMs, done))) {
      const share = await askedShare(work, told)
      const increment = 100 * Math.max(0, share - told)
      told = Math.max(told, share)
      // Of a copy of what is in memory nobody knows how much is done.
      if (told > 0) progress.report({ increment, message: `${Math.floor(100 * told)} %` })
    }
    try {
      return await done
    } catch (error) {
      if (!token.isCancellationRequested) throw error
      throw new RpcError('cancelled', 'It was cancelled.')
    }
  })
}

/** What cannot be asked any more is about to end. */
async function askedShare({ share }: SlowWork, told: number): Promise<number> {
  try {
    return await share()
  } catch {
    return told
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'cancelled'
}

/** `what`: that nothing was done. */
export function tellCancelled(what: string): void {
  window.setStatusBarMessage(`Cancelled. ${what}`, 5000)
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
