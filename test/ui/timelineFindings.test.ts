// The findings on the timeline page: their badge, their place below the rows, and the way to the frames that prove them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the findings', () => {
  const { open, rows, keys, host, askHost, settled, waitForSelected, boxOf } = useTimelinePage()

  const openFindings = async (width = 1000) => {
    const page = await open({ scene: 'findings', width, unfolded: true })
    const badge = page.getByRole('button', { name: '2 findings' })
    await badge.click()
    const pane = page.getByRole('region', { name: 'Findings' })
    await pane.waitFor()
    return { page, badge, pane, items: pane.getByRole('listitem') }
  }

  it('have a badge in the header, which shows them below the rows, the worst first', async () => {
    const { page, badge, pane, items } = await openFindings()
    assert.equal(await badge.getAttribute('aria-pressed'), 'true')
    assert.match((await badge.getAttribute('title')) ?? '', /^1 fault, 1 risk, 1 hint: /)
    const said = (await items.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())
    assert.deepEqual(
      said.map((text) => text.slice(0, 40)),
      [
        'fault The stream ended within an event. ',
        'risk The stream is buffered on its way. ',
        'hint No keep-alive comment in 17 s. Idle',
      ],
    )
    await pane.getByText('1 fault, 1 risk, 1 hint · 24 rules looked').waitFor()
    const [frames, below] = [await boxOf(rows()), await boxOf(pane)]
    assert.ok(below.y >= frames.y + frames.height)
    assert.equal(below.width, page.viewportSize()?.width)
    await keys('Escape')
    assert.equal(await pane.count(), 0)
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
  })

  it('lead from one frame that proves them to the next, and back', async () => {
    const { pane } = await openFindings()
    const risk = pane.locator('[data-id=sse-buffered] .frames')
    assert.equal(await risk.textContent(), '171 frames')
    await risk.click()
    await waitForSelected(2)
    await risk.click()
    await waitForSelected(3)
    await comesTo(() => risk.textContent(), '#3 · 2 of 3')
    await risk.click({ modifiers: ['Shift'] })
    await waitForSelected(2)
    await pane.getByRole('button', { name: '#6' }).click()
    await waitForSelected(6)
    assert.equal(await pane.locator('[data-id=sse-no-heartbeat] .frames').count(), 0)
  })

  it('mark the frames among the rows, where a flag leads to its finding', async () => {
    const { page, pane } = await openFindings()
    const flagged = page.locator('.row.flagged:not([hidden])')
    const labels = await flagged.evaluateAll((all) => all.map((row) => row.ariaLabel ?? ''))
    const seqs = labels.map((label) => Number(/^#(\d+)/.exec(label)?.[1])).toSorted()
    assert.deepEqual(seqs, [2, 3, 5, 6])
    const fault = page.locator('.row.flagged:not([hidden])', {
      has: page.locator('.flag.is-fault'),
    })
    assert.match(
      (await fault.getAttribute('aria-label')) ?? '',
      /, fault: The stream ended within an event\.$/,
    )
    await keys('Escape')
    await fault.locator('.flag').click()
    const lead = pane.locator('[data-id=sse-unfinished] button').first()
    await comesTo(() => lead.evaluate((one) => one.matches(':focus')), true)
  })

  it('are told of their frames true to time, too', async () => {
    const { page, pane } = await openFindings()
    await page.getByRole('button', { name: 'Time', exact: true }).click()
    await pane.getByRole('button', { name: '#6' }).click()
    await page
      .getByRole('listbox', { name: /^Frames by time/ })
      .getByRole('option')
      .filter({ hasText: /^#6.*, fault: The stream ended within an event\.$/ })
      .waitFor({ state: 'attached' })
  })

  it('say what to do, and open the rule', async () => {
    const { pane } = await openFindings(700)
    const risk = pane.locator('[data-id=sse-buffered]')
    await risk.getByRole('button', { name: 'what to do' }).click()
    await risk.getByText('and flush each event.').waitFor()
    assert.deepEqual(await risk.locator('.advice code').allTextContents(), [
      'proxy_buffering off',
      'X-Accel-Buffering: no',
    ])
    await risk.getByRole('button', { name: 'More about this rule' }).click()
    const asked = await askHost((fake) => fake.calls.find(({ method }) => method === 'openRule'))
    assert.deepEqual(asked?.args, ['sse-buffered'])
  })

  it('are walked through with the keyboard', async () => {
    const { page, pane } = await openFindings()
    await keys('Escape')
    await host((fake) => fake.perform('findings'))
    const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()')
    assert.equal(await pane.getByRole('group').evaluate((one) => one.matches(':focus')), true)
    await keys('ArrowDown')
    assert.equal(await focused(), '#6')
    await keys('ArrowDown', 'ArrowDown')
    assert.equal(await focused(), 'what to do')
    await keys('ArrowUp')
    assert.equal(await focused(), '171 frames')
    // What was opened comes next.
    await keys('Tab', 'Enter', 'Tab')
    assert.equal(await focused(), 'More about this rule')
    await keys('ArrowUp', 'ArrowDown')
    assert.equal(await focused(), '171 frames')
    await keys('Shift+F6')
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
  })

  it('move nothing when their badge appears', async () => {
    const { page, badge } = await openFindings()
    const filter = page.locator('lifeline-filter')
    const before = await boxOf(filter)
    await badge.evaluate((one) => one.style.setProperty('display', 'none'))
    assert.equal((await boxOf(filter)).y, before.y)
  })

  it('have a height that is chosen, and are remembered', async () => {
    const { page, pane } = await openFindings()
    const before = await boxOf(pane)
    const splitter = page.getByRole('separator', { name: 'Size of the findings' })
    await splitter.press('ArrowUp')
    await splitter.press('ArrowUp')
    await settled()
    const after = await boxOf(pane)
    assert.ok(after.height > before.height)
    await host((fake) => fake.perform('statistics'))
    assert.equal(await pane.count(), 1)
    await page.evaluate('window.dispatchEvent(new Event("blur"))')
    await page.reload()
    await pane.waitFor()
    assert.equal((await boxOf(pane)).height, after.height)
  })

  it('are copied as Markdown', async () => {
    const { pane } = await openFindings()
    await pane.getByRole('button', { name: 'Copy as Markdown' }).click()
    const copied = await askHost((fake) => fake.calls.find(({ method }) => method === 'copy'))
    const [head, , fault, advice] = String(copied?.args[0]).split('\n')
    assert.equal(head, '### Trades')
    assert.equal(
      fault,
      '- **fault** · **The stream ended within an event.** The last 12 B had no blank line after them, so clients throw them away. (\\#6)  ',
    )
    assert.equal(
      advice,
      '  Write each event with its blank line, and flush before the process ends.',
    )
  })
})

describe('a session without findings', () => {
  const { open, host } = useTimelinePage()

  it('has no badge, and says so where they are asked for', async () => {
    const page = await open({ scene: 'empty' })
    await host((fake) => fake.perform('findings'))
    await page.getByText('Nothing stands out').waitFor()
    assert.equal(await page.locator('.findings-badge').count(), 0)
  })
})
