// The elements that an answer makes on the page, counted without one: hostile Markdown, arguments and characters that are not seen.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import {
  createElementRoom,
  type ElementRoom,
  measureMarkdown,
} from '../../../../../src/webview/panes/answer/elementRoom.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

/** As much of an element as parts need to be drawn. */
class CountedElement {
  static count = 0
  readonly dataset = {}
  readonly style = {}
  readonly classList = { toggle() {} }
  readonly firstElementChild = null
  append() {}
  insertBefore() {}
  setAttribute() {}
  replaceChildren() {}
  remove() {}
  constructor() {
    CountedElement.count++
  }
}

const page = {
  HTMLOListElement: class {},
  document: {
    createElement: () => new CountedElement(),
    createTextNode: (data: string) => ({ data }),
  },
}

const repeated = (text: string, chars = 300_000) => text.repeat(Math.ceil(chars / text.length))

const texts: readonly string[] = [
  ...['*a* ', '`a`', '[a](b) ', '<http://a>', '~~**_a*b*c*d*e_**~~ ', '# a\n', '---\n', 'a\n=\n'],
  ...['- a\n', '- [ ] a\n', '1. 1. 1. 1. a\n\n', `${'> '.repeat(40)}a\n\n`, '```\n\u200b\n```\n'],
  ...['a\u200b', `${'a\u200b'.repeat(1900)}\n\n`, `*${'a\u202e'.repeat(900)}* `],
].map((text) => repeated(text))
const tables = ['|a|b|\n', '|*a*|~~**_b_**~~|\n', '|\u200b|\n'].map(
  (row) => `|a|b|\n|-|-|\n${repeated(row)}`,
)
const calls = [repeated('"a\u200b",'), repeated(`"${'a\u200b'.repeat(500)}",`), '['.repeat(300_000)]

type Kind = 'text' | 'reasoning' | 'tool'

interface Drawn {
  update(part: object, number: number, growing: boolean, room: ElementRoom): void
  texts(): readonly { readonly node: { readonly data: string }; readonly at: number }[]
}

// It is typed for a page.
const drawnParts = new URL('../../../../../src/webview/panes/answer/drawnParts.ts', import.meta.url)
const { createDrawnPart } = (await import(drawnParts.href)) as {
  createDrawnPart(kind: Kind): Drawn
}

function update(drawn: Drawn, kind: Kind, text: string, room: ElementRoom) {
  drawn.update({ kind, text, part: 0, choice: 0, name: 'a' }, 1, false, room)
}

/** Elements that these parts of an answer make. */
function countOf(parts: readonly (readonly [Kind, string])[]): number {
  const room = createElementRoom()
  const first = CountedElement.count
  for (const [kind, text] of parts) update(createDrawnPart(kind), kind, text, room)
  return CountedElement.count - first
}

describe('an answer on the page', () => {
  const own = Object.keys(page).map((name) => [name, Reflect.get(globalThis, name)] as const)
  before(() => void Object.assign(globalThis, page))
  after(() => {
    for (const [name, value] of own) Reflect.set(globalThis, name, value)
  })

  it('has so many elements for one part, whatever stands in it', () => {
    const most = 30_000
    for (const text of [...texts, ...tables]) {
      const count = countOf([['text', text]])
      assert.ok(count <= most, `${count} for ${JSON.stringify(text.slice(0, 40))}`)
      assert.ok(countOf([['reasoning', text]]) <= most)
    }
    for (const text of calls) assert.ok(countOf([['tool', text]]) <= most)
  })

  it('has so many for all parts together', () => {
    // Some 2 MiB, as much as is kept of an answer.
    const all = [...texts, ...tables].map((text) => ['text', text.slice(0, 100_000)] as const)
    const more = calls.flatMap((text) =>
      new Array(8).fill(['tool', text.slice(0, 80_000)] as const),
    )
    for (const parts of [all, more]) {
      const count = countOf(parts)
      // Each part has some of its own, and lines beside what is in them.
      assert.ok(count <= 75_000 + 10 * parts.length, `${count}`)
    }
  })

  it('keeps what is drawn while another part grows', () => {
    const [growing, other] = [createDrawnPart('text'), createDrawnPart('tool')]
    const call = `[${'"value", '.repeat(3000)}`
    const counts: number[] = []
    for (let length = 1; length < 20; length++) {
      const room = createElementRoom()
      update(growing, 'text', '*a* b\n\n'.repeat(length), room)
      const first = CountedElement.count
      update(other, 'tool', call, room)
      counts.push(CountedElement.count - first)
    }
    assert.deepEqual([counts[0] === 0, new Set(counts.slice(1))], [false, new Set([0])])
  })

  it('is drawn once, also while other parts take the room of its Markdown', () => {
    const [others, last] = [
      [createDrawnPart('text'), createDrawnPart('text')],
      createDrawnPart('text'),
    ]
    const text = 'word\n\n'.repeat(3000)
    for (const length of [1, 1500, 3000]) {
      const room = createElementRoom()
      for (const other of others) update(other, 'text', 'word\n\n'.repeat(length), room)
      update(last, 'text', text, room)
      const ends = last.texts().map(({ node, at }) => [at, at + node.data.length])
      const twice = ends.find(([at = 0], index) => at < (ends[index - 1]?.[1] ?? 0))
      assert.equal(twice, undefined, `${length}`)
    }
  })

  it('draws no more than the end of a plain text that grows', () => {
    const drawn = createDrawnPart('text')
    const text = '\u202e'.repeat(300_000)
    const counts = [0, 1, 2].map((more) => {
      const first = CountedElement.count
      update(drawn, 'text', text.slice(0, 290_000 + more), createElementRoom())
      return CountedElement.count - first
    })
    // The piece itself; its characters are told as text.
    assert.deepEqual([(counts[0] ?? 0) > 10, counts.slice(1)], [true, [1, 1]])
  })

  it('is Markdown up to the same place however it goes on, in linear time', () => {
    const text = repeated('*a\u200b* b\n')
    const { end, elements } = measureMarkdown(text, 24_000)
    assert.ok(elements <= 24_000 && elements > 23_990)
    assert.equal(measureMarkdown(text.slice(0, end + 5), 24_000).end, end)
    // No pair of a letter is parted.
    assert.equal(measureMarkdown(`a${'😀'.repeat(110_000)}`, 24_000).end % 2, 1)
    for (const piece of ['a', '\u200b', '*', '\n'])
      assertLinear(40_000, (size) => measureMarkdown(piece.repeat(size), 24_000), piece)
  })
})
