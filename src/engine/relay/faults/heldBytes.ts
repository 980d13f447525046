// Bytes that go on later, in their order.

export interface HeldBytes {
  add(bytes: Uint8Array, dueAt: number): void
  /** What is held is followed by the end. */
  end(): void
  size(): number
  /** All that is held passes now. */
  release(): void
  /** Forgets all of it. */
  clear(): void
}

export interface HeldBytesOptions {
  now(): number
  /** Their time has come. */
  pass(bytes: Uint8Array): void
  /** All has passed, and nothing more comes. */
  ended(): void
}

export function createHeldBytes({ now, pass, ended }: HeldBytesOptions): HeldBytes {
  let queue: { readonly bytes: Uint8Array; readonly dueAt: number }[] = []
  let next = 0
  let size = 0
  let lastDue = 0
  let ends = false
  let timer: NodeJS.Timeout | null = null

  function wait(): void {
    const first = queue[next]
    if (timer !== null || first === undefined) return
    const ms = Math.max(0, Math.ceil(first.dueAt - now()))
    // Timers count whole milliseconds, and may fire early.
    timer = setTimeout(() => releaseUntil(now() + 1), ms)
  }

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  function releaseUntil(at: number): void {
    stopTimer()
    for (let first = queue[next]; first !== undefined; first = queue[next]) {
      if (first.dueAt > at) break
      next++
      size -= first.bytes.length
      pass(first.bytes)
    }
    if (next === queue.length || next > compactAfter) {
      queue = queue.slice(next)
      next = 0
    }
    if (queue.length > 0) wait()
    else if (ends) ended()
  }

  return {
    add(bytes, dueAt) {
      lastDue = Math.max(lastDue, dueAt)
      queue.push({ bytes, dueAt: lastDue })
      size += bytes.length
      wait()
    },
    end() {
      ends = true
      if (queue.length === 0) ended()
    },
    size: () => size,
    release() {
      lastDue = 0
      if (queue.length > 0) releaseUntil(Number.POSITIVE_INFINITY)
    },
    clear() {
      stopTimer()
      queue = []
      next = 0
      size = 0
    },
  }
}

const compactAfter = 1024
