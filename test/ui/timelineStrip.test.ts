// The overview strip above the rows, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RowFilter } from '../../src/shared/session/captureRows.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the overview strip', () => {
  const { open, settled, keys, press, host, askHost, drawnSeqs, boxOf } = useTimelinePage()

  it('shows the whole session and leads to any part of it', async () => {
    const page = await open({ scene: 'outage' })
    const strip = page.getByRole('slider', { name: 'Overview of the session' })
    const words = page.locator('#overview-words')
    await words
      .filter({
        hasText:
          '3,588 frames in and 17 out in 2 min 12 s. 1 error. Connection lost at 1 min 4 s (1006), back after 8.0 s.',
      })
      .waitFor({ state: 'attached' })
    assert.equal(await strip.getAttribute('aria-describedby'), 'overview-words')
    assert.ok((await drawnSeqs()).includes(3605), 'the newest row is followed')

    // A click leads there, and the rows are framed.
    const track = await boxOf(strip)
    const frame = page.locator('.view')
    await page.mouse.click(track.x + track.width * 0.25, track.y + 20)
    await comesTo(async () => (await drawnSeqs()).some((seq) => seq > 900 && seq < 1300), true)
    const framed = await boxOf(frame)
    const middle = framed.x + framed.width / 2 - track.x
    assert.ok(Math.abs(middle - track.width * 0.25) < 8, `${middle} of ${track.width}`)
    assert.equal(
      await page.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed'),
      'false',
    )

    // The frame is dragged to the end, where the newest rows are followed again.
    await page.mouse.move(framed.x + framed.width / 2, track.y + 20)
    await page.mouse.down()
    await page.mouse.move(track.x + track.width * 0.6, track.y + 20, { steps: 4 })
    await comesTo(async () => (await drawnSeqs()).some((seq) => seq > 2000 && seq < 2900), true)
    await page.mouse.move(track.x + track.width - 1, track.y + 20, { steps: 2 })
    await page.mouse.up()
    await comesTo(async () => (await drawnSeqs()).includes(3605), true)

    // The keys.
    await strip.focus()
    await keys('Home')
    await comesTo(async () => (await drawnSeqs())[0], 1)
    assert.match((await strip.getAttribute('aria-valuetext')) ?? '', /^0 s, \d+ frames$/)
    await keys('PageUp', 'ArrowRight')
    await settled()
    assert.match((await strip.getAttribute('aria-valuetext')) ?? '', /^1\d\.\d s, /)
    await comesTo(async () => ((await drawnSeqs())[0] ?? 0) > 200, true)
    await keys('End')
    await comesTo(async () => (await drawnSeqs()).includes(3605), true)

    // Where the matches are, and how many.
    await page.getByRole('combobox', { name: 'Filter' }).fill('order')
    await words.filter({ hasText: '9 match the filter.' }).waitFor({ state: 'attached' })
    await page.locator('lifeline-overview .matches').waitFor()
    await page.getByRole('combobox', { name: 'Filter' }).fill('')
    await page.locator('lifeline-overview .matches').waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'frames', exact: true }).click()
    await page.getByRole('button', { name: 'bytes', exact: true }).waitFor()
    await host((fake) => fake.perform('strip'))
    await strip.waitFor({ state: 'detached' })
    await host((fake) => fake.perform('strip'))
    await words.filter({ hasText: '3,588 frames in' }).waitFor({ state: 'attached' })
  })

  it('has room for the time in which nothing has come, by the clock of the session', async () => {
    const page = await open({ scene: 'silent' })
    await host((fake) => fake.status({ now: Date.now() + 3_600_000 }))
    await page.locator('.elapsed', { hasText: /^01:00:0\d$/ }).waitFor()
    await page.locator('.row.live', { hasText: /^1 h .*nothing so far$/ }).waitFor()
    const track = await boxOf(page.getByRole('slider', { name: 'Overview of the session' }))
    const frame = page.locator('lifeline-overview .view')
    await comesTo(async () => (await boxOf(frame)).width < track.width / 10, true)
    await host((fake) => fake.status({ state: 'ended', endedAt: Date.now() }))
    await comesTo(async () => (await boxOf(frame)).width > track.width / 2, true)
  })

  it('selects a span of time to filter and to export', async () => {
    const page = await open({ scene: 'outage' })
    const strip = page.getByRole('slider', { name: 'Overview of the session' })
    await page.locator('#overview-words', { hasText: '1006' }).waitFor({ state: 'attached' })
    const track = await boxOf(strip)
    await page.mouse.move(track.x + track.width * 0.2, track.y + 20)
    await page.mouse.down()
    await page.mouse.move(track.x + track.width * 0.3, track.y + 20, { steps: 3 })
    await page.mouse.up()
    const tools = page.getByRole('toolbar', { name: 'Selected span' })
    await tools.filter({ hasText: /^2\d\.\d s to 4\d\.\d s · \d{3} frames · \d+\.\d kB/ }).waitFor()
    assert.ok((await drawnSeqs()).includes(3605), 'the rows stay where they are')

    // An edge is drawn on.
    await page.mouse.move(track.x + track.width * 0.3, track.y + 20)
    await page.mouse.down()
    await page.mouse.move(track.x + track.width * 0.4, track.y + 20, { steps: 3 })
    await page.mouse.up()
    await tools.filter({ hasText: /^2\d\.\d s to 5\d\.\d s/ }).waitFor()

    await tools.getByRole('button', { name: 'Export' }).click()
    assert.equal(await page.getByRole('menuitem', { name: 'capture' }).count(), 0, 'it holds all')
    await page.getByRole('menuitem', { name: 'Copy: NDJSON' }).click()
    const [copied] = await askHost(({ calls }) =>
      calls.filter(({ method }) => method === 'copyExport'),
    )
    const { text } = (copied ?? assert.fail()).args[1] as RowFilter
    assert.equal(copied?.args[2], true, 'nothing more is asked')
    assert.match(text, /^after:2\d(\.\d)?s before:5\d(\.\d)?s$/)
    await keys('Escape')
    await tools.waitFor({ state: 'hidden' })

    // By keyboard, too.
    await strip.focus()
    await keys('Home')
    const jump = page.getByRole('button', { name: /^Jump to/ })
    await jump.waitFor()
    await keys('Shift+PageUp', 'Shift+ArrowRight', 'Enter')
    await tools.filter({ hasText: /^0 s to 1\d\.\d s/ }).waitFor()
    assert.equal(await jump.isVisible(), false, 'the bar covers no half of it')
    await keys('Enter')
    await tools.waitFor({ state: 'hidden' })
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await comesTo(async () => /^after:0s before:1\d(\.\d)?s$/.test(await filter.inputValue()), true)
    const words = page.locator('#overview-words')
    await words.filter({ hasText: /\d{3} match the filter\.$/ }).waitFor({ state: 'attached' })
    assert.ok((await drawnSeqs()).every((seq) => seq < 1000))

    await strip.focus()
    await keys('Home', 'Shift+PageUp', 'Enter', 'Tab', 'Enter')
    await page.getByRole('region', { name: 'Statistics' }).waitFor()
    assert.match(await filter.inputValue(), /^after:0s before:1\d(\.\d)?s$/)
  })

  it('draws in the colours of the theme, and gives way where there is little height', async () => {
    const page = await open({ scene: 'outage', theme: 'high-contrast-light', width: 340 })
    await page.locator('#overview-words', { hasText: '1006' }).waitFor({ state: 'attached' })
    await settled()
    const colours = await page.evaluate<number>(`(() => {
      const { width, height } = document.querySelector('lifeline-overview canvas')
      const data = document.querySelector('lifeline-overview canvas').getContext('2d').getImageData(0, 0, width, height).data
      const seen = new Set()
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) seen.add(data.slice(i, i + 3).join())
      return seen.size
    })()`)
    assert.ok(colours >= 3, `${colours} colours`)
    await page.setViewportSize({ width: 340, height: 380 })
    await page.locator('lifeline-overview').waitFor({ state: 'hidden' })
  })

  it('draws bars and the frame on one scale while the time of a session runs on', async () => {
    const page = await open({ scene: 'folds', width: 1300 })
    const apart = new Set<number>()
    for (let turn = 0; turn < 40; turn++) {
      await press(turn % 2 === 0 ? 'End' : 'ArrowUp')
      // The last bar is at the end of the frame, which is drawn around the newest rows.
      const px = await page.evaluate(`(() => {
        const strip = document.querySelector('lifeline-overview')
        const canvas = strip.querySelector('canvas')
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        let last = 0
        for (let at = 3; at < data.length; at += 4) if (data[at] > 0) last = Math.max(last, ((at - 3) / 4) % canvas.width)
        const view = strip.querySelector('.view').getBoundingClientRect()
        const track = canvas.getBoundingClientRect()
        return view.right - track.left - (last * track.width) / canvas.width
      })()`)
      if (Math.abs(Number(px)) > 12) apart.add(Number(px))
    }
    assert.deepEqual([...apart], [])
  })
})
