// Sending from the timeline page, and requests beside it, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('sending from the timeline page', () => {
  const { open, settled, host, askHost, boxOf, waitForSelected } = useTimelinePage()

  /** What was written is gone from the form: it is sent. */
  async function waitForSent(box: Locator): Promise<void> {
    await comesTo(() => box.inputValue(), '')
    await settled()
  }

  /** Of the calls of the host, once there are so many. */
  async function callNumber(count: number): Promise<unknown> {
    await comesTo(() => askHost(({ calls }) => calls.length), count)
    return askHost(({ calls }) => calls.at(-1)?.args[0])
  }

  it('sends with Ctrl+Enter, checks JSON as it is typed, and remembers', async () => {
    const page = await open({ scene: 'million' })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill('{"op": subscribe}')
    await page.getByText('Line 1, column 8: a word that JSON does not know').waitFor()
    await box.fill('{"op": "subscribe"}')
    await page.getByText('Valid JSON').waitFor()
    await box.press('Control+Enter')
    await waitForSent(box)
    assert.deepEqual(await askHost(({ calls }) => calls.at(-1)), {
      method: 'send',
      args: [{ type: 'text', text: '{"op": "subscribe"}' }],
    })
    await box.press('ArrowUp')
    await settled()
    assert.equal(await box.inputValue(), '{"op": "subscribe"}')
    await host((fake) => fake.status({ canSend: false, state: 'waiting' }))
    await page.getByText('Messages can be sent once the connection is open.').waitFor()
  })

  it('tells of a message whose row is out of view, and leads to it', async () => {
    const page = await open({ scene: 'million', width: 700 })
    const box = page.getByRole('textbox', { name: 'Message' })
    const hint = page.locator('#message-hint')
    await box.fill('one')
    await box.press('Control+Enter')
    await waitForSent(box)
    assert.equal(await hint.textContent(), '', 'its row comes into view by itself')
    const grid = page.getByRole('grid', { name: 'Frames' })
    await grid.hover()
    await page.mouse.wheel(0, -3000)
    const before = await boxOf(grid)
    await box.fill('two')
    await box.press('Control+Enter')
    await page.getByText('Sent.').waitFor()
    await host((fake) => fake.add(30))
    await page.getByText('Sent as #1,000,028.').waitFor()
    assert.deepEqual(await boxOf(grid), before, 'nothing has moved')
    await page.getByRole('button', { name: 'Show', exact: true }).press('Enter')
    await waitForSelected(1_000_028)
    await settled()
    assert.equal(await hint.textContent(), '')
  })

  it('sends a companion request and selects its answer', async () => {
    const page = await open({ scene: 'long-polling' })
    await page.getByRole('button', { name: 'Send a request beside these polls' }).click()
    await page.getByRole('textbox', { name: 'URL' }).fill('/publish')
    await page.getByRole('textbox', { name: 'Headers' }).fill('X-A: 1')
    await page.getByRole('textbox', { name: 'Body' }).fill('{"text":"hi"}')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^#2 ← 200 · 34 B/).waitFor()
    const call = await askHost(({ calls }) => calls.find(({ method }) => method === 'request'))
    assert.deepEqual(call?.args, [
      { request: 'POST', url: '/publish', headers: [['X-A', '1']], body: '{"text":"hi"}' },
    ])
  })

  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    it(`says under the form why a request was refused, and offers what helps (${theme})`, async () => {
      const page = await open({ scene: 'companion', width: 700, saved: true, theme })
      await page.getByRole('button', { name: 'Send a request beside this stream' }).click()
      const send = async () => {
        await page.getByRole('textbox', { name: 'URL' }).fill('/publish')
        await page.keyboard.press('Control+Enter')
      }
      const form = page.getByRole('region', { name: 'Request beside the stream' })
      const offers = form.locator('.hint .link')
      await host((fake) => {
        fake.answerSeq = 8
      })
      await send()
      await form.getByText('The server answered 401 Unauthorized.').waitFor()
      assert.deepEqual(await offers.allTextContents(), [
        'Enter the secret again…',
        'Show what came',
      ])
      if (process.env.LIFELINE_SHOTS)
        await page.screenshot({ path: `${process.env.LIFELINE_SHOTS}/companion-${theme}.png` })
      await offers.first().click()
      await comesTo(() => askHost(({ calls }) => calls.at(-1)?.args), ['enter-secret', 8])
      await page.getByRole('grid', { name: 'Frames' }).press('Home')
      await offers.last().click()
      await waitForSelected(8)
      await host((fake) => {
        fake.answerSeq = 10
      })
      await send()
      await form.getByText('closed the connection without an answer.').waitFor()
      assert.deepEqual(await offers.allTextContents(), ['Show what came'])
      await host((fake) => {
        fake.answerSeq = 4
      })
      await send()
      await waitForSelected(4)
      assert.equal(await form.locator('.hint').textContent(), '')
    })
  }

  it('offers what helps where a call fails: under the form, and in the strip', async () => {
    const page = await open({ scene: 'companion', width: 700 })
    await page.getByRole('button', { name: 'Send a request beside this stream' }).click()
    await host((fake) => {
      fake.failing = 'ended'
    })
    await page.getByRole('textbox', { name: 'URL' }).fill('/publish')
    await page.keyboard.press('Control+Enter')
    const form = page.getByRole('region', { name: 'Request beside the stream' })
    await form.getByText('It cannot be sent.').waitFor()
    await form.getByRole('button', { name: 'Reconnect' }).click()
    await comesTo(() => askHost(({ calls }) => calls.at(-1)?.method), 'reconnect')
    await host((fake) => {
      fake.failing = 'internal'
    })
    await page.getByRole('grid', { name: 'Frames' }).press('Home')
    await host((fake) => fake.perform('copy'))
    const strip = page.getByRole('alert').filter({ hasText: 'It cannot be copied.' })
    await strip.getByRole('button', { name: 'Show log' }).click()
    await comesTo(() => askHost(({ calls }) => calls.at(-1)?.args), ['show-log', 'internal'])
    await strip.getByRole('button', { name: 'Dismiss' }).click()
    await strip.waitFor({ state: 'detached' })
  })

  it('sends text, JSON and bytes, each checked as it is typed', async () => {
    const page = await open({ scene: 'million' })
    const box = page.getByRole('textbox', { name: 'Message' })
    const send = page.getByRole('button', { name: /^Send/ })
    const choose = async (from: string, to: string) => {
      await page.getByRole('button', { name: from, exact: true }).click()
      await page.getByRole('menuitemradio', { name: to }).click()
    }
    await choose('Text', 'JSON')
    await box.fill('{"a":x}')
    await page.getByText('It could be sent as text.').waitFor()
    await box.press('Control+Enter')
    await choose('JSON', 'Binary, hex')
    await box.fill('ca f')
    await page.getByText('Write pairs of hexadecimal digits').waitFor()
    await box.fill('ca fe')
    await page.getByText('2 bytes').waitFor()
    await page.getByRole('button', { name: 'Hex', exact: true }).waitFor()
    await settled()
    assert.equal(await send.isEnabled(), true)
    await box.press('Control+Enter')
    await waitForSent(box)
    const sent = await askHost(({ calls }) =>
      calls.flatMap(({ method, args }) =>
        method === 'send' ? [[...(args[0] as { bytes: Uint8Array }).bytes]] : [],
      ),
    )
    assert.deepEqual(sent, [[0xca, 0xfe]])
  })

  it('sends what the profile keeps by its name, unless it was changed', async () => {
    const page = await open({ scene: 'million', saved: true })
    const box = page.getByRole('textbox', { name: 'Message' })
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Saved' }).first().click()
      await page.getByRole('menuitem', { name }).click()
    }
    await choose('Log in')
    await page.getByText('“Log in”, as saved in the profile').waitFor()
    await box.press('Control+Enter')
    assert.deepEqual(await callNumber(1), { type: 'saved', name: 'Log in' })
    await choose('Picture')
    await settled()
    assert.equal(await box.getAttribute('readonly'), '')
    await box.press('Control+Enter')
    assert.deepEqual(await callNumber(2), { type: 'saved', name: 'Picture' })
    await choose('Log in')
    await box.press('End')
    await box.pressSequentially(' ')
    await page.getByText('References such as').waitFor()
    await box.press('Control+Enter')
    assert.equal(((await callNumber(3)) as { type: string }).type, 'text')
  })

  it('repeats a message until it is stopped', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('textbox', { name: 'Message' }).fill('tick')
    await page.getByRole('button', { name: 'Every…' }).click()
    const every = page.getByRole('textbox', { name: 'Send the message every' })
    await every.fill('soon')
    await page.getByText('Write a time such as').waitFor()
    await every.fill('500ms')
    await every.press('Enter')
    await page.getByText('Every 500 ms').waitFor()
    await every.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Stop repeating' }).click()
    await page.getByText('Every 500 ms').waitFor({ state: 'detached' })
    assert.deepEqual(
      await askHost(({ calls }) => calls.map(({ method, args }) => [method, ...args])),
      [
        ['repeat', { type: 'text', text: 'tick' }, 500],
        ['repeat', null, 0],
      ],
    )
  })

  it('pings, and closes with a code that may be sent', async () => {
    const page = await open({ scene: 'million' })
    await page.getByRole('button', { name: 'Ping' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Empty ping' }).press('Enter')
    await page.getByRole('button', { name: 'Close…' }).click()
    const code = page.getByRole('textbox', { name: 'Code' })
    await code.fill('1005')
    await page.getByText('Write a code that may be sent').waitFor()
    await code.press('Enter')
    await code.fill('4001')
    await page.getByRole('textbox', { name: 'Reason' }).fill('enough')
    await page.getByRole('textbox', { name: 'Reason' }).press('Enter')
    await code.waitFor({ state: 'detached' })
    const calls = await askHost((fake) =>
      fake.calls.map(({ method, args }) => [method, args.length]),
    )
    assert.deepEqual(calls, [
      ['ping', 1],
      ['closeWith', 2],
    ])
    assert.deepEqual(await askHost((fake) => fake.calls.at(-1)?.args), [4001, 'enough'])
  })

  it('offers the requests that the profile keeps, and fills them in', async () => {
    const page = await open({ scene: 'long-polling', saved: true })
    await page.getByRole('button', { name: 'Send a request beside these polls' }).click()
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('menuitem', { name: 'Publish a trade' }).click()
    await page.getByText('“Publish a trade”, as saved in the profile').waitFor()
    await settled()
    assert.equal(
      await page.getByRole('textbox', { name: 'Body' }).inputValue(),
      '{"price":70111.5}',
    )
    await page.keyboard.press('Control+Enter')
    assert.deepEqual(await callNumber(1), { saved: 'Publish a trade' })
    await page.getByRole('textbox', { name: 'Body' }).fill('{"price":1}')
    await page.getByText('References such as').waitFor()
    await page.keyboard.press('Control+Enter')
    assert.equal(((await callNumber(2)) as { body: string }).body, '{"price":1}')
  })

  it('leads from a companion request to the first frame after it', async () => {
    const page = await open({ scene: 'companion' })
    const link = page.locator('.lane-link', { hasText: 'first frame after 9.0 ms' })
    await link.waitFor()
    await page.locator('.row[aria-label*=", first frame after 9.0 ms,"]').waitFor()
    await link.click()
    await page.locator('.row[aria-selected=true][aria-label*="trade"]').waitFor()
    await page.locator('.row[aria-label*="POST /publish"]').click()
    await page.locator('.facts').getByRole('button', { name: 'after 9.0 ms' }).click()
    await page.getByText(/ ← trade · 11 B/).waitFor()
  })
})
