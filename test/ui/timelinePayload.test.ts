// Payloads in the detail of the timeline page as pictures, as text and as hex, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { longLines } from '../support/editor/payloadsScene.ts'
import { showPayloadAs } from '../support/editor/showPayloadAs.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('a payload in the detail', () => {
  const { open, settled, press, askHost } = useTimelinePage()

  it('is a picture with its size where it is one, and nothing in it is fetched or run', async () => {
    const page = await open({ scene: 'payloads' })
    const requested: string[] = []
    page.on('request', (request) => requested.push(request.url()))
    await press('Home', 'Enter')
    await page.getByText('PNG · 3 × 2 pixels').waitFor()
    await press('ArrowDown')
    await page.locator('lifeline-text .token-tag', { hasText: '<svg' }).waitFor()
    await showPayloadAs(page, 'Picture')
    await page.getByText('SVG · 7 × 5 pixels').waitFor()
    assert.equal(await page.title(), 'Lifeline')
    const outside = requested.filter((url) => !url.startsWith('blob:'))
    assert.deepEqual(outside, [])
    await press('ArrowUp')
    await page.getByText('PNG · 3 × 2 pixels').waitFor()
    await press('ArrowDown')
    await page.locator('lifeline-text .token-tag', { hasText: '<svg' }).waitFor()
    await showPayloadAs(page, 'Text')
  })

  it('of 100 MB is there at once, is read on where one looks, and its end is one key away as hex', async () => {
    const page = await open({ scene: 'payloads' })
    await press('Home', 'Enter')
    await press('ArrowDown', 'ArrowDown')
    const lines = page.locator('.text-lines')
    await lines.getByText(/^line \.{7}1\./).waitFor()
    await settled()
    const first = await askHost(({ payloadBytes }) => payloadBytes)
    assert.ok(first < 5_000_000, `${first} bytes were read`)
    await lines.evaluate((one) => {
      one.scrollTop = one.scrollHeight / 20
    })
    const number = async () => Number((await lines.locator('.no').nth(20).textContent()) || '0')
    await eventually(
      'a twentieth of the way is shown',
      async () => (await number()) > longLines / 40,
    )
    await showPayloadAs(page, 'Hex')
    const hex = page.locator('.hex')
    await hex.press('Control+End')
    await page.getByText('Offset 99,999,999 (0x5f5e0ff) · 1 byte').waitFor()
    await hex.locator('.offset', { hasText: '05f5e0f8' }).waitFor()
    await comesTo(
      () => page.locator('.inspector tbody tr', { hasText: 'uint8' }).textContent(),
      'uint81010',
    )
    await hex.press('Shift+ArrowLeft')
    await hex.press('Shift+Home')
    await page.getByText(/^Offset [\d,]+ \(0x5f5e0f[08]\) · (8|16) bytes$/).waitFor()
    await hex.press('Control+c')
    await eventually('the bytes are copied', () =>
      askHost(({ calls }) => /^(2e )+0a$/.test(String(calls.at(-1)?.args[0]))),
    )
    await hex.press('Control+Shift+Home')
    await page.getByText(/99,999,\d+ bytes$|100,000,000 bytes$/).waitFor()
    await hex.press('Control+c')
    await page.getByText('The first 8 MiB of what is selected were copied.').waitFor()
  })

  it('marks what has changed since the one before of its kind, is compared with any other, and filters by a value', async () => {
    const page = await open({ scene: 'payloads' })
    await press('End')
    await press('Enter')
    const tree = page.getByRole('tree')
    await tree.getByText('+7.5').waitFor()
    assert.deepEqual(await tree.locator('.value.changed').allTextContents(), [
      '2',
      '70112.5',
      'null',
    ])
    await page.getByRole('tab', { name: 'Difference' }).click()
    await page.getByText('3 differences').waitFor()
    const list = page.locator('.differences')
    assert.deepEqual(
      (await list.locator('li').allTextContents()).map((line) => line.replace(/\s+/g, ' ').trim()),
      ['~changed id 1 → 2', '~changed price 70105 → 70112.5', '+added fee'],
    )
    await page.getByRole('button', { name: 'Open in Diff Editor' }).click()
    await page.getByRole('button', { name: 'Compare with…' }).click()
    await page.getByText('Select another row: it is compared with #6.').waitFor()
    await press('ArrowUp')
    await page.getByText(/^7 differences from #5 to/).waitFor()
    await page.getByRole('button', { name: 'Compare with the one before' }).click()
    await page.getByText('No frame of its kind is near before it.').waitFor()
    const opened = await askHost(({ calls }) =>
      calls.find(({ method }) => method === 'openDifference'),
    )
    assert.deepEqual(opened?.args, [4, 6])
    await press('ArrowDown')
    await page.getByRole('tab', { name: 'Payload' }).click()
    await tree.locator('.json-line', { hasText: 'symbol' }).hover()
    await tree.getByRole('button', { name: 'Filter' }).click()
    await comesTo(() => page.locator('lifeline-header input').inputValue(), '$.symbol = "BTC-EUR"')
    await tree.focus()
    for (const key of ['Home', 'p']) await page.keyboard.press(key)
    await tree
      .locator('.active', { hasText: 'price' })
      .getByRole('button', { name: 'Filter' })
      .click()
    await comesTo(
      () => page.locator('lifeline-header input').inputValue(),
      '$.symbol = "BTC-EUR" $.price = 70112.5',
    )
  })

  it('sets XML in one line out in lines, and has it as it came', async () => {
    const page = await open({ scene: 'payloads' })
    await press('Home', 'ArrowDown', 'Enter')
    const lines = page.locator('.text-line')
    await lines.filter({ hasText: /^2 +<image href/ }).waitFor()
    await lines.filter({ hasText: '<script>document.title="owned"</script>' }).waitFor()
    await lines.filter({ hasText: /^4 *<\/svg>$/ }).waitFor()
    await showPayloadAs(page, 'Raw text')
    await comesTo(() => lines.filter({ hasText: /^\d/ }).count(), 1)
  })

  it('is searched in each of its forms by Ctrl+F while the focus is in the detail', async () => {
    const page = await open({ scene: 'payloads' })
    await press('End')
    await press('Enter')
    const tree = page.getByRole('tree')
    await tree.focus()
    await page.keyboard.press('Control+f')
    const box = page.getByRole('textbox', { name: 'Find in the payload' })
    await box.fill('E')
    const words = page.locator('.payload-find .words')
    await comesTo(() => words.textContent(), '1 of 10')
    await box.press('Shift+Enter')
    await comesTo(() => words.textContent(), '10 of 10')
    await tree.locator('.active', { hasText: 'fee' }).waitFor()
    await tree.locator('.found', { hasText: 'e' }).first().waitFor()
    await showPayloadAs(page, 'Hex')
    await box.fill('6c 7d')
    await comesTo(() => words.textContent(), '1 of 1')
    await page.getByText(/^Offset 92 .* · 2 bytes$/).waitFor()
    await showPayloadAs(page, 'Text')
    await press('ArrowUp', 'ArrowUp', 'ArrowUp')
    await box.fill('line .......999999.')
    await comesTo(() => words.textContent(), 'No matches')
    await box.fill('line ..999999.')
    await comesTo(() => words.textContent(), '1 of 1')
    await page.locator('.text-line .found.current').waitFor()
    await box.press('Escape')
    await box.waitFor({ state: 'detached' })
    await page.locator('.text-lines').and(page.locator(':focus')).waitFor()
  })
})
