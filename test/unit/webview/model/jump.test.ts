// Jumps of the view: the last wish wins, also over answers that come later.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createJump } from '../../../../src/webview/model/jump.ts'
import type { ShownRows } from '../../../../src/webview/model/shownRows.ts'

describe('a jump', () => {
  function start() {
    const answers: ((row: number) => void)[] = []
    const acts: string[] = []
    const shown = {
      filter: {},
      pausedSeq: null,
      total: 100,
      setFollow: (follow: boolean) => acts.push(follow ? 'follow' : 'leave'),
      grow: () => {},
    } as unknown as ShownRows
    const viewport = () => ({
      rowsVisible: () => 10,
      reveal: () => {},
      scrollTo: (index: number) => acts.push(`row ${index}`),
      top: () => 0,
      isInTail: () => false,
    })
    const position = () => new Promise<number>((resolve) => answers.push(resolve))
    return { jump: createJump({ api: { position }, shown, viewport }), answers, acts }
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))

  it('goes to the row of a frame', async () => {
    const { jump, answers, acts } = start()
    jump.show(7, 'top')
    answers[0]?.(6)
    await turn()
    assert.deepEqual(acts, ['leave', 'row 6'])
  })

  it('stays at the end when an answer of before comes late', async () => {
    const { jump, answers, acts } = start()
    jump.show(7, 'top')
    jump.showEnd()
    answers[0]?.(6)
    await turn()
    assert.deepEqual(acts, ['follow'])
  })

  it('goes to the last of several wishes', async () => {
    const { jump, answers, acts } = start()
    for (const seq of [7, 8, 9]) jump.show(seq, 'top')
    answers[0]?.(6)
    await turn()
    answers[1]?.(8)
    await turn()
    assert.equal(answers.length, 2)
    assert.equal(acts.at(-1), 'row 8')
  })
})
