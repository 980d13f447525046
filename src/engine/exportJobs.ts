// The exports that a session's thread is at, by the numbers that their callers gave them.

import type { ExportRun } from './capture/writing/exportRun.ts'

export interface ExportJobs {
  /** Answers what `act` does, which looks for its end in what it is given. */
  run<T>(job: number, act: (run: ExportRun) => Promise<T>): Promise<T>
  /** How much is done, from 0 to 1; 1 where there is no such job any more. */
  share(job: number): number
  /** It rejects soon, if it has not ended before. */
  cancel(job: number): void
  /** Resolves when all have ended that go on now. */
  settled(): Promise<unknown>
}

export function createExportJobs(): ExportJobs {
  const going = new Map<number, { run: ExportRun; abort(): void; over: Promise<unknown> }>()
  return {
    async run(job, act) {
      const controller = new AbortController()
      const run: ExportRun = { signal: controller.signal, share: 0 }
      const over = act(run)
      going.set(job, { run, abort: () => controller.abort(), over })
      try {
        return await over
      } finally {
        going.delete(job)
      }
    },
    share: (job) => going.get(job)?.run.share ?? 1,
    cancel: (job) => going.get(job)?.abort(),
    settled: () => Promise.allSettled([...going.values()].map(({ over }) => over)),
  }
}
