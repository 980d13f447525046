// The words of `lifeline doctor`, and the sentences that say what to change in them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'

const parse = (line: string) => parseCommandLine(line.split(' '))

describe('the command line of the doctor', () => {
  it('says what is to be examined, for how long, and how to print it', () => {
    assert.deepEqual(parse('doctor kept.lifeline'), {
      kind: 'doctor',
      watch: { url: 'kept.lifeline', curl: null, profile: null, workspace: null, fields: {} },
      forMs: 30_000,
      format: 'text',
      capture: null,
      asks: null,
    })
    const live = parse(
      'doctor http://h/ --method sse -H A:1 --for 5s --format json --capture f.lifeline',
    )
    assert.ok(live.kind === 'doctor')
    const { forMs, format, capture, watch, asks } = live
    assert.deepEqual([forMs, format, capture, asks], [5000, 'json', 'f.lifeline', '--method'])
    assert.equal(watch.fields.method, 'sse')
    assert.deepEqual({ ...(watch.fields.headers as object) }, { A: ['1'] })
    const profile = parse('doctor --profile Trades --workspace /w')
    assert.ok(profile.kind === 'doctor')
    assert.deepEqual([profile.watch.profile, profile.watch.workspace], ['Trades', '/w'])
  })

  const name = 'Give one capture or URL: lifeline doctor <capture or url>.'
  for (const [line, sentence] of [
    ['doctor', name],
    ['doctor a b', name],
    ['doctor a --format ascii', 'Change --format to one of text, json.'],
    ['doctor a --times', 'Leave out --times: lifeline doctor has no use for it.'],
    ['doctor a --show x', 'Leave out --show: lifeline doctor has no use for it.'],
    ['doctor a --item json:id', 'Leave out --item: lifeline doctor has no use for it.'],
    ['doctor a --for soon', 'Change --for to a time such as 1500ms, 2s or 1m.'],
    ['doctor http://h/ --curl curl', 'Leave out the URL or --curl: both say what to watch.'],
  ] as const) {
    it(`asks for a change: ${line}`, () => {
      assert.throws(() => parse(line), { name: 'UsageError', message: sentence })
    })
  }
})
