// The statistics of the timeline page: figures and charts of the session or the filter, live, by pointer and by keyboard.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('the statistics of the timeline page', () => {
  const { open, settled, boxOf, rows, press, host, askHost, waitForSelected } = useTimelinePage()

  it('are of the session or the filter, go on with it, lead to frames, and are copied', async () => {
    const page = await open({ scene: 'polls' })
    const pane = page.getByRole('region', { name: 'Statistics' })
    const figure = (table: string, row: string) =>
      pane.getByRole('table', { name: table }).getByRole('row', { name: row }).getByRole('cell')
    const summary = (start: string) => pane.locator('.summary', { hasText: start }).waitFor()
    await page.getByRole('button', { name: 'Statistics' }).click()
    await summary('8.3 min · 1,000 frames · 1 connection')
    assert.deepEqual(await figure('Traffic', 'Frames').allTextContents(), ['500', '500'])
    assert.deepEqual(await figure('Efficiency', 'Polls unchanged').allTextContents(), [
      '95 % of 500',
      '73.9 kB on the wire',
    ])
    assert.deepEqual(
      (await figure('Kinds and types', '← response 200').allTextContents()).slice(0, 2),
      ['26', '440 B'],
    )

    await host((fake) => fake.add(100))
    await summary('9.2 min · 1,100 frames')

    const largest = figure('Sizes and times', 'Size received').last().getByRole('button')
    const seq = Number(
      /^Select frame #(\d+)$/.exec((await largest.getAttribute('title')) ?? '')?.[1],
    )
    await largest.click()
    await waitForSelected(seq)
    assert.equal(await pane.isVisible(), true, 'the statistics stay')

    const chart = pane.getByRole('region', { name: 'Rate over time' })
    await chart.locator('.u-over').hover()
    await eventually('the values under the pointer are told', async () =>
      /^\d:\d\d · Received .*\/s · Sent/.test(
        (await chart.locator('.chart-values').textContent()) ?? '',
      ),
    )
    const table = chart.getByRole('table', { name: 'Rate over time' })
    assert.ok((await table.getByRole('row').count()) > 10, 'it can be read aloud')
    await chart.getByRole('button', { name: 'Rate over time as a table' }).click()
    await table.getByRole('button').first().click()
    await waitForSelected(1)
    await chart.getByRole('button', { name: 'Rate over time as a chart' }).click()

    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('items')
    await pane.getByRole('button', { name: 'Filter' }).click()
    await summary('9.')
    await eventually('only answers with items count', async () =>
      /^\d\d 0$/.test((await figure('Traffic', 'Frames').allTextContents()).join(' ')),
    )
    await pane.getByRole('button', { name: 'Copy as Markdown' }).click()
    const copied = await askHost((fake) => fake.calls.findLast(({ method }) => method === 'copy'))
    assert.match(String(copied?.args[0]), /^### Trades\n\n9\.\d min · .* \(filter items\)\n/)
    assert.match(String(copied?.args[0]), /\n\| Frames \| \d\d \| 0 \|\n/)
  })

  it('tell calls that are decoded, and show the frames of one', async () => {
    const page = await open({ scene: 'json-rpc', theme: 'high-contrast-light' })
    await page.getByRole('button', { name: 'Statistics' }).click()
    const call = page.getByRole('table', { name: 'Calls' }).getByRole('row', { name: 'tools/call' })
    await comesTo(
      async () => (await call.getByRole('cell').allTextContents()).slice(0, 4),
      ['1', '1', '0', '13 ms'],
    )
    const calls = page.getByRole('table', { name: 'Calls' })
    assert.ok(
      await calls.evaluate((one) => one.clientWidth <= (one.parentElement?.clientWidth ?? 0)),
      'its columns have room beside the rows',
    )
    await call.getByRole('button', { name: 'tools/call' }).click()
    assert.equal(
      await page.getByRole('combobox', { name: 'Filter' }).inputValue(),
      'name:tools/call',
    )
    await page.getByRole('button', { name: 'Filter', exact: true }).waitFor()
  })

  it('draw a number of a payload over time, until it is removed', async () => {
    const page = await open({ scene: 'websocket' })
    // The tree alone is higher than the detail.
    await page.setViewportSize({ width: 1400, height: 480 })
    await press('Home', 'PageDown', 'Enter')
    // A pointer that only appears has not moved.
    await page.getByRole('treeitem', { name: 'symbol:' }).hover()
    await page.getByRole('treeitem', { name: 'id:' }).hover()
    await page.getByRole('button', { name: 'Plot' }).click()
    const plot = page.getByRole('region', { name: 'id over time' })
    await plot.locator('canvas').waitFor()
    await settled()
    const [drawn, detail] = [await boxOf(plot), await boxOf(page.locator('lifeline-detail'))]
    assert.ok(drawn.y + drawn.height <= detail.y + detail.height + 2, 'it is in view')
    assert.equal(await plot.locator('.newest').textContent(), '884,230')
    await page.setViewportSize({ width: 1300, height: 480 })
    await settled()
    const name = await boxOf(plot.getByRole('heading'))
    const remove = await boxOf(plot.getByRole('button', { name: 'Remove id over time' }))
    assert.ok(remove.y < name.y + name.height / 2, 'its buttons stand in one line with its name')
    await plot.locator('.u-over').click({ position: { x: 2, y: 40 } })
    await waitForSelected(5)
    await plot.waitFor()

    // The frames of another kind have no part in it.
    await press('Home')
    await plot.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Statistics' }).click()
    const table = plot.getByRole('table', { name: 'id over time' })
    await table.getByRole('row', { name: /884,201 884,201 884,201/ }).waitFor({ state: 'attached' })
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('88420')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await eventually('only the frames of the filter have a part in it', async () =>
      /^884,209$/.test((await plot.locator('.newest').textContent()) ?? ''),
    )
    await plot.getByRole('button', { name: 'Remove id over time' }).click()
    await plot.waitFor({ state: 'detached' })
  })

  it('open and close by keyboard, and give the detail its place back', async () => {
    const page = await open({ scene: 'websocket', width: 700, theme: 'high-contrast' })
    const pane = page.getByRole('region', { name: 'Statistics' })
    await press('Home', 'Enter')
    await page.locator('lifeline-detail').waitFor()
    await host((fake) => fake.perform('statistics'))
    await pane.locator('.summary').waitFor()
    assert.equal(await page.locator('lifeline-detail').count(), 0)
    const isFocused = () =>
      pane.getByRole('group', { name: 'Figures' }).evaluate((one) => one.matches(':focus'))
    assert.equal(await isFocused(), true)
    await page.keyboard.press('Shift+F6')
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('F6')
    assert.equal(await isFocused(), true)
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
    await settled()
    await page.locator('lifeline-detail').waitFor()
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
  })
})
