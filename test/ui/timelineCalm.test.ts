// Places that nothing may move or cover on the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { showPayloadAs } from '../support/editor/showPayloadAs.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the timeline page', () => {
  const { open, settled, rows, press, keys, host, askHost, boxOf } = useTimelinePage()

  it('moves nothing when a connection is lost and comes back', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const places = async () => {
      await settled()
      return page
        .locator('.tools > *, lifeline-rows .viewport, .send textarea, .send-side > *')
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())))
    }
    const before = await places()
    await host((fake) => fake.status({ state: 'waiting', canSend: false }))
    await page.getByPlaceholder('Messages can be sent once').waitFor()
    assert.deepEqual(await places(), before)
    await host((fake) => fake.status({ state: 'open', canSend: true }))
    await page.getByPlaceholder('Message to send').waitFor()
    assert.deepEqual(await places(), before)
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill('one')
    const used = await places()
    await host((fake) => fake.status({ state: 'waiting', canSend: false }))
    await page.getByText('Messages can be sent once').waitFor()
    assert.deepEqual(await places(), used)
  })

  for (const width of [342, 500, 700, 1400]) {
    it(`has a send box of one line until it is used, ${width} px wide`, async () => {
      const page = await open({ scene: 'million', width })
      const composer = page.locator('lifeline-composer')
      const buttons = async () => {
        await settled()
        return page
          .locator('.send-side .tool:visible, .send-side vscode-button')
          .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())))
      }
      const { height } = await boxOf(composer)
      assert.ok(height <= 38, `it has ${height} px`)
      const before = await buttons()
      const box = page.getByRole('textbox', { name: 'Message' })
      await box.fill('{"a":\n 1,')
      const now = await buttons()
      // Where there is little room only Send is there at first.
      const stayed = now.slice(-before.length)
      assert.deepEqual(stayed, before, 'what grows is above the buttons')
      assert.ok(now.length >= 4, 'all buttons have come')
      const { height: grown } = await boxOf(composer)
      assert.ok(grown > height + 28, `two lines and a sentence have ${grown} px`)
      await box.fill('')
      await rows().focus()
      const { height: left } = await boxOf(composer)
      assert.ok(left > height, 'no row moves under the pointer that leaves it')
    })
  }

  it('has one line that says why nothing can be sent once the session has ended', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const composer = page.locator('lifeline-composer')
    const box = page.getByRole('textbox', { name: 'Message' })
    const { height } = await boxOf(composer)
    await host((fake) => fake.status({ state: 'ended', canSend: false }))
    await page.getByPlaceholder('The session has ended. Reconnect to send.').waitFor()
    assert.equal((await boxOf(composer)).height, height)
    assert.equal(await page.locator('.send-side').count(), 0)
    assert.equal(await box.getAttribute('readonly'), '')
    await host((fake) => fake.status({ state: 'open', canSend: true }))
    await box.fill('one\ntwo\nthree')
    await host((fake) => fake.status({ state: 'ended', canSend: false }))
    await page.locator('#message-hint', { hasText: 'Reconnect to send.' }).waitFor()
    assert.equal((await boxOf(composer)).height, height)
    assert.equal(await box.inputValue(), 'one\ntwo\nthree')
  })

  it('moves no row when a session ends beside other editors, however narrow', async () => {
    const page = await open({ scene: 'million', width: 560 })
    const moved: number[] = []
    // `host` leaves the page settled.
    const top = () => rows().evaluate((one) => one.getBoundingClientRect().top)
    for (let width = 330; width <= 560; width += 10) {
      await page.setViewportSize({ width, height: 800 })
      await host((fake) => fake.status({ state: 'open' }))
      await page.locator('.identity').getByText('Open', { exact: true }).waitFor()
      const before = await top()
      await host((fake) => fake.status({ state: 'ended' }))
      await page.locator('.identity').getByText('Ended', { exact: true }).waitFor()
      if ((await top()) !== before) moved.push(width)
    }
    assert.deepEqual(moved, [])
  })

  it('connects again at once by its button, and does nothing by it while it is open', async () => {
    const page = await open({ scene: 'million' })
    const button = page.getByRole('button', { name: 'Reconnect' })
    await button.press('Enter')
    await settled()
    assert.equal(await button.getAttribute('aria-disabled'), 'true')
    await host((fake) => fake.status({ state: 'waiting' }))
    await page.locator('button.tool:not([aria-disabled])', { hasText: 'Reconnect' }).waitFor()
    await keys('Enter')
    const calls = await askHost((fake) => fake.calls.map(({ method }) => method))
    assert.deepEqual(
      calls.filter((method) => method === 'reconnect'),
      ['reconnect'],
    )
  })

  it('moves nothing while JSON is typed that is not complete yet', async () => {
    const page = await open({ scene: 'million', width: 900 })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.focus()
    await page.locator('form.used').waitFor()
    const before = await boxOf(rows())
    for (const [text, hint] of [
      ['{', /Line 1, column 2/],
      ['{}', /Valid JSON/],
      ['{"a": 1, "b": [true, fals', /It can still be sent as text/],
    ] as const) {
      await box.fill(text)
      await page.getByText(hint).waitFor()
      assert.deepEqual(await boxOf(rows()), before, text)
    }
  })

  for (const width of [460, 700, 1000, 1542, 1700]) {
    it(`keeps URL and buttons whole in the header of a polling session, ${width} px wide`, async () => {
      const page = await open({ scene: 'polls', width })
      // It comes last, and takes room.
      await page.locator('.findings-badge').waitFor()
      const url = page.locator('.identity .url')
      assert.match((await url.textContent()) ?? '', /^Polling · http:/)
      const { width: wide } = await boxOf(url)
      const isCut = await url.evaluate((one) => one.scrollWidth > one.clientWidth)
      assert.equal(isCut, false, 'what it costs gives way first')
      assert.ok(wide >= Math.min(180, width / 3), `the URL has ${wide} px`)
      const main = page.locator('.main')
      const { x, width: button } = await boxOf(main)
      assert.ok(x + button <= width, `the button ends at ${x + button}`)
      const cut = await main.evaluate((one) => one.scrollWidth > one.clientWidth + 1)
      assert.equal(cut, false)
    })
  }

  for (const width of [342, 440, 500, 700, 800]) {
    it(`tells of polling in one line that keeps its share, ${width} px wide`, async () => {
      for (const [scene, share, all] of [
        ['polls', '94 % unchanged', /85\.3 kB on the wire/],
        ['holding', '94 % empty', /no request was open/],
      ] as const) {
        const page = await open({ scene, width })
        const identity = await boxOf(page.locator('.identity'))
        assert.ok(identity.height < 44, `${scene}: two lines have ${identity.height} px`)
        const polling = page.locator('.facts .polling')
        const line = await boxOf(polling)
        const kept = await boxOf(polling.getByText(share, { exact: true }))
        assert.ok(line.x + line.width <= width, `it ends at ${line.x + line.width}`)
        assert.ok(kept.x + kept.width <= line.x + line.width + 1, 'its share is whole')
        assert.match((await polling.getAttribute('title')) ?? '', all)
        await page.close()
      }
    })
  }

  it('cuts no fact of the header in two: one that has no room is left out', async () => {
    const page = await open({ scene: 'million', untrusted: true })
    const facts = page.locator('.identity .facts')
    const cut: string[] = []
    for (const width of [770, 900, 1100, 1300, 1500, 1542, 1560, 1580, 1600, 1640, 1700]) {
      await page.setViewportSize({ width, height: 800 })
      const { x, y, width: room, height } = await boxOf(facts)
      for (const fact of await facts.locator('> *').all()) {
        const box = await boxOf(fact)
        const inside = box.y < y + height - 2
        if (inside && box.x + box.width > x + room + 1)
          cut.push(`${width}: ${await fact.textContent()}`)
      }
      assert.ok(height < 24, `one line has ${height} px`)
      const main = await boxOf(page.locator('.main'))
      assert.ok(main.x + main.width <= width - 12, `${width}: the button ends at its edge`)
    }
    assert.deepEqual(cut, [])
  })

  it('begins the lines of a narrow header at one edge', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const state = await boxOf(page.locator('.identity .state'))
    const facts = await boxOf(page.locator('.facts .elapsed'))
    assert.ok(facts.y > state.y + 10, 'in the second line')
    assert.equal(facts.x, state.x)
  })

  it('keeps the form of a request within its panel, 342 px wide', async () => {
    const page = await open({ scene: 'long-polling', width: 342, saved: true })
    await page.locator('.opener').click()
    const inputs = page.locator('.companion :is(input, textarea, vscode-button, button)')
    for (const input of await inputs.all()) {
      const { x, width } = await boxOf(input)
      assert.ok(
        x + width <= 342,
        `it ends at ${x + width}: ${await input.evaluate((one) => one.outerHTML.slice(0, 60))}`,
      )
    }
  })

  it('covers neither name with the way to the newest row, 342 px wide', async () => {
    const page = await open({ scene: 'million', width: 342 })
    await press('Home')
    const jump = await boxOf(page.getByRole('button', { name: /^Jump to newest/ }))
    const client = await boxOf(page.locator('.head.client'))
    const server = await boxOf(page.locator('.head.server'))
    assert.ok(client.x + client.width <= jump.x, 'Client')
    assert.ok(jump.x + jump.width <= server.x, 'the server')
  })

  for (const width of [700, 1400]) {
    it(`covers no row with the way to the newest one, ${width} px wide`, async () => {
      const page = await open({ scene: 'million', width })
      await press('Home')
      const jump = page.getByRole('button', { name: /^Jump to newest/ })
      await jump.waitFor()
      const { y, height } = await boxOf(jump)
      assert.ok(y + height <= (await boxOf(rows())).y)
    })
  }

  it('draws a whole line of hex in the detail as it opens', async () => {
    const page = await open({ scene: 'million', width: 1040 })
    await press('Home', 'Enter')
    await showPayloadAs(page, 'Hex')
    const hex = page.locator('.hex.narrow')
    await hex.waitFor()
    await settled()
    assert.equal(await hex.evaluate((one) => one.scrollWidth > one.clientWidth), false)
  })

  it('shows that an entry of a menu cannot be chosen, and that Ping opens one', async () => {
    const page = await open({ scene: 'million' })
    const ping = page.getByRole('button', { name: 'Ping' })
    assert.equal(await ping.locator('.codicon-chevron-down').count(), 1)
    await ping.click()
    const items = page.getByRole('menuitem')
    await items.nth(1).waitFor()
    const opacity = (index: number) =>
      items.nth(index).evaluate((one) => one.computedStyleMap().get('opacity')?.toString())
    assert.equal(await items.nth(1).isDisabled(), true)
    assert.deepEqual([await opacity(0), await opacity(1)], ['1', '0.6'])
  })

  it('says that the extension host is gone, and stops its clock', async () => {
    const page = await open({ scene: 'million' })
    const clock = page.locator('.elapsed')
    await host((fake) => {
      fake.silent = true
    })
    await page.getByText('No extension host').waitFor()
    await page.getByText(/The extension host does not answer since \d\d:/).waitFor()
    const seconds = async () => {
      const [hours = 0, minutes = 0, rest = 0] = ((await clock.textContent()) ?? '')
        .split(':')
        .map(Number)
      return 3600 * hours + 60 * minutes + rest
    }
    const stood = await seconds()
    // A minute later it is drawn again.
    await page.evaluate(
      `{ const now = performance.now.bind(performance); performance.now = () => now() + 60_000 }`,
    )
    await host((fake) => fake.status({ frames: 1_000_001 }))
    // What is told once more may be told more quickly, by a part of a second.
    assert.ok((await seconds()) - stood <= 1)
    assert.equal(await page.locator('.main').getAttribute('aria-disabled'), 'true')
  })
})
