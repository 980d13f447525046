// Choices for the timeline page that hold in the next timeline, too, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the habits of a user of the timeline page', () => {
  const { open, settled, press, keys, host, rows, boxOf } = useTimelinePage()

  it('put the detail to the right or below, and leave it there', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    await press('Home', 'Enter')
    const detail = page.locator('lifeline-detail')
    assert.ok((await boxOf(detail)).x > 700, 'to the right')
    await page.getByRole('button', { name: 'Move the detail below the rows' }).focus()
    await keys('Enter')
    const below = await boxOf(detail)
    const above = await boxOf(rows())
    assert.deepEqual([below.x, below.y > above.y], [0, true])
    await page.reload()
    await settled()
    await page.getByRole('tab', { name: 'Frame' }).waitFor()
    assert.equal((await boxOf(detail)).x, 0, 'in the next timeline, too')
    await host((fake) => fake.perform('move-detail'))
    assert.ok((await boxOf(detail)).x > 700, 'by command')
    await page.setViewportSize({ width: 540, height: 800 })
    assert.equal((await boxOf(detail)).x, 0, 'there is no room beside the rows')
    assert.equal(await page.getByRole('button', { name: /^Move the detail/ }).count(), 0)
  })

  it('count times from elsewhere, by menu and by command', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    await press('Home')
    const times = () => page.locator('.row:not([hidden]) .since').allTextContents()
    const second = async () => (await times()).filter((time) => time !== '')[1]
    assert.equal(await second(), '+4.1 ms')
    const head = page.getByRole('button', { name: /^Times: / })
    await head.focus()
    await keys('Enter', 'ArrowDown', 'Enter')
    assert.equal(await second(), '0.004')
    assert.equal(await head.getAttribute('aria-label'), 'Times: Δ start, since the start')
    const width = async () => (await boxOf(page.locator('.row:not([hidden]) .since').first())).width
    const narrow = await width()
    await host((fake) => fake.perform('times-clock'))
    assert.match((await second()) ?? '', /^\d\d:\d\d:\d\d\.\d{3}$/)
    assert.ok((await width()) > narrow, 'as wide as it needs')
    await page.reload()
    await settled()
    assert.equal(await head.getAttribute('aria-label'), 'Times: clock, time of day')
    await host((fake) => fake.perform('times-sent'))
    await press('Home')
    const sent = page.locator('.row:not([hidden])', { hasText: 'id 884202' }).locator('.since')
    await sent.filter({ hasText: '+8.003 s' }).waitFor()
    await host((fake) => fake.perform('times-before'))
    assert.equal(await width(), narrow)
    // The row before may be hidden.
    await page.getByRole('combobox', { name: 'Filter' }).fill('trade')
    await head.and(page.getByLabel('Times: Δ start, since the start')).waitFor()
    await head.click()
    await page.getByRole('menuitemradio', { name: 'Since the row before', checked: true }).waitFor()
    await keys('Escape')
    await page.getByRole('combobox', { name: 'Filter' }).fill('')
    await head.and(page.getByLabel('Times: Δ row, since the row before')).waitFor()
  })

  it('keep columns as wide as they are drawn, with pointer and keyboard, until they are let go', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    const client = page.getByRole('separator', { name: 'Width of the times' })
    const server = page.getByRole('separator', { name: 'Width of the notes' })
    const lines = async () => [
      Math.round((await boxOf(page.locator('.lines > .client'))).x),
      Math.round((await boxOf(page.locator('.lines > .server'))).x),
    ]
    const fitting = await lines()
    const [left = 0, right = 0] = fitting
    const { x, y } = await boxOf(client)
    await page.mouse.move(x + 10, y + 10)
    await page.mouse.down()
    await page.mouse.move(x + 70, y + 10, { steps: 3 })
    await page.mouse.up()
    assert.deepEqual(await lines(), [left + 60, right])
    await server.focus()
    await keys('ArrowLeft', 'ArrowLeft')
    assert.deepEqual(await lines(), [left + 60, right - 16])
    await page.reload()
    await settled()
    assert.deepEqual(await lines(), [left + 60, right - 16])
    await server.press('Enter')
    await client.dblclick()
    assert.deepEqual(await lines(), fitting)
    assert.equal(await client.getAttribute('aria-valuenow'), String(left))
  })
})
