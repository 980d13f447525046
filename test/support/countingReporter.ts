// Mocha's readable report; the counts, and which tests failed why, also go to the file that `LIFELINE_COUNTS` names.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Mocha from 'mocha'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Each failed test: its whole title and what it failed with. */
  readonly failures: readonly string[]
}

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options)
    const failed: string[] = []
    runner.on('fail', (test, error) => {
      failed.push(`${test.fullTitle()}\n${error.stack ?? error.message}`)
    })
    runner.once('end', () => {
      const path = process.env.LIFELINE_COUNTS
      if (!path) return
      const { passes, failures, pending } = this.stats
      const counts: Counts = {
        passed: passes,
        failed: failures,
        skipped: pending,
        failures: failed,
      }
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, JSON.stringify(counts))
    })
  }
}
