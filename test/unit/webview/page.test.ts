// The page: its memory, its header, and the sentence in place of rows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { TimelineSession } from '../../../src/shared/calls/messages.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { stateWord } from '../../../src/shared/session/sessionState.ts'
import {
  elapsed,
  pollingFacts,
  stateClass,
  trafficFacts,
} from '../../../src/webview/header/sessionFacts.ts'
import { SlowSearch } from '../../../src/webview/model/slowSearch.ts'
import { freshViewState, readViewState } from '../../../src/webview/page/viewState.ts'
import { emptySentence } from '../../../src/webview/rows/emptySentence.ts'
import { quietSession, quietStatus } from '../../support/sessions/quietSession.ts'

const status: SessionStatus = {
  ...quietStatus,
  frames: 12_494,
  statistics: {
    ...quietStatus.statistics,
    framesIn: 12_482,
    framesOut: 12,
    bytesIn: 1_600_000,
    bytesOut: 10_000,
    wireBytesIn: 410_000,
    wireBytesOut: 10_000,
    framesPerSecond: 842,
  },
}
const session: TimelineSession = { ...quietSession, status }

function withStatus(change: Partial<SessionStatus>, readOnly = false): TimelineSession {
  return { ...session, readOnly, status: { ...status, ...change } }
}

describe('the saved view state', () => {
  it('comes back as it was kept', () => {
    const kept = {
      ...freshViewState('s'),
      anchorSeq: 12,
      filterText: 'price',
      afterSeq: 5,
      sent: ['a'],
      detailShare: 0.5,
    }
    assert.deepEqual(readViewState(JSON.parse(JSON.stringify(kept)), 's'), kept)
  })

  const wrong: readonly unknown[] = [
    null,
    'x',
    [],
    { sessionId: 'other', anchorSeq: 5 },
    {
      sessionId: 's',
      anchorSeq: -1,
      filterText: 7,
      sent: 'no',
      detailShare: 'wide',
      stackedShare: null,
      draft: null,
    },
  ]
  for (const saved of wrong) {
    it(`is fresh where it is missing, another session's or wrong: ${JSON.stringify(saved)}`, () => {
      assert.deepEqual(readViewState(saved, 's'), freshViewState('s'))
    })
  }

  it('keeps what was typed and how the page is divided when a session takes the place of another', () => {
    const typed = { draft: '{"op":1}', draftType: 'json', sent: ['a'], detailShare: 0.5 } as const
    const ofFrames = { anchorSeq: 12, selectedSeq: 9, filterText: 'x', detailOpen: true }
    const before = { ...freshViewState('before'), ...typed, ...ofFrames }
    assert.deepEqual(readViewState(before, 's'), { ...freshViewState('s'), ...typed })
  })

  it('keeps the shown fields that the user has chosen, none among them, and only paths', () => {
    const shown = (show: unknown) => readViewState({ show }, 's').show
    assert.deepEqual(shown(['price', 'maker.venue']), ['price', 'maker.venue'])
    assert.deepEqual(shown([]), [])
    for (const wrong of ['price', [7], ['a b'], Array(21).fill('a'), undefined]) {
      assert.equal(shown(wrong), null)
    }
  })

  it('leaves room for the rows', () => {
    assert.equal(readViewState({ sessionId: 's', detailShare: 4 }, 's').detailShare, 0.75)
    assert.equal(readViewState({ sessionId: 's', detailShare: -4 }, 's').detailShare, 0.15)
  })
})

describe('the header', () => {
  it('tells the state in a word and in a shape', () => {
    const error = { by: 'error', message: 'refused' } as const
    const cases: readonly (readonly [TimelineSession, string, string])[] = [
      [session, 'Open', 'open'],
      [withStatus({ state: 'waiting' }), 'Waiting', 'waiting'],
      [withStatus({ state: 'ended' }), 'Ended', 'ended'],
      [withStatus({ state: 'ended', outcome: error }), 'Ended by an error', 'failed'],
      [withStatus({ state: 'ended', outcome: error }, true), 'Saved capture', 'saved'],
    ]
    for (const [one, word, shape] of cases) {
      assert.deepEqual([stateWord(one), stateClass(one)], [word, shape])
    }
  })

  it('counts time to now, and to the end once there is one', () => {
    assert.equal(elapsed(session, 135_000), '00:02:14')
    assert.equal(elapsed(withStatus({ endedAt: 61_000 }), 999_000), '00:01:00')
    assert.equal(elapsed(withStatus({ startedAt: null }), 999_000), '00:00:00')
  })

  it('sums the traffic, and has no rate when nothing goes on', () => {
    assert.deepEqual(trafficFacts(session), {
      received: '12,482',
      sent: '12',
      bytes: '1.6 MB',
      wire: '420.0 kB',
      rate: '842/s',
      added: '',
    })
    assert.equal(trafficFacts(withStatus({ addedMs: 0.31 })).added, 'added 310 µs')
    assert.equal(trafficFacts(withStatus({ state: 'ended' })).rate, '')
  })

  it('tells what polling costs and how old its news can be', () => {
    assert.equal(pollingFacts(session), null)
    const polling = {
      polls: 1200,
      unchanged: 1150,
      empty: 600,
      unchangedWireBytes: 120_000,
      stalestMs: 2004,
      longestGapMs: 12.3,
    }
    const statistics = { ...status.statistics, polling }
    const short = pollingFacts(withStatus({ method: 'polling', statistics }))
    assert.equal(short?.count, '1,200 polls')
    assert.equal(short.share, '95 % unchanged')
    assert.deepEqual(short.more, ['unchanged took 120.0 kB', 'at most 2.0 s old'])
    const long = pollingFacts(withStatus({ method: 'long-polling', statistics }))
    assert.equal(long?.share, '50 % empty')
    assert.deepEqual(long.more, ['longest gap 12 ms'])
    assert.match(long?.title ?? '', /no request was open/)
  })
})

describe('the sentence in place of rows', () => {
  const silent = { ...status, frames: 0 }
  const none = {
    session,
    status: silent,
    problem: null,
    total: 0,
    liveTotal: 0,
    pausedSeq: null,
    filter: { afterSeq: 0, text: '', wire: false },
    search: new SlowSearch(),
  }
  const searching = new SlowSearch()
  searching.see(true)
  const cleared = { filter: { afterSeq: 417, text: '', wire: false } }
  const cases = [
    { what: { total: 3 }, sentence: /^$/ },
    { what: { session: null, status: null }, sentence: /Loading the session/ },
    { what: {}, sentence: /Nothing has crossed/ },
    { what: { liveTotal: 9 }, sentence: /Loading rows/ },
    { what: { status: { ...status, frames: 417 } }, sentence: /^Loading rows\.$/ },
    {
      what: { filter: { afterSeq: 0, text: 'x', wire: false } },
      sentence: /No frame matches “x”\. Empty the filter/,
    },
    {
      what: { filter: { afterSeq: 417, text: 'x', wire: false } },
      sentence: /^No frame after those cleared away matches “x”\.$/,
    },
    {
      what: { filter: { afterSeq: 0, text: 'x', wire: false }, search: searching },
      sentence: /Searching/,
    },
    {
      what: { filter: { afterSeq: 12_494, text: '', wire: false } },
      sentence: /^12,494 frames are cleared away\. New ones/,
    },
    {
      what: { filter: { afterSeq: 1, text: '', wire: false } },
      sentence: /^1 frame is cleared away\. New ones will show here\.$/,
    },
    {
      what: { ...cleared, pausedSeq: 417 },
      sentence: /^417 frames are cleared away\. New ones will show here once you resume\.$/,
    },
    {
      what: { ...cleared, pausedSeq: 417, status: { ...status, frames: 418 } },
      sentence: /^417 frames are cleared away\. Resume to see what has come since\.$/,
    },
    {
      what: {
        ...cleared,
        pausedSeq: 417,
        status: { ...status, frames: 417, state: 'ended' as const },
      },
      sentence: /^417 frames are cleared away\.$/,
    },
    {
      what: { pausedSeq: 0, status: { ...status, frames: 3 } },
      sentence: /^Nothing had come before the pause\. Resume to see/,
    },
    { what: { session: withStatus({}, true) }, sentence: /capture holds no frames/ },
    { what: { status: { ...silent, state: 'ended' as const } }, sentence: /session ended before/ },
  ]
  for (const { what, sentence } of cases) {
    it(`fits: ${sentence.source}`, () => {
      const facts = { ...none, ...what }
      assert.match(emptySentence(facts, facts), sentence)
    })
  }
})
