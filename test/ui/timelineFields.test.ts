// Fields of JSON that the user has rows show, in the timeline page, in a plain browser.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { drawnRows, useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('shown fields in the timeline page', () => {
  const { open, settled, press, keys, host, askHost } = useTimelinePage()

  it('are picked in the payload, ticked or written in a box, and kept in the profile', async () => {
    const page = await open({ scene: 'million', width: 1200, show: '' })
    const heads = page.locator('.field-heads')
    const last = page.locator(`${drawnRows} .text`).last()
    await press('End', 'Enter')
    // What all trades have in common is left out.
    assert.match(
      (await last.textContent()) ?? '',
      /^trade {2}id 1884200 {2}price \d+\.\d+ {2}maker\.id m\d+ {2}maker\.tier \d$/,
    )
    assert.equal(await heads.isHidden(), true)

    const line = page.locator('.json-line', { hasText: 'price:' })
    // A pointer that only comes to rest points at nothing.
    await page.locator('.json-line', { hasText: 'symbol:' }).hover()
    await line.hover()
    await line.getByRole('button', { name: 'Show in rows' }).click()
    await heads.filter({ hasText: /^ +price$/ }).waitFor()
    await line.getByRole('button', { name: 'Hide in rows' }).waitFor()
    await settled()
    assert.match((await last.textContent()) ?? '', /^trade {2}70115\.5$/)

    await host((timeline) => timeline.perform('fields'))
    const box = page.getByRole('dialog', { name: 'Fields that rows show' })
    const input = box.getByRole('textbox')
    const tick = (name: string) => box.locator('.choice', { hasText: name })
    assert.equal(await tick('price').getByRole('checkbox').isChecked(), true)
    await tick('symbol').click()
    assert.equal(await input.inputValue(), 'price symbol')
    await heads.filter({ hasText: /^ +price {2}symbol$/ }).waitFor()

    // What is typed narrows the list; the arrow goes to it.
    await input.fill('price symbol ven')
    await tick('symbol').waitFor({ state: 'detached' })
    await input.fill('price symbol tie')
    await input.press('ArrowDown')
    await keys('Space')
    assert.equal(await input.inputValue(), 'price symbol maker.tier')
    await input.fill('symbol price..x')
    await input.press('Enter')
    await box.getByText('A name follows the dot').waitFor()
    await input.fill('symbol $.price maker.tier none')
    await box.getByRole('button', { name: 'Keep in profile' }).click()
    await box.waitFor({ state: 'detached' })
    await heads.filter({ hasText: 'symbol      price  maker.tier  none' }).waitFor()
    await settled()
    const kept = await askHost(({ calls }) => calls.filter(({ method }) => method === 'keepShow'))
    assert.deepEqual(kept, [
      { method: 'keepShow', args: [['symbol', 'price', 'maker.tier', 'none']] },
    ])

    // The points of the prices stand under one another, and each row tells its fields in words.
    const texts = await page.locator(`${drawnRows} .text`).allTextContents()
    assert.ok(texts.length > 10)
    assert.equal(new Set(texts.map((text) => text.indexOf('.'))).size, 1, texts.join('\n'))
    const told = await page.locator(drawnRows).last().getAttribute('aria-label')
    assert.match(told ?? '', /, trade {2}symbol BTC-EUR {2}price 70115\.5 {2}maker\.tier \d, /)
  })

  it('are offered as soon as there is a message, while the box is open', async () => {
    const page = await open({ scene: 'million', show: '' })
    await host((fake) => fake.perform('clear'))
    await page.getByRole('button', { name: 'Show fields' }).click()
    const box = page.getByRole('dialog', { name: 'Fields that rows show' })
    await box.waitFor()
    await settled()
    assert.equal(await box.locator('.choice').count(), 0)
    await box.getByRole('textbox').fill('price sym')
    await host((fake) => fake.add(1))
    await box.locator('.choice', { hasText: 'symbol' }).click()
    assert.equal(await box.getByRole('textbox').inputValue(), 'price symbol')
  })

  it('leave what is decoded its words, and dim what the row above of the same kind has said', async () => {
    const decoded = await open({ scene: 'json-rpc', show: 'id symbol price' })
    await decoded.locator(drawnRows, { hasText: 'tools/call #42 {name: "add"' }).waitFor()
    await decoded.close()

    const page = await open({ scene: 'websocket', show: 'id symbol price' })
    await press('Home')
    const trade = (id: number) => page.locator(`${drawnRows} .text`, { hasText: String(id) })
    const quiet = (id: number) => trade(id).locator('.quiet').allTextContents()
    await trade(884202).waitFor()
    await settled()
    assert.deepEqual(await quiet(884201), [])
    assert.deepEqual(
      (await quiet(884202)).map((text) => text.trim()),
      ['BTC-EUR', '70111.5'],
    )
    // Whatever has been drawn before.
    await press('End', 'Home')
    await settled()
    assert.deepEqual(await quiet(884201), [])
  })

  it('stand under one another where letters are wider than those of the font', async () => {
    const page = await open({ scene: 'wide', show: 'market n' })
    await page.locator('.field-heads', { hasText: 'market' }).waitFor()
    await settled()
    const ends = await page.locator(`${drawnRows} .text`).evaluateAll((texts) =>
      texts.map((text) => {
        const range = text.ownerDocument.createRange()
        range.selectNodeContents(text)
        return Math.round(range.getBoundingClientRect().right)
      }),
    )
    assert.equal(ends.length, 4)
    assert.equal(new Set(ends).size, 1, `${ends}`)
  })

  it('are at first those of the profile, and leave rows alone that have none of them', async () => {
    const page = await open({ scene: 'websocket', show: 'id symbol price' })
    await page.locator('.field-heads', { hasText: /^ +id {2}symbol +price$/ }).waitFor()
    await settled()
    const texts = await page.locator(`${drawnRows} .text`).allTextContents()
    assert.ok(
      texts.some((text) => /^trade {2}\d+ {2}BTC-EUR {2}70111\.5$/.test(text)),
      texts.join('\n'),
    )
    assert.ok(texts.some((text) => text.startsWith('binary a2 ')))
    await page.getByRole('button', { name: 'Shown: 3 fields' }).click()
    await page.getByRole('button', { name: 'Show none' }).click()
    await page.locator('.field-heads').waitFor({ state: 'hidden' })
    await keys('Escape')
    assert.equal(await page.getByRole('dialog').count(), 0)
  })
})
