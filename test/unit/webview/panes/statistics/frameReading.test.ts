// Reading frames for an element: what is stopped is the reading of those frames, and of no others.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import type { ReactiveController } from 'lit'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { AnalysisScope } from '../../../../../src/shared/session/analysisResults.ts'
import {
  FrameReading,
  type ReadingElement,
} from '../../../../../src/webview/panes/statistics/frameReading.ts'
import { settle } from '../../../../support/editor/fakeRows.ts'
import { openModel } from '../../../../support/editor/openModel.ts'

describe('reading frames for an element', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }))
  afterEach(() => mock.timers.reset())

  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms)
    await settle()
  }

  it('begins anew with other frames, also where the reading of those before was stopped', async () => {
    const { model } = await openModel(1000)
    let scope: AnalysisScope = { afterSeq: 0 }
    const read: AnalysisScope[] = []
    const keys = new EventTarget()
    const controllers: ReactiveController[] = []
    const host = Object.assign(keys, {
      isConnected: true,
      addController: (controller: ReactiveController) => controllers.push(controller),
      requestUpdate: () => {
        for (const controller of controllers) controller.hostUpdate?.()
        for (const controller of controllers) controller.hostUpdated?.()
      },
    })
    const reading = new FrameReading(host as unknown as ReadingElement, {
      model: () => model,
      scope: () => scope,
      read: async () => {
        read.push(scope)
        return { partial: true, upTo: 430 }
      },
    })
    for (const controller of controllers) controller.hostConnected?.()
    host.requestUpdate()
    await pass(1)
    await pass(1000)
    assert.equal(reading.words(), 'reading 43 %')
    keys.dispatchEvent(Object.assign(new Event('keydown'), { key: 'Escape' }))
    assert.equal(reading.words(), 'stopped at 43 %')
    const before = read.length
    await pass(5000)
    host.requestUpdate()
    await pass(5000)
    assert.equal(read.length, before, 'a stop holds')

    // As Clear does.
    scope = { afterSeq: 400 }
    host.requestUpdate()
    await pass(5000)
    assert.equal(reading.isStopped, false)
    assert.deepEqual(read.at(-1), scope)
  })
})
