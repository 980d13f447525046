// Bytes of one way that wait for a verdict, or for what is before them, in their order.

import type { RelayVerdict } from './holdOrders.ts'

export interface HoldQueue {
  isEmpty(): boolean
  /** Bytes that wait, but for those that are being gathered: only more bytes end that. */
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
  /** What is open, is whole. Answers with its number where it waits for a verdict. */
  close(end: ItemEnd | null): number | null
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
  begins: boolean
  pieces: Uint8Array[]
  bytes: number
  after: (() => void) | null
  end: ItemEnd | null
}

export function createHoldQueue({ pass, ended }: HoldQueueOptions): HoldQueue {
  let items: Item[] = []
  let open: Item | null = null
  let size = 0
  let lastN = 0
  let ends = false

  function push(goesOn: boolean): Item {
    const item: Item = {
      ...{ n: null, goesOn, begins: false, pieces: [], bytes: 0, after: null, end: null },
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
    for (let first = items[0]; first?.goesOn; first = items[0]) {
      const { pieces } = first
      fill(first, [])
      for (const piece of pieces) {
        pass(piece, first.begins)
        first.begins = false
      }
      if (first === open) return
      items.shift()
      first.after?.()
    }
    if (items.length > 0 || !ends) return
    ends = false
    ended()
  }

  function letGo(): void {
    if (open === null) return
    open.goesOn = true
    drain()
  }

  const gathered = () => (open === null || open.goesOn ? null : open.bytes)

  return {
    isEmpty: () => items.length === 0,
    size: () => size - (gathered() ?? 0),
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
    letGo,
    close(end) {
      const item = open
      open = null
      if (item === null) return null
      if (!item.goesOn) item.n = ++lastN
      item.end = end
      item.after = end?.passed ?? null
      drain()
      return item.n
    },
    put(bytes, then) {
      const item = push(true)
      fill(item, [bytes])
      item.after = then
      drain()
    },
    verdict(n, act) {
      const item = items.find((one) => one.n === n)
      if (item === undefined) return
      item.n = null
      item.goesOn = true
      if (act === 'drop') item.after = item.end?.dropped ?? null
      if (act !== 'pass') fill(item, act === 'drop' ? [] : [act])
      drain()
    },
    letAllGo() {
      for (const item of items) {
        item.n = null
        item.goesOn = true
      }
      drain()
    },
    end() {
      ends = true
      drain()
    },
    clear() {
      items = []
      open = null
      size = 0
      ends = false
    },
  }
}
