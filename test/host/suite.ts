// Runs every host test inside the extension host; VS Code calls `run` and takes its result.

import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import Mocha from 'mocha'
import CountingReporter from '../support/countingReporter.ts'

/** Resolves when all tests have passed; rejects otherwise, also when there was none. */
export async function run(): Promise<void> {
  const report = process.env.LIFELINE_REPORT
  if (report) {
    // A window of the VS Code server mixes what is printed with what the workbench says.
    Mocha.reporters.Base.consoleLog = (...args) => {
      appendFileSync(report, `${format(...args)}\n`)
    }
  }
  const mocha = new Mocha({
    ui: 'bdd',
    // Of a loaded machine: each wait has a shorter one of its own.
    timeout: 60_000,
    failZero: true,
    color: false,
    reporter: CountingReporter,
  })
  // Bundled beside this file, one for each test file.
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name))
  }
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve()
      else reject(new Error(`${failures} host tests failed.`))
    })
  })
}
