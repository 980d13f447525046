// The Answer pane on the timeline page: live with its caret, from words to frames and back, and as what is copied.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { wholeText } from '../support/editor/modelScene.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the answer of a model', () => {
  const { open, press, keys, host, askHost, rows, boxOf, waitForSelected } = useTimelinePage()

  async function openAnswer(options = {}) {
    const page = await open({ scene: 'model', ...options })
    await host((fake) => fake.perform('answer'))
    const pane = page.getByRole('region', { name: 'Answer' })
    await pane.locator('.part').first().waitFor()
    return { page, pane }
  }

  it('is told live, up to where the stream is and how it ends', async () => {
    const { page, pane } = await openAnswer()
    const call = pane.locator('.part.tool')
    await comesTo(() => call.textContent(), 'tool call 1get_quote{"symbol": "BTC-EUR"')
    assert.equal(await call.locator('.stream-caret').count(), 1)
    assert.equal(await pane.locator('strong').textContent(), 'Server-Sent Events')
    assert.deepEqual(await pane.locator('.answer-endings > p').allTextContents(), [])

    await host((fake) => fake.add(3))
    const end = pane.locator('.answer-endings > .error')
    await comesTo(
      () => end.textContent(),
      'The stream ended here without its finish sign: this is not the whole answer.#138',
    )
    await comesTo(() => pane.getByRole('status').textContent(), 'The answer was cut off.')
    // What styles the pane leaves the icons of the rows alone.
    const icons = page.locator('.row.answer-ends:not([hidden]) > .codicon')
    const heights = await icons.evaluateAll((all) =>
      all.map((icon) => icon.computedStyleMap().get('line-height')?.toString()),
    )
    assert.deepEqual(
      heights,
      heights.map(() => '14px'),
    )
    assert.notEqual(heights.length, 0)
    const figures = () => pane.locator('.answer-figures > div').allTextContents()
    await comesTo(async () => (await figures())[2], '2.50 s longest stall, 1 in all')
    assert.equal((await figures())[0], '760 ms to first token')
    const label = () => pane.getByRole('img').getAttribute('aria-label')
    assert.match((await label()) ?? '', /first token after 760 ms, 1 stall, the longest 2\.50 s$/)
    assert.equal(await pane.locator('.stream-caret').count(), 0)
    assert.equal(await call.locator('.arguments > div').count(), 8)
    await end.getByRole('button', { name: '#138' }).click()
    await waitForSelected(138)
  })

  it('sets Markdown as text, in which nothing can be loaded', async () => {
    const { page, pane } = await openAnswer()
    await pane.getByRole('combobox', { name: 'Which answer' }).selectOption('1')
    await pane.getByRole('heading', { name: 'Three ways', level: 3 }).waitFor()
    assert.deepEqual(await pane.locator('td').allTextContents(), ['polling', '412', 'events', '38'])
    assert.equal(await pane.locator('ol > li').count(), 3)
    assert.equal(
      await pane.locator('pre').textContent(),
      "const stream = new EventSource('/ticks')\n",
    )
    assert.equal(await pane.locator('.address').textContent(), ' (https://html.spec.whatwg.org/)')
    assert.equal(await pane.locator('.answer-text :is(a, img, b)').count(), 0)
    await pane.getByText('<b>no</b> binary').waitFor()
    const reasoning = pane.locator('.reasoning > .prose')
    assert.equal(await reasoning.isVisible(), false)
    await pane.getByText('Reasoning · 45 characters').click()
    assert.equal(await reasoning.textContent(), 'The user wants a comparison, so a table fits.')
    assert.deepEqual(await pane.locator('.answer-endings > p').allTextContents(), [
      'Finished: stop#81',
      'Usage: 14 tokens in, 96 out, 11 for reasoning#82',
    ])
    assert.equal(await page.title(), 'Lifeline')
  })

  it('says so where the row of a chosen word is not shown, and leads to it', async () => {
    const { page, pane } = await openAnswer()
    await page.getByRole('combobox', { name: /^Filter/ }).fill('dir:out')
    await page.keyboard.press('Enter')
    await comesTo(() => rows().getAttribute('aria-rowcount'), '2')
    await pane.locator('strong').click()
    const note = pane.getByText(/^The row of #\d+ is not shown\./)
    await note.waitFor()
    await note.getByRole('button', { name: 'Its detail' }).click()
    await page.locator('lifeline-detail').getByText('The row of this frame is not shown.').waitFor()
    await keys('Escape', 'Escape')
    await host((fake) => fake.perform('answer'))
    await note.getByRole('button', { name: 'Show it' }).click()
    await page.locator('.row[aria-selected=true]:not([hidden])').waitFor()
    assert.equal(await note.count(), 0)
  })

  it('leads from a word to its frame, and marks what the selected frame brought', async () => {
    const { page, pane } = await openAnswer()
    const marked = () =>
      page.evaluate<string[]>(
        "[...(CSS.highlights.get('answer-selected') ?? [])].map((range) => range.toString())",
      )
    const bold = await boxOf(pane.locator('strong'))
    await page.mouse.click(bold.x + bold.width - 6, bold.y + bold.height / 2)
    await comesTo(marked, [' Events'])
    const selected = page.locator('.row.active')
    await comesTo(async () => /Events\*\*/.test((await selected.textContent()) ?? ''), true)
    await keys('ArrowRight')
    await comesTo(marked, [' are'])
    await keys('ArrowLeft', 'ArrowLeft')
    await comesTo(marked, [' Server-Sent'])

    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    await comesTo(marked, [' user'])
    const which = pane.getByRole('combobox', { name: 'Which answer' })
    assert.equal(await which.inputValue(), '1')
    assert.equal(await pane.locator('.reasoning').getAttribute('open'), '')
  })

  it('runs beside the rows, from the request over the first token to the end', async () => {
    const { page } = await openAnswer()
    await press('Home')
    const bars = () =>
      page
        .locator('.row:is(.answer-begins, .answer-turns, .answer-ends)')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-rowindex')).sort())
    await comesTo(bars, ['1', '4'])
    assert.equal(await page.locator('.row.answer-waits .hold-track:visible').count(), 3)
  })

  it('is copied as text, as Markdown and as JSON', async () => {
    const { page, pane } = await openAnswer({ theme: 'light' })
    await pane.getByRole('combobox', { name: 'Which answer' }).selectOption('1')
    await pane.getByRole('heading', { name: 'Three ways' }).waitFor()
    const copied = async (name: string) => {
      await pane.getByRole('button', { name: 'Copy' }).click()
      await page.getByRole('menuitem', { name }).click()
      const call = await askHost((fake) => fake.calls.findLast(({ method }) => method === 'copy'))
      return String(call?.args[0])
    }
    assert.equal(await copied('Copy the text'), wholeText)
    assert.match(await copied('Copy as Markdown'), /^### Ask the model: answer #1\n/)
    assert.equal(JSON.parse(await copied('Copy everything as JSON')).usage.output, 96)
  })

  it('takes the place of the detail, and gives it back', async () => {
    const { page, pane } = await openAnswer({ width: 700, theme: 'high-contrast' })
    const text = pane.getByRole('group', { name: /^What the model said/ })
    await comesTo(() => text.evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('Shift+F6')
    assert.equal(await rows().evaluate((one) => one.matches(':focus')), true)
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
  })

  it('is offered once there is one, and opens from the header', async () => {
    const page = await open({ scene: 'model' })
    const button = page.getByRole('button', { name: 'Answer', exact: true })
    await button.click()
    await page.getByRole('region', { name: 'Answer' }).locator('.part').first().waitFor()
    await comesTo(() => button.getAttribute('aria-pressed'), 'true')
    await button.click()
    await page.getByRole('region', { name: 'Answer' }).waitFor({ state: 'detached' })
  })

  it('says so where no model has answered', async () => {
    const page = await open({ scene: 'websocket' })
    assert.equal(await page.getByRole('button', { name: 'Answer' }).count(), 0)
    await host((fake) => fake.perform('answer'))
    await page.getByText('No answer of a model has come in this session.').waitFor()
  })
})
