// Lifeline and the bare library by turns: on a machine that others use too, only neighbours compare.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { BareClient } from './bare.ts'
import type { Bench, Measure } from './measure.ts'
import { startWorker, type Watched } from './watched.ts'

const rounds = 3

/** What both get. */
export interface Load {
  readonly client: BareClient
  readonly count: number
  readonly size: number
}

/** A rate, and the processor time that it took, of all threads of this process: the peer is another. */
interface Turn {
  readonly perSecond: number
  /** Null for what ran in a process of its own. */
  readonly cpuMs: number | null
}

/** The rate that `take` answers with to that of the bare client in a thread of its own: the median of the rounds. */
export async function alternate(
  about: Pick<Measure, 'name' | 'aim'>,
  bench: Bench,
  load: Load,
  take: () => Promise<Turn>,
): Promise<Measure> {
  const turns: { readonly bare: Turn; readonly ours: Turn }[] = []
  for (let n = 0; n < rounds; n++) {
    const bare = await bareTurn(bench, load)
    turns.push({ bare, ours: await take() })
  }
  const median = (of: (one: (typeof turns)[number]) => number) =>
    turns.map(of).sort((a, b) => a - b)[Math.floor(rounds / 2)] as number
  // The same ratio in processor time, which does not count waiting for the disk or for a core.
  const cpuRatio = median(({ bare, ours }) => (bare.cpuMs ?? 0) / (ours.cpuMs ?? 0))
  return {
    ...about,
    unit: '',
    better: 'more',
    value: median(({ bare, ours }) => ours.perSecond / bare.perSecond),
    detail: {
      oursPerSecond: median(({ ours }) => ours.perSecond),
      barePerSecond: median(({ bare }) => bare.perSecond),
      ...(Number.isFinite(cpuRatio) && { cpuRatio }),
    },
  }
}

async function bareTurn({ port }: Bench, load: Load): Promise<Turn> {
  const thread = new Worker(new URL('./bareThread.ts', import.meta.url), {
    workerData: { port, ...load },
  })
  await once(thread, 'message')
  const turn = await timed(async () => {
    thread.postMessage('go')
    const [perSecond] = (await once(thread, 'message')) as [number]
    return perSecond
  })
  await thread.terminate()
  return turn
}

/** A turn of a session's thread, driven as the extension drives it. */
export async function threadTurn(record: (watched: Watched) => Promise<number>): Promise<Turn> {
  const watched = startWorker()
  await watched.ready()
  const turn = await timed(() => record(watched))
  await watched.close()
  return turn
}

async function timed(run: () => Promise<number>): Promise<Turn> {
  const before = process.cpuUsage()
  const perSecond = await run()
  const { user, system } = process.cpuUsage(before)
  return { perSecond, cpuMs: (user + system) / 1000 }
}
