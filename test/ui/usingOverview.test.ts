// The overview of a capture in VS Code itself: what a drag does on its frame, beside it, with Shift, and at the edge of a span.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { start, textMessage } from '../support/captures/captureFrames.ts'
import { startCapture } from '../support/captures/captures.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

/** Ten messages a second, for a minute. */
const messages = 600
const everyMs = 100

describe('using the overview in the workbench', () => {
  let workbench: Workbench
  let folder: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-overview-'))
    const capture = startCapture(
      join(folder, '20251009T101010000-websocket-Minute-abcdef.lifeline'),
    )
    for (let n = 1; n <= messages; n++)
      capture.append(textMessage(`{"n":${n}}`, start + (n - 1) * everyMs))
    capture.close()
    const machineSettings = { 'lifeline.capture.folder': folder }
    workbench = await openWorkbench({ theme: 'dark', machineSettings })
    await workbench.runCommand('Lifeline: Open Capture…')
    await workbench.pickRows('Minute').click()
    await frame()
      .locator('#overview-words', { hasText: `${messages} frames in` })
      .waitFor({ state: 'attached' })
  })
  after(async () => {
    await workbench?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const frame = () => workbench.timelineFrame()
  const strip = () => frame().getByRole('slider', { name: 'Overview of the session' })
  const tools = () => frame().getByRole('toolbar', { name: 'Selected span' })
  const view = () => frame().locator('lifeline-overview .view')
  const boxOf = async (one: Locator) => (await one.boundingBox()) ?? assert.fail()
  /** Of the rows that are drawn, in order. */
  const drawnSeqs = async () => {
    const rows = frame().locator('.row:not(.live):not([hidden]):not(.loading)')
    const labels = await rows.evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''))
    return labels.map((label) => Number(/^#(\d+)/.exec(label)?.[1])).sort((a, b) => a - b)
  }
  /** Between these two shares of the strip's length. */
  const drag = async (from: number, to: number) => {
    const { x, y, width } = await boxOf(strip())
    const { mouse } = workbench.page
    await mouse.move(x + width * from, y + 15)
    await mouse.down()
    await mouse.move(x + width * ((from + to) / 2), y + 15, { steps: 3 })
    await mouse.move(x + width * to, y + 15, { steps: 3 })
    await mouse.up()
  }
  /** The middle of the frame as a share of the strip's length. */
  const middle = async () => {
    const [track, framed] = [await boxOf(strip()), await boxOf(view())]
    return (framed.x + framed.width / 2 - track.x) / track.width
  }
  const showStart = async () => {
    await strip().press('Home')
    await comesTo(async () => (await drawnSeqs())[0], 1)
    await eventually('the frame stands at the start', async () => (await middle()) < 0.1)
  }

  it('leads the rows along where the frame is dragged, and selects nothing', async () => {
    await showStart()
    await drag(await middle(), 0.5)
    await comesTo(async () => (await drawnSeqs()).includes(messages / 2), true)
    await eventually('the frame went along', async () => Math.abs((await middle()) - 0.5) < 0.05)
    assert.equal(await tools().isVisible(), false)
  })

  it('selects a span where it is dragged beside the frame, and the rows stay', async () => {
    await showStart()
    const before = await drawnSeqs()
    await drag(0.25, 0.5)
    await tools()
      .filter({ hasText: /^1[45]\.\d s to (29|30)\.\d s · 1[45]\d frames · / })
      .waitFor()
    assert.deepEqual(await drawnSeqs(), before)
    // An edge is drawn on, and so is the other one, past it.
    await drag(0.5, 0.75)
    await tools()
      .filter({ hasText: /^1[45]\.\d s to (44|45)\.\d s · (29|30)\d frames · / })
      .waitFor()
    await drag(0.25, 0.9)
    await tools()
      .filter({ hasText: /^(44|45)\.\d s to 5[34]\.\d s · / })
      .waitFor()
    await workbench.screenshot('span-in-workbench')
    await strip().press('Escape')
    await tools().waitFor({ state: 'hidden' })
    assert.deepEqual(await drawnSeqs(), before)
  })

  it('selects a span with Shift even where the frame is, and filters by it', async () => {
    await showStart()
    const before = await drawnSeqs()
    await workbench.page.keyboard.down('Shift')
    await drag(await middle(), 0.5)
    await workbench.page.keyboard.up('Shift')
    await tools()
      .filter({ hasText: /^\d+(\.\d+)? m?s to (29|30)\.\d s · (2[89]|30)\d frames · / })
      .waitFor()
    assert.deepEqual(await drawnSeqs(), before)
    await tools().getByRole('button', { name: 'Filter' }).click()
    await tools().waitFor({ state: 'hidden' })
    const box = frame().getByRole('combobox', { name: 'Filter' })
    await eventually('the filter has the span', async () =>
      /^after:\d+(\.\d+)?m?s before:(29|30)(\.\d+)?s$/.test(await box.inputValue()),
    )
    await frame()
      .locator('lifeline-filter .found', { hasText: /^(2[89]|30)\d of 600$/ })
      .waitFor()
    await box.press('Escape')
    await comesTo(() => box.inputValue(), '')
  })

  it('leads to the time that is clicked, and lets a span begin nowhere', async () => {
    await showStart()
    const { x, y, width } = await boxOf(strip())
    await workbench.page.mouse.click(x + width * 0.75, y + 15)
    await comesTo(async () => (await drawnSeqs()).includes(messages * 0.75), true)
    assert.equal(await tools().isVisible(), false)
  })
})
