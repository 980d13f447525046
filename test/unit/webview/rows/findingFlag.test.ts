// The flag of a row, as it is painted again while the figures of its finding grow.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'

/** As much of an element as a row needs to be made and painted. */
class BareElement {
  className = ''
  title = ''
  textContent = ''
  readonly dataset = {}
  readonly style = { setProperty() {} }
  readonly classList = { add() {} }
  append() {}
  setAttribute() {}
  replaceChildren() {}
}

// They are typed for a page.
const load = (path: string) =>
  import(new URL(`../../../../src/webview/${path}`, import.meta.url).href)
const { createRowElement } = await load('rows/rowElement.ts')
const { createMergedRow } = await load('together/merged/mergedRow.ts')

describe('the flag of a row', () => {
  const { document: own } = globalThis as { document?: unknown }
  let made: BareElement[] = []
  const make = () => {
    const element = new BareElement()
    made.push(element)
    return element
  }
  before(
    () =>
      void Object.assign(globalThis, { document: { createElement: make, createElementNS: make } }),
  )
  after(() => void Reflect.set(globalThis, 'document', own))

  for (const [what, create] of [
    ['one session', createRowElement],
    ['several', createMergedRow],
  ] as const)
    it(`tells what was measured last, among rows of ${what}`, () => {
      made = []
      const row = create('row')
      const titles = [12, 13].map((seconds) => {
        const sentence = `Nothing came for ${seconds} s.`
        const finding = { id: 'silent', severity: 'hint', title: 'It is silent.', sentence }
        row.paint(null, { index: 0, sought: [], bookmark: null, answer: null, pair: null, finding })
        return made.find(({ className }) => className.includes('flag is-'))?.title
      })
      assert.deepEqual(titles, [
        'hint: It is silent. Nothing came for 12 s.',
        'hint: It is silent. Nothing came for 13 s.',
      ])
    })
})
