// A list of whole numbers that grows, four bytes each.

export interface NumberList {
  readonly length: number
  /** 0 where there is none. */
  at(index: number): number
  set(index: number, value: number): void
  /** From 0 to 2³² - 1. */
  push(value: number): void
  /** Keeps the first `length` of them. */
  cut(length: number): void
}

export function createNumberList(): NumberList {
  let numbers = new Uint32Array(64)
  let length = 0
  return {
    get length() {
      return length
    },
    at: (index) => (index < length ? (numbers[index] ?? 0) : 0),
    set(index, value) {
      numbers[index] = value
    },
    push(value) {
      if (length === numbers.length) {
        const larger = new Uint32Array(length * 2)
        larger.set(numbers)
        numbers = larger
      }
      numbers[length++] = value
    },
    cut(to) {
      length = Math.min(length, to)
    },
  }
}
