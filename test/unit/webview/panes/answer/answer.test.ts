// An answer apart from the page: its text with the places of chunks, its bar, its figures, its ends, and what is copied.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { AnswerSpan, ModelAnswer } from '../../../../../src/shared/session/modelAnswers.ts'
import { AnswerText } from '../../../../../src/webview/model/answerText.ts'
import { answerBar, placedLabels } from '../../../../../src/webview/panes/answer/answerBar.ts'
import {
  answerAsJson,
  answerAsMarkdown,
  answerAsText,
} from '../../../../../src/webview/panes/answer/answerCopies.ts'
import { answerEnds } from '../../../../../src/webview/panes/answer/answerEnds.ts'
import { answerFigures } from '../../../../../src/webview/panes/answer/answerFigures.ts'
import { createAnswerChoice } from '../../../../../src/webview/panes/answer/chooseAnswer.ts'
import { layOutArguments } from '../../../../../src/webview/panes/answer/toolArguments.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

const whole: ModelAnswer = {
  ...{ id: 1, api: 'openai-chat', model: 'quill-2', prompt: 'Which?', state: 'complete' },
  ...{ requestSeq: 1, firstSeq: 3, lastSeq: 9, startedAt: 1000, firstChunkAt: 1400 },
  ...{ firstTokenAt: 2000, lastAt: 6000, endedAt: 6000, endSeq: 9, error: null, usageAsked: true },
  finish: { reason: 'stop', isLength: false, seq: 8 },
  usage: { input: 12, output: 400, reasoning: 0, seq: 9 },
  ...{ chunks: 7, chars: 800, spans: 5, stallCount: 1, bursts: 4 },
  gaps: { p50: 18, p95: 41, max: 2500 },
  stalls: [{ fromSeq: 5, untilSeq: 6, ms: 2500 }],
}

const spans: readonly AnswerSpan[] = [
  { seq: 4, at: 2000, part: 0, kind: 'reasoning', text: 'Hm.' },
  { seq: 5, at: 2100, part: 1, kind: 'text', text: 'One **t' },
  { seq: 6, at: 4600, part: 1, kind: 'text', text: 'wo**' },
  { seq: 6, at: 4600, part: 2, kind: 'tool', text: '{"a"', name: 'add' },
  { seq: 7, at: 5000, part: 2, kind: 'tool', text: ':1}' },
]

function textOf(told: readonly AnswerSpan[]): AnswerText {
  const text = new AnswerText()
  text.add(told.slice(0, 2))
  text.add(told.slice(2))
  return text
}

describe('the text of an answer', () => {
  const text = textOf(spans)

  it('is joined by parts', () => {
    assert.deepEqual(
      text.parts.map(({ kind, name, text: said }) => [kind, name, said]),
      [
        ['reasoning', null, 'Hm.'],
        ['text', null, 'One **two**'],
        ['tool', 'add', '{"a":1}'],
      ],
    )
    assert.equal(text.lastPart, 2)
  })

  it('knows the frame of each place, and the places of each frame', () => {
    const seqs = Array.from({ length: 11 }, (_, offset) => text.seqAt(1, offset))
    assert.deepEqual(seqs, [...Array(7).fill(5), ...Array(4).fill(6)])
    assert.equal(text.seqAt(1, 99), 6)
    assert.equal(text.seqAt(9, 0), null)
    const places = text.rangesOf(6).map(({ part, from, to }) => [part, from, to])
    assert.deepEqual(places, [
      [1, 7, 11],
      [2, 0, 4],
    ])
    assert.deepEqual(text.rangesOf(3), [])
  })

  it('goes from chunk to chunk', () => {
    assert.deepEqual(
      [0, 4, 5, 6, 7].map((seq) => text.nextTo(seq, 1)),
      [4, 5, 6, 7, null],
    )
    assert.deepEqual(
      [99, 7, 6, 4].map((seq) => text.nextTo(seq, -1)),
      [7, 6, 5, null],
    )
  })

  it('tells what frames between two have brought', () => {
    assert.equal(text.between(5, 6, 100), 'One **two** · add {"a"')
    assert.equal(text.between(5, 6, 6), 'One **')
    assert.equal(text.between(8, 9, 100), '')
  })
})

describe('the bar of an answer', () => {
  it('goes from the request over the first token to the end, with what stalled', () => {
    const bar = answerBar(whole, textOf(spans).spans, 0)
    assert.deepEqual(
      [bar.waits, bar.begins],
      [
        { from: 0, to: 0.08 },
        { from: 0.08, to: 0.2 },
      ],
    )
    assert.deepEqual(bar.stalls, [{ from: 0.22, to: 0.72 }])
    assert.deepEqual(
      bar.chunks.map(({ from }) => from),
      [0.2, 52 / 240, 172 / 240, 0.8],
    )
    assert.deepEqual(
      bar.labels.map(({ text }) => text),
      ['5.00 s', 'first token 1.00 s', 'stall 2.50 s', 'request'],
    )
    assert.equal(bar.words, 'Took 5.00 s, first token after 1.00 s, 1 stall, the longest 2.50 s')
  })

  it('grows to now while the answer goes on', () => {
    const open = {
      ...whole,
      state: 'open',
      endedAt: null,
      firstTokenAt: null,
      stalls: [],
      stallCount: 0,
    } as const
    const bar = answerBar(open, [], 11_000)
    assert.equal(bar.words, 'Goes on for 10 s, no token yet'.replace('10 s', '10.0 s'))
    assert.deepEqual(bar.waits, { from: 0, to: 0.04 })
  })

  it('tells a stall while it lasts', () => {
    const open = { ...whole, state: 'open', endedAt: null, stalls: [], stallCount: 0 } as const
    const bar = answerBar(open, [], 8000)
    assert.deepEqual(bar.stalls, [{ from: 5 / 7, to: 1 }])
    assert.equal(bar.labels[2]?.text, 'stall so far 2.00 s')
    assert.equal(answerFigures(open, 8000)[2]?.value, '2.00 s')
    assert.equal(answerFigures(open, 6900)[2]?.name, 'longest gap, no stall')
    assert.deepEqual(answerBar(open, [], 6900).stalls, [])
  })

  it('has labels where they have room', () => {
    const { labels } = answerBar(whole, textOf(spans).spans, 0)
    const at = (widthPx: number) =>
      placedLabels(labels, widthPx, 6).map(({ text, leftPx }) => `${text} ${Math.round(leftPx)}`)
    assert.deepEqual(at(700), [
      '5.00 s 664',
      'first token 1.00 s 140',
      'stall 2.50 s 293',
      'request 0',
    ])
    assert.deepEqual(at(200), ['5.00 s 164', 'first token 1.00 s 40'])
  })
})

describe('the figures of an answer', () => {
  const words = (answer: ModelAnswer) =>
    answerFigures(answer, 0).map(({ value, name }) => `${value} ${name}`)

  it('count tokens only by the usage that was told', () => {
    assert.deepEqual(words(whole), [
      '1.00 s to first token',
      '18 / 41 ms between chunks, half / 95 %',
      '2.50 s longest stall, 1 in all',
      '100 tokens/s (usage: 400)',
    ])
    assert.equal(words({ ...whole, usage: null })[3], '200 characters/s')
  })

  it('tell nothing that is not known', () => {
    const none = {
      ...whole,
      firstTokenAt: null,
      gaps: null,
      stalls: [],
      stallCount: 0,
      usage: null,
    }
    assert.deepEqual(words({ ...none, chars: 0 }), [
      '– to first token',
      '– between chunks, half / 95 %',
      '– longest gap, no stall',
      '– characters/s',
    ])
  })
})

describe('the end of an answer', () => {
  const ends = (change: Partial<ModelAnswer>) =>
    answerEnds({ ...whole, ...change }).map(({ look, text, seq }) => `${look} ${seq}: ${text}`)

  it('is told as it was: whole, at a limit, cut, failed', () => {
    assert.deepEqual(ends({}), ['quiet 8: Finished: stop', 'quiet 9: Usage: 12 tokens in, 400 out'])
    const finish = { reason: 'length', isLength: true, seq: 8 }
    assert.match(
      ends({ finish, usage: null })[0] ?? '',
      /^warning 8: A limit of length stopped it here \(length\)/,
    )
    assert.match(
      ends({ state: 'cut', finish: null, usage: null })[0] ?? '',
      /^error 9: The stream ended here without/,
    )
    const error = { message: 'over\u202eloaded', seq: 7 }
    assert.deepEqual(ends({ state: 'failed', error, usage: null }), [
      'error 7: It failed here: over\\u202eloaded',
    ])
    assert.deepEqual(ends({ state: 'open', endedAt: null, finish: null, usage: null }), [])
    assert.deepEqual(
      ends({ usage: null, usageAsked: false })[1],
      'quiet null: No usage: the request did not ask for it.',
    )
  })
})

describe('a copied answer', () => {
  const text = textOf(spans)

  it('is its text, a report, or all that is known', () => {
    assert.equal(answerAsText(text), 'One **two**\n\nadd({"a":1})')
    const report = answerAsMarkdown('Ask <me>', whole, text)
    assert.match(report, /^### Ask \\<me\\>: answer #1\n\n[^\n]+ · quill-2 · “Which\?”\n/)
    assert.match(report, /- \*\*1\.00 s\*\* to first token\n/)
    assert.match(report, /\*\*Reasoning\*\*\n\n```markdown\nHm\.\n```\n/)
    assert.match(report, /\*\*Tool call\*\* add\n\n```json\n\{"a":1\}\n```\n/)
    const json = JSON.parse(answerAsJson(whole, text))
    assert.deepEqual(json.parts[1].chunks, [
      { seq: 5, at: 2100, text: 'One **t' },
      { seq: 6, at: 4600, text: 'wo**' },
    ])
    assert.equal(json.firstTokenAt, 2000)
  })
})

describe('the answer that is shown', () => {
  const [one, two] = [
    { ...whole, id: 1, lastSeq: 9 },
    { ...whole, id: 10, lastSeq: 20 },
  ]

  it('is the newest, until another is chosen or a frame of another is selected', () => {
    const choice = createAnswerChoice()
    assert.equal(choice.shown([], null), null)
    assert.equal(choice.shown([one], null)?.id, 1)
    assert.equal(choice.shown([one, two], null)?.id, 10)
    assert.equal(choice.shown([one, two], 15)?.id, 10)
    assert.equal(choice.shown([one, two], 5)?.id, 1)
    choice.choose(10)
    assert.equal(choice.shown([one, two], 5)?.id, 10)
    assert.equal(choice.shown([one, two], 30)?.id, 10)
    choice.choose(null)
    assert.equal(choice.shown([two], 30)?.id, 10)
    // The error that ended it is no chunk, and yet of it.
    const cut = { ...one, lastSeq: 7, finish: null, usage: null }
    const failed = { ...cut, error: { message: 'overloaded', seq: 9 } }
    assert.equal(choice.shown([failed, two], 9)?.id, 1)
  })
})

describe('the arguments of a tool call', () => {
  const lines = (json: string) =>
    layOutArguments(json).map(({ indent, run }) => `${' '.repeat(indent)}${run.text}`)

  it('stand on one line where they are short, and in lines where they are not, also while they grow', () => {
    assert.deepEqual(lines('{"a": 1, "b": [2]'), ['{"a": 1, "b": [2]'])
    const long =
      '{"symbol": "BTC-EUR, {x}\\"", "none": {}, "list": [1, [ ]], "venue": {"name": "web"}, "op'
    assert.deepEqual(lines(long), [
      '{',
      ' "symbol": "BTC-EUR, {x}\\"",',
      ' "none": {},',
      ' "list": [',
      '  1,',
      '  [ ]',
      ' ],',
      ' "venue": {',
      '  "name": "web"',
      ' },',
      ' "op',
    ])
  })

  it('have the place of each line, in time linear in their length', () => {
    const json = `${'[{"a":[1,2,{}]},'.repeat(20)}"x`
    for (const { run } of layOutArguments(json))
      assert.equal(json.slice(run.at, run.at + run.text.length), run.text)
    for (const piece of ['[', '{ ', ']', '"', '\\', '{}', ','])
      assertLinear(4000, (size) => layOutArguments(piece.repeat(size / piece.length)), piece)
  })

  it('has so many lines at the most, and all characters', () => {
    const lines = layOutArguments(','.repeat(100_000))
    assert.ok(lines.length <= 2001)
    assert.equal(lines.map(({ run }) => run.text).join('').length, 100_000)
  })
})
