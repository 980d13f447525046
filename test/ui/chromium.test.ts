// The browser and the VS Code server of the tests: one that ends by itself as a page opens is replaced, and what fails in one that lives is told.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Browser } from 'playwright-core'
import { type Chromium, startChromium } from '../support/editor/chromium.ts'
import { startSteadyServer } from '../support/editor/steadyServer.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the browser of the tests', () => {
  let chromium: Chromium
  before(async () => {
    chromium = await startChromium()
  })
  after(() => chromium.close())

  it('is replaced where it has ended by itself', async () => {
    const seen: Browser[] = []
    const open = async (browser: Browser) => {
      seen.push(browser)
      if (seen.length === 1)
        await (await browser.newBrowserCDPSession()).send('Browser.crash').catch(() => {})
      return (await browser.newPage()).evaluate('6 * 7')
    }
    assert.equal(await chromium.open(open), 42)
    assert.equal(seen.length, 2)
    assert.deepEqual(
      seen.map((browser) => browser.isConnected()),
      [false, true],
    )
  })

  it('is replaced where it still seems to be there, though it has closed its pages', async () => {
    const seen: Browser[] = []
    const open = async (browser: Browser) => {
      seen.push(browser)
      if (seen.length > 1) return (await browser.newPage()).evaluate('6 * 7')
      setTimeout(() => void browser.close(), 100)
      throw new Error('Target page, context or browser has been closed')
    }
    assert.equal(await chromium.open(open), 42)
    assert.equal(seen.length, 2)
  })

  it('is not where something else has failed', async () => {
    let tries = 0
    const fails = () => {
      tries += 1
      return Promise.reject(new Error('no'))
    }
    await assert.rejects(chromium.open(fails), /no/)
    assert.equal(tries, 1)
  })
})

describe('the VS Code server of the tests', () => {
  it('is replaced where it has ended by itself', async () => {
    const server = await startSteadyServer({})
    try {
      const tried: (number | undefined)[] = []
      const answered = await server.open(async ({ url, pid, ended }) => {
        tried.push(pid)
        if (tried.length === 1) {
          process.kill(pid as number, 'SIGKILL')
          await comesTo(ended, 'SIGKILL')
        }
        return (await fetch(url)).status
      })
      assert.equal(answered, 200)
      assert.equal(tried.length, 2)
      assert.equal(server.running.pid, tried[1])
      await assert.rejects(
        server.open(() => Promise.reject(new Error('no'))),
        /^Error: no$/,
      )
      assert.equal(server.running.pid, tried[1])
    } finally {
      await server.running.close()
    }
  }).timeout(60_000)
})

describe('a test whose browser ends by itself', () => {
  const { open, press } = useTimelinePage()
  let tries = 0

  it('is run once more, in another one', async () => {
    tries += 1
    const page = await open({ scene: 'million' })
    if (tries === 1) {
      const browser = page.context().browser()
      await (await browser?.newBrowserCDPSession())?.send('Browser.crash').catch(() => {})
    }
    await press('End')
    assert.equal(tries, 2)
  })
})
