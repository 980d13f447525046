// The demo server's small app in a browser, through a tap: what it shows, and that a tap sees a method in each of its panels.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { wholeAnalysis } from '../support/captures/wholeAnalysis.ts'
import { launchChromium } from '../support/editor/chromium.ts'
import { type AskJudge, makeJudge } from '../support/editor/pageJudge.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import { useDemoServer } from '../support/servers/useDemoServer.ts'
import { startTap, type TapSession } from '../support/tap/tapSession.ts'

describe("the demo server's desk", () => {
  const demo = useDemoServer()
  let chromium: Browser
  let ask: AskJudge
  let tap: TapSession
  before(async () => {
    chromium = await launchChromium()
    ask = await makeJudge()
    tap = startTap(`${demo.url}/desk`)
    await eventually('the tap listens', () => tap.session.status().listening !== null)
  })
  after(async () => {
    await chromium.close()
    await tap.stop()
  })

  async function open(options: BrowserContextOptions = {}) {
    const faults: string[] = []
    const page = await chromium.newPage(options)
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(tap.session.status().listening ?? '')
    return { page, faults }
  }

  const filled = (page: Page) =>
    eventually('all panels have items', async () => {
      const counts = await page
        .locator('article ul')
        .evaluateAll((lists) => lists.map((one) => one.querySelectorAll('time').length))
      return counts.length === 4 && counts.every((count) => count > 0)
    })

  it('asks by a method for each of its panels, all through the tap that it was opened at', async () => {
    const { page, faults } = await open()
    const text = '<img src=x onerror=alert(1)>'
    await page.getByRole('textbox').fill(text)
    await page.getByRole('button', { name: 'Say it' }).click()
    await page.locator('#chat').getByText(`You: ${text}`).waitFor()
    await filled(page)
    await page.getByRole('button', { name: 'Show ETH-EUR' }).click()
    await page.locator('#prices').getByText('ETH-EUR').first().waitFor()
    assert.equal(await page.locator('img').count(), 0)
    await comesTo(() => {
      const sorts = wholeAnalysis(tap.capture, 'connections').rows.map(
        ({ path, sort }) => `${path} ${sort}`,
      )
      return ['/poll polling', '/long-poll long-polling', '/sse sse', '/ws websocket'].filter(
        (one) => !sorts.includes(one),
      )
    }, [])
    assert.deepEqual(faults, [])
    await page.close()
  })

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`can be read by everybody in ${colorScheme}, and has room`, async () => {
      const { page } = await open({ colorScheme, viewport: { width: 320, height: 700 } })
      await filled(page)
      await comesTo(
        () => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'),
        0,
      )
      assert.deepEqual(await ask(page, 'access'), [])
      if (process.env.DESK_SHOT)
        for (const width of [700, 1600]) {
          await page.setViewportSize({ width, height: 800 })
          await page.screenshot({ path: `/tmp/g/desk-${colorScheme}-${width}.png` })
        }
      await page.close()
    })
  }
})
