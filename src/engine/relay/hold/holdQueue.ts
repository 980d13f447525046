// Bytes of one way that wait for a verdict, or for what is before them, in their order.

import type { RelayVerdict } from './holdOrders.ts'

export interface HoldQueue {
  isEmpty(): boolean
  /** Bytes that wait and what keeping them costs, but for those that are being gathered and are first: only more bytes end that. */
  size(): number
  /** What is added from now on, until `close`, belongs together. `goesOn`: it passes as it comes, once it is first. */
  open(goesOn: boolean): void
  isOpen(): boolean
  /** Bytes that wait for the rest of theirs; null while nothing is gathered. */
  gathered(): number | null
  /** Copies the bytes. */
  add(bytes: Uint8Array, begins: boolean): void
  /** What is gathered goes on as it comes, if anything is. */
  letGo(): void
  /** Behind the one of this number is one that was let go. */
  hasLetGoBehind(n: number): boolean
  /** What is open, is whole; `end` counts for what came last where nothing is. Answers with its number where it waits for a verdict. */
  close(end: ItemEnd | null): number | null
  /** What is open never becomes whole: it goes on as it came, and what was put behind it never does. */
  breakOff(): void
  /** Whole, behind all that is here. `then` is called when it has passed. */
  put(bytes: Uint8Array, then: () => void): void
  verdict(n: number, act: RelayVerdict['act']): void
  /** Nothing waits for a verdict any more. */
  letAllGo(): void
  /** Called back behind all that is here, now or later. */
  end(): void
  clear(): void
}

export interface HoldQueueOptions {
  /** What keeping one costs beside its bytes, so that a flood of empty ones counts, too. */
  readonly itemBytes: number
  pass(bytes: Uint8Array, begins: boolean): void
  ended(): void
}

/** What comes when it has passed, and in its place when it was dropped. */
export interface ItemEnd {
  passed(): void
  dropped(): void
}

interface Item {
  /** Of the verdict that it waits for; null: it waits for none. */
  n: number | null
  goesOn: boolean
  isLetGo: boolean
  begins: boolean
  pieces: Uint8Array[]
  bytes: number
  after: (() => void) | null
  end: ItemEnd | null
}

export function createHoldQueue({ itemBytes, pass, ended }: HoldQueueOptions): HoldQueue {
  let items: Item[] = []
  /** The first that is here still. */
  let next = 0
  const waiting = new Map<number, Item>()
  let open: Item | null = null
  let size = 0
  let lastN = 0
  let ends = false

  function push(goesOn: boolean): Item {
    const item: Item = {
      ...{ n: null, goesOn, isLetGo: false, begins: false },
      ...{ pieces: [], bytes: 0, after: null, end: null },
    }
    items.push(item)
    return item
  }

  function fill(item: Item, pieces: Uint8Array[]): void {
    size -= item.bytes
    item.pieces = pieces
    item.bytes = pieces.reduce((sum, { length }) => sum + length, 0)
    size += item.bytes
  }

  function drain(): void {
    for (let first = items[next]; first?.goesOn; first = items[next]) {
      const { pieces } = first
      fill(first, [])
      for (const piece of pieces) {
        pass(piece, first.begins)
        first.begins = false
      }
      if (first === open) return
      next++
      first.after?.()
    }
    compact()
    if (items.length > 0 || !ends) return
    ends = false
    ended()
  }

  function compact(): void {
    if (next < items.length && next < compactAfter) return
    items = items.slice(next)
    next = 0
  }

  function goOn(item: Item): void {
    if (item.n !== null) waiting.delete(item.n)
    item.n = null
    item.goesOn = true
  }

  const gathered = () => (open === null || open.goesOn ? null : open.bytes)

  return {
    isEmpty: () => next === items.length,
    size() {
      const all = size + (items.length - next) * itemBytes
      // Behind others, it may come to its end when they have gone.
      return items[next] === open ? all - (gathered() ?? 0) - itemBytes : all
    },
    open(goesOn) {
      open = push(goesOn)
    },
    isOpen: () => open !== null,
    gathered,
    add(bytes, begins) {
      const item = open ?? push(true)
      if (begins) item.begins = true
      item.pieces.push(new Uint8Array(bytes))
      item.bytes += bytes.length
      size += bytes.length
      if (item.goesOn) drain()
    },
    letGo() {
      if (open === null) return
      open.isLetGo = true
      goOn(open)
      drain()
    },
    hasLetGoBehind(n) {
      const item = waiting.get(n)
      return item !== undefined && items.slice(items.indexOf(item)).some(({ isLetGo }) => isLetGo)
    },
    close(end) {
      if (open === null && end === null) return null
      const item = open ?? push(true)
      open = null
      if (!item.goesOn) {
        item.n = ++lastN
        waiting.set(item.n, item)
      }
      item.end = end
      item.after = end?.passed ?? null
      drain()
      return item.n
    },
    breakOff() {
      if (open === null) return
      for (const put of items.splice(items.indexOf(open) + 1)) fill(put, [])
      goOn(open)
      open = null
      drain()
    },
    put(bytes, then) {
      const item = push(true)
      fill(item, [bytes])
      item.after = then
      drain()
    },
    verdict(n, act) {
      const item = waiting.get(n)
      if (item === undefined) return
      goOn(item)
      if (act === 'drop') item.after = item.end?.dropped ?? null
      if (act !== 'pass') fill(item, act === 'drop' ? [] : [act])
      drain()
    },
    letAllGo() {
      for (const item of items.slice(next)) goOn(item)
      drain()
    },
    end() {
      ends = true
      drain()
    },
    clear() {
      items = []
      next = 0
      waiting.clear()
      open = null
      size = 0
      ends = false
    },
  }
}

const compactAfter = 1024
