// The demo server's page in a browser: what can be copied, what comes live, and what is left without a script.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../support/editor/chromium.ts'
import { type AskJudge, makeJudge } from '../support/editor/pageJudge.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import { useDemoServer } from '../support/servers/useDemoServer.ts'

describe("the demo server's page", () => {
  const demo = useDemoServer()
  let chromium: Browser
  let ask: AskJudge
  before(async () => {
    chromium = await launchChromium()
    ask = await makeJudge()
  })
  after(() => chromium.close())

  async function open(options: BrowserContextOptions = {}) {
    const faults: string[] = []
    const asked: string[] = []
    const page = await chromium.newPage(options)
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(demo.url)
    return { page, faults, asked }
  }

  const width = (page: Page) =>
    page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')

  it('copies each address and command with a button, and asks nobody else for anything', async () => {
    const { page, faults, asked } = await open({
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const compare = page.locator('.copied', { hasText: 'npx lifeline compare' })
    await compare.getByRole('button').click()
    await page.getByRole('status').getByText('Copied.').waitFor()
    assert.equal(
      await page.evaluate<string>('navigator.clipboard.readText()'),
      await compare.locator('code').textContent(),
    )
    assert.equal(
      await page.locator('.copied').count(),
      await page.getByRole('button', { name: /^Copy / }).count(),
    )
    assert.deepEqual(faults, [])
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(`${demo.url}/`)),
      [],
    )
    await page.close()
  })

  it('selects the text where the clipboard is refused', async () => {
    const { page } = await open()
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await page.getByRole('button', { name: /^Copy npx lifeline compare/ }).click()
    await page.getByRole('status').getByText('Selected').waitFor()
    assert.match(await page.evaluate<string>('getSelection().toString()'), /^npx lifeline compare/)
    await page.close()
  })

  it('shows the newest item, what is published among them, and runs nothing of it', async () => {
    const { page, faults } = await open()
    await page.evaluate(`globalThis.heard = []
      new MutationObserver(() => heard.push(document.getElementById('newest').textContent))
        .observe(document.getElementById('newest'), { childList: true })`)
    const said = '<img src=x onerror=alert(1)>'
    await page.getByRole('textbox').fill(said)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('status').getByText('Published.').waitFor()
    await eventually('the published text is shown', async () => {
      const heard = await page.evaluate<string[]>('heard')
      return heard.some((text) => text.includes(`You: ${said} · `))
    })
    assert.equal(await page.locator('img').count(), 0)
    assert.deepEqual(faults, [])
    await page.close()
  })

  it('tells the same without a script, and offers nothing that would need one', async () => {
    const { page } = await open({ javaScriptEnabled: false, viewport: { width: 700, height: 900 } })
    await page.getByRole('heading', { name: 'The same feed, four ways' }).waitFor()
    assert.equal(await page.locator('article').count(), 4)
    assert.equal(await page.locator('button, form, input').count(), 0)
    assert.equal(await page.locator('#newest').isVisible(), false)
    await page.close()
  })

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`can be read by everybody in ${colorScheme}, and has room`, async () => {
      const { page } = await open({ colorScheme, viewport: { width: 700, height: 900 } })
      await comesTo(() => width(page), 0)
      await page.setViewportSize({ width: 320, height: 700 })
      await comesTo(() => width(page), 0)
      assert.deepEqual(await ask(page, 'access'), [])
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
      assert.equal(ground, colorScheme === 'dark' ? 'rgb(24, 24, 24)' : 'rgb(255, 255, 255)')
      await page.close()
    })
  }
})
