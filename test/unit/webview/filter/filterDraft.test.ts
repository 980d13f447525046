// The text in the filter box, ahead of the filter of the rows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { FilterDraft } from '../../../../src/webview/filter/filterDraft.ts'
import { withLastFilter } from '../../../../src/webview/filter/lastFilters.ts'

function createDraft() {
  const applied: string[] = []
  const draft = new FilterDraft({ apply: (text) => applied.push(text), changed: () => undefined })
  return { draft, applied }
}

describe('the text in the filter box', () => {
  it('reaches the rows without blanks around it, and once', () => {
    const { draft, applied } = createDraft()
    draft.type(' trade ')
    assert.equal(draft.apply(), true)
    assert.equal(draft.apply(), true)
    draft.type('   ')
    draft.apply()
    assert.deepEqual(applied, ['trade', ''])
  })

  it('stays away from them with a mistake, which is told when it is left', () => {
    const { draft, applied } = createDraft()
    draft.type('kind:nonsense')
    assert.equal(draft.apply(), false)
    assert.deepEqual(draft.mistakes, [])
    draft.tell()
    assert.equal(draft.mistakes.length, 1)
    draft.type('kind:message')
    assert.deepEqual(draft.mistakes, [])
    draft.apply()
    assert.deepEqual(applied, ['kind:message'])
  })

  it('becomes the filter that others give to the rows, and else stays as it is typed', () => {
    const { draft } = createDraft()
    draft.type('trade ')
    draft.apply()
    draft.see('trade')
    assert.equal(draft.text, 'trade ')
    draft.see('type:chat')
    assert.equal(draft.text, 'type:chat')
  })
})

describe('the last filters', () => {
  it('begin with the latest, each once, and are few', () => {
    assert.deepEqual(withLastFilter(['a', 'b'], ' b '), ['b', 'a'])
    assert.deepEqual(withLastFilter(['a'], '  '), ['a'])
    const many = Array.from({ length: 20 }, (_, index) => `f${index}`)
    assert.equal(withLastFilter(many, 'new').length, 20)
  })
})
