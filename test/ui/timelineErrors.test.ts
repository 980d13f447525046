// Errors on the timeline page, in a plain browser: their words, their place and their actions.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('an error that has ended the session', () => {
  const { open, settled, rows, keys, askHost, boxOf } = useTimelinePage()
  const sentence = 'The server answered with text/html, not with text/event-stream.'

  it('stands once: its sentence in the row, what to do and the actions below the rows', async () => {
    const page = await open({ scene: 'sse', width: 1600 })
    const panel = page.getByRole('region', { name: 'What went wrong' })
    await panel.getByText('Check that the URL names the event stream itself').waitFor()
    await page.locator('.row', { hasText: sentence }).waitFor()
    await settled()
    assert.equal(await panel.locator('.what').count(), 0, 'the row has it whole')
    await page.locator('.row.shape-end', { hasText: 'end' }).waitFor()
    assert.deepEqual(await panel.getByRole('button').allTextContents(), [
      'Show what came',
      'Save as profile…',
      'Retry',
    ])
    assert.equal(await page.locator('.row .note', { hasText: 'sse-wrong' }).count(), 0)
  })

  it('has its whole sentence in the panel where the row is too narrow for it', async () => {
    const page = await open({ scene: 'sse', width: 600 })
    const panel = page.getByRole('region', { name: 'What went wrong' })
    await panel.locator('.what', { hasText: sentence }).waitFor()
    const text = page.locator('.row.shape-broken .text')
    await text.hover()
    await settled()
    assert.equal(await text.getAttribute('title'), `✕ ${sentence}`)
  })

  it('stands once where only what came is cut in the row', async () => {
    const page = await open({ scene: 'other-port', width: 1200 })
    const panel = page.getByRole('region', { name: 'What went wrong' })
    await panel.getByRole('button', { name: 'Show what came' }).waitFor()
    await settled()
    const text = page.locator('.row.shape-broken .text')
    assert.ok(await text.evaluate((one) => one.scrollWidth > one.clientWidth))
    assert.equal(await panel.locator('.what').count(), 0)
    await page.setViewportSize({ width: 420, height: 800 })
    await panel.locator('.what', { hasText: 'does not speak HTTP, but SSH.' }).waitFor()
  })

  it('is worked by keyboard, and asks the host by the number of its frame', async () => {
    const page = await open({ scene: 'sse', width: 1600 })
    await page.getByRole('button', { name: 'Save as profile…' }).waitFor()
    await rows().focus()
    await keys('Tab')
    const first = page.getByRole('button', { name: 'Show what came' })
    assert.equal(await first.evaluate((one) => one.matches(':focus')), true)
    await keys('Tab', 'Enter')
    const [call] = await askHost(({ calls }) => calls.filter(({ method }) => method === 'act'))
    assert.equal(call?.args[0], 'edit-profile')
    await page.getByRole('button', { name: 'Edit profile' }).waitFor()
    await first.press('Enter')
    const selected = page.locator('.row[aria-selected=true]', { hasText: 'Maintenance' })
    await selected.waitFor()
    await page.getByRole('tab', { name: 'Payload' }).waitFor()
    await page.getByRole('button', { name: 'Retry' }).click()
    assert.equal(await askHost(({ calls }) => calls.at(-1)?.method), 'reconnect')
  })

  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    it(`stands above the lifelines (${theme})`, async () => {
      const page = await open({ scene: 'sse', width: 700, theme })
      const panel = page.getByRole('region', { name: 'What went wrong' })
      await panel.waitFor()
      await boxOf(panel)
      const isOnTop = await panel.evaluate((one) => {
        const { left, right, top, height } = one.getBoundingClientRect()
        return [left + 4, (left + right) / 2, right - 4].every((x) => {
          return one.contains(one.ownerDocument.elementFromPoint(x, top + height / 2))
        })
      })
      assert.ok(isOnTop)
      if (process.env.LIFELINE_SHOTS)
        await page.screenshot({ path: `${process.env.LIFELINE_SHOTS}/error-${theme}.png` })
    })
  }
})

describe('an error that comes and goes', () => {
  const { open, settled, keys, host, askHost, boxOf } = useTimelinePage()

  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    for (const width of [700, 1600]) {
      it(`stays where it is and says so, ${width} px wide (${theme})`, async () => {
        const page = await open({ scene: 'sse', width, theme })
        const panel = page.getByRole('region', { name: 'What went wrong' })
        await panel.waitFor()
        await host((fake) => fake.status({ state: 'open', outcome: null, failure: 11 }))
        assert.equal(await panel.locator('.last-seen').count(), 0)
        await host((fake) => fake.status({ state: 'open', outcome: null, failure: null }))
        await panel.getByText('and has passed: the session goes on.').waitFor()
        await panel.locator('.what', { hasText: 'text/html' }).waitFor()
        await host((fake) => fake.status({ state: 'open', outcome: null, failure: 11 }))
        await panel.getByText('It comes and goes, the last time at').waitFor()
        // It moves the panel once, as any row does that comes.
        await page.getByText('nothing so far').waitFor()
        const retry = panel.getByRole('button', { name: 'Retry' })
        await retry.focus()
        const before = await boxOf(panel)
        for (let n = 0; n < 3; n++) {
          await host((fake) => fake.status({ state: 'open', outcome: null, failure: null }))
          assert.deepEqual(await boxOf(panel), before)
          await host((fake) => fake.status({ state: 'open', outcome: null, failure: 11 }))
          assert.deepEqual(await boxOf(panel), before)
        }
        assert.equal(await retry.evaluate((one) => one.matches(':focus')), true)
        if (process.env.LIFELINE_SHOTS)
          await page.screenshot({
            path: `${process.env.LIFELINE_SHOTS}/passing-${theme}-${width}.png`,
          })
      })
    }
  }

  it('offers nothing that would cut the connection once it has passed, and is dismissed', async () => {
    const page = await open({ scene: 'sse' })
    const panel = page.getByRole('region', { name: 'What went wrong' })
    await host((fake) => fake.status({ state: 'open', outcome: null, failure: 11 }))
    await host((fake) => fake.status({ state: 'open', outcome: null, failure: null }))
    await panel.getByText('has passed').waitFor()
    const offers = await panel.getByRole('button').allTextContents()
    assert.deepEqual(offers, ['Show what came', 'Dismiss'])
    assert.equal(await panel.locator('.advice').count(), 0)
    await panel.getByRole('button', { name: 'Dismiss' }).click()
    await panel.waitFor({ state: 'detached' })
  })

  it('is known as one that comes and goes after the page was hidden', async () => {
    const page = await open({ scene: 'sse' })
    const panel = page.getByRole('region', { name: 'What went wrong' })
    const fail = () => host((fake) => fake.status({ state: 'open', outcome: null, failure: 11 }))
    await fail()
    await host((fake) => fake.status({ state: 'open', outcome: null, failure: null }))
    await fail()
    await panel.getByText('It comes and goes').waitFor()
    await page.reload()
    await settled()
    await fail()
    await panel.getByText('It comes and goes').waitFor()
    await host((fake) => fake.status({ state: 'open', outcome: null, failure: null }))
    const retry = panel.getByRole('button', { name: 'Retry' })
    assert.equal(await retry.getAttribute('aria-disabled'), 'true')
    await retry.focus()
    await keys('Enter')
    const calls = await askHost((fake) => fake.calls.map(({ method }) => method))
    assert.ok(!calls.includes('reconnect'))
  })
})
