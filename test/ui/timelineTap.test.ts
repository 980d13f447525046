// The page of a tap: where to point a program to, the connections beside the rows, and what was changed on the way.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the page of a tap', () => {
  const { open, rows, press, keys, host, askHost, settled, boxOf } = useTimelinePage()
  let box: Locator

  const openTap = async (width = 1400) => {
    const page = await open({ scene: 'tap', width, unfolded: true })
    box = page.getByRole('combobox', { name: 'Filter' })
    const pane = page.getByRole('region', { name: 'Connections' })
    const list = pane.getByRole('listbox')
    return { page, pane, list, options: list.getByRole('option') }
  }

  it('says where to point a program to, and copies the address', async () => {
    const { page } = await openTap()
    const banner = page.getByRole('region', { name: 'Where to point your program' })
    const said = (await banner.textContent())?.replace(/\s+/g, ' ').trim()
    assert.match(
      said ?? '',
      /^Point your program to http:\/\/localhost:53124 instead of https:\/\/api\.example\.com Copy Records real traffic; credentials are hidden\.$/,
    )
    await banner.getByRole('button', { name: 'Copy the address http://localhost:53124' }).click()
    await banner.getByText('Copied').waitFor()
    const calls = await askHost(({ calls }) => calls.filter(({ method }) => method === 'copy'))
    assert.deepEqual(calls, [{ method: 'copy', args: ['http://localhost:53124'] }])
    await page.getByText('my program', { exact: true }).waitFor()
    await page.locator('.head.server', { hasText: 'api.example.com' }).waitFor()
  })

  it('tells the address from the user’s own machine as well, where the window runs elsewhere', async () => {
    const { page } = await openTap()
    const outside = 'https://me-53124.app.github.dev'
    await host((fake) => fake.status({ outside: 'https://me-53124.app.github.dev' }))
    const banner = page.getByRole('region', { name: 'Where to point your program' })
    await banner.getByText('From your own machine:').waitFor()
    await banner.getByRole('button', { name: `Copy the address ${outside}` }).click()
    const [copied] = await askHost(({ calls }) => calls.filter(({ method }) => method === 'copy'))
    assert.deepEqual(copied?.args, [outside])
  })

  it('has no address once it has ended, and says what it was', async () => {
    const { page } = await openTap()
    await host((fake) => fake.status({ state: 'ended', listening: null }))
    await page.getByText('Recorded by a tap of api.example.com').waitFor()
    assert.equal(await page.getByText('Point your program to').count(), 0)
    await page.getByRole('button', { name: 'Listen Again' }).waitFor()
  })

  it('says what to do while nothing has passed', async () => {
    const page = await open({ scene: 'tap-quiet' })
    await page.getByText(/^Nothing has passed yet\. Point your program to http/).waitFor()
    const command = 'curl http://localhost:53124/v2'
    await page.getByRole('button', { name: `Copy ${command}` }).click()
    const [copied] = await askHost(({ calls }) => calls.filter(({ method }) => method === 'copy'))
    assert.deepEqual(copied?.args, [command])
    await page.getByText('No connection yet.').waitFor()
  })

  it('lists connections by path with what each was recognised as', async () => {
    const { options, page } = await openTap()
    await comesTo(() => options.count(), 7)
    const said = (await options.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())
    assert.deepEqual(said, [
      'GET /api/cart short polling every 2.0 s · 12 polls · 83 % unchanged ended',
      'POST /api/login request 200 · 84 ms',
      'GET /api/updates?since= long polling held 8.1 s · 2 answers · gap 1.0 ms open',
      'GET /api/events Server-Sent Events 30 events open',
      '/ws WebSocket · JSON-RPC 2.0 20 in · 4 out · ping 9.0 s open',
      'POST /api/orders request 6 requests · 201 · p95 130 ms',
      'GET /api/stream Server-Sent Events 502 failed',
    ])
    await page.getByRole('button', { name: '7 connections · 3 open' }).waitFor()
  })

  it('filters by a click on one, and shows all with a second', async () => {
    const { page, options } = await openTap()
    const events = options.filter({ hasText: '/api/events' })
    await events.click()
    await page.getByText('32 of 109').waitFor()
    await comesTo(() => box.inputValue(), 'path:/api/events method:GET')
    assert.equal(await events.getAttribute('aria-selected'), 'true')
    await events.click()
    await comesTo(() => box.inputValue(), '')
    assert.equal(await events.getAttribute('aria-selected'), 'false')
  })

  it('is walked through by keys: Enter filters, Escape shows all', async () => {
    const { list, options } = await openTap()
    await comesTo(() => options.count(), 7)
    await list.focus()
    await keys('ArrowDown', 'ArrowDown', 'Home', 'ArrowDown')
    assert.equal(await list.getAttribute('aria-activedescendant'), 'connection-1')
    await keys('Enter')
    await comesTo(() => box.inputValue(), 'path:/api/login method:POST')
    await keys('Escape')
    await comesTo(() => box.inputValue(), '')
    assert.equal(await list.evaluate((one) => one.matches(':focus')), true)
    await keys('End', ' ')
    await comesTo(() => box.inputValue(), 'path:/api/stream method:GET')
  })

  it('lists them one by one, of thousands those in view', async () => {
    const page = await open({ scene: 'tap-crowded' })
    box = page.getByRole('combobox', { name: 'Filter' })
    const pane = page.getByRole('region', { name: 'Connections' })
    await pane.getByRole('button', { name: 'by path' }).click()
    await page.getByRole('menuitemradio', { name: 'one by one' }).click()
    const options = pane.getByRole('option')
    await pane.getByRole('option', { name: /^GET \/api\/item\/1 request .* #1$/ }).waitFor()
    await page.getByRole('button', { name: '1,200 connections · 0 open' }).waitFor()
    await pane.getByRole('listbox').focus()
    await keys('End')
    const last = pane.getByRole('option', {
      name: /^GET \/api\/item\/1200 request 404 .* #1200 · failed$/,
    })
    await last.waitFor()
    assert.equal(await last.getAttribute('aria-setsize'), '1200')
    assert.ok((await options.count()) < 40)
    await keys('Enter')
    await comesTo(() => box.inputValue(), 'conn:1200')
  })

  it('closes, opens again, and keeps a width of its own', async () => {
    const { page, pane } = await openTap()
    const before = await boxOf(pane)
    const splitter = page.getByRole('separator', { name: 'Size of the connections' })
    await splitter.focus()
    await keys('ArrowRight', 'ArrowRight')
    const wider = await boxOf(pane)
    assert.ok(wider.width > before.width + 50, `${before.width} → ${wider.width}`)
    assert.ok((await boxOf(rows())).x > wider.x + wider.width - 1)
    await pane.getByRole('button', { name: 'Close the connections' }).click()
    await settled()
    assert.equal(await pane.count(), 0)
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await host((fake) => fake.perform('connections'))
    await comesTo(async () => Math.round((await boxOf(pane)).width), Math.round(wider.width))
    assert.equal(await pane.getByRole('listbox').evaluate((one) => one.matches(':focus')), true)
  })

  it('has them closed at first in a narrow window, and above the rows when opened', async () => {
    const { page, pane } = await openTap(700)
    assert.equal(await pane.count(), 0)
    await page.getByRole('button', { name: '7 connections · 3 open' }).click()
    const [list, below] = [await boxOf(pane), await boxOf(rows())]
    assert.ok(list.y + list.height <= below.y + 1)
    assert.equal(list.width, 700)
  })

  it('tells who asked and what was changed on the way', async () => {
    const { page } = await openTap()
    await press('Home', 'Enter')
    const facts = page.locator('lifeline-facts')
    await facts.getByText('127.0.0.1:51234').waitFor()
    await page.getByRole('tab', { name: 'Headers' }).click()
    const changes = page.getByRole('table', { name: 'Changed on the way' })
    const cells = await changes.locator('tbody :is(th, td)').allTextContents()
    assert.deepEqual(
      cells.map((text) => text.trim()),
      ['Host', 'localhost:53124', 'api.example.com'],
    )
  })
})
