// Runs of frames that fold to one row, and silences between frames, found in one pass as frames come.

import { foldLimits } from '../../../shared/limits.ts'
import type { FoldLevel, FoldWhat } from '../../../shared/session/captureRows.ts'
import type { FoldMark, FoldTraits } from './foldTraits.ts'
import { createFoundRuns, type FoundRuns, type RunsInOrder } from './foundRuns.ts'

/** A run by the numbers of its frames among those that are shown, from 0. */
export interface FoldRun {
  readonly what: FoldWhat
  readonly first: number
  readonly last: number
  /** The last one is a request that belongs to the run unless its answer says otherwise. */
  readonly asking: boolean
}

export interface FoldRunsOptions {
  /** Null: nothing folds. */
  readonly level: FoldLevel | null
  /** Silences of at least so long are found; null: none. */
  readonly gapMs: number | null
}

export interface FoldRuns extends RunsInOrder {
  /** Frames that were added. */
  readonly frames: number
  run(index: number): FoldRun
  /** Whether there is a silence right before this frame. */
  isAfterGap(frame: number): boolean
  /** The run that the next frame may lengthen; null where it is over. */
  readonly growing: number | null
  /** Frames from this one on may yet become part of another run than that of today. */
  readonly loose: number
  /** `at` in epoch ms; NaN where it is not known. */
  add(at: number, traits: FoldTraits, mark: FoldMark): void
  /** The same runs, to which other frames may be added; it takes next to no time. */
  fork(): FoldRuns
}

/** A run that is being built. Of polls: from the first request on. */
interface Current {
  readonly what: FoldWhat
  readonly first: number
  /** It is long enough and in the list, where it is the last one. */
  listed: boolean
  /** The request of the next poll has come, and its answer has not. */
  asking: boolean
}

/** Where it stands between two frames. */
interface Standing {
  frames: number
  current: Current | null
  /** The frames one way that have come quickly one after another up to now. */
  burstWay: 'in' | 'out' | null
  burstFirst: number
  lastAt: number
  silenceMs: number
  isAnnounced: boolean
}

const beginning: Standing = {
  frames: 0,
  current: null,
  burstWay: null,
  burstFirst: 0,
  lastAt: Number.NaN,
  silenceMs: 0,
  isAnnounced: false,
}

export function createFoldRuns(options: FoldRunsOptions): FoldRuns {
  return foldRunsFrom(options, createFoundRuns(), beginning)
}

function foldRunsFrom(options: FoldRunsOptions, found: FoundRuns, start: Standing): FoldRuns {
  const { level, gapMs } = options
  let { frames, current, burstWay, burstFirst, lastAt, silenceMs, isAnnounced } = start

  function begin(what: FoldWhat, first: number, asking = false): void {
    current = { what, first: Math.max(first, found.free), listed: false, asking }
  }

  /** The frame belongs to the current run, which has grown long enough to fold. */
  function lengthen(run: Current, frame: number): void {
    if (run.listed) found.end(frame)
    else found.add(run.what, run.first, frame)
    run.listed = true
  }

  /** A request of polling whose answer brings news, or none, is no part of the run before it. */
  function retract(): void {
    if (current?.asking && current.listed) found.end(found.free - 2)
  }

  function addPoll(frame: number): void {
    if (current?.what === 'polls' && !current.asking) {
      current.asking = true
      if (current.listed) lengthen(current, frame)
      return
    }
    retract()
    begin('polls', frame, true)
  }

  function addUnchanged(frame: number): void {
    if (current?.what !== 'polls' || !current.asking) {
      current = null
      return
    }
    current.asking = false
    if (frame - current.first + 1 >= 2 * foldLimits.leastRepeats) lengthen(current, frame)
  }

  function addRepeat(what: 'heartbeats' | 'repeats', frame: number): void {
    if (current?.what !== what) {
      retract()
      begin(what, what === 'repeats' ? frame - 1 : frame)
    }
    if (current && frame - current.first + 1 >= foldLimits.leastRepeats) lengthen(current, frame)
  }

  /** Whether the frame belongs to a burst. */
  function addToBurst(frame: number, sinceMs: number, way: 'in' | 'out' | null): boolean {
    if (way === null || way !== burstWay || !(sinceMs < foldLimits.burstGapMs)) {
      if (current?.what === 'burst') current = null
      burstWay = way
      burstFirst = frame
      return false
    }
    const count = frame - burstFirst + 1
    if (count < foldLimits.burstFrames) return false
    if (count === foldLimits.burstFrames) beginBurst(frame)
    else found.end(frame)
    return true
  }

  /** What was found among its frames up to now is part of it. */
  function beginBurst(frame: number): void {
    while (found.free > burstFirst) {
      if (burstFirst - found.first(found.length - 1) >= foldLimits.leastRepeats) {
        found.end(burstFirst - 1)
        break
      }
      found.dropLast()
    }
    found.add('burst', burstFirst, frame)
    current = { what: 'burst', first: burstFirst, listed: true, asking: false }
  }

  function addSilence(frame: number, sinceMs: number, traits: FoldTraits, mark: FoldMark): void {
    const isTold = traits.tellsSilence || isAnnounced || mark === 'poll' || mark === 'long-poll'
    // What comes as evenly as before is a rhythm and no silence.
    const isUnusual = sinceMs >= foldLimits.unusualSilence * silenceMs
    if (gapMs !== null && sinceMs >= gapMs && isUnusual && !isTold) found.addGap(frame)
    silenceMs = sinceMs
    isAnnounced = traits.announces
  }

  function add(at: number, traits: FoldTraits, mark: FoldMark): void {
    const frame = frames++
    const sinceMs = at - lastAt
    lastAt = at
    if (frame > 0) addSilence(frame, sinceMs, traits, mark)
    else isAnnounced = traits.announces
    if (level === null) return
    if (level === 'bursts' && addToBurst(frame, sinceMs, traits.burst)) return
    if (mark === 'poll') addPoll(frame)
    else if (mark === 'unchanged') addUnchanged(frame)
    else if (traits.heartbeat || mark === 'heartbeat') addRepeat('heartbeats', frame)
    else if (mark === 'same') addRepeat('repeats', frame)
    else {
      retract()
      current = null
    }
  }

  return {
    get frames() {
      return frames
    },
    get length() {
      return found.length
    },
    run: (index) => ({
      what: found.what(index),
      first: found.first(index),
      last: found.last(index),
      asking: index === found.length - 1 && current?.listed === true && current.asking,
    }),
    runBefore: found.runBefore,
    hiddenBefore: found.hiddenBefore,
    framesHiddenBefore: found.framesHiddenBefore,
    hiddenBy: found.hiddenBy,
    isAfterGap: (frame) => found.gapsUpTo(frame) > found.gapsUpTo(frame - 1),
    gapsUpTo: found.gapsUpTo,
    get growing() {
      return current?.listed ? found.length - 1 : null
    },
    get loose() {
      const inBurst = current?.what === 'burst' || burstWay === null
      const ofBurst = inBurst ? frames - 1 : burstFirst
      const ofRun = current === null || current.listed ? frames - 1 : current.first
      return Math.max(0, Math.min(ofBurst, ofRun))
    },
    add,
    fork: () =>
      foldRunsFrom(options, found.fork(), {
        ...{ frames, burstWay, burstFirst, lastAt, silenceMs, isAnnounced },
        current: current && { ...current },
      }),
  }
}
