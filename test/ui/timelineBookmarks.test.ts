// Bookmarks on the timeline page: set, noted, refused, removed, and beside folds, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('bookmarks on the timeline page', () => {
  const { open, settled, rows, press, keys, askHost, host, waitForSelected, boxOf } =
    useTimelinePage()
  const rowCount = async () => {
    await settled()
    return Number(await rows().getAttribute('aria-rowcount'))
  }

  it('are set by a key, and have their note typed in the detail at once', async () => {
    const page = await open({ scene: 'websocket', unfolded: true })
    await press('Home', 'ArrowDown', 'ArrowDown')
    const row = page.locator('.row[aria-label^="#3,"]')
    const before = await boxOf(row.locator('.text'))
    await press('Control+Alt+k')
    const note = page.getByRole('textbox', { name: 'Note of the bookmark' })
    await note.waitFor()
    await page.locator('.note-line input:focus').waitFor()
    await page.locator('.row.marked[aria-label^="#3,"]').waitFor()
    await note.fill('Here it <b>begins</b>')
    await note.press('Enter')
    await page.locator('.row[aria-label$=", bookmark: Here it <b>begins</b>"]').waitFor()
    await page.locator('.viewport:focus').waitFor()
    assert.equal(await row.locator('.remark').textContent(), 'Here it <b>begins</b>')
    await page.getByRole('button', { name: 'Close the detail' }).click()
    assert.equal((await boxOf(row.locator('.text'))).x, before.x)

    // What is typed is left with Escape, and the key takes the mark away.
    await press('Enter')
    await note.fill('something else')
    await note.press('Escape')
    await page.locator('.viewport:focus').waitFor()
    assert.equal(await note.inputValue(), 'Here it <b>begins</b>')
    await press('Control+Alt+k')
    await note.waitFor({ state: 'detached' })
    await page.locator('.row.marked').waitFor({ state: 'detached' })
    assert.deepEqual(
      await askHost(({ calls }) =>
        calls.filter(({ method }) => method === 'bookmark').map(({ args }) => args),
      ),
      [
        [3, ''],
        [3, 'Here it <b>begins</b>'],
        [3, null],
      ],
    )
  })

  it('are set by the button in the head of the detail, and say why a note is not kept', async () => {
    const page = await open({ scene: 'websocket', unfolded: true })
    await press('Home', 'Enter')
    await page.getByRole('button', { name: 'Bookmark this frame' }).click()
    const note = page.getByRole('textbox', { name: 'Note of the bookmark' })
    await page.locator('.note-line input:focus').waitFor()
    await host((fake) => {
      fake.failing = 'note-refused'
    })
    await note.fill('password=hunter2')
    await note.press('Enter')
    await page.getByRole('alert').getByText('It cannot be kept.').waitFor()
    assert.equal(await note.inputValue(), 'password=hunter2')
    await host((fake) => {
      fake.failing = null
    })
    await note.fill('The first one')
    await page.getByRole('tab', { name: 'Headers' }).click()
    await page.locator('.row[aria-label$=", bookmark: The first one"]').waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
    await page.getByRole('button', { name: /^Remove the bookmark \(/ }).click()
    await note.waitFor({ state: 'detached' })
  })

  it('keep a note that is being typed when a key leads to another, and go where a key takes them away', async () => {
    const page = await open({ scene: 'websocket', unfolded: true })
    const note = page.getByRole('textbox', { name: 'Note of the bookmark' })
    const typed = page.locator('.note-line input:focus')
    const first = page.locator('.row[aria-label^="#1,"]')
    const noted = (text: string) => first.locator('.remark', { hasText: text }).waitFor()
    await press('Home', 'Control+Alt+k')
    await typed.waitFor()
    // To a row that has no bookmark, and to one that has.
    for (const text of ['the first', 'the very first']) {
      await note.fill(text)
      await keys('F8')
      await page.locator('.row.selected', { hasText: 'connection lost' }).waitFor()
      if (text === 'the first') await press('Control+Alt+k')
      await press('Home')
      await noted(text)
    }
    await note.fill('never mind')
    await keys('Control+Alt+k')
    await note.waitFor({ state: 'detached' })
    await settled()
    assert.equal(await page.locator('.row.marked[aria-label^="#1,"]').count(), 0)
    const last = await askHost(({ calls }) => calls.findLast(({ method }) => method === 'bookmark'))
    assert.deepEqual(last?.args, [1, null])
  })

  it('keep their rows out of folds, and what was open around them stays open', async () => {
    const page = await open({ scene: 'polls' })
    const whole = await rowCount()
    await press('Home', 'ArrowDown', 'ArrowDown', 'Control+Alt+k')
    // Of the run #3 to #38 the poll #3 with its answer #4 are rows now.
    await page.locator('.row.marked[aria-label^="#3,"]').waitFor()
    await page.locator('.row[aria-label^="#5 to #38,"]').waitFor()
    await waitForSelected(3)
    await page.locator('.note-line input:focus').waitFor()
    assert.equal(await rowCount(), whole + 2)
    await page.locator('.row[aria-label^="#5 to #38,"]').click()
    await page.locator('.row[aria-label^="#10,"]').click()
    const opened = await rowCount()
    await press('Control+Alt+k')
    await page.locator('.row.marked[aria-label^="#10,"]').waitFor()
    assert.equal(await rowCount(), opened)
    await waitForSelected(10)
    await press('Control+Alt+k')
    await page.locator('.row.marked[aria-label^="#10,"]').waitFor({ state: 'detached' })
    assert.equal(await rowCount(), opened)
  })

  it('are listed with their notes in the go-to box', async () => {
    const page = await open({ scene: 'websocket', unfolded: true })
    await press('Home', 'Control+Alt+k')
    await page.locator('.note-line input:focus').waitFor()
    await keys('Enter')
    await press('End', 'Control+Alt+k')
    await page.locator('.note-line input:focus').waitFor()
    await page.keyboard.type('the last price')
    await keys('Enter')
    await press('Home', 'Control+g')
    const options = page.getByRole('listbox', { name: 'Places to go to' }).getByRole('option')
    await options.filter({ hasText: 'Bookmark #1' }).waitFor()
    await page.keyboard.type('last')
    await options.filter({ hasText: 'Next' }).waitFor({ state: 'detached' })
    assert.match((await options.first().textContent()) ?? '', /the last price · #/)
    await page.keyboard.press('Enter')
    await page.locator('.row.marked[aria-selected=true][aria-label$="the last price"]').waitFor()
  })
})
