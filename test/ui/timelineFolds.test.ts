// Folded polls on the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('folded polls on the timeline page', () => {
  const { open, settled, rows, press, host, waitForSelected } = useTimelinePage()
  /** How many there are once all is drawn. */
  const rowCount = async () => {
    await settled()
    return rows().getAttribute('aria-rowcount')
  }

  it('folds unchanged polls, opens a run with Enter and folds it again', async () => {
    const page = await open({ scene: 'polls' })
    // 25 changed answers of 500, and what is between them.
    assert.equal(await rowCount(), String(2 + 1 + 25 * 2 + 24))
    await press('Home', 'ArrowDown', 'ArrowDown')
    const folded = page.locator('.row[aria-label^="#3 to #38,"]')
    const selected = page.locator('.row[aria-label^="#3 to #38,"][aria-selected=true]')
    await selected.waitFor()
    assert.match(
      (await folded.getAttribute('aria-label')) ?? '',
      /, 18 unchanged polls in 17\.0 s,/,
    )
    assert.equal(await folded.getByRole('gridcell').nth(1).getAttribute('aria-expanded'), 'false')
    await press('Enter')
    const opened = page.locator('.row[aria-label^="#3,"]')
    await waitForSelected(3)
    assert.equal(await opened.getByRole('gridcell').nth(1).getAttribute('aria-expanded'), 'true')
    assert.equal(await rowCount(), String(77 + 35))
    assert.equal(await page.getByRole('tab').count(), 0, 'no detail has opened')
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft')
    await selected.waitFor()
    assert.equal(await rowCount(), '77')
    await folded.click()
    await opened.waitFor()
    await settled()
    await opened.locator('.fold-mark').click()
    await folded.waitFor()
  })

  it('counts on in the last run while nothing changes, and the rows stay where they are', async () => {
    const page = await open({ scene: 'polls' })
    await host((fake) => fake.add(8))
    await page.locator('.row[aria-label*=" 4 unchanged polls in 3.0 s"]').waitFor()
    assert.equal(await rowCount(), '78')
    await host((fake) => fake.add(1))
    await host((fake) => fake.add(3))
    await page.locator('.row[aria-label*=" 6 unchanged polls in 5.0 s"]').waitFor()
    assert.equal(await rowCount(), '78')
    await host((fake) => fake.add(28))
    await page.locator('.row[aria-label^="#1,001 to #1,038,"]').waitFor()
    assert.equal(await rowCount(), '80')
  })

  it('opens the run that hides the frame that a link leads to', async () => {
    const page = await open({ scene: 'polls' })
    await press('Home', 'ArrowDown', 'ArrowDown')
    await press('Enter')
    await page.locator('.row[aria-label^="#6,"]').click()
    await press('ArrowLeft')
    await page.locator('.row[aria-label^="#3 to #38,"]').waitFor()
    await page.getByRole('button', { name: 'Show each of them' }).click()
    await settled()
    await page.locator('.row[aria-label^="#6,"]').click()
    await page.locator('.facts').getByRole('button', { name: '#5' }).click()
    await page.locator('.row[aria-label^="#5,"][aria-selected=true]').waitFor()
  })

  it('stays as it is while paused, although the last run goes on', async () => {
    const page = await open({ scene: 'polls' })
    await host((fake) => fake.add(7))
    await page.locator('.row[aria-label*=" 3 unchanged polls in 2.0 s"]').waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await settled()
    await host((fake) => fake.add(33))
    await page.getByText('33 new frames. Recording goes on.').waitFor()
    assert.equal(await rowCount(), '78')
    await page.locator('.strip').getByRole('button', { name: 'Resume' }).click()
    await page.locator('.row[aria-label^="#1,001 to #1,038,"]').waitFor()
    assert.equal(await rowCount(), '80')
  })

  it('filters single polls, and folds them again without a filter', async () => {
    const page = await open({ scene: 'polls' })
    await page.getByRole('combobox', { name: 'Filter' }).fill('items')
    await page.locator('.found', { hasText: /^26 of 1,000$/ }).waitFor()
    await settled()
    assert.equal(await page.locator('.row.shape-fold:not([hidden])').count(), 0)
    await page.getByRole('button', { name: 'Empty the filter' }).click()
    await page.locator('.row.shape-fold').first().waitFor()
    assert.equal(await rowCount(), '77')
  })

  it('folds what repeats in any session, bursts where the user wants it, and makes silences rows', async () => {
    const page = await open({ scene: 'folds' })
    const labelled = (start: string) => page.locator(`.row[aria-label^="${start}"]:not([hidden])`)
    const selected = (start: string) =>
      page.locator(`.row[aria-selected=true][aria-label^="${start}"]:not([hidden])`)
    // Handshake, 600 of the burst, three messages, heartbeats, silence, equal frames, a last one.
    assert.equal(await rowCount(), String(2 + 600 + 1 + 1 + 1 + 1 + 1 + 1))
    assert.match(
      (await labelled('#604 to #611,').getAttribute('aria-label')) ?? '',
      /, 4 heartbeats in 1\.2 s · round trip 2\.1 to 2\.4 ms,/,
    )
    await labelled('#613 to #624,').filter({ hasText: '12 times in 2.8 s: tick' }).waitFor()
    await labelled('3.2 s nothing, until #612').waitFor()

    // By the keyboard: past the silence, which is none of the frames.
    await press('End', 'ArrowUp', 'ArrowUp')
    await waitForSelected(612)
    await press('ArrowUp')
    await selected('#604 to #611,').waitFor()
    await press('ArrowRight')
    await waitForSelected(604)
    assert.equal(await rowCount(), String(608 + 7))
    await press('ArrowLeft')
    await selected('#604 to #611,').waitFor()
    await press('ArrowDown')
    await waitForSelected(612)

    await page.getByRole('button', { name: 'Fold: repeats' }).click()
    // The choice of today has the focus, and the tick.
    await page.locator('[role=menuitemradio]:focus', { hasText: /^Fold repeats$/ }).waitFor()
    const ticked = page.getByRole('menuitemradio', { checked: true })
    assert.deepEqual(await ticked.allTextContents(), ['Fold repeats', 'Silences from 1 s on'])
    await page.getByRole('menuitemradio', { name: 'Fold repeats and bursts' }).click()
    assert.equal(await rowCount(), '9')
    await waitForSelected(612)
    const burst = labelled('#3 to #602,')
    assert.match(
      (await burst.getAttribute('aria-label')) ?? '',
      /, 600 messages in 4\.9 s · trade × 534 · chat × 66, up to [\d,]+\/s, 17\.8 kB, folded$/,
    )
    await burst.locator('.rate svg').waitFor()
    await press('Home', 'ArrowDown', 'ArrowDown', ' ')
    await waitForSelected(3)
    await press('ArrowLeft')
    await selected('#3 to #602,').waitFor()
    assert.equal(await page.getByRole('tab').count(), 0, 'no detail has opened')

    await page.getByRole('button', { name: 'Fold: bursts' }).click()
    await page.getByRole('menuitemradio', { name: 'No rows for silences' }).click()
    assert.equal(await rowCount(), '8')
    await page.getByRole('button', { name: 'Fold: bursts' }).click()
    await page.getByRole('menuitemradio', { name: 'Show everything' }).click()
    assert.equal(await rowCount(), '625')
    // For every timeline from then on.
    await page.reload()
    await page.getByRole('button', { name: 'Fold', exact: true }).waitFor()
    assert.equal(await rowCount(), '625')
  })

  it('draws the graph of a burst in the room that its words leave, whole or not at all', async () => {
    const page = await open({ scene: 'folds', width: 1400 })
    await page.getByRole('button', { name: 'Fold: repeats' }).click()
    await page.getByRole('menuitemradio', { name: 'Fold repeats and bursts' }).click()
    const burst = '.row[aria-label^="#3 to #602,"]:not([hidden])'
    await page.locator(burst).locator('.rate svg').waitFor()
    const seen = new Set<unknown>()
    for (let width = 1400; width >= 340; width -= 40) {
      await page.setViewportSize({ width, height: 600 })
      await settled()
      const look = await page.evaluate(`(() => {
        const row = document.querySelector('${burst}')
        const text = row.querySelector('.text')
        const [room, graph] = ['.rate', '.rate svg'].map((name) => row.querySelector(name).getBoundingClientRect())
        const isWhole = text.scrollWidth <= text.clientWidth
        const isDrawn = graph.top < room.bottom
        const isCut = isDrawn && graph.left < room.left
        return (isWhole ? 'whole' : 'cut') + ' words, ' + (isCut ? 'cut' : isDrawn ? 'whole' : 'no') + ' graph'
      })()`)
      seen.add(look)
    }
    assert.deepEqual(
      [...seen],
      ['whole words, whole graph', 'whole words, no graph', 'cut words, no graph'],
    )
  })
})
