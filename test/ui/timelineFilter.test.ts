// The filter box of the timeline page, in a plain browser: mistakes, completion, last filters, examples.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'

describe('the filter box of the timeline page', () => {
  const { open, rows, keys, press, settled, boxOf, askHost } = useTimelinePage()

  it('underlines a mistake and says what would be right, while the rows stay', async () => {
    const page = await open({ scene: 'websocket' })
    const box = page.getByRole('combobox', { name: 'Filter' })
    const count = page.locator('.filter .found')
    await keys('/')
    await page.keyboard.type('kind:error')
    await count.filter({ hasText: /^1 of/ }).waitFor()
    const top = await boxOf(rows())
    await page.keyboard.type('s')
    await page.getByRole('status').filter({ hasText: 'kind: takes one of' }).waitFor()
    assert.equal(await page.locator('.colours .mistake').textContent(), 'errors')
    assert.equal(await box.getAttribute('aria-invalid'), 'true')
    assert.equal(await rows().getAttribute('aria-rowcount'), '1')
    assert.deepEqual(await boxOf(rows()), top)
    await keys('Enter')
    assert.equal(await box.evaluate((one) => one.matches(':focus')), true, 'it is not left')
    await keys('Backspace', 'Enter')
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    assert.equal(await page.locator('.colours .mistake').count(), 0)
  })

  it('keeps each letter that is typed right after all was selected, and tells the first mistake', async () => {
    const page = await open({ scene: 'websocket' })
    // VS Code selects all once more when the key that the page left to it has been there and back.
    await page.evaluate(`window.addEventListener('keydown', ({ key, ctrlKey }) => {
      const again = () => document.execCommand('selectAll')
      if (ctrlKey && key === 'a') document.addEventListener('input', again, { once: true })
    })`)
    const typed = 'dir:sideways $.price >'
    for (const [key, name] of [
      ['Control+f', 'Find'],
      ['Control+g', 'Go to'],
      ['/', 'Filter'],
    ] as const) {
      const box = page.getByLabel(name, { exact: true }).and(page.locator('input'))
      await press(key)
      await page.keyboard.type('dir:out')
      await keys('Control+a')
      await page.keyboard.type(typed)
      assert.equal(await box.inputValue(), typed, name)
      if (name !== 'Filter') await keys('Escape')
    }
    await page.getByRole('status').filter({ hasText: 'dir: takes in, out or local.' }).waitFor()
    assert.match(
      (await page.locator('.colours .mistake').allTextContents()).join(''),
      /^sideways\$\.price >$/,
    )
  })

  it('is the widest thing of its line, and moves nothing when it is used, at every width', async () => {
    const page = await open({ scene: 'websocket', width: 1400 })
    const box = page.getByRole('combobox', { name: 'Filter' })
    const places = async () => {
      await settled()
      const all = page.locator('.identity, .facts > *, .tools > *, lifeline-rows')
      return all.evaluateAll((each) =>
        each.map((one) => JSON.stringify(one.getBoundingClientRect())),
      )
    }
    await press('Home', 'Enter')
    for (const width of [340, 560, 700, 761, 1000, 1161, 1400, 1700, 2500]) {
      await page.setViewportSize({ width, height: 800 })
      const before = await places()
      await box.fill('dir:in $.symbol = "BTC-EUR"')
      await page.locator('.filter .found').filter({ hasText: ' of ' }).waitFor()
      assert.deepEqual(await places(), before, `${width}`)
      const [wide = 0, ...others] = await page
        .locator('.tools > *')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
      assert.ok(wide > Math.max(...others), `${width}: the box has ${wide} px`)
      const typed = await boxOf(page.locator('.filter .typed'))
      const found = await boxOf(page.locator('.filter .found'))
      assert.ok(typed.width >= 150, `${width}: the text has ${typed.width} px`)
      assert.ok(typed.x + typed.width <= found.x, `${width}: the count covers none of it`)
      await box.fill('')
      await rows().focus()
    }
  })

  it('completes names and values with the keys, and offers filters that were used', async () => {
    const page = await open({ scene: 'websocket' })
    const box = page.getByRole('combobox', { name: 'Filter' })
    await keys('/')
    await page.keyboard.type('ki')
    await page.getByRole('option', { name: /^kind:/ }).waitFor()
    assert.equal(await box.getAttribute('aria-expanded'), 'true')
    await keys('ArrowDown', 'Tab')
    assert.equal(await box.inputValue(), 'kind:')
    await page.keyboard.type('er')
    await keys('ArrowDown', 'Enter')
    assert.equal(await box.inputValue(), 'kind:error')
    await page.locator('.filter .found', { hasText: /^1 of/ }).waitFor()
    await keys('Enter')
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await keys('/', 'Escape')
    assert.equal(await box.inputValue(), '')
    // Nothing opens by itself; the box says how to come to them.
    assert.equal(await box.getAttribute('aria-expanded'), 'false')
    assert.equal(await box.getAttribute('placeholder'), 'Filter (↓ for saved and last ones)')
    await keys('ArrowDown')
    await page.getByRole('option', { name: 'kind:error', selected: true }).waitFor()
    await keys('Escape')
    assert.equal(await box.getAttribute('aria-expanded'), 'false')
    await keys('ArrowUp', 'Enter')
    assert.equal(await box.inputValue(), 'kind:error')
    await page.locator('.filter .found', { hasText: /^1 of/ }).waitFor()
  })

  it('offers the filters of the profile, and saves one with it', async () => {
    const page = await open({ scene: 'websocket', saved: true })
    const box = page.getByRole('combobox', { name: 'Filter' })
    await keys('/', 'ArrowDown')
    const [first] = await page.getByRole('option').all()
    assert.ok(first)
    await first.click()
    assert.notEqual(await box.inputValue(), '')
    const save = page.getByRole('button', { name: 'Save this filter with the profile…' })
    assert.equal(await save.count(), 0, 'it is saved')
    // What is typed is saved, not what the rows have until then; nothing while it is mistaken.
    await box.fill('kind:close')
    await save.waitFor()
    await box.fill('kind:errors')
    await save.click()
    await page.getByRole('status').filter({ hasText: 'kind: takes one of' }).waitFor()
    await box.fill('kind:error')
    await save.click()
    const calls = await askHost((fake) =>
      fake.calls.filter(({ method }) => method === 'keepFilter'),
    )
    assert.deepEqual(calls, [{ method: 'keepFilter', args: ['kind:error'] }])
  })

  it('has examples that are added to what is typed, with letters and colours in one place', async () => {
    const page = await open({ scene: 'websocket', width: 700 })
    const box = page.getByRole('combobox', { name: 'Filter' })
    await keys('/')
    await page.keyboard.type('trade')
    await page.getByRole('button', { name: 'Examples of filters' }).click()
    await page.getByRole('option', { name: /^dir:in The/ }).click()
    assert.equal(await box.inputValue(), 'trade dir:in')
    await box.fill(`${'x'.repeat(200)} "the end"`)
    await page.locator('.filter .found', { hasText: /^0 of/ }).waitFor()
    const colours = await boxOf(page.locator('.colours .string'))
    const field = await boxOf(page.locator('.filter .typed'))
    assert.ok(colours.x >= field.x && colours.x + colours.width <= field.x + field.width)
  })

  it('filters by a value that is picked in the payload, and marks what it looks for', async () => {
    const page = await open({ scene: 'outage', width: 1200 })
    const box = page.getByRole('combobox', { name: 'Filter' })
    await box.fill('/ord[a-z]+/ dir:in')
    const hits = page.locator('.row:not([hidden]) mark.hit')
    await hits.filter({ hasText: 'order' }).first().waitFor()
    await box.press('Enter')
    await press('Home', 'Enter')
    // What it is compared with comes later, and gives the detail another tab.
    await page.getByRole('tab', { name: 'Difference' }).waitFor()
    await settled()
    const line = page.locator('.json-line', { hasText: 'symbol:' })
    // The first move of a pointer is none for the page: it has come from nowhere.
    await page.mouse.move(1, 1)
    await line.hover()
    await line.getByRole('button', { name: 'Filter', exact: true }).click()
    assert.match(await box.inputValue(), /^\/ord\[a-z\]\+\/ dir:in \$\.symbol = "[A-Z]{3}-EUR"$/)
    await hits
      .filter({ hasText: /^[A-Z]{3}-EUR$/ })
      .first()
      .waitFor()
    // What is filtered already is not offered again.
    await line.getByRole('button', { name: 'Filter', exact: true }).waitFor({ state: 'detached' })
  })
})
