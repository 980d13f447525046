// Keeps a picture of every open window when a UI test fails. Mocha loads it with `--require`.

import type { Context } from 'mocha'
import { openWindows } from './workbench.ts'

export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    const test = this.currentTest
    if (test?.state !== 'failed') return
    const name = test.fullTitle().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    let number = 0
    for (const workbench of openWindows) {
      number += 1
      const path = await workbench.screenshot(`failed-${name}-${number}`)
      process.stderr.write(`A picture of the window is in ${path}.\n`)
    }
  },
}
