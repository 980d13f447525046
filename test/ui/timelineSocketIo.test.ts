// A session of Socket.IO on the timeline page, in a plain browser: its rows, its heartbeats, what an event carries.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { formButton } from '../support/editor/showPayloadAs.ts'
import { drawnRows, useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('a session of Socket.IO', () => {
  const { open, press, waitForSelected } = useTimelinePage()

  it('has rows in its words, with its errors and flaws as such', async () => {
    const page = await open({ scene: 'socket.io' })
    await comesTo(() => page.locator('.protocol').textContent(), '· Socket.IO')
    const labels = page.locator(`${drawnRows} .text`)
    await comesTo(
      () => labels.allTextContents(),
      [
        'open pings every 25.0 s, waits 20.0 s',
        '▸ CONNECT /admin {token: …}',
        '◂ CONNECT_ERROR Not authorized · /admin · 12 ms',
        '▸ order.create #1 {symbol: "BTC-EUR", amount: 2}',
        '◂ ACK order.create #1 · 12 ms · {id: 7}',
        'BINARY_EVENT receipt: 1 attachment follows',
        '▸ receipt [7, <3 B>]',
        // Ping and pong are one row.
        'heartbeat, answered after 0.5 ms',
        '▸ connect · flaw: The name is reserved: such an event cannot be sent.',
      ],
    )
  })

  it('tells what an event carries as a tree', async () => {
    const page = await open({ scene: 'socket.io' })
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter')
    await waitForSelected(4)
    await formButton(page).filter({ hasText: 'Decoded' }).waitFor()
    const tree = page.getByRole('tree', { name: 'What the payload holds' })
    await comesTo(
      async () => ((await tree.textContent()) ?? '').replace(/\s+/g, ' '),
      ' ▾{ type: "EVENT" namespace: "/" id: "1" ▾data: [ 0: "order.create" ▾1: { symbol: "BTC-EUR" amount: 2 } ]} ',
    )
    assert.equal(await page.locator('.packet').count(), 1)
  })
})
