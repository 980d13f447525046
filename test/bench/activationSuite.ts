// Runs in an extension host as its tests do, and measures one activation; VS Code calls `run`.

import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { extensions } from 'vscode'

/** A window that opens has much else to do; a user asks for Lifeline later. */
const settleMs = 2000

/** From asking for it to the public API: the bundle is read, compiled and activated. */
export async function run(): Promise<void> {
  const lifeline = extensions.getExtension('lifeline.lifeline')
  const report = process.env.LIFELINE_REPORT
  if (!lifeline || !report) throw new Error('Lifeline or LIFELINE_REPORT is missing.')
  if (lifeline.isActive) throw new Error('Lifeline is active though nobody has asked for it.')
  await sleep(settleMs)
  const started = performance.now()
  await lifeline.activate()
  writeFileSync(report, String(performance.now() - started))
}
