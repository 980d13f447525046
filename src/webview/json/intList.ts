// A list of whole numbers that grows, at four bytes a number: a large JSON text has millions of branches.

export interface IntList {
  readonly length: number
  push(value: number): void
  pop(): number
  last(): number
  at(index: number): number
  set(index: number, value: number): void
  /** Counts the number there up by one. */
  add(index: number): void
  /** A copy without the room that is left. */
  all(): Int32Array
}

export function intList(): IntList {
  let items = new Int32Array(64)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === items.length) {
        const larger = new Int32Array(2 * length)
        larger.set(items)
        items = larger
      }
      items[length++] = value
    },
    pop: () => items[--length] ?? 0,
    last: () => items[length - 1] ?? 0,
    at: (index) => items[index] ?? 0,
    set(index, value) {
      items[index] = value
    },
    add(index) {
      items[index] = (items[index] ?? 0) + 1
    },
    all: () => items.slice(0, length),
  }
}
