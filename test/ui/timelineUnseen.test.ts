// Text that would turn lines around, hide or run on, at every place of the timeline page.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { shownLimits } from '../../src/shared/limits.ts'
import { formButton, offeredForms, showPayloadAs } from '../support/editor/showPayloadAs.ts'
import { createScene, turnedText } from '../support/editor/timelineScenes.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { eventually } from '../support/eventually.ts'

/** Every text and attribute that is drawn, read aloud or shown on hovering, but what is only there to be copied. */
const shownTexts = `(() => {
  const texts = []
  const walk = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (node.shadowRoot) walk(node.shadowRoot)
        for (const { value } of node.attributes) texts.push(value)
        continue
      }
      const parent = node.parentElement
      const code = /^(?:STYLE|SCRIPT)$/.test(parent?.tagName ?? '')
      if (!code && !parent?.parentElement?.matches('.unseen')) texts.push(node.nodeValue)
    }
  }
  walk(document.body)
  return texts
})()`

/** What is copied when the whole text of the payload is selected. */
const selectedText = `(() => {
  const lines = document.querySelector('lifeline-payload .text-lines')
  getSelection().selectAllChildren(lines)
  const clipboardData = new DataTransfer()
  lines.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
  return clipboardData.getData('text/plain')
})()`

/** Where the letters of "cba" stand, in pixels from the left. */
const letterPlaces = `(() => {
  const text = document.querySelector('lifeline-payload .text-lines')
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.nodeValue.indexOf('cba')
    if (at < 0) continue
    return [0, 1, 2].map((i) => {
      const range = document.createRange()
      range.setStart(node, at + i)
      range.setEnd(node, at + i + 1)
      return range.getBoundingClientRect().left
    })
  }
  return []
})()`

const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

describe('the timeline page and text that nobody sees', () => {
  const { open, settled, press, waitForSelected } = useTimelinePage()

  it('shows each such character by its code and cuts what runs on, in every kind of frame and tab', async () => {
    const page = await open({ scene: 'unseen', unfolded: true })
    const places = new Set<string>()
    const check = async (place: string) => {
      places.add(place)
      await settled()
      for (const text of await page.evaluate<string[]>(shownTexts)) {
        const [found] = unseen.exec(text.replace(/\r?\n|\t/g, ' ')) ?? []
        const code = found?.codePointAt(0)?.toString(16)
        assert.equal(code, undefined, `${place}: ${text.slice(0, 200)}`)
        assert.ok(text.length <= shownLimits.valueChars, `${place}: ${text.length}`)
      }
    }
    await page.getByRole('button', { name: 'Wire' }).click()
    const count = createScene('unseen', 0).frames
    await page.locator(`[role=grid][aria-rowcount="${count}"]`).waitFor()
    await press('Home', 'Enter')
    for (let seq = 1; seq <= count; seq++) {
      await waitForSelected(seq)
      await settled()
      const tabs = page.getByRole('tab')
      for (const tab of await tabs.all()) {
        await tab.click()
        const name = await tab.textContent()
        await check(`frame ${seq}, ${name}`)
        if (name !== 'Payload') continue
        if ((await formButton(page).count()) === 0) continue
        for (const form of await offeredForms(page)) {
          await showPayloadAs(page, form)
          await check(`frame ${seq}, ${name} as ${form}`)
        }
      }
      if (seq < count) await press('ArrowDown')
    }
    assert.ok(count >= 15 && places.size > 3 * count, [...places].join('\n'))
  })

  it('leaves room below a long fact, which is scrolled with the keyboard', async () => {
    const page = await open({ scene: 'unseen', unfolded: true })
    await page.getByRole('button', { name: 'Wire' }).click()
    const count = createScene('unseen', 0).frames
    await page.locator(`[role=grid][aria-rowcount="${count}"]`).waitFor()
    await press('Home', 'Enter')
    let long = 0
    for (let seq = 1; seq <= count; seq++) {
      await waitForSelected(seq)
      await settled()
      const folded = page.getByRole('button', { name: 'All facts', expanded: false })
      if ((await folded.count()) > 0) await folded.click()
      await settled()
      for (const fact of await page.locator('.detail dl.facts dd').all()) {
        const [shown, whole] = await fact.evaluate((one) => [one.clientHeight, one.scrollHeight])
        assert.ok(shown <= 200, `frame ${seq}: ${shown} px`)
        if (whole <= shown) continue
        long++
        await fact.evaluate((one) => (one.querySelector('button') ?? one).focus())
        await page.keyboard.press('End')
        await eventually('it is scrolled', () => fact.evaluate((one) => one.scrollTop > 0))
      }
      if (seq < count) await press('ArrowDown')
    }
    assert.ok(long >= 5, `${long}`)
  })

  it('frames what it makes visible in a text, turns nothing around and gives what came to be copied', async () => {
    const page = await open({ scene: 'turned' })
    await press('Home', 'Enter')
    const text = page.locator('lifeline-payload .text-lines')
    await text.waitFor()
    await settled()
    const marks = await text.locator('.unseen').all()
    const shown = await Promise.all(marks.map((mark) => mark.getAttribute('data-shown')))
    assert.deepEqual(shown, ['\\u202e', '\\u2066', '\\u200b', '\\ufeff', '\\u202a'])
    assert.equal(await page.evaluate<string>(selectedText), turnedText)
    // From left to right: the letters behind the mark stand as they were sent.
    const places = await page.evaluate<number[]>(letterPlaces)
    assert.equal(places.length, 3)
    assert.deepEqual(
      places.toSorted((a, b) => a - b),
      places,
    )
  })
})
