// The findings as the page has them: asked for at leisure, and a way through the frames that prove them.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { AnalysisScope } from '../../../../src/shared/session/analysisResults.ts'
import type { Finding } from '../../../../src/shared/session/findings.ts'
import { createFindingsKeeper, type FoundIn } from '../../../../src/webview/model/findingsKeeper.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'
import { quietSession, quietStatus } from '../../../support/sessions/quietSession.ts'

const finding = (id: string, frames: readonly number[], more: Partial<Finding> = {}): Finding => ({
  ...{ id, severity: 'risk', title: `${id}.`, sentence: 'It was seen.', advice: 'Mend it.' },
  ...{ measured: null, threshold: null, unit: null, frames, frameCount: frames.length },
  ...more,
})

/** A frame of the wire layer. */
const [fragment] = sampleRows([
  {
    kind: 'fragment',
    detail: { index: 0, opcode: 1, fin: false, rsv: 0, masked: false },
  },
])

describe('the findings of a page', () => {
  let now = 10_000
  let clockMs = 10_000
  let takesMs = 0
  let complete = true
  let findings: readonly Finding[] = []
  let scopes: AnalysisScope[] = []
  let selected: number[] = []
  let hidden: readonly number[] = []
  let unhidden = 0
  let text = ''
  let model: FoundIn & { session: FoundIn['session'] }

  const open = () => createFindingsKeeper(model)
  const pass = async (ms: number) => {
    now += ms
    mock.timers.tick(ms)
    await settle()
  }
  const withFrames = (frames: number, more: object = {}) => ({
    ...quietSession,
    status: { ...quietStatus, frames, ...more },
  })

  beforeEach(() => {
    ;[now, clockMs, takesMs, complete, findings] = [10_000, 10_000, 0, true, []]
    ;[scopes, selected, hidden, unhidden, text] = [[], [], [], 0, '']
    model = {
      api: {
        analysis: (async (_: string, scope: AnalysisScope) => {
          scopes.push(scope)
          now += takesMs
          return { result: { findings, rules: 7 }, upTo: 1, complete }
        }) as FoundIn['api']['analysis'],
      },
      session: withFrames(1),
      ready: true,
      clock: { now: () => clockMs },
      shown: {
        get filter() {
          return { afterSeq: 0, text, wire: unhidden > 0 }
        },
      },
      selection: {
        get current() {
          const seq = selected.at(-1) ?? 0
          const row = seq === fragment?.frame.seq ? fragment : null
          const isHidden = hidden.includes(seq) && unhidden === 0
          return { seq, index: null, row, ...(isHidden && { hidden: true as const }) }
        },
        selectSeq: async (seq) => void selected.push(seq),
        unhide: async () => void unhidden++,
      },
      redraw: () => undefined,
    }
    mock.timers.enable({ apis: ['setTimeout'] })
    mock.method(performance, 'now', () => now)
  })
  afterEach(() => {
    mock.timers.reset()
    mock.restoreAll()
  })

  it('are asked for once a second at the most, with the time of a session that goes on', async () => {
    const keeper = open()
    keeper.refresh()
    await pass(0)
    assert.deepEqual(scopes, [{ afterSeq: 0, now: 10_000 }])
    assert.equal(keeper.rules, 7)
    for (let frames = 2; frames < 12; frames++) {
      model.session = withFrames(frames)
      keeper.refresh()
      await pass(90)
    }
    assert.equal(scopes.length, 1)
    await pass(100)
    assert.equal(scopes.length, 2)
  })

  it('are asked for again in a silence, and no more once the session has ended', async () => {
    const keeper = open()
    keeper.refresh()
    await pass(0)
    clockMs = 14_999
    keeper.refresh()
    await pass(2000)
    assert.equal(scopes.length, 1)
    clockMs = 15_000
    keeper.refresh()
    await pass(2000)
    assert.equal(scopes.length, 2)
    model.session = withFrames(1, { state: 'ended' })
    keeper.refresh()
    await pass(2000)
    assert.deepEqual(scopes[2], { afterSeq: 0 })
    clockMs = 60_000
    keeper.refresh()
    await pass(2000)
    assert.equal(scopes.length, 3)
  })

  it('leave a thread that records nine tenths of its time while rules are behind, and a flood nearly all', async () => {
    ;[complete, takesMs] = [false, 20]
    const keeper = open()
    keeper.refresh()
    await pass(0)
    assert.equal(keeper.partial, true)
    await pass(179)
    assert.equal(scopes.length, 1)
    await pass(1)
    assert.equal(scopes.length, 2)
    const { statistics } = quietStatus
    model.session = withFrames(1, { statistics: { ...statistics, framesPerSecond: 9000 } })
    await pass(180)
    assert.equal(scopes.length, 3)
    await pass(999)
    assert.equal(scopes.length, 3)
    await pass(1)
    assert.equal(scopes.length, 4)
  })

  it('mark each frame with the worst that it proves, and a run with the worst of its frames', async () => {
    findings = [
      finding('worst', [9], { severity: 'fault' }),
      finding('bad', [3, 9]),
      finding('odd', [3, 5], { severity: 'hint' }),
    ]
    const keeper = open()
    keeper.refresh()
    await pass(0)
    const marks = keeper.marks.map((mark) => [mark.seq, mark.finding.id])
    assert.deepEqual(marks, [
      [3, 'bad'],
      [5, 'odd'],
      [9, 'worst'],
    ])
    const within = (first: number, last: number) => keeper.within(first, last)?.id
    assert.deepEqual(
      [within(1, 2), within(3, 3), within(4, 8), within(1, 100), within(10, 100)],
      [undefined, 'bad', 'odd', 'worst', undefined],
    )
  })

  it('are gone through frame by frame, both ways and round, also when more are known', async () => {
    const keeper = open()
    const few = finding('a', [2, 4])
    await keeper.visit(few, 1)
    await keeper.visit(few, 1)
    await keeper.visit(finding('a', [2, 4, 6]), 1)
    await keeper.visit(finding('a', [2, 4, 6]), 1)
    await keeper.visit(finding('a', [2, 4, 6]), -1)
    await keeper.visit(finding('b', [1, 3]), -1)
    await keeper.visit(finding('c', []), 1)
    assert.deepEqual(selected, [2, 4, 6, 2, 6, 3])
    assert.deepEqual(keeper.visited, { id: 'b', seq: 3 })
  })

  it('show the wire layer where a frame is of it, and leave a filter alone', async () => {
    const keeper = open()
    hidden = [1]
    assert.equal(await keeper.visit(finding('a', [1]), 1), true)
    assert.equal(unhidden, 1)
    ;[unhidden, text] = [0, 'trade']
    assert.equal(await keeper.visit(finding('a', [1]), 1), false)
    assert.equal(unhidden, 0)
  })

  it('change their number only when they are others', async () => {
    findings = [finding('a', [1])]
    const keeper = open()
    keeper.refresh()
    await pass(0)
    const { version } = keeper
    findings = [finding('a', [1])]
    model.session = withFrames(2)
    keeper.refresh()
    await pass(1000)
    assert.equal(keeper.version, version)
    findings = [finding('a', [1, 2])]
    model.session = withFrames(3)
    keeper.refresh()
    await pass(1000)
    assert.notEqual(keeper.version, version)
  })
})
