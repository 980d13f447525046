// Columns, lines and marks of the rows on the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { drawnRows, useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the look of the timeline page', () => {
  const { open, settled, rows, press, boxOf, waitForSelected } = useTimelinePage()

  it('stands on one baseline, with the first row whole, and ends its lines with the session', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    const top = (await boxOf(rows())).y
    const places = await page.locator(drawnRows).evaluateAll((all) =>
      all.map((row) => ({
        top: row.getBoundingClientRect().top,
        lines: [...row.querySelectorAll('.since, .text, .note')].map(
          (cell) =>
            `${cell.getBoundingClientRect().top} ${cell.computedStyleMap().get('line-height')} ${cell.computedStyleMap().get('font-size')}`,
        ),
      })),
    )
    assert.ok(
      places.some((row) => Math.abs(row.top - top) < 1),
      'a row begins where the rows begin',
    )
    for (const { lines } of places) assert.equal(new Set(lines).size, 1, `${lines}`)
    const end = await boxOf(page.locator('.row:not([hidden])', { hasText: 'end · The server' }))
    const line = await boxOf(page.locator('.lines > .server'))
    assert.ok(Math.abs(line.y + line.height - end.y - end.height) < 1)
    const lane = await boxOf(page.locator('.row:not([hidden]) > .lane').first())
    assert.ok(lane.width > 1400 * 0.78, `words have ${lane.width} px`)
  })

  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
    it(`draws the first of a kind clearer than those after it, ${theme}`, async () => {
      const page = await open({ scene: 'websocket', theme, width: 1100 })
      await press('Home')
      await settled()
      const arrow = (words: string) =>
        page
          .locator('.row:not([hidden])', { hasText: words })
          .locator('.line')
          .evaluate((line) => {
            const style = line.computedStyleMap()
            return [style.get('border-top-color'), style.get('border-top-width')].join(' ')
          })
      assert.notEqual(await arrow('id 884201'), await arrow('id 884202'))
      assert.equal(await arrow('id 884202'), await arrow('id 884203'))
      assert.equal(await arrow('101 Switching'), await arrow('id 884201'))
    })
  }

  it('shows where a note is cut, and the whole of it in its tooltip', async () => {
    const page = await open({ scene: 'websocket', width: 500 })
    await press('Home')
    const note = page.locator('.row:not([hidden]) .note', { hasText: 'permessage-deflate' }).first()
    await note.hover()
    await settled()
    assert.equal(await note.getAttribute('title'), 'permessage-deflate')
    await page.setViewportSize({ width: 800, height: 800 })
    await settled()
    assert.equal(await note.evaluate((one) => one.scrollWidth > one.clientWidth), false)
    await note.hover()
    assert.equal(await note.getAttribute('title'), '', 'all of it is seen')
    const free = await note.evaluate((one) =>
      one.computedStyleMap().get('padding-right')?.toString(),
    )
    assert.equal(free, '18px', 'the scroll bar covers no letter')
  })

  it('draws a bracket from a call to its answer, which leads from one to the other', async () => {
    const page = await open({ scene: 'json-rpc' })
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    await waitForSelected(4)
    const answer = page.locator('.row.pair-partner')
    assert.match((await answer.textContent()) ?? '', /error -32601/)
    const bracket = answer.locator('.pair')
    const { x, width } = await boxOf(bracket)
    const line = await boxOf(page.locator('.lines > .client'))
    assert.ok(x + width <= line.x, 'left of the client’s line')
    await bracket.click()
    await waitForSelected(7)
    assert.match((await answer.textContent()) ?? '', /tools\/call #42/)
    await page.locator('.row.pair-passes .pair').first().click()
    await waitForSelected(4)
  })

  it('draws holds and waits as long as they were', async () => {
    const page = await open({ scene: 'long-polling' })
    const bar = async (words: string, name: string) =>
      (await boxOf(page.locator('.row:not([hidden])', { hasText: words }).locator(name))).height
    const short = await bar('200 OK · no data', '.hold-bar')
    const long = await bar('cursor 41', '.hold-bar')
    assert.ok(long > 3 * short, `1.4 ms has ${short} px, 12.3 s have ${long}`)
    const wait = await bar('waits 1.0 s', '.wait-bar')
    assert.ok(wait > short && wait < long, `a second has ${wait} px`)
  })

  it('names what messages are decoded as, and leaves out facts of polling whole', async () => {
    const decoded = await open({ scene: 'json-rpc' })
    await decoded.locator('.identity', { hasText: '/ws · JSON-RPC 2.0' }).waitFor()
    await decoded.close()
    const page = await open({ scene: 'polls' })
    for (const width of [780, 900, 1100, 1400, 2500]) {
      await page.setViewportSize({ width, height: 800 })
      const line = await boxOf(page.locator('.facts'))
      for (const fact of await page.locator('.facts > *').all()) {
        const { x, y, width: wide } = await boxOf(fact)
        if (y < line.y + line.height - 2)
          assert.ok(x + wide <= line.x + line.width + 1, `${width}: ${await fact.textContent()}`)
      }
      const share = await boxOf(page.locator('.facts .share'))
      assert.ok(share.y < line.y + line.height - 2, `${width}: the share is there`)
    }
  })
})
