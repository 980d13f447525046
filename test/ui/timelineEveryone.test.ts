// The timeline page is for everyone: each of its states, judged by axe in VS Code's four themes, and laid out at four widths.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { type AskJudge, makeJudge } from '../support/editor/pageJudge.ts'
import { openState, timelineStates } from '../support/editor/timelineStates.ts'
import {
  setPageTheme,
  settled,
  startWebviewPages,
  type WebviewPages,
} from '../support/editor/webviewPage.ts'

/** Beside another editor, half a window, a window, a wide screen. A window of 1,400 px has 700 at a zoom of 200 %. */
const widths = [1400, 2500, 700, 340]

describe('the timeline page for everyone', () => {
  let pages: WebviewPages
  let ask: AskJudge
  before(async () => {
    ;[pages, ask] = await Promise.all([startWebviewPages(), makeJudge()])
  })
  after(() => pages?.close())

  for (const state of timelineStates) {
    it(`can be read, used and laid out: ${state.name}`, async () => {
      const page = await openState(state, pages.open, { theme: 'dark' })
      const faults = [...(await ask(page, 'access'))]
      for (const theme of ['light', 'high-contrast', 'high-contrast-light'] as const) {
        await setPageTheme(page, theme)
        faults.push(...(await ask(page, 'contrast')).map((fault) => `${theme}: ${fault}`))
      }
      assert.deepEqual(await page.evaluate('document.getAnimations().length'), 0, 'nothing moves')
      for (const width of widths) {
        await page.setViewportSize({ width, height: 860 })
        await settled(page)
        faults.push(...(await ask(page, 'layout')).map((fault) => `${width} px: ${fault}`))
      }
      await page.close()
      assert.deepEqual(faults, [])
    })
  }

  it('has room for all of the head of a detail, at any width', async () => {
    const page = await pages.open({ scene: 'million' })
    const rows = page.getByRole('grid', { name: 'Frames' })
    for (const key of ['End', 'Enter']) await rows.press(key)
    await page.getByRole('tab', { name: 'Payload' }).waitFor()
    const faults: string[] = []
    for (let width = 340; width <= 1000; width += 15) {
      await page.setViewportSize({ width, height: 860 })
      await settled(page)
      faults.push(...(await ask(page, 'layout')).map((fault) => `${width} px: ${fault}`))
    }
    await page.close()
    assert.deepEqual(faults, [])
  })
})
