// Chances that are the same in every run of a test.

export function randomOf(seed: number) {
  let state = seed
  const random = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31
  }
  return {
    below: (count: number) => Math.floor(random() * count),
    of: <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T,
  }
}

export type Random = ReturnType<typeof randomOf>
