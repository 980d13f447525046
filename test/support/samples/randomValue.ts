// Values that JSON can say, at random and yet the same each time.

/** Of any type, nested up to `depth` levels. */
export function randomValue(random: () => number, depth: number): unknown {
  const below = (count: number) => Math.floor(random() * count)
  const items = <T>(item: (index: number) => T) =>
    Array.from({ length: below(20) }, (_, i) => item(i))
  switch (below(depth === 0 ? 5 : 7)) {
    case 0:
      return null
    case 1:
      return random() < 0.5
    case 2:
      return Math.floor((random() - 0.5) * 2 ** (1 + below(53)))
    case 3:
      return random() * 1e6
    case 4:
      return items(() => String.fromCodePoint([97, 233, 8364, 128_512][below(4)] ?? 97)).join('')
    case 5:
      return items(() => randomValue(random, depth - 1))
    default:
      return Object.fromEntries(items((i) => [`k${i}`, randomValue(random, depth - 1)]))
  }
}
