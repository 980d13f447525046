// Processor time of a process, by which tests see that it does nothing but wait.

import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Processor time of a process, in the clock ticks of Linux; null elsewhere. */
export function ticksOf(pid: number): number | null {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return null
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

/** Resolves when it has done next to nothing for 300 ms; elsewhere than on Linux after that time. */
export async function untilIdle({ pid = 0 }: ChildProcess): Promise<void> {
  const ticks = () => ticksOf(pid) ?? 0
  for (let quiet = 0, before = ticks(); quiet < 3; ) {
    await sleep(100)
    const now = ticks()
    quiet = now - before < 3 ? quiet + 1 : 0
    before = now
  }
}
