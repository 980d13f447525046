// Acts of keys over the lanes: they select frames, change the lane, zoom.

import type { Row } from '../../shared/session/captureRows.ts'
import type { Lane } from './lane.ts'
import { laneSteps, nearestTo, type StepFrom, stepTo } from './lanesKeys.ts'
import type { TimeScale } from './timeScale.ts'

export interface SteppedLanes {
  lanes(): readonly Lane[]
  active(): number
  scale(): TimeScale
  activate(index: number): void
  /** Brings the time, epoch ms of the axis, into view. */
  show(at: number): void
  zoomBy(way: 1 | -1): void
  follow(): void
  open(): void
}

export interface LanesSteps {
  /** For `keydown`. */
  handleKey(event: KeyboardEvent): void
}

export function createLanesSteps(view: SteppedLanes): LanesSteps {
  /** The last frame that a key led to, in its lane: the next key goes on from it before it is drawn. */
  let wished: { readonly lane: Lane; readonly seq: number; readonly at: number } | null = null
  /** Keys are followed one after the other. */
  let queue: Promise<void> = Promise.resolve()

  function select(lane: Lane, row: Row | null): void {
    if (row === null) return
    const { seq, at } = row.frame
    wished = { lane, seq, at }
    view.show(at - lane.shiftMs)
    void lane.model.selection.selectSeq(seq).then(() => {
      if (wished?.seq === seq) wished = null
    })
  }

  function from(lane: Lane): StepFrom {
    const { topAt, screenMs } = view.scale()
    if (wished?.lane === lane) return { seq: wished.seq, at: wished.at, screenMs }
    const { seq, row } = lane.model.selected
    if (seq !== null && row !== null) return { seq, at: row.frame.at, screenMs }
    return { seq: null, at: topAt + lane.shiftMs, screenMs }
  }

  function enqueue(lane: Lane, act: () => Promise<Row | null>): void {
    queue = queue
      .then(act)
      .then((row) => select(lane, row))
      .catch((problem: unknown) => lane.model.report(problem))
  }

  function toLane(way: 1 | -1): boolean {
    const before = view.lanes()[view.active()]
    const index = view.active() + way
    const lane = view.lanes()[index]
    if (!before || !lane) return view.lanes().length > 1
    const { seq, at } = from(before)
    view.activate(index)
    if (seq !== null) enqueue(lane, () => nearestTo(lane, at - before.shiftMs))
    return true
  }

  /** Whether the key means something. */
  function press(event: KeyboardEvent): boolean {
    const { key, ctrlKey, metaKey, altKey } = event
    const lane = view.lanes()[view.active()]
    if (ctrlKey || metaKey || altKey || !lane) return false
    const step = laneSteps.get(key)
    if (step !== undefined) {
      enqueue(lane, () => stepTo(lane, step, from(lane)))
      if (step === 'last') queue = queue.then(() => view.follow())
      return true
    }
    if (key === 'ArrowLeft' || key === 'ArrowRight') return toLane(key === 'ArrowLeft' ? -1 : 1)
    if (key === '+' || key === '=') view.zoomBy(1)
    else if (key === '-') view.zoomBy(-1)
    else if (key === 'Enter' || key === ' ') view.open()
    else return false
    return true
  }

  return {
    handleKey(event) {
      if (!press(event)) return
      // The page and VS Code would do what the key means there.
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
