// Tells from JSON text how deep it nests: taking apart what is very deep takes seconds, and writing it again fails.

/** Whether brackets stand within brackets more than `depth` deep. The text may be broken JSON. */
export function nestsDeeper(json: string, depth: number): boolean {
  let open = 0
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') at = endOfString(json, at)
    else if (character === '[' || character === '{') open++
    else if (character === ']' || character === '}') open--
    if (open > depth) return true
  }
  return false
}

/** Where the string ends that begins at `start`. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let escapes = 0
    while (json[at - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return at
  }
  return json.length
}
