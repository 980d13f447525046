// The detail of the timeline page, its header and its wire layer, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { hostilePayload } from '../support/editor/timelineScenes.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the detail of the timeline page', () => {
  const { open, rows, host, waitForSelected } = useTimelinePage()

  it('is worked by keyboard: select, open, move on, close, next region', async () => {
    const page = await open({ scene: 'million' })
    await rows().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await waitForSelected(3)
    const active = await rows().getAttribute('aria-activedescendant')
    const selected = page.locator('.row[aria-selected=true]')
    assert.equal(await selected.getAttribute('id'), active)
    assert.match((await selected.getAttribute('aria-label')) ?? '', /^#3, .*, sent, text /)
    await page.keyboard.press('Enter')
    const tab = page.getByRole('tab', { name: 'Payload' })
    await tab.waitFor()
    assert.equal(await tab.evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('Escape')
    await tab.waitFor({ state: 'detached' })
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('F6')
    assert.equal(
      await page.getByRole('textbox', { name: 'Message' }).evaluate((one) => one.matches(':focus')),
      true,
    )
  })

  it('gives the detail more room by keyboard and by pointer', async () => {
    const page = await open({ scene: 'websocket' })
    await rows().press('Home')
    await rows().press('Enter')
    const splitter = page.getByRole('separator', { name: 'Size of the detail' })
    await splitter.press('ArrowLeft')
    assert.equal(await splitter.getAttribute('aria-valuenow'), '35')
    const box = await splitter.boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x, 400)
    await page.mouse.down()
    await page.mouse.move(700, 400, { steps: 3 })
    await page.mouse.up()
    assert.equal(await splitter.getAttribute('aria-valuenow'), '50')
    await page.mouse.move(300, 400)
    assert.equal(await splitter.getAttribute('aria-valuenow'), '50', 'it was let go')
  })

  for (const theme of ['dark', 'high-contrast'] as const) {
    it(`begins the payload high up in the detail as it opens, with its buttons apart (${theme})`, async () => {
      const page = await open({ scene: 'polling', width: 1040, theme })
      await rows().press('End')
      await rows().press('Home')
      await rows().press('ArrowDown')
      await rows().press('Enter')
      const detail = await page.locator('lifeline-detail').boundingBox()
      const payload = await page.locator('.json, pre.text').boundingBox()
      assert.ok(detail && payload)
      assert.ok(payload.y - detail.y < 200, `the payload begins at ${payload.y - detail.y}`)
      const summary = page.locator('.fact-fold > summary')
      assert.match((await summary.textContent()) ?? '', /^#2 · response · in · 15 B · \+3\.2 ms$/)
      const tab = await page.getByRole('tab', { name: 'Timing' }).boundingBox()
      const copy = await page.getByRole('button', { name: 'Copy' }).boundingBox()
      assert.ok(tab && copy && copy.x - (tab.x + tab.width) >= 8)
      await page.getByRole('button', { name: /^#1 .*after 3\.0 ms/ }).waitFor()
      await summary.press('Enter')
      await page.getByText('200 OK', { exact: true }).waitFor()
      await rows().press('ArrowUp')
      await page.getByRole('tab', { name: 'Frame' }).waitFor()
    })
  }

  it('opens a frame that has no payload on what there is to tell of it', async () => {
    const page = await open({ scene: 'polls' })
    await rows().press('Home')
    await rows().press('Enter')
    await page.getByRole('tab', { name: 'Frame', selected: true }).waitFor()
    await page.locator('dl.facts').getByText('http://localhost:7411/poll?room=1').waitFor()
    assert.equal(await page.locator('lifeline-payload, .fact-fold').count(), 0)
    await page.keyboard.press('F6')
    await rows().press('ArrowDown')
    await page.getByRole('tab', { name: 'Payload', selected: true }).waitFor()
  })

  it('tells what was decoded, and leads from a request to its answer and back', async () => {
    const page = await open({ scene: 'json-rpc' })
    await rows().press('Home')
    for (let row = 1; row < 4; row++) await rows().press('ArrowDown')
    await waitForSelected(4)
    await rows().press('Enter')
    const facts = page.locator('lifeline-facts')
    assert.match((await facts.textContent()) ?? '', /json-rpc.*request.*tools\/call.*42/)
    await facts.getByRole('button', { name: '#7' }).click()
    await waitForSelected(7)
    assert.match((await facts.textContent()) ?? '', /Method not found.*Answers.*#4.*13 ms/)
    await facts.getByRole('button', { name: '#4' }).click()
    await waitForSelected(4)
  })

  it('shows a payload as text, never as markup', async () => {
    const page = await open({ scene: 'hostile' })
    await rows().press('Home')
    await rows().press('Enter')
    const payload = page.locator('lifeline-payload')
    assert.equal(await payload.locator('pre').textContent(), hostilePayload)
    await rows().focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('.json').waitFor()
    assert.equal(await page.locator('img, lifeline-timeline script').count(), 0)
    assert.equal(await page.title(), 'Lifeline')
  })

  it('reads again what could not be read, and keeps the form that was chosen', async () => {
    const page = await open({ scene: 'hostile' })
    const payload = page.locator('lifeline-payload')
    await rows().press('Home')
    await host((fake) => {
      fake.unreadable = 'The capture cannot be read: the file is damaged or incomplete.'
    })
    await page.keyboard.press('Enter')
    await payload.getByText('The capture cannot be read').waitFor()
    await host((fake) => {
      fake.unreadable = null
    })
    await payload.getByRole('button', { name: 'Read again' }).press('Enter')
    await payload.locator('pre').waitFor()
    await payload.getByRole('radio', { checked: true }).and(page.locator(':focus')).waitFor()
    await payload.getByRole('radio', { name: 'Hex' }).click()
    await payload.locator('.hex').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('#2 · ').first().waitFor()
    await payload.getByRole('radio', { name: 'Hex', checked: true }).waitFor()
    assert.equal(await payload.locator('.hex').count(), 1)
  })

  it('tells no failure of a frame that is no longer shown', async () => {
    const page = await open({ scene: 'hostile' })
    const payload = page.locator('lifeline-payload')
    await rows().press('Home')
    await host((fake) => {
      const { promise, resolve } = Promise.withResolvers<string>()
      fake.unreadable = promise
      Object.assign(globalThis, { fail: resolve })
    })
    await page.keyboard.press('Enter')
    await payload.getByText('Reading the payload.').waitFor()
    await host((fake) => {
      fake.unreadable = null
    })
    await rows().focus()
    await page.keyboard.press('ArrowDown')
    await payload.locator('.json').waitFor()
    await page.evaluate(`fail('Too late.'); new Promise((done) => setTimeout(done))`)
    assert.equal(await payload.getByText('Too late.').count(), 0)
    assert.equal(await payload.locator('.json').count(), 1)
  })

  it('keeps numbers as they were sent, and shows large payloads by pieces', async () => {
    const page = await open({ scene: 'hostile' })
    await rows().press('Home')
    await page.keyboard.press('Enter')
    await rows().focus()
    for (let times = 0; times < 2; times++) await page.keyboard.press('ArrowDown')
    await page.getByText('12345678901234567890').first().waitFor()
    assert.equal(
      await page.locator('.json .value.number').first().textContent(),
      '12345678901234567890',
    )
    await page.keyboard.press('ArrowDown')
    const text = page.locator('pre.text')
    await text.waitFor()
    const before = (await text.textContent())?.length ?? 0
    assert.ok(before < 300_000)
    await page.getByRole('button', { name: /^Show more \(131\.1 kB of 700\.0 kB shown\)/ }).click()
    await page.waitForFunction(`document.querySelector('pre.text').textContent.length > ${before}`)
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await host(({ calls }) => String(calls.at(-1)?.args[0]).length)
    assert.equal(copied, 700_000)
  })

  it('leads from an answer to what it answers, and shows headers and timing', async () => {
    const page = await open({ scene: 'long-polling' })
    await rows().press('Home')
    await rows().press('ArrowDown')
    await rows().press('Enter')
    await page.getByRole('tab', { name: 'Timing' }).click()
    await page.locator('.phase.waiting').waitFor()
    await page.getByRole('tab', { name: 'Headers' }).click()
    await page.getByText('HTTP/1.1 200 OK').waitFor()
    await page.locator('.facts').getByRole('button', { name: '#1' }).click()
    await page.getByText('#1 · request · out').first().waitFor()
    await waitForSelected(1)
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
    const ignored = page.locator('.row.wire[aria-label*="ignored, unknown field: foo: bar"]')
    await ignored.waitFor()
    await page.locator('.row.wire[aria-label*="fragment 3 continuation FIN"]').waitFor()
    await page.reload()
    await ignored.waitFor()
    await host((fake) => fake.perform('wire'))
    await ignored.waitFor({ state: 'hidden' })
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false')
  })

  it('tells of a message what it was on the wire', async () => {
    const page = await open({ scene: 'wire' })
    await page.locator('.row[aria-label*="text hello!"]').click()
    await page.getByRole('tab', { name: 'Wire' }).click()
    const table = page.getByRole('table', { name: 'Fragments' })
    await table.waitFor()
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
    await rows().press('Home')
    await waitForSelected(1)
    await host((fake) => fake.perform('open-payload'))
    await page.getByText('Frame #1 has no payload.').waitFor()
    assert.deepEqual(await host(({ calls }) => calls), [])
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
