// The captures that are served on this machine, each by a thread of its own, until they are stopped or the window closes.

import { Worker } from 'node:worker_threads'
import { commands, type Disposable, type Event, EventEmitter } from 'vscode'
import type { ReplayNews, ReplayTask, ToSend } from '../../shared/session/replayTask.ts'
import { sessionThreadOptions } from '../../shared/session/sessionPlan.ts'
import { harmlessFault } from '../../shared/text/harmlessFault.ts'
import type { Log } from '../window/log.ts'
import { within } from '../window/within.ts'
import { createReplayItem } from './replayItem.ts'

/** A capture that is served. */
export interface RunningReplay {
  /** The capture's file. */
  readonly path: string
  readonly name: string
  /** `http://localhost:7412`. */
  readonly address: string
  /** What it serves, a line for each path. */
  readonly served: readonly string[]
  stop(): Promise<void>
}

export interface Replays extends Disposable {
  readonly all: readonly RunningReplay[]
  /** One began or ended. */
  readonly onDidChange: Event<void>
  /** The one that serves the file already, or a new one. Resolves with a sentence where it cannot be served. */
  start(path: string): Promise<RunningReplay | { readonly refused: string }>
  /** What the file's session sent. Resolves with a sentence where it cannot be read, or sent nothing. */
  toSend(path: string): Promise<ToSend | { readonly refused: string }>
  /** Serves this file no more. */
  release(path: string | null): Promise<void>
}

/** Decides whether the palette has the command that stops one. */
const contextKey = 'lifeline.replayRunning'
/** Closing sockets takes a moment; the thread ends without it, too. */
const stopLimitMs = 2000

export function createReplays(threadPath: string, log: Log): Replays {
  const running: RunningReplay[] = []
  const changes = new EventEmitter<void>()
  const threads = new Set<Worker>()
  const item = createReplayItem({ all: running, onDidChange: changes.event })

  function tellChange(): void {
    void commands.executeCommand('setContext', contextKey, running.length > 0)
    changes.fire()
  }

  function forget(replay: RunningReplay): void {
    const index = running.indexOf(replay)
    if (index < 0) return
    running.splice(index, 1)
    tellChange()
  }

  function firstNews(thread: Worker): Promise<ReplayNews> {
    const { promise, resolve, reject } = Promise.withResolvers<ReplayNews>()
    thread.once('message', resolve)
    thread.once('error', (error) => reject(harmlessFault(error)))
    thread.once('exit', (code) => reject(new Error(`Its thread ended with status ${code}.`)))
    return promise
  }

  async function stop(thread: Worker): Promise<void> {
    const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
    thread.postMessage('stop')
    await within(stopLimitMs, gone).catch(() => {})
    await thread.terminate()
  }

  function begin(task: ReplayTask): Worker {
    const thread = new Worker(threadPath, { ...sessionThreadOptions, workerData: task })
    threads.add(thread)
    thread.once('exit', () => threads.delete(thread))
    return thread
  }

  async function toSend(path: string): ReturnType<Replays['toSend']> {
    const news = await firstNews(begin({ path, asks: 'sends' }))
    if (news.kind === 'sends') return news
    return { refused: news.kind === 'refused' ? news.message : 'It is served.' }
  }

  async function start(path: string): ReturnType<Replays['start']> {
    const known = running.find((one) => one.path === path)
    if (known) return known
    const thread = begin({ path })
    const news = await firstNews(thread)
    if (news.kind !== 'listening') {
      return { refused: news.kind === 'refused' ? news.message : 'It is not served.' }
    }
    const { name, port, served } = news
    const replay: RunningReplay = {
      ...{ path, name, served, address: `http://localhost:${port}` },
      async stop() {
        forget(replay)
        await stop(thread)
      },
    }
    thread.on('error', (error) => log.fault('A replay failed', harmlessFault(error)))
    thread.once('exit', () => forget(replay))
    running.push(replay)
    tellChange()
    return replay
  }

  return {
    all: running,
    onDidChange: changes.event,
    start,
    toSend,
    async release(path) {
      await running.find((one) => one.path === path)?.stop()
    },
    dispose() {
      for (const thread of threads) void thread.terminate()
      item.dispose()
      changes.dispose()
    },
  }
}
