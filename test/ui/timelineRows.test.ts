// The rows of the timeline page in a plain browser: what a user does with a million of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import { drawnRows, useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the rows of the timeline page', () => {
  const {
    open,
    settled,
    rows,
    press,
    keys,
    host,
    askHost,
    drawnSeqs,
    waitForRow,
    waitForSelected,
    boxOf,
  } = useTimelinePage()
  const follow = (page: Page) => page.getByRole('button', { name: 'Follow' })

  it('opens a million rows at the newest, and reads only what it shows', async () => {
    const page = await open({ scene: 'million' })
    await waitForRow(1_000_000)
    assert.equal(await rows().getAttribute('aria-rowcount'), '1000000')
    assert.ok((await page.locator('.row').count()) < 60)
    assert.ok((await askHost(({ rowsSent }) => rowsSent)) < 1000)
  })

  it('goes to the middle of a million rows at once', async () => {
    const page = await open({ scene: 'million' })
    await page.locator('.scrollbar').evaluate((bar) => {
      bar.scrollTop = (bar.scrollHeight - bar.clientHeight) / 2
    })
    await waitForRow(500_000)
    const seqs = await drawnSeqs()
    assert.ok(seqs.includes(500_010), `${seqs[0]} to ${seqs.at(-1)}`)
    assert.ok((await askHost(({ rowsSent }) => rowsSent)) < 1500)
  })

  it('scrolls by exact rows with the wheel, also where the scroll bar is scaled', async () => {
    const page = await open({ scene: 'hundred-million' })
    await press('Home')
    await waitForRow(1)
    await rows().hover()
    await page.mouse.wheel(0, 260)
    await page.locator('.row[aria-label^="#1,"]').waitFor({ state: 'hidden' })
    await waitForRow(30)
    await settled()
    const top = await page.locator(drawnRows).evaluateAll((all) => {
      const edge = all[0]?.parentElement?.getBoundingClientRect().top ?? 0
      const first = all.find((row) => Math.abs(row.getBoundingClientRect().top - edge) < 1)
      return first?.ariaRowIndex
    })
    assert.equal(top, '11')
  })

  it('stops following when the user scrolls up, and comes back by its button', async () => {
    const page = await open({ scene: 'million' })
    assert.equal(await follow(page).getAttribute('aria-pressed'), 'true')
    await rows().hover()
    await page.mouse.wheel(0, -300)
    await page.getByRole('button', { name: 'Jump to newest' }).waitFor()
    await settled()
    assert.equal(await follow(page).getAttribute('aria-pressed'), 'false')
    const before = await drawnSeqs()
    await host((fake) => fake.add(1234))
    await page.getByRole('button', { name: 'Jump to newest (1,234 new)' }).waitFor()
    assert.deepEqual(await drawnSeqs(), before, 'the rows stay where they are')
    await page.getByRole('button', { name: 'Jump to newest' }).click()
    await waitForRow(1_001_234)
    await settled()
    assert.equal(await follow(page).getAttribute('aria-pressed'), 'true')
  })

  it('leads to the end where nothing newer can come', async () => {
    const page = await open({ scene: 'million' })
    await press('Home')
    await page.getByRole('button', { name: 'Jump to newest' }).waitFor()
    await host((fake) => fake.status({ state: 'ended' }))
    await page.getByRole('button', { name: 'Jump to the end' }).click()
    await waitForRow(1_000_000)
  })

  it('stays calm in a flood: rows are drawn, and the page answers', async () => {
    const page = await open({ scene: 'million' })
    const blanks = (await page.evaluate(`(async () => {
      let blanks = 0
      for (let push = 0; push < 40; push++) {
        await window.fakeHost.add(5000)
        await new Promise((resolve) => setTimeout(resolve, 25))
        blanks += document.querySelectorAll('.row.loading:not([hidden])').length
      }
      return blanks
    })()`)) as number
    assert.equal(blanks, 0)
    await waitForRow(1_200_000)
    assert.ok((await askHost(({ rowsSent }) => rowsSent)) < 20_000)
  })

  it('has rows in view while the scroll bar is drawn from end to end', async () => {
    const page = await open({ scene: 'million' })
    const { pictures, blanks } = (await page.evaluate(`(async () => {
      const bar = document.querySelector('lifeline-rows .scrollbar')
      let pictures = 0
      let blanks = 0
      for (let share = 1; share > 0; share -= 0.01) {
        bar.scrollTop = share * (bar.scrollHeight - bar.clientHeight)
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
        pictures++
        if (document.querySelector('.row[aria-label^="#"]:not([hidden])') === null) blanks++
      }
      return { pictures, blanks }
    })()`)) as { pictures: number; blanks: number }
    assert.equal(pictures, 100)
    // A loaded machine may take longer than a picture stays.
    assert.ok(blanks < 30, `${blanks} of ${pictures} pictures had no row`)
    await press('Home')
    await waitForRow(1)
  })

  it('goes on following where rows come while the view grows', async () => {
    const page = await open({ scene: 'million' })
    // So few that the bar is not scaled.
    await host((fake) => fake.perform('clear'))
    await host((fake) => fake.add(100))
    await settled()
    // The browser moves the bar when it lays out, and tells so with the next picture, by which time there are more rows.
    await page.evaluate(`(async () => {
      for (let height = 400; height < 700; height += 20) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        document.querySelector('.split').style.maxHeight = height + 'px'
        await window.fakeHost.add(9)
      }
    })()`)
    await settled()
    assert.equal(await page.locator('.jump').isVisible(), false)
  })

  it('pauses: rows stay, the strip counts what is recorded meanwhile', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('button', { name: 'Pause' }).click()
    await settled()
    await host((fake) => fake.add(50))
    await page.getByText('50 new frames. Recording goes on.').waitFor()
    assert.equal((await drawnSeqs()).at(-1), 1_000_000)
    await page.locator('.strip').getByRole('button', { name: 'Resume' }).click()
    await waitForRow(1_000_050)
  })

  it('clears and shows all again', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('New ones will show here.').waitFor()
    await host((fake) => fake.add(3))
    await waitForRow(1_000_001)
    assert.equal((await drawnSeqs())[0], 1_000_001)
    await page.getByRole('button', { name: 'Show all' }).click()
    await waitForRow(1_000_000)
  })

  it('says of a paused view without rows that it is to go on', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('New ones will show here once you resume.').waitFor()
    await host((fake) => fake.add(3))
    await page.locator('.empty').getByText('Resume to see what has come since.').waitFor()
    await page.locator('.strip').getByRole('button', { name: 'Resume' }).click()
    await waitForRow(1_000_003)
    assert.deepEqual(await drawnSeqs(), [1_000_001, 1_000_002, 1_000_003])
  })

  it('filters by text, says how many match, and empties with Escape', async () => {
    const page = await open({ scene: 'websocket' })
    await page.keyboard.press('Control+Alt+f')
    await page.keyboard.type('NOWHERE')
    await page.getByText('No frame matches “NOWHERE”').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('884205')
    await page.locator('.found', { hasText: /^1 of [\d,]+$/ }).waitFor()
    assert.equal((await drawnSeqs()).length, 1)
    await page.keyboard.press('Escape')
    await waitForRow(50)
  })

  it('empties the filter with Escape right after typing', async () => {
    const page = await open({ scene: 'websocket' })
    await page.keyboard.press('Control+Alt+f')
    await page.keyboard.type('884205')
    await keys('Escape')
    assert.equal(await page.locator('.filter input').inputValue(), '')
    await waitForRow(50)
  })

  it('comes back after a reload where it was', async () => {
    const page = await open({ scene: 'million' })
    await press('Home', ...Array<string>(40).fill('PageDown'))
    await press('Enter')
    const detail = page.getByRole('region', { name: /^Frame \d+$/ })
    const seq = Number((await detail.getAttribute('aria-label'))?.slice('Frame '.length))
    assert.ok(seq > 1000, `${seq}`)
    await waitForSelected(seq)
    const before = await drawnSeqs()
    await page.reload()
    await page.getByRole('tab', { name: 'Payload' }).waitFor()
    await waitForRow(before[10] ?? 0)
    await waitForSelected(seq)
  })

  it('draws what is waited for under the last row', async () => {
    const page = await open({ scene: 'holding' })
    await page.locator('.row.live', { hasText: /^\[waits for data · \d+\.\d s\]$/ }).waitFor()
  })

  it('draws a silence that goes on where its row will be', async () => {
    const page = await open({ scene: 'silent' })
    const live = page.locator('.row.live')
    await live.filter({ hasText: /^\d+ s nothing so far$/ }).waitFor()
    const { y } = await boxOf(live)
    await host((timeline) => timeline.add(1))
    const over = page.locator('.row.shape-gap:not(.live):not([hidden])')
    await over.filter({ hasText: '1.5 s nothing' }).waitFor()
    assert.equal((await boxOf(over)).y, y)
    assert.equal(await live.isHidden(), true)
  })

  it('draws how much has come of what is not complete', async () => {
    const page = await open({ scene: 'unfinished' })
    const live = page.locator('.row.live')
    await live.filter({ hasText: /^\[1\.2 kB wait for a blank line · \d+\.\d s\]$/ }).waitFor()
  })
})
