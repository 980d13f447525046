// The form *Decoded* of a payload in the detail of the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Locator, Page } from 'playwright-core'
import { formButton, offeredForms, showPayloadAs } from '../support/editor/showPayloadAs.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('a payload as it was decoded', () => {
  const { open, settled, press, keys, askHost, waitForSelected } = useTimelinePage()

  const heads = (page: Page) => page.locator('.packet summary')
  const textOf = async (one: Locator) => ((await one.textContent()) ?? '').replace(/\s+/g, ' ')
  const copied = () => askHost(({ calls }) => String(calls.at(-1)?.args[0]))

  it('is a block with facts, a link and what it carries, and stays for other frames', async () => {
    const page = await open({ scene: 'json-rpc' })
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter')
    await waitForSelected(4)
    await showPayloadAs(page, 'Decoded')
    const packet = page.locator('.packet')
    assert.deepEqual(await heads(page).allInnerTexts(), [
      '▸ tools/call #42 {name: "add", arguments: [2, 3]}',
    ])
    await comesTo(
      () => textOf(packet.locator('dl')),
      'Protocoljson-rpcTyperequestNametools/callId42Answered by#7Body$.params',
    )
    const tree = page.getByRole('tree', { name: /^\$\.params of ▸ tools\/call #42/ })
    assert.match(await textOf(tree), /name: "add".*0: 2.*1: 3/)
    // The facts above say none of it again.
    assert.doesNotMatch(await textOf(page.locator('lifeline-facts')), /json-rpc|Answered by/)
    await packet.getByRole('button', { name: '#7' }).click()
    await waitForSelected(7)
    await comesTo(
      () => heads(page).allInnerTexts(),
      ['◂ error -32601 Method not found · tools/call #42 · 13 ms'],
    )
    assert.match(await textOf(packet), /Answers#4Latency13 msBody\$\.error.*code: -32601/)
    // A frame without packets has its best form.
    await press('End', 'ArrowUp', 'ArrowUp', 'ArrowUp')
    await waitForSelected(12)
    await formButton(page).filter({ hasText: 'Text' }).waitFor()
    assert.deepEqual(await offeredForms(page), ['Text', 'Hex'])
    await press('ArrowUp')
    await waitForSelected(11)
    await comesTo(() => textOf(packet.locator('dd.warning')), 'It is no JSON.')
    await showPayloadAs(page, 'Text')
  })

  it('is a block for each message of a frame, with what it carries in what is read', async () => {
    const page = await open({ scene: 'signalr' })
    await press('Home', ...new Array(5).fill('ArrowDown'), 'Enter')
    await waitForSelected(6)
    await formButton(page).filter({ hasText: 'Decoded' }).waitFor()
    await comesTo(
      () => heads(page).allInnerTexts(),
      [
        '▸ StreamItem Count #1 {n: 0}',
        '▸ StreamItem Count #1 {n: 1}',
        '◂ Completion Count #1 · 0.5 ms',
      ],
    )
    const tree = page.getByRole('tree', { name: /^\$\[1\]\.item of ▸ StreamItem Count/ })
    await comesTo(() => textOf(tree), ' ▾item: { n: 1} ')
  })

  it('comes first where the payload is no JSON: what its protocol reads in it is a tree', async () => {
    const page = await open({ scene: 'messagepack' })
    await press('Home', 'ArrowDown', 'ArrowDown', 'Enter')
    await waitForSelected(3)
    await formButton(page).filter({ hasText: 'Decoded' }).waitFor()
    const tree = page.getByRole('tree', { name: 'What the payload holds' })
    await comesTo(() => textOf(tree), ' ▾{ city: "Oslo" ▾days: [ 0: 1 1: 2 ]} ')
    assert.deepEqual(await offeredForms(page), ['Decoded', 'Hex'])
    // Its head says all that is known of it.
    assert.equal(await page.locator('.packet details[open]').count(), 0)
    await press('ArrowDown')
    await waitForSelected(4)
    await comesTo(() => tree.count(), 0)
  })

  it('does with a value what a tree of the whole payload does, by its place in the whole', async () => {
    const page = await open({ scene: 'json-rpc' })
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter')
    await waitForSelected(4)
    await showPayloadAs(page, 'Decoded')
    await page.locator('.json-line', { hasText: 'name:' }).hover()
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await comesTo(
      () => page.getByRole('combobox', { name: 'Filter' }).inputValue(),
      '$.params.name = "add"',
    )
    await showPayloadAs(page, 'Tree')
  })

  it('of a large batch is a list of heads that open one by one, with the keyboard too', async () => {
    const page = await open({ scene: 'batches' })
    await press('Home', 'ArrowDown', 'Enter')
    await waitForSelected(2)
    await showPayloadAs(page, 'Decoded')
    await comesTo(() => heads(page).count(), 100)
    assert.equal(await page.locator('.packet details[open]').count(), 0)
    await page.getByRole('button', { name: 'Show 100 more of 201' }).click()
    await page.getByRole('button', { name: 'Show 1 more of 201' }).click()
    await page.getByText('9,800 not decoded: of one frame the first 200 packets are.').waitFor()
    await heads(page).nth(3).press('Enter')
    const tree = page.locator('.packet').nth(3).locator('.json')
    assert.match(await textOf(tree), /at: 3.*unit: "km"/)
    await keys('Tab', 'Tab', 'ArrowDown')
    assert.match(await textOf(tree.locator('.active')), /at: 3/)
    await keys('Shift+Tab', 'Shift+Tab', 'Enter')
    await tree.waitFor({ state: 'detached' })
    await press('ArrowDown')
    await waitForSelected(3)
    await comesTo(() => page.locator('.packet details[open]').count(), 2)
    assert.equal(await page.locator('img').count(), 0)
    await showPayloadAs(page, 'Tree')
  })

  it('is searched in what packets carry, and copied as text', async () => {
    const page = await open({ scene: 'batches' })
    await press('Home', 'ArrowDown', 'Enter')
    await waitForSelected(2)
    await showPayloadAs(page, 'Decoded')
    await comesTo(() => heads(page).count(), 100)
    await heads(page).first().focus()
    await keys('Control+f')
    await keys(...'needle')
    await eventually('the packet with it is open', async () =>
      (await page.locator('.packet .found.current').allTextContents()).includes('needle'),
    )
    assert.equal(await textOf(page.locator('.payload-find .words')), '1 of 1')
    await keys('Escape')
    await press('ArrowDown')
    await waitForSelected(3)
    await comesTo(() => heads(page).count(), 2)
    await page.getByRole('tree').nth(1).waitFor()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Copy what is decoded' }).click()
    await settled()
    assert.equal(
      await copied(),
      `◂ error -32602 Invalid params · measure/1 #1 · 12 ms
Protocol: json-rpc
Type: error
Name: measure/1
Id: 1
Answers: #2
Latency: 12 ms
Body: $[0].error
{
  "code": -32602,
  "message": "Invalid params",
  "data": {
    "at": "out of range"
  }
}

◂ result measure/0 #0 · 12 ms · {"<img src=x>": [1, 2]}
Protocol: json-rpc
Type: result
Name: measure/0
Id: 0
Answers: #2
Latency: 12 ms
Body: $[1].result
{
  "<img src=x>": [
    1,
    2
  ]
}`,
    )
    await showPayloadAs(page, 'Tree')
  })
})
