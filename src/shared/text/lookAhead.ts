// Finds places further on in a text, each searched for once however often it is asked for.

type NextPlace = (from: number) => number

/** Wraps a function that finds the next place of a kind at or after `from`, so that it searches once for each. */
export function lookAhead(find: NextPlace): NextPlace {
  let asked = 0
  let found = -1
  return (from) => {
    if (from < asked || from > found) {
      asked = from
      found = find(from)
    }
    return found
  }
}

/** How many backslashes stand in a row from a place of the text on. */
export function backslashesIn(text: string): NextPlace {
  const endOf = lookAhead((from) => {
    let end = from
    while (text.charCodeAt(end) === 0x5c) end++
    return end
  })
  return (from) => endOf(from) - from
}
