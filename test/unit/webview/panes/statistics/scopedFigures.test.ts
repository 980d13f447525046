// The figures of a scope while another one is chosen.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecodedNumbers } from '../../../../../src/engine/analyses/decodedNumbers.ts'
import { createNumbers } from '../../../../../src/engine/analyses/numbers.ts'
import type { TimelineApi } from '../../../../../src/shared/calls/messages.ts'
import type {
  AnalysisName,
  AnalysisScope,
} from '../../../../../src/shared/session/analysisResults.ts'
import {
  copiedFigures,
  figuresLine,
  readFigures,
} from '../../../../../src/webview/panes/statistics/scopedFigures.ts'
import {
  chosenScope,
  scopeOptions,
} from '../../../../../src/webview/panes/statistics/statisticsScope.ts'
import { messageRow } from '../../../../support/editor/fakeRows.ts'

const options = scopeOptions({
  filter: { afterSeq: 0, text: 'trade', wire: false },
  pausedSeq: null,
})
const session = chosenScope(options, 'session')
const filtered = chosenScope(options, 'shown')

/** The session has 3 frames, of which the filter finds one. */
function apiOf(complete = true) {
  const numbers = ({ filter }: AnalysisScope) => {
    const fold = createNumbers()
    for (const seq of filter ? [1] : [1, 2, 3])
      fold.add(messageRow(seq).frame, seq, new Uint8Array())
    return fold.result()
  }
  const analysis = async (name: AnalysisName, scope: AnalysisScope) => ({
    result: name === 'numbers' ? numbers(scope) : createDecodedNumbers().result(),
    upTo: 3,
    complete: complete || name !== 'overview',
  })
  return { analysis } as unknown as Pick<TimelineApi, 'analysis'>
}

describe('the figures of a scope', () => {
  it('say whose they are until those of the chosen one are read', async () => {
    const whole = await readFigures(apiOf(), session)
    assert.match(figuresLine(whole, session), /3 frames · 1 connection$/)
    assert.match(
      figuresLine(whole, filtered),
      /3 frames · 1 connection \(whole session\) · reading: filter trade …$/,
    )
    const some = await readFigures(apiOf(), filtered)
    assert.match(figuresLine(some, filtered), /1 frame · 1 connection$/)
    assert.match(figuresLine(some, session), / \(filter trade\) · reading: whole session …$/)
  })

  it('are copied under their own scope', async () => {
    const whole = await readFigures(apiOf(), session)
    assert.match(
      copiedFigures('Trades', whole),
      /^### Trades\n\n.* 3 frames .* \(whole session\)\n/,
    )
    const some = await readFigures(apiOf(), filtered)
    assert.match(copiedFigures('Trades', some), /^### Trades\n\n.* 1 frame .* \(filter trade\)\n/)
  })

  it('grow while any of them is still being read', async () => {
    const figures = await readFigures(apiOf(false), session)
    assert.equal(figures.partial, true)
    assert.match(figuresLine(figures, session), / · reading older frames …$/)
    assert.match(figuresLine(figures, session, 'reading 43 %'), /connection · reading 43 %$/)
    assert.match(copiedFigures('Trades', figures), / \(whole session, read up to frame 3\)\n/)
  })
})
