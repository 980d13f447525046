// The detail of the timeline page, its header and its wire layer, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { formButton, showPayloadAs } from '../support/editor/showPayloadAs.ts'
import { hostilePayload } from '../support/editor/timelineScenes.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('the detail of the timeline page', () => {
  const { open, settled, rows, press, keys, host, askHost, boxOf, waitForSelected } =
    useTimelinePage()
  const isFocused = (element: Locator) => element.evaluate((one) => one.matches(':focus'))

  it('is worked by keyboard: select, open, move on, close, next region', async () => {
    const page = await open({ scene: 'million' })
    await rows().focus()
    await keys('Home', 'ArrowDown', 'ArrowDown')
    await waitForSelected(3)
    const active = await rows().getAttribute('aria-activedescendant')
    const selected = page.locator('.row[aria-selected=true]')
    assert.equal(await selected.getAttribute('id'), active)
    assert.match(
      (await selected.getAttribute('aria-label')) ?? '',
      /^#3, .*, sent, (?:text|trade) /,
    )
    await keys('Enter')
    const tab = page.getByRole('tab', { name: 'Payload' })
    await tab.waitFor()
    assert.equal(await isFocused(tab), true)
    await keys('Escape')
    await tab.waitFor({ state: 'detached' })
    assert.equal(await isFocused(rows()), true)
    await keys('PageDown', 'F6')
    assert.equal(await isFocused(page.getByRole('textbox', { name: 'Message' })), true)
  })

  it('gives the detail more room by keyboard and by pointer', async () => {
    const page = await open({ scene: 'websocket' })
    await press('Home', 'Enter')
    const splitter = page.getByRole('separator', { name: 'Size of the detail' })
    const share = async () => {
      await settled()
      return splitter.getAttribute('aria-valuenow')
    }
    await splitter.press('ArrowLeft')
    assert.equal(await share(), '35')
    const box = await boxOf(splitter)
    await page.mouse.move(box.x, 400)
    await page.mouse.down()
    await page.mouse.move(700, 400, { steps: 3 })
    await page.mouse.up()
    assert.equal(await share(), '50')
    await page.mouse.move(300, 400)
    assert.equal(await share(), '50', 'it was let go')
  })

  for (const theme of ['dark', 'high-contrast'] as const) {
    it(`begins the payload high up in the detail as it opens, with its buttons apart (${theme})`, async () => {
      const page = await open({ scene: 'polling', width: 1040, theme })
      await press('End', 'Home', 'ArrowDown', 'Enter')
      const detail = await boxOf(page.locator('lifeline-detail'))
      const payload = await boxOf(page.locator('.json, lifeline-text'))
      assert.ok(payload.y - detail.y < 200, `the payload begins at ${payload.y - detail.y}`)
      const line = page.locator('.fact-line .words')
      assert.match((await line.textContent()) ?? '', /^#2 ← 200 · 15 B · \d+ B on wire$/)
      const tab = await boxOf(page.getByRole('tab', { name: 'Timing' }))
      const copy = await boxOf(page.getByRole('button', { name: 'Copy', exact: true }))
      assert.ok(copy.x - (tab.x + tab.width) >= 8 || copy.y >= tab.y + tab.height)
      await page.getByRole('button', { name: 'answers #1 after 3.0 ms' }).waitFor()
      await page.getByRole('button', { name: 'All facts' }).press('Enter')
      await page.getByText('200 OK', { exact: true }).waitFor()
      await press('ArrowUp')
      await page.getByRole('tab', { name: 'Frame' }).waitFor()
    })
  }

  it('opens a frame that has no payload on what there is to tell of it', async () => {
    const page = await open({ scene: 'polls' })
    await press('Home', 'Enter')
    await page.getByRole('tab', { name: 'Frame', selected: true }).waitFor()
    await page.locator('dl.facts').getByText('http://localhost:7411/poll?room=1').waitFor()
    assert.equal(await page.locator('lifeline-payload, .fact-line').count(), 0)
    await keys('F6')
    await press('ArrowDown')
    await page.getByRole('tab', { name: 'Payload', selected: true }).waitFor()
  })

  it('tells what was decoded, and leads from a request to its answer and back', async () => {
    const page = await open({ scene: 'json-rpc' })
    await press('Home')
    await press('ArrowDown', 'ArrowDown', 'ArrowDown')
    await waitForSelected(4)
    await press('Enter')
    const facts = page.locator('lifeline-facts')
    await page.getByRole('button', { name: 'All facts' }).click()
    await settled()
    assert.match((await facts.textContent()) ?? '', /json-rpc.*request.*tools\/call.*42/)
    await facts.getByRole('button', { name: '#7' }).click()
    await waitForSelected(7)
    await settled()
    assert.match((await facts.textContent()) ?? '', /Method not found.*Answers.*#4.*13 ms/)
    await facts.getByRole('button', { name: '#4' }).click()
    await waitForSelected(4)
  })

  it('shows a payload as text, never as markup', async () => {
    const page = await open({ scene: 'hostile' })
    await press('Home', 'Enter')
    const payload = page.locator('lifeline-payload')
    await comesTo(
      async () => (await payload.locator('.chars').allTextContents()).join(''),
      hostilePayload,
    )
    await press('ArrowDown')
    await page.locator('.json').waitFor()
    assert.equal(await page.locator('img, lifeline-timeline script').count(), 0)
    assert.equal(await page.title(), 'Lifeline')
  })

  it('reads again what could not be read, and keeps the form that was chosen', async () => {
    const page = await open({ scene: 'hostile' })
    const payload = page.locator('lifeline-payload')
    await press('Home')
    await host((fake) => {
      fake.unreadable = 'The capture cannot be read: the file is damaged or incomplete.'
    })
    await keys('Enter')
    await payload.getByText('The capture cannot be read').waitFor()
    await host((fake) => {
      fake.unreadable = null
    })
    await payload.getByRole('button', { name: 'Read again' }).press('Enter')
    await payload.locator('.text-lines').and(page.locator(':focus')).waitFor()
    await showPayloadAs(page, 'Hex')
    await payload.locator('.hex').waitFor()
    await keys('Escape', 'ArrowDown', 'Enter')
    await page.locator('.fact-line', { hasText: '#2 ' }).waitFor()
    await settled()
    assert.match((await formButton(page).textContent()) ?? '', /^Hex/)
    assert.equal(await payload.locator('.hex').count(), 1)
  })

  it('tells no failure of a frame that is no longer shown', async () => {
    const page = await open({ scene: 'hostile' })
    const payload = page.locator('lifeline-payload')
    await press('Home')
    await host((fake) => {
      const { promise, resolve } = Promise.withResolvers<string>()
      fake.unreadable = promise
      Object.assign(globalThis, { fail: resolve })
    })
    await keys('Enter')
    await payload.getByText('Reading the payload.').waitFor()
    await host((fake) => {
      fake.unreadable = null
    })
    await press('ArrowDown')
    await payload.locator('.json').waitFor()
    await page.evaluate(`fail('Too late.')`)
    // What the host says next comes behind it.
    await host((fake) => fake.status({}))
    assert.equal(await payload.getByText('Too late.').count(), 0)
    assert.equal(await payload.locator('.json').count(), 1)
  })

  it('keeps numbers as they were sent, and shows large payloads by pieces', async () => {
    const page = await open({ scene: 'hostile' })
    await press('Home', 'Enter')
    await press('ArrowDown', 'ArrowDown')
    await page.getByText('12345678901234567890').first().waitFor()
    assert.equal(
      await page.locator('.json .value.number').first().textContent(),
      '12345678901234567890',
    )
    await keys('ArrowDown')
    const lines = page.locator('.text-lines')
    await lines.waitFor()
    await settled()
    assert.ok(((await lines.textContent()) ?? '').length < 20_000, 'what is seen is drawn')
    const position = () => lines.evaluate((one) => one.scrollTop)
    for (let before = -1; before < (await position()); ) {
      before = await position()
      await lines.press('End')
      await settled()
    }
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Copy the payload' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await askHost(({ calls }) => String(calls.at(-1)?.args[0]).length)
    assert.equal(copied, 700_000)
  })

  it('leads from an answer to what it answers, and shows headers and timing', async () => {
    const page = await open({ scene: 'long-polling' })
    await press('Home', 'ArrowDown', 'Enter')
    await page.getByRole('tab', { name: 'Timing' }).click()
    await page.locator('.phase.waiting').waitFor()
    await page.getByRole('tab', { name: 'Headers' }).click()
    await page.getByText('HTTP/1.1 200 OK').waitFor()
    await page.getByRole('button', { name: 'answers #1 after 12.3 s' }).click()
    await waitForSelected(1)
    await page.getByRole('button', { name: 'Copy Host' }).press('Enter')
    await page.getByRole('button', { name: 'Copied' }).click()
    await page.getByRole('menuitem', { name: 'Copy as cURL' }).click()
    await eventually('both are copied', () =>
      askHost(({ calls }) => calls.filter(({ method }) => method === 'copy').length === 2),
    )
    const copied = await askHost(({ calls }) => calls.map(({ args }) => String(args[0])))
    assert.equal(copied[0], 'Host: localhost:7411')
    assert.match(copied[1] ?? '', /^curl 'http:\/\/localhost:7411\/updates\?since=41' \\\n/)
  })

  it('offers to connect again, and no other traffic, when a saved capture is shown', async () => {
    const page = await open({ scene: 'saved' })
    await page.getByText('Saved capture', { exact: true }).waitFor()
    for (const name of ['Pause', 'Follow', 'Disconnect']) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, name)
    }
    assert.equal(await page.getByRole('button', { name: 'Reconnect' }).count(), 1)
    assert.equal(await page.locator('lifeline-composer').count(), 0)
  })

  it('shows the wire layer on demand, and remembers it', async () => {
    const page = await open({ scene: 'wire' })
    assert.equal(await page.locator('.row.wire:not([hidden])').count(), 0)
    const toggle = page.getByRole('button', { name: 'Wire' })
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false')
    await toggle.click()
    await settled()
    assert.equal(await toggle.getAttribute('aria-pressed'), 'true')
    const ignored = page.locator('.row.wire[aria-label*="ignored, unknown field: foo: bar"]')
    await ignored.waitFor()
    await page.locator('.row.wire[aria-label*="fragment 3 continuation FIN"]').waitFor()
    await page.reload()
    await ignored.waitFor()
    await host((fake) => fake.perform('wire'))
    await ignored.waitFor({ state: 'hidden' })
    await settled()
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false')
  })

  it('tells of a message what it was on the wire', async () => {
    const page = await open({ scene: 'wire' })
    await page.locator('.row[aria-label*="text hello!"]').click()
    await page.getByRole('tab', { name: 'Wire' }).click()
    const table = page.getByRole('table', { name: 'Fragments' })
    await table.waitFor()
    await settled()
    assert.equal(await table.getByRole('row').count(), 4)
    await page.getByText('permessage-deflate; server_no_context_takeover').waitFor()
    await page.locator('.row[aria-label*="subscribed"]').click()
    await page.getByText('RSV1 · compressed').waitFor()
  })

  it('keeps a badge in the header while certificates are not verified', async () => {
    const page = await open({ scene: 'websocket', width: 700, untrusted: true })
    const badge = page.locator('header .badge')
    assert.equal(await badge.textContent(), 'TLS not verified')
    assert.equal(await badge.isVisible(), true)
    assert.match((await badge.getAttribute('title')) ?? '', /certificates that are not trusted/)
  })

  it('says why there is no payload to copy or to open', async () => {
    const page = await open({ scene: 'websocket' })
    await host((fake) => fake.perform('copy'))
    await page.getByText('Select a frame first.').waitFor()
    await press('Home')
    await waitForSelected(1)
    await host((fake) => fake.perform('open-payload'))
    await page.getByText('Frame #1 has no payload.').waitFor()
    assert.deepEqual(await askHost(({ calls }) => calls), [])
  })

  it('names every control', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const nameless = await page.locator('button, input, textarea').evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility())
        .filter((one) => !one.ariaLabel && !one.textContent?.trim() && !one.closest('label'))
        .map((one) => one.outerHTML),
    )
    assert.deepEqual(nameless, [])
  })
})
