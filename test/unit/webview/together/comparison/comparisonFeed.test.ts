// The comparison of sessions that go on: guessed, read by pieces, begun anew where something else is meant.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../../src/engine/capture/capture.ts'
import type { TimelineModel } from '../../../../../src/webview/model/timelineModel.ts'
import { createComparisonFeed } from '../../../../../src/webview/together/comparison/comparisonFeed.ts'
import { start, textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'
import { eventually } from '../../../../support/eventually.ts'

const item = (id: number) => JSON.stringify({ id, other: `o${id % 2}`, at: start + 10 * id })

/** What a feed needs of a model, over a capture. */
function modelOf(capture: Capture, sessionId: string) {
  const listeners = new Set<() => void>()
  const status = { method: 'websocket', state: 'open', frames: 0 }
  const model = {
    api: {
      analysis: async (...args: Parameters<Capture['analysis']>) => capture.analysis(...args),
    },
    session: { sessionId, name: sessionId, status },
    status,
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    model: model as unknown as TimelineModel,
    add(first: number, count: number, delayMs: number) {
      for (let id = first; id < first + count; id++)
        capture.append(textMessage(item(id), start + 10 * id + delayMs))
      status.frames = capture.frames
      for (const listener of listeners) listener()
    },
    listeners,
  }
}

describe('a comparison of sessions that go on', function () {
  this.timeout(20_000)

  it('finds out what an item is, takes what is new, and begins anew where another is named', () =>
    withFolder(async (folder) => {
      const captures = ['a', 'b'].map((name) => startCapture(join(folder, name)))
      const sides = captures.map((capture, index) => modelOf(capture, `s${index}`))
      const feed = createComparisonFeed(() => {})
      const itemsOf = () => feed.current?.comparison.methods.map(({ items }) => items)
      const comes = (...wanted: number[]) =>
        eventually(`${wanted} items`, async () => String(itemsOf()) === String(wanted))
      for (const [index, side] of sides.entries()) side.add(1, 9000, 1 + 4 * index)
      feed.watch(sides.map(({ model }) => model))
      await comes(9000, 9000)
      assert.deepEqual(feed.current?.joined.places, { item: 'id', time: 'at' })
      assert.equal(feed.current?.partial, false)
      sides[0]?.add(9001, 3, 1)
      await comes(9003, 9000)
      feed.say({ item: 'other', time: null })
      await comes(2, 2)
      feed.say(null)
      await comes(9003, 9000)
      feed.stop()
      assert.deepEqual(
        sides.map(({ listeners }) => listeners.size),
        [0, 0],
      )
      for (const capture of captures) capture.close()
    }))

  it('says why a session cannot be read, and goes on when it can', async () => {
    const folderless = startCapture(null)
    const side = modelOf(folderless, 's')
    const { api } = side.model
    const broken = { ...side.model, api: { analysis: () => Promise.reject(new Error('gone')) } }
    const feed = createComparisonFeed(() => {})
    feed.watch([broken as unknown as TimelineModel])
    await eventually('it is told', async () => feed.problem === 'gone')
    Object.assign(broken, { api })
    side.add(1, 5, 1)
    await eventually('it is there', async () => feed.current !== null && feed.problem === null)
    feed.stop()
    folderless.close()
  })
})
