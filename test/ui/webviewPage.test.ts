// The timeline page in a plain browser with a fake host: what a user does with a million rows.

import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'mocha'
import type { Page } from 'playwright-core'
import type { FakeTimelineHost } from '../support/fakeTimelineHost.ts'
import { hostilePayload } from '../support/timelineScenes.ts'
import { startWebviewPages, type WebviewPages } from '../support/webviewPage.ts'

/** What the tests read in the page; its own code sees a real window. */
interface Window {
  readonly fakeHost: FakeTimelineHost
}
declare const window: Window

const drawnRows = '.row:not(.live):not([hidden]):not(.loading)'

describe('the timeline page', () => {
  let pages: WebviewPages
  let page: Page
  before(async () => {
    pages = await startWebviewPages()
  })
  afterEach(() => page?.context().close())
  after(() => pages?.close())

  /** `#5` of the first and the last row that are drawn. */
  async function drawnSeqs(): Promise<number[]> {
    const labels = await page
      .locator(drawnRows)
      .evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''))
    return labels
      .map((label) => Number(label.match(/^#([\d,]+)/)?.[1]?.replaceAll(',', '')))
      .sort((a, b) => a - b)
  }

  async function waitForRow(seq: number): Promise<void> {
    const label = `#${seq.toLocaleString('en')},`
    await page.locator(`.row[aria-label^="${label}"]:not([hidden])`).waitFor()
  }

  const rows = () => page.getByRole('grid', { name: 'Frames' })
  const follow = () => page.getByRole('button', { name: 'Follow' })
  const host = <T>(act: (host: FakeTimelineHost) => T) =>
    page.evaluate(`(${act.toString()})(window.fakeHost)`) as Promise<Awaited<T>>

  it('opens a million rows at the newest, and reads only what it shows', async () => {
    page = await pages.open({ scene: 'million' })
    await waitForRow(1_000_000)
    assert.equal(await rows().getAttribute('aria-rowcount'), '1000000')
    assert.ok((await page.locator('.row').count()) < 60)
    assert.ok((await host(({ rowsSent }) => rowsSent)) < 1000)
  })

  it('goes to the middle of a million rows at once', async () => {
    page = await pages.open({ scene: 'million' })
    await page.locator('.scrollbar').evaluate((bar) => {
      bar.scrollTop = (bar.scrollHeight - bar.clientHeight) / 2
    })
    await waitForRow(500_000)
    const seqs = await drawnSeqs()
    assert.ok(seqs.includes(500_010), `${seqs[0]} to ${seqs.at(-1)}`)
    assert.ok((await host(({ rowsSent }) => rowsSent)) < 1500)
  })

  it('scrolls by exact rows with the wheel, also where the scroll bar is scaled', async () => {
    page = await pages.open({ scene: 'hundred-million' })
    await rows().press('Home')
    await waitForRow(1)
    await rows().hover()
    await page.mouse.wheel(0, 260)
    await page.locator('.row[aria-label^="#1,"]').waitFor({ state: 'hidden' })
    await waitForRow(30)
    const top = await page.locator(drawnRows).evaluateAll((all) => {
      const edge = all[0]?.parentElement?.getBoundingClientRect().top ?? 0
      const first = all.find((row) => Math.abs(row.getBoundingClientRect().top - edge) < 1)
      return first?.ariaRowIndex
    })
    assert.equal(top, '11')
  })

  it('stops following when the user scrolls up, and comes back by its button', async () => {
    page = await pages.open({ scene: 'million' })
    assert.equal(await follow().getAttribute('aria-pressed'), 'true')
    await rows().hover()
    await page.mouse.wheel(0, -300)
    await page.getByRole('button', { name: 'Jump to newest' }).waitFor()
    assert.equal(await follow().getAttribute('aria-pressed'), 'false')
    const before = await drawnSeqs()
    await host((fake) => fake.add(1234))
    await page.getByRole('button', { name: 'Jump to newest (1,234 new)' }).waitFor()
    assert.deepEqual(await drawnSeqs(), before, 'the rows stay where they are')
    await page.getByRole('button', { name: 'Jump to newest' }).click()
    await waitForRow(1_001_234)
    assert.equal(await follow().getAttribute('aria-pressed'), 'true')
  })

  it('stays calm in a flood: rows are drawn, and the page answers', async () => {
    page = await pages.open({ scene: 'million' })
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
    assert.ok((await host(({ rowsSent }) => rowsSent)) < 20_000)
  })

  it('pauses: rows stay, the strip counts what is recorded meanwhile', async () => {
    page = await pages.open({ scene: 'million' })
    await page.getByRole('button', { name: 'Pause' }).click()
    await host((fake) => fake.add(50))
    await page.getByText('50 new frames. Recording goes on.').waitFor()
    assert.equal((await drawnSeqs()).at(-1), 1_000_000)
    await page.locator('.strip').getByRole('button', { name: 'Resume' }).click()
    await waitForRow(1_000_050)
  })

  it('clears and shows all again', async () => {
    page = await pages.open({ scene: 'million' })
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('New ones will show here.').waitFor()
    await host((fake) => fake.add(3))
    await waitForRow(1_000_001)
    assert.equal((await drawnSeqs())[0], 1_000_001)
    await page.getByRole('button', { name: 'Show all' }).click()
    await waitForRow(1_000_000)
  })

  it('filters by text, says how many match, and empties with Escape', async () => {
    page = await pages.open({ scene: 'websocket' })
    await page.keyboard.press('Control+f')
    await page.keyboard.type('BINARY')
    await page.getByText('No frame contains “BINARY”').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('884205')
    await page.locator('.found', { hasText: /^1$/ }).waitFor()
    assert.equal((await drawnSeqs()).length, 1)
    await page.keyboard.press('Escape')
    await waitForRow(50)
  })

  it('is worked by keyboard: select, open, move on, close, next region', async () => {
    page = await pages.open({ scene: 'million' })
    await rows().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await waitForRow(3)
    const active = await rows().getAttribute('aria-activedescendant')
    const selected = page.locator('.row[aria-selected=true]')
    assert.equal(await selected.getAttribute('id'), active)
    assert.match((await selected.getAttribute('aria-label')) ?? '', /^#3, .*, sent, text /)
    await page.keyboard.press('Enter')
    const tab = page.getByRole('tab', { name: 'Payload' })
    await tab.waitFor()
    assert.equal(await tab.evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('Escape')
    await tab.waitFor({ state: 'detached' })
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('F6')
    assert.equal(
      await page.getByRole('textbox', { name: 'Message' }).evaluate((one) => one.matches(':focus')),
      true,
    )
  })

  it('gives the detail more room by keyboard and by pointer', async () => {
    page = await pages.open({ scene: 'websocket' })
    await rows().press('Home')
    await rows().press('Enter')
    const splitter = page.getByRole('separator', { name: 'Size of the detail' })
    await splitter.press('ArrowLeft')
    assert.equal(await splitter.getAttribute('aria-valuenow'), '35')
    const box = await splitter.boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x, 400)
    await page.mouse.down()
    await page.mouse.move(700, 400, { steps: 3 })
    await page.mouse.up()
    assert.equal(await splitter.getAttribute('aria-valuenow'), '50')
    await page.mouse.move(300, 400)
    assert.equal(await splitter.getAttribute('aria-valuenow'), '50', 'it was let go')
  })

  it('shows a payload as text, never as markup', async () => {
    page = await pages.open({ scene: 'hostile' })
    await rows().press('Home')
    await rows().press('Enter')
    const payload = page.locator('lifeline-payload')
    assert.equal(await payload.locator('pre').textContent(), hostilePayload)
    await rows().focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('.json').waitFor()
    assert.equal(await page.locator('img, lifeline-timeline script').count(), 0)
    assert.equal(await page.title(), 'Lifeline')
  })

  it('keeps numbers as they were sent, and shows large payloads by pieces', async () => {
    page = await pages.open({ scene: 'hostile' })
    await rows().press('Home')
    await page.keyboard.press('Enter')
    await rows().focus()
    for (let times = 0; times < 2; times++) await page.keyboard.press('ArrowDown')
    await page.getByText('12345678901234567890').first().waitFor()
    assert.equal(
      await page.locator('.json .value.number').first().textContent(),
      '12345678901234567890',
    )
    await page.keyboard.press('ArrowDown')
    const text = page.locator('pre.text')
    await text.waitFor()
    const before = (await text.textContent())?.length ?? 0
    assert.ok(before < 300_000)
    await page.getByRole('button', { name: /^Show more/ }).click()
    await page.waitForFunction(`document.querySelector('pre.text').textContent.length > ${before}`)
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await host(({ calls }) => String(calls.at(-1)?.args[0]).length)
    assert.equal(copied, 700_000)
  })

  it('leads from an answer to what it answers, and shows headers and timing', async () => {
    page = await pages.open({ scene: 'long-polling' })
    await rows().press('Home')
    await rows().press('ArrowDown')
    await rows().press('Enter')
    await page.getByRole('tab', { name: 'Timing' }).click()
    await page.locator('.phase.waiting').waitFor()
    await page.getByRole('tab', { name: 'Headers' }).click()
    await page.getByText('HTTP/1.1 200 OK').waitFor()
    await page.locator('.facts').getByRole('button', { name: '#1' }).click()
    await page.getByText('#1 · request · out').waitFor()
    assert.match(
      (await page.locator('.row[aria-selected=true]').getAttribute('aria-label')) ?? '',
      /^#1,/,
    )
  })

  it('sends with Ctrl+Enter, checks JSON as it is typed, and remembers', async () => {
    page = await pages.open({ scene: 'million' })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill('{"op": subscribe}')
    await page.getByText('Line 1, column 8: a word that JSON does not know').waitFor()
    await box.fill('{"op": "subscribe"}')
    await page.getByText('Valid JSON').waitFor()
    await box.press('Control+Enter')
    await page.waitForFunction(`document.querySelector('.send textarea').value === ''`)
    assert.deepEqual(await host(({ calls }) => calls.at(-1)), {
      method: 'send',
      args: [{ type: 'text', text: '{"op": "subscribe"}' }],
    })
    await box.press('ArrowUp')
    assert.equal(await box.inputValue(), '{"op": "subscribe"}')
    await host((fake) => fake.status({ canSend: false, state: 'waiting' }))
    await page.getByText('Messages can be sent once the connection is open.').waitFor()
  })

  it('sends a companion request and selects its answer', async () => {
    page = await pages.open({ scene: 'long-polling' })
    await page.getByRole('button', { name: 'Send a request beside this stream' }).click()
    await page.getByRole('textbox', { name: 'URL' }).fill('/publish')
    await page.getByRole('textbox', { name: 'Headers' }).fill('X-A: 1')
    await page.getByRole('textbox', { name: 'Body' }).fill('{"text":"hi"}')
    await page.keyboard.press('Control+Enter')
    await page.getByText('#2 · response · in').waitFor()
    const call = await host(({ calls }) => calls.find(({ method }) => method === 'request'))
    assert.deepEqual(call?.args, [
      { request: 'POST', url: '/publish', headers: [['X-A', '1']], body: '{"text":"hi"}' },
    ])
  })

  it('comes back after a reload where it was', async () => {
    page = await pages.open({ scene: 'million' })
    await rows().press('Home')
    for (let times = 0; times < 40; times++) await rows().press('PageDown')
    await rows().press('Enter')
    await page.getByRole('tab', { name: 'Payload' }).waitFor()
    const before = await drawnSeqs()
    const label = await page.locator('.row[aria-selected=true]').getAttribute('aria-label')
    await page.reload()
    await page.getByRole('tab', { name: 'Payload' }).waitFor()
    await waitForRow(before[10] ?? 0)
    const after = await page.locator('.row[aria-selected=true]').getAttribute('aria-label')
    assert.equal(after?.slice(0, 8), label?.slice(0, 8))
  })

  it('draws what is waited for under the last row', async () => {
    page = await pages.open({ scene: 'holding' })
    await page.locator('.row.live', { hasText: /^\[waits for data · \d+\.\d s\]$/ }).waitFor()
  })

  it('offers to connect again, and no other traffic, when a saved capture is shown', async () => {
    page = await pages.open({ scene: 'saved' })
    await page.getByText('Saved capture', { exact: true }).waitFor()
    for (const name of ['Pause', 'Follow', 'Disconnect']) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, name)
    }
    assert.equal(await page.getByRole('button', { name: 'Reconnect' }).count(), 1)
    assert.equal(await page.locator('lifeline-composer').count(), 0)
  })

  it('shows the wire layer on demand, and remembers it', async () => {
    page = await pages.open({ scene: 'wire' })
    assert.equal(await page.locator('.row.wire:not([hidden])').count(), 0)
    const toggle = page.getByRole('button', { name: 'Wire' })
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false')
    await toggle.click()
    const ignored = page.locator('.row.wire[aria-label*="ignored, unknown field: foo: bar"]')
    await ignored.waitFor()
    await page.locator('.row.wire[aria-label*="fragment 3 continuation FIN"]').waitFor()
    await page.waitForTimeout(300)
    await page.reload()
    await ignored.waitFor()
    await host((fake) => fake.perform('wire'))
    await ignored.waitFor({ state: 'hidden' })
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false')
  })

  it('tells of a message what it was on the wire', async () => {
    page = await pages.open({ scene: 'wire' })
    await page.locator('.row[aria-label*="text hello!"]').click()
    await page.getByRole('tab', { name: 'Wire' }).click()
    const table = page.getByRole('table', { name: 'Fragments' })
    await table.waitFor()
    assert.equal(await table.getByRole('row').count(), 4)
    await page.getByText('permessage-deflate; server_no_context_takeover').waitFor()
    await page.locator('.row[aria-label*="subscribed"]').click()
    await page.getByText('RSV1 · compressed').waitFor()
  })

  it('folds unchanged polls, opens a run with Enter and folds it again', async () => {
    page = await pages.open({ scene: 'polls' })
    // 25 changed answers of 500, and what is between them.
    assert.equal(await rows().getAttribute('aria-rowcount'), String(2 + 1 + 25 * 2 + 24))
    await rows().press('Home')
    await rows().press('ArrowDown')
    await rows().press('ArrowDown')
    const folded = page.locator('.row[aria-label^="#3 to #38,"]')
    await folded.waitFor()
    assert.match(
      (await folded.getAttribute('aria-label')) ?? '',
      /, 18 unchanged polls in 17\.0 s,/,
    )
    assert.equal(await folded.getAttribute('aria-expanded'), 'false')
    assert.equal(await folded.getAttribute('aria-selected'), 'true')
    await rows().press('Enter')
    const opened = page.locator('.row[aria-label^="#3,"]')
    await opened.waitFor()
    assert.equal(await opened.getAttribute('aria-expanded'), 'true')
    assert.equal(await opened.getAttribute('aria-selected'), 'true')
    assert.equal(await rows().getAttribute('aria-rowcount'), String(77 + 35))
    assert.equal(await page.getByRole('tab').count(), 0, 'no detail has opened')
    for (let times = 0; times < 3; times++) await rows().press('ArrowDown')
    await rows().press('ArrowLeft')
    await folded.waitFor()
    assert.equal(await folded.getAttribute('aria-selected'), 'true')
    assert.equal(await rows().getAttribute('aria-rowcount'), '77')
    await folded.click()
    await opened.waitFor()
    await opened.locator('.fold-mark').click()
    await folded.waitFor()
  })

  it('counts on in the last run while nothing changes, and the rows stay where they are', async () => {
    page = await pages.open({ scene: 'polls' })
    await host((fake) => fake.add(8))
    await page.locator('.row[aria-label*=" 4 unchanged polls in 3.0 s"]').waitFor()
    assert.equal(await rows().getAttribute('aria-rowcount'), '78')
    await host((fake) => fake.add(1))
    await host((fake) => fake.add(3))
    await page.locator('.row[aria-label*=" 6 unchanged polls in 5.0 s"]').waitFor()
    assert.equal(await rows().getAttribute('aria-rowcount'), '78')
    await host((fake) => fake.add(28))
    await page.locator('.row[aria-label^="#1,001 to #1,038,"]').waitFor()
    assert.equal(await rows().getAttribute('aria-rowcount'), '80')
  })

  it('opens the run that hides the frame that a link leads to', async () => {
    page = await pages.open({ scene: 'polls' })
    await rows().press('Home')
    await rows().press('ArrowDown')
    await rows().press('ArrowDown')
    await rows().press('Enter')
    await page.locator('.row[aria-label^="#6,"]').click()
    await rows().press('ArrowLeft')
    await page.locator('.row[aria-label^="#3 to #38,"]').waitFor()
    await page.getByRole('button', { name: 'Show each of them' }).click()
    await page.locator('.row[aria-label^="#6,"]').click()
    await page.locator('.facts').getByRole('button', { name: '#5' }).click()
    await page.locator('.row[aria-label^="#5,"][aria-selected=true]').waitFor()
  })

  it('stays as it is while paused, although the last run goes on', async () => {
    page = await pages.open({ scene: 'polls' })
    await host((fake) => fake.add(7))
    await page.locator('.row[aria-label*=" 3 unchanged polls in 2.0 s"]').waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await host((fake) => fake.add(33))
    await page.getByText('33 new frames. Recording goes on.').waitFor()
    assert.equal(await rows().getAttribute('aria-rowcount'), '78')
    await page.locator('.strip').getByRole('button', { name: 'Resume' }).click()
    await page.locator('.row[aria-label^="#1,001 to #1,038,"]').waitFor()
    assert.equal(await rows().getAttribute('aria-rowcount'), '80')
  })

  it('filters single polls, and folds them again without a filter', async () => {
    page = await pages.open({ scene: 'polls' })
    await page.getByRole('textbox', { name: 'Filter' }).fill('items')
    await page.locator('.found', { hasText: /^26$/ }).waitFor()
    assert.equal(await page.locator('.row.shape-fold:not([hidden])').count(), 0)
    await page.getByRole('button', { name: 'Empty the filter' }).click()
    await page.locator('.row.shape-fold').first().waitFor()
    assert.equal(await rows().getAttribute('aria-rowcount'), '77')
  })

  it('keeps a badge in the header while certificates are not verified', async () => {
    page = await pages.open({ scene: 'websocket', width: 700, untrusted: true })
    const badge = page.locator('header .badge')
    assert.equal(await badge.textContent(), 'TLS not verified')
    assert.equal(await badge.isVisible(), true)
    assert.match((await badge.getAttribute('title')) ?? '', /certificates that are not trusted/)
  })

  it('sends text, JSON and bytes, each checked as it is typed', async () => {
    page = await pages.open({ scene: 'million' })
    const box = page.getByRole('textbox', { name: 'Message' })
    const send = page.getByRole('button', { name: /^Send/ })
    const choose = async (from: string, to: string) => {
      await page.getByRole('button', { name: from, exact: true }).click()
      await page.getByRole('menuitemradio', { name: to }).click()
    }
    await choose('Text', 'JSON')
    await box.fill('{"a":x}')
    await page.getByText('As text it could be sent.').waitFor()
    await box.press('Control+Enter')
    await choose('JSON', 'Binary, hex')
    await box.fill('ca f')
    await page.getByText('Write pairs of hexadecimal digits').waitFor()
    await box.fill('ca fe')
    await page.getByText('2 bytes').waitFor()
    await page.getByRole('button', { name: 'Hex', exact: true }).waitFor()
    assert.equal(await send.isEnabled(), true)
    await box.press('Control+Enter')
    await page.waitForFunction(`document.querySelector('.send textarea').value === ''`)
    const sent = await host(({ calls }) =>
      calls.flatMap(({ method, args }) =>
        method === 'send' ? [[...(args[0] as { bytes: Uint8Array }).bytes]] : [],
      ),
    )
    assert.deepEqual(sent, [[0xca, 0xfe]])
  })

  it('sends what the profile keeps by its name, unless it was changed', async () => {
    page = await pages.open({ scene: 'million', saved: true })
    const box = page.getByRole('textbox', { name: 'Message' })
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Saved' }).first().click()
      await page.getByRole('menuitem', { name }).click()
    }
    const last = () => host(({ calls }) => calls.at(-1)?.args[0])
    await choose('Log in')
    await page.getByText('“Log in”, as the profile has it').waitFor()
    await box.press('Control+Enter')
    await page.waitForFunction('window.fakeHost.calls.length === 1')
    assert.deepEqual(await last(), { type: 'saved', name: 'Log in' })
    await choose('Picture')
    assert.equal(await box.getAttribute('readonly'), '')
    await box.press('Control+Enter')
    await page.waitForFunction('window.fakeHost.calls.length === 2')
    assert.deepEqual(await last(), { type: 'saved', name: 'Picture' })
    await choose('Log in')
    await box.press('End')
    await box.pressSequentially(' ')
    await page.getByText('References such as').waitFor()
    await box.press('Control+Enter')
    await page.waitForFunction('window.fakeHost.calls.length === 3')
    assert.equal(((await last()) as { type: string }).type, 'text')
  })

  it('repeats a message until it is stopped', async () => {
    page = await pages.open({ scene: 'million' })
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
      await host(({ calls }) => calls.map(({ method, args }) => [method, ...args])),
      [
        ['repeat', { type: 'text', text: 'tick' }, 500],
        ['repeat', null, 0],
      ],
    )
  })

  it('pings, and closes with a code that may be sent', async () => {
    page = await pages.open({ scene: 'million' })
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
    const calls = await host((fake) => fake.calls.map(({ method, args }) => [method, args.length]))
    assert.deepEqual(calls, [
      ['ping', 1],
      ['closeWith', 2],
    ])
    assert.deepEqual(await host((fake) => fake.calls.at(-1)?.args), [4001, 'enough'])
  })

  it('offers the requests that the profile keeps, and fills them in', async () => {
    page = await pages.open({ scene: 'long-polling', saved: true })
    await page.getByRole('button', { name: 'Send a request beside this stream' }).click()
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('menuitem', { name: 'Publish a trade' }).click()
    await page.getByText('“Publish a trade”, as the profile has it').waitFor()
    assert.equal(
      await page.getByRole('textbox', { name: 'Body' }).inputValue(),
      '{"price":70111.5}',
    )
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction('window.fakeHost.calls.length === 1')
    await page.getByRole('textbox', { name: 'Body' }).fill('{"price":1}')
    await page.getByText('References such as').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction('window.fakeHost.calls.length === 2')
    const sent = await host(({ calls }) => calls.map(({ args }) => args[0]))
    assert.deepEqual(sent[0], { saved: 'Publish a trade' })
    assert.equal((sent[1] as { body: string }).body, '{"price":1}')
  })

  it('leads from a companion request to the first frame after it', async () => {
    page = await pages.open({ scene: 'companion' })
    const link = page.locator('.lane-link', { hasText: 'first frame after 9.0 ms' })
    await link.waitFor()
    await page.locator('.row[aria-label*=", first frame after 9.0 ms,"]').waitFor()
    await link.click()
    await page.locator('.row[aria-selected=true][aria-label*="event"]').waitFor()
    await page.locator('.row[aria-label*="POST /publish"]').click()
    await page.locator('.facts').getByRole('button', { name: 'after 9.0 ms' }).click()
    await page.getByText('· event · in').waitFor()
  })

  it('names every control', async () => {
    page = await pages.open({ scene: 'million', width: 700 })
    const nameless = await page.locator('button, input, textarea').evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility())
        .filter((one) => !one.ariaLabel && !one.textContent?.trim() && !one.closest('label'))
        .map((one) => one.outerHTML),
    )
    assert.deepEqual(nameless, [])
  })
})
