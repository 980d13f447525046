// Filters, hidden frames and the selected row in the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('finding frames in the timeline page', () => {
  const { open, settled, rows, press, keys, drawnSeqs, boxOf, waitForSelected } = useTimelinePage()

  it('tells how many match of all, marks the hits and counts times from the start', async () => {
    const page = await open({ scene: 'websocket', theme: 'high-contrast-light' })
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('TRADE')
    await page.locator('.found', { hasText: /^\d+ of \d+$/ }).waitFor()
    await settled()
    const [found, all] = ((await page.locator('.found').textContent()) ?? '')
      .split(' of ')
      .map(Number)
    assert.ok(found && all && found < all)
    assert.equal(await rows().getAttribute('aria-rowcount'), String(found))
    const first = page.locator('.row:not([hidden]) .hit').first()
    assert.equal(await first.textContent(), 'trade')
    const times = page.locator('.row:not([hidden]) .since')
    for (const time of await times.allTextContents()) {
      if (time !== '') assert.match(time, /^(\d+:)?\d+\.\d{3}$/)
    }
    const last = page.locator(`.row[aria-rowindex="${found}"] .since`)
    await last.hover()
    await settled()
    assert.match((await last.getAttribute('title')) ?? '', /^Since the session’s first frame/)
    await filter.fill('')
    await page.locator('.row:not([hidden]) .hit').first().waitFor({ state: 'detached' })
  })

  it('begins a label near a hit that its ellipsis would hide', async () => {
    const page = await open({ scene: 'websocket', width: 560 })
    await page.getByRole('combobox', { name: 'Filter' }).fill('"size":0')
    await page.locator('.found', { hasText: ' of ' }).waitFor()
    const hit = page.locator('.row:not([hidden]) .hit').first()
    await hit.waitFor()
    const label = hit.locator('..')
    // Drawn again once the room for labels is known.
    await label.filter({ hasText: /^….{16}"size":0/ }).waitFor()
    const [box, room] = [await boxOf(hit), await boxOf(label)]
    assert.ok(box.x + box.width <= room.x + room.width, JSON.stringify([box, room]))
  })

  it('says so when a link leads to a frame whose row is not shown, and shows it', async () => {
    const page = await open({ scene: 'companion' })
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('ok')
    await page.locator('.found', { hasText: /^2 of 10$/ }).waitFor()
    await settled()
    await filter.press('Enter')
    await press('Home', 'Enter')
    await page.locator('lifeline-facts').getByRole('button', { name: '#2' }).click()
    await page.getByText('The row of this frame is not shown.').waitFor()
    await page.locator('.row[aria-selected=true]').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Show it' }).press('Enter')
    await waitForSelected(2)
    await settled()
    assert.equal(await filter.inputValue(), '')
    assert.equal(await page.getByText('The row of this frame is not shown.').count(), 0)
  })

  it('keeps the selected row where it is while a filter is set, and shows it among its neighbours after', async () => {
    const page = await open({ scene: 'websocket' })
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('trade')
    await page.locator('.found', { hasText: ' of ' }).waitFor()
    await settled()
    await press(...Array<string>(9).fill('ArrowUp'))
    const selected = page.locator('.row[aria-selected=true]')
    const label = (await selected.getAttribute('aria-label')) ?? ''
    const before = await boxOf(selected)
    const count = () => rows().getAttribute('aria-rowcount')
    const found = Number(await count())
    await filter.fill('')
    // The box is empty a moment before the rows are asked for without a filter.
    await eventually('all rows are shown', async () => Number(await count()) > found)
    await settled()
    assert.equal(await selected.getAttribute('aria-label'), label)
    assert.equal((await boxOf(selected)).y, before.y)
    const seq = Number(label.match(/^#(\d+)/)?.[1])
    const drawn = await drawnSeqs()
    assert.ok(drawn.includes(seq - 1) && drawn.includes(seq + 1), drawn.join())
    await filter.fill('TRADE')
    await page.locator('.found', { hasText: ' of ' }).waitFor()
    await comesTo(count, String(found))
    assert.equal((await boxOf(selected)).y, before.y)
  })

  it('goes on from the selected row when a key follows at once on the filter that is left', async () => {
    const page = await open({ scene: 'websocket' })
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('trade')
    await page.locator('.found', { hasText: ' of ' }).waitFor()
    await settled()
    await filter.press('Enter')
    await press('Home', 'ArrowDown', 'ArrowDown')
    await waitForSelected(7)
    await filter.focus()
    // Escape empties the filter and leaves it with the next one; the arrow follows in the same turn.
    await page.evaluate(`{
      const key = (target, key) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      const box = document.querySelector('.filter input')
      key(box, 'Escape')
      key(box, 'Escape')
      key(document.activeElement, 'ArrowDown')
    }`)
    await waitForSelected(8)
  })

  it('applies what was just typed before it leaves the filter', async () => {
    const page = await open({ scene: 'polls' })
    await page.evaluate(`{
      const box = document.querySelector('.filter input')
      box.focus()
      box.value = '[1,2,3]'
      box.dispatchEvent(new InputEvent('input', { bubbles: true }))
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    }`)
    await page.locator('.found', { hasText: ' of ' }).waitFor()
    await settled()
    await press('Home')
    await waitForSelected(40)
  })

  it('keeps the selected row in view when the detail opens below it, and when the window shrinks', async () => {
    const page = await open({ scene: 'million', width: 700, height: 860 })
    await press('Home')
    const last = (await drawnSeqs()).at(-8) ?? 0
    assert.ok(last > 8, `${last}`)
    await press(...Array<string>(last - 1).fill('ArrowDown'))
    await waitForSelected(last)
    const assertInView = async (when: string) => {
      const row = await boxOf(page.locator('.row[aria-selected=true]'))
      const view = await boxOf(rows())
      assert.ok(row.y >= view.y && row.y + row.height <= view.y + view.height, when)
      return view.height
    }
    const alone = await assertInView('at first')
    await press('Enter')
    await page.locator('.json').waitFor()
    const beside = await assertInView('below an opened detail')
    await page.setViewportSize({ width: 700, height: 500 })
    const low = await assertInView('in a lower window')
    assert.ok(alone > beside && beside > low, `${alone}, ${beside}, ${low} px`)
  })

  it('leads into the part below with F6 without opening its form', async () => {
    const page = await open({ scene: 'polls' })
    await rows().focus()
    await keys('F6')
    const opener = page.getByRole('button', { name: 'Send a request beside these polls' })
    assert.equal(await opener.evaluate((one) => one.matches(':focus')), true)
    assert.equal(await opener.getAttribute('aria-expanded'), 'false')
    await keys('Enter')
    await page.getByRole('textbox', { name: 'URL' }).waitFor()
  })

  it('leaves the room to the answer where a long poll was held, in a narrow window', async () => {
    const page = await open({ scene: 'holding', width: 700 })
    const row = page.locator('.row:not([hidden])', { hasText: 'cursor 41 → 44' }).first()
    const cut = await row.locator('.text').evaluate((one) => one.scrollWidth - one.clientWidth)
    const box = await boxOf(row.locator('.text'))
    assert.ok(box.width > 380, `${box.width} px for the answer, ${cut} are cut`)
    assert.equal(await row.locator('.after').textContent(), '', 'the column says how long')
    assert.equal(await row.locator('.since').textContent(), '+12.304 s')
  })
})
