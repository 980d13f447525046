// A live session in VS Code itself: calls and their answers, columns, hits, folds, a pause, and what a screen reader hears.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

/** Between a call and its answer; the last word of each is behind the end of its row. */
const ticks = 25
const words = 'much is said before '.repeat(7)

const call = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, method: 'add', params: [id, 1] })

describe('watching a live session in the workbench', () => {
  const { workbench, frame, row, selected, grid, filter, found, press } = useTimelineWorkbench({
    accept: (ws) => {
      ws.on('message', (data) => {
        const { id } = JSON.parse(data.toString())
        if (id === 0) return ws.terminate()
        for (let n = 0; n < ticks; n++) {
          const params = { n, text: `${words}needle` }
          ws.send(JSON.stringify({ jsonrpc: '2.0', method: 'tick', params }))
        }
        ws.send(JSON.stringify({ jsonrpc: '2.0', id, result: id + 1 }))
      })
    },
    profile: { name: 'Calls', send: [call(1)] },
    until: 'result add #1',
  })

  const boxOf = async (one: Locator) => (await one.boundingBox()) ?? assert.fail()
  const send = async (text: string) => {
    const box = frame().getByRole('textbox', { name: 'Message' })
    await box.fill(text)
    await box.press('Control+Enter')
  }

  it('leads from a call to its answer and back, by key and by the bracket between them', async () => {
    await grid().press('Home')
    await row('▸ add #1').click()
    await press('F12')
    await selected('result add #1').waitFor()
    const bracket = frame().locator('.row.pair-passes:not([hidden]) .pair').nth(3)
    await bracket.waitFor()
    await workbench().screenshot('bracket')
    await bracket.click()
    await selected('▸ add #1').waitFor()
    await press('F12')
    await selected('result add #1').waitFor()
    await press('Escape')
  })

  it('shows a hit that the end of its row would hide', async () => {
    await filter().fill('needle')
    await found(/^25 of /)
    const hit = frame().locator('.row:not([hidden]) .hit').first()
    await eventually('the hit is within its row', async () => {
      const [one, room] = [await boxOf(hit), await boxOf(hit.locator('..'))]
      return one.x >= room.x && one.x + one.width <= room.x + room.width
    })
    await workbench().screenshot('hit-behind-ellipsis')
    await filter().fill('')
    await row('add #1').first().waitFor()
  })

  it('has columns that are dragged, and fitted again by a double click', async () => {
    const head = frame().getByRole('separator', { name: 'Width of the times' })
    const width = async () => Number(await head.getAttribute('aria-valuenow'))
    const fitting = await width()
    const { x, y } = await boxOf(head)
    const { mouse } = workbench().page
    await mouse.move(x + 10, y + 10)
    await mouse.down()
    await mouse.move(x + 70, y + 10, { steps: 3 })
    await mouse.up()
    await comesTo(width, fitting + 60)
    await head.dblclick()
    await comesTo(width, fitting)
  })

  it('folds bursts by key, and opens one in its place', async () => {
    await grid().press('Alt+L')
    const burst = row('tick × 25')
    await burst.click()
    await row('"needle"').or(row('tick {n: 0')).first().waitFor()
    await grid().press('ArrowLeft')
    await burst.waitFor()
    await grid().press('Alt+L')
    await burst.waitFor({ state: 'detached' })
  })

  it('stands while it is paused, and has what came meanwhile when it goes on', async () => {
    await grid().press('Control+Shift+Space')
    await frame().getByRole('region', { name: 'Paused' }).waitFor()
    await send(call(2))
    await grid().press('End')
    await frame().getByText(/new/).first().waitFor()
    assert.equal(await row('result add #2').count(), 0)
    await grid().press('Control+Shift+Space')
    await grid().press('Alt+End')
    await row('result add #2').waitFor()
  })

  it('tells a screen reader that the connection is lost and back, once a second at most', async () => {
    const region = frame().locator('[aria-live]')
    await region.evaluate((one) => {
      const told: [number, string | null][] = []
      const Observer = Reflect.get(globalThis, 'MutationObserver')
      const noting = new Observer(() => told.push([performance.now(), one.textContent]))
      noting.observe(one, { childList: true, characterData: true, subtree: true })
      Object.assign(globalThis, { told })
    })
    const told = () => region.evaluate(() => Reflect.get(globalThis, 'told') as [number, string][])
    const hears = (what: RegExp) =>
      eventually(`${what} is heard`, async () => (await told()).some(([, text]) => what.test(text)))
    await send('{"id":0}')
    await hears(/^Connection lost, waiting\. 1 error\. \d+ frames\.$/)
    await hears(/^Connected again\. /)
    const times = (await told()).map(([at]) => at)
    const apart = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    assert.ok(
      apart.every((ms) => ms > 900),
      `${apart}`,
    )
  })
})
