// (g): activating the extension in windows of a real VS Code, each with an extension host of its own.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../support/editor/chromium.ts'
import { startVscodeServer, type VscodeServer } from '../support/editor/vscodeServer.ts'
import { projectFolder } from '../support/places.ts'
import type { Measurement } from './measure.ts'

const windows = 5
const windowLimitMs = 60_000

export const activation: Measurement = async ({ scratch }) => {
  const suite = await bundleSuite(join(scratch, 'suite'))
  const report = join(scratch, 'activation.txt')
  const server = await startVscodeServer({ env: { LIFELINE_REPORT: report } })
  const browser = await launchChromium()
  const times: number[] = []
  try {
    for (let n = 0; n < windows; n++) {
      await openWindow(browser, server, suite)
      times.push(Number(await readFile(report, 'utf8')))
      await rm(report)
    }
  } finally {
    await browser.close()
    await server.close()
  }
  times.sort((a, b) => a - b)
  return [
    {
      name: `(g) activation in VS Code, median of ${windows} windows`,
      value: times[Math.floor(windows / 2)] as number,
      unit: 'ms',
      aim: 50,
      better: 'less',
      detail: { fastestMs: times[0] as number, slowestMs: times.at(-1) as number },
    },
  ]
}

async function bundleSuite(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
  const outfile = join(folder, 'suite.js')
  await esbuild.build({
    entryPoints: [fileURLToPath(new URL('./activationSuite.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  })
  return outfile
}

/** Resolves when the suite has ended in a new window; rejects with what the window said. */
async function openWindow(browser: Browser, server: VscodeServer, tests: string): Promise<void> {
  const page = await browser.newPage()
  const said: string[] = []
  const ended = Promise.withResolvers<number>()
  const timer = setTimeout(() => ended.resolve(1), windowLimitMs)
  // VS Code's own names for what the extension host prints, and for its last word.
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    said.push(args.map(String).join(' '))
  })
  await page.exposeFunction('codeAutomationExit', ended.resolve)
  await page.goto(server.windowAddress({ development: projectFolder, tests }))
  const code = await ended.promise
  clearTimeout(timer)
  await page.close()
  if (code !== 0) throw new Error(`A window has not activated Lifeline:\n${said.join('\n')}`)
}
