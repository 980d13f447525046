// JSON of any size in the detail of the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('JSON in the detail', () => {
  const { open, settled, press, host, askHost } = useTimelinePage()

  it('is a tree at 5 MB, too, and the page answers while it is read', async () => {
    const page = await open({ scene: 'large-json' })
    await press('Home')
    await page.evaluate(`{
      window.longest = 0
      let last = performance.now()
      const tick = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(tick) }
      requestAnimationFrame(tick)
    }`)
    await press('Enter')
    const tree = page.getByRole('tree', { name: 'Payload as JSON' })
    await tree.getByText('[40,000 … 49,999]').click()
    await tree.getByText('[49,900 … 49,999]').click()
    const last = tree.locator('.json-line', {
      hasText: /^ *▸49999: { id 49999, name x+…, tags \[…] }$/,
    })
    await last.click()
    await tree.getByText('id: 49999').waitFor()
    const longest = await page.evaluate<number>('window.longest')
    assert.ok(longest < 1000, `no picture for ${longest} ms`)
  })

  it('says why there is no tree: a mistake far in, or a part that is missing', async () => {
    const page = await open({ scene: 'large-json' })
    await press('Home', 'ArrowDown', 'Enter')
    await page.getByText(/^No tree: from line 1, column [\d]{7} on it is no JSON\.$/).waitFor()
    await page.locator('lifeline-text').waitFor()
    await press('ArrowDown')
    await page.getByText(/^No tree: only the first 300\.0 kB were kept\.$/).waitFor()
    await press('ArrowDown')
    await page.locator('lifeline-hex').waitFor()
    await page.getByText(/^Cut: only the first 300\.0 kB were kept\.$/).waitFor()
  })

  it('gives the value and the path of the line that a menu opens on', async () => {
    const page = await open({ scene: 'hostile' })
    await press('Home', 'ArrowDown', 'Enter')
    const tree = page.getByRole('tree')
    const context = JSON.parse((await tree.getAttribute('data-vscode-context')) ?? '{}') as object
    assert.deepEqual(context, { webviewSection: 'json', preventDefaultContextMenuItems: true })
    await tree.locator('.json-line', { hasText: 'html' }).click({ button: 'right' })
    await host((fake) => fake.perform('copy-path'))
    await host((fake) => fake.perform('copy-value'))
    await host((fake) => fake.perform('copy-access'))
    const copied = await askHost(({ calls }) =>
      calls.filter(({ method }) => method === 'copy').map(({ args }) => String(args[0])),
    )
    assert.equal(copied[0], '$.html')
    assert.match(copied[1] ?? '', /^<img src=x/)
    assert.equal(copied[2], 'data.html')
    await tree.press('Home')
    await host((fake) => fake.perform('copy-value'))
    const whole = await askHost(({ calls }) => String(calls.at(-1)?.args[0]))
    assert.match(whole, /^\{\n {2}"html": "<img/)
  })

  it('goes on with a long string under its value', async () => {
    const page = await open({ scene: 'hostile', width: 1000 })
    await press('Home', 'ArrowDown', 'Enter')
    const value = page.locator('.json-line', { hasText: 'html' }).locator('.value')
    await value.waitFor()
    await settled()
    const lines = await value.evaluate((one) => [
      ...new Map([...one.getClientRects()].reverse().map(({ top, left }) => [top, left])).values(),
    ])
    assert.ok(lines.length > 1, 'it is wrapped')
    for (const left of lines) assert.ok(Math.abs(left - (lines[0] ?? 0)) < 2, lines.join(' '))
  })
})
