// The first frame of the stream after a companion request: known by few calls, now or once it comes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFirstData } from '../../../../src/engine/analyses/firstData.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import type { AnalysisScope } from '../../../../src/shared/session/analysisResults.ts'
import { createFirstAfter, isCompanionRequest } from '../../../../src/webview/model/firstAfter.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { type SampleRow, sampleRows } from '../../../support/samples/sampleRows.ts'

const companion = sampleFrames['long-polling'].find(({ frame }) => isCompanionRequest(frame))?.frame
assert.ok(companion?.kind === 'request')
const ping = { kind: 'ping', detail: { masked: false }, bytes: 'x' } as const
const event = { kind: 'event', detail: { type: 'm', lastEventId: '' }, bytes: 'x' } as const
const request = { kind: 'request', detail: companion.detail, direction: 'out' } as const

/** Frames that the session's thread folds in one call. */
const slice = 100

function createFinder(rows: () => readonly SampleRow[]) {
  let calls = 0
  let found = 0
  const problems: unknown[] = []
  let failing = false
  const fold = createFirstData()
  let upTo = 1
  const analysis = async (name: string, { afterSeq }: AnalysisScope) => {
    assert.deepEqual([name, afterSeq], ['firstData', 1])
    calls++
    if (failing) throw new Error('gone')
    const next = rows().slice(upTo, upTo + slice)
    for (const { frame } of next) fold.add(frame, frame.seq)
    upTo += next.length
    return { result: fold.result(), upTo, complete: fold.settled === true || upTo >= rows().length }
  }
  const finder = createFirstAfter({
    api: { analysis } as Parameters<typeof createFirstAfter>[0]['api'],
    onFound: () => found++,
    onProblem: (problem) => problems.push(problem),
  })
  const find = async () => {
    const [first] = rows()
    assert.ok(first)
    const known = finder.find(first.frame as Frame, rows().length)
    await settle()
    return known
  }
  return {
    find,
    problems,
    fail: (now: boolean) => {
      failing = now
    },
    counts: () => ({ calls, found }),
  }
}

describe('the first frame after a companion request', () => {
  it('is the first data of the stream, with the time since the request', async () => {
    const rows = sampleRows([
      request,
      ping,
      { ...ping, kind: 'pong' },
      { ...event, afterMs: 11 },
      event,
    ])
    const { find, counts } = createFinder(() => rows)
    assert.equal(await find(), null, 'it is asked for')
    assert.deepEqual(await find(), { seq: 4, afterMs: 12 })
    assert.deepEqual(counts(), { calls: 1, found: 1 })
  })

  it('is waited for without a call while nothing has come', async () => {
    const samples: Parameters<typeof sampleRows>[0][number][] = [request, ping]
    const { find, counts } = createFinder(() => sampleRows(samples))
    await find()
    await find()
    assert.equal(await find(), null)
    assert.deepEqual(counts(), { calls: 1, found: 0 })
    samples.push(event)
    await find()
    assert.equal((await find())?.seq, 3)
    assert.deepEqual(counts(), { calls: 2, found: 1 })
  })

  it('is found far behind', async () => {
    const rows = sampleRows([request, ...Array.from({ length: 450 }, () => ping), event])
    const { find } = createFinder(() => rows)
    await find()
    await settle()
    assert.equal((await find())?.seq, 452)
  })

  it('is asked for again after a call has failed', async () => {
    const rows = sampleRows([request, event])
    const { find, fail, problems } = createFinder(() => rows)
    fail(true)
    await find()
    assert.equal(problems.length, 1)
    fail(false)
    await find()
    assert.equal((await find())?.seq, 2)
  })
})
