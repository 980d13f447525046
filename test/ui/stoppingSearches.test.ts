// A filter's search through a million frames in VS Code itself: how far it is, what stops it, and what is left then.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { WebSocket } from 'ws'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { comesTo, longPatienceMs } from '../support/eventually.ts'

const messages = 1_000_000
const more = 100

/** Waits where the client is behind, so that not all of it is in memory. */
async function flood(ws: WebSocket): Promise<void> {
  for (let n = 0; n < messages; n++) {
    ws.send(`{"n":${n}}`)
    while (n % 1000 === 0 && ws.bufferedAmount > 1_000_000)
      await new Promise((resolve) => setTimeout(resolve, 1))
  }
  ws.send('the last one')
}

/** Of each hundred messages one has it; each is looked at for long. `n`: what was searched before is found at once. */
const rare = (n: number) =>
  [0, 1, 2, 3, 4].map((i) => `/([0-9]?[0-9]?){${20 + 5 * n + i}}77}/`).join(' or ')

describe('stopping a search in the workbench', () => {
  const { workbench, frame, row, selected, grid, filter } = useTimelineWorkbench({
    accept: (ws) => {
      ws.on('message', () => {
        for (let n = 0; n < more; n++) ws.send('{"n":77}')
        ws.send('the very last one')
      })
      void flood(ws)
    },
    until: 'the last one',
  })

  const told = (words: RegExp) =>
    frame().locator('lifeline-filter .found').filter({ hasText: words })
  const searching = /^searching \d+ % · [\d,]+$/
  const stopped = /^stopped at \d+ % · [\d,]+$/
  const words = async () => (await told(/./).textContent()) ?? ''
  const found = async () => Number(/([\d,]+)$/.exec(await words())?.[1]?.replaceAll(',', ''))
  const stop = () => frame().getByRole('button', { name: /^Stop the search/ })
  const searchOn = () => frame().getByRole('button', { name: 'Search on' })

  it('tells how far it is, and Escape leaves what was found', async () => {
    await filter().fill(rare(1))
    await told(searching).waitFor()
    await workbench().screenshot('searching-in-workbench')
    await filter().press('Escape')
    await told(stopped).waitFor()
    assert.equal(await filter().inputValue(), rare(1))
    const [before, count] = [await words(), await found()]
    assert.ok(count > 0 && count < messages / 100, before)
    await row(/77/).first().waitFor()
    await workbench().screenshot('stopped-in-workbench')
    await grid().press('Home')
    await row(/\{"n":77\}/).waitFor()
    await grid().press('End')
    // The last one that was counted.
    await selected(`{"n":${100 * (count - 1) + 77}}`).waitFor()
    assert.equal(await words(), before, 'it is not read on')
  })

  it('goes on where the user has it search on, and stops with its button', async () => {
    const before = await found()
    await searchOn().click()
    await told(searching).waitFor()
    await stop().click()
    await told(stopped).waitFor()
    assert.ok((await found()) >= before, 'it went on from there')
    await searchOn().click()
    await told(/^10,000 of 1,000,\d+$/).waitFor({ timeout: longPatienceMs })
    await filter().press('Escape')
    await comesTo(() => filter().inputValue(), '')
  })

  it('is not read on beyond a pause, where what comes meanwhile is none of it', async () => {
    await grid().press('Control+Shift+Space')
    await frame().getByRole('region', { name: 'Paused' }).waitFor()
    await filter().fill(rare(2))
    await told(searching).waitFor()
    await filter().press('Escape')
    await told(stopped).waitFor()
    const before = await words()
    const box = frame().getByRole('textbox', { name: 'Message' })
    await box.fill('more')
    await box.press('Control+Enter')
    await frame().getByText('102 new frames').waitFor()
    await grid().press('Home')
    await grid().press('End')
    assert.equal(await words(), before)
    await searchOn().click()
    await told(/^10,000 of 1,000,\d+$/).waitFor({ timeout: longPatienceMs })
    await grid().press('Control+Shift+Space')
    await told(/^10,100 of 1,000,\d+$/).waitFor({ timeout: longPatienceMs })
    await filter().press('Escape')
    await comesTo(() => filter().inputValue(), '')
  })

  it('begins anew where its tab is shown again, and is gone where that was closed', async () => {
    await filter().fill(rare(3))
    await told(searching).waitFor()
    await filter().press('Escape')
    await told(stopped).waitFor()
    await workbench().openLifelineView()
    await workbench().runCommand('File: New Untitled Text File')
    await grid().waitFor({ state: 'detached' })
    await workbench().runCommand('View: Close Editor')
    await told(/^10,100 of 1,000,\d+$/).waitFor({ timeout: longPatienceMs })
    assert.equal(await filter().inputValue(), rare(3))
    await filter().fill(rare(4))
    await told(searching).waitFor()
    await stop().click()
    await told(stopped).waitFor()
    await workbench().runCommand('View: Close Editor')
    const sessions = workbench().treeRows('Sessions')
    await sessions.filter({ hasText: 'tab closed' }).click()
    await row('the very last one').waitFor()
    assert.equal(await filter().inputValue(), '')
    assert.equal(await told(/./).count(), 0)
  })
})
