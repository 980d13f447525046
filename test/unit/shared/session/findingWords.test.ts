// Words for findings: counts, the frames that prove one, parts of sentences, Markdown.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Finding, Severity } from '../../../../src/shared/session/findings.ts'
import {
  findingCount,
  findingsMarkdown,
  namedProof,
  provingFrames,
  saidLine,
  saidParts,
  severityCounts,
  worstSeverity,
} from '../../../../src/shared/session/findingWords.ts'

const finding = (severity: Severity, more: Partial<Finding> = {}): Finding => ({
  ...{ id: 'x', severity, title: 'It is late.', sentence: 'It took 2 s.', advice: 'Hurry.' },
  ...{ measured: null, threshold: null, unit: null, frames: [], frameCount: 0 },
  ...more,
})
const of = (...severities: readonly Severity[]) => severities.map((one) => finding(one))

describe('findings in words', () => {
  it('are counted by severity, and hints only where there is nothing worse', () => {
    assert.equal(severityCounts(of('risk', 'fault', 'risk', 'hint')), '1 fault, 2 risks, 1 hint')
    assert.equal(severityCounts([]), '')
    assert.equal(findingCount(of('fault', 'risk', 'hint')), '2 findings')
    assert.equal(findingCount(of('risk', 'hint')), '1 finding')
    assert.equal(findingCount(of('hint', 'hint')), '2 hints')
    assert.equal(findingCount([]), '')
    assert.equal(worstSeverity(of('hint', 'risk')), 'risk')
    assert.equal(worstSeverity([]), null)
  })

  it('name one frame or two, and count more', () => {
    const proof = (frames: readonly number[], frameCount = frames.length) =>
      provingFrames(finding('risk', { frames, frameCount }))
    assert.equal(proof([1234]), '#1,234')
    assert.equal(proof([97, 98]), '#97, #98')
    assert.equal(proof([1, 2, 3]), '3 frames')
    assert.equal(proof([1], 2), '2 frames')
    assert.equal(proof([]), '')
  })

  it('name the first frames in texts, where no button leads to them', () => {
    const proof = (frames: readonly number[], frameCount = frames.length) =>
      namedProof(finding('risk', { frames, frameCount }))
    assert.equal(proof([1234]), '#1,234')
    assert.equal(proof([1, 2, 3]), '#1, #2, #3')
    assert.equal(proof([1, 2, 3, 4, 5, 6], 171), '#1, #2, #3, #4, #5 and 166 more')
    assert.equal(proof([], 2), '2 frames')
    assert.equal(proof([]), '')
  })

  it('have code between two backticks, and a single one is a letter', () => {
    assert.deepEqual(saidParts('Send `a` or `b`.'), [
      { text: 'Send ', code: false },
      { text: 'a', code: true },
      { text: ' or ', code: false },
      { text: 'b', code: true },
      { text: '.', code: false },
    ])
    assert.deepEqual(saidParts('It sent ` once'), [{ text: 'It sent ` once', code: false }])
    assert.deepEqual(saidParts('`a` and `'), [
      { text: 'a', code: true },
      { text: ' and `', code: false },
    ])
  })

  it('are a line in which nothing is set off, and nothing hidden', () => {
    assert.equal(saidLine('Send `Age: 0`.\n\u202eIt helps.'), 'Send Age: 0.␊\\u202eIt helps.')
  })

  it('are a list in Markdown, in which a peer’s words are no markup', () => {
    const text = findingsMarkdown([
      finding('fault', { sentence: 'It said <b>@all</b>.', frames: [7], frameCount: 1 }),
      finding('hint', { advice: 'Send `Age: 0`.' }),
    ])
    assert.equal(
      text,
      [
        '- **fault** · **It is late.** It said \\<b\\>&#64;all\\</b\\>. (\\#7)  ',
        '  Hurry.',
        '- **hint** · **It is late.** It took 2 s.  ',
        '  Send `Age: 0`.',
        '',
      ].join('\n'),
    )
    assert.equal(findingsMarkdown([]), 'No findings.\n')
  })
})
