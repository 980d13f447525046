// The thread of `lifeline watch` that is gone before it has told how its session ended.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { startCommand } from '../../support/sessions/commandLine.ts'

/** Loaded into each thread of the command before its program: all but the main one end at once. */
const exits = `import { isMainThread } from 'node:worker_threads'; if (!isMainThread) process.exit(7)`

describe('the thread of the command line', () => {
  it('ends the command with a sentence when it is gone before that', async () => {
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(exits)}` }
    const { status, stdout, stderr } = await startCommand(['watch', 'ws://127.0.0.1:9/'], { env })
      .finished
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, /^Error: The session's thread ended with status 7 before its session\.\n/)
  })
})
