// Reads JSON, and keeps of its numbers what JavaScript would lose.

/** What stands for a number in what is read; `source` is the number as the text has it. */
export type KeepNumber = (source: string, value: number) => unknown

/** Undefined for what is no JSON. With `keep` reading takes ten times as long. */
export function parseJson(text: string, keep?: KeepNumber): unknown {
  try {
    return JSON.parse(text, keep && reviverOf(keep))
  } catch {
    // It is no JSON.
    return undefined
  }
}

/** Of a number that may lose digits, such as an identifier of 64 bits. */
export const longNumber = /\d{16}/

/** A number that is written again as it stood. */
export class WrittenNumber {
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  toString(): string {
    return this.#source
  }

  toJSON(): unknown {
    return rawJSON(this.#source)
  }
}

/** [ecma262] 25.5.1, with the number's own text, and 25.5.3, which the type declarations do not know yet. */
type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown
const { rawJSON } = JSON as typeof JSON & { rawJSON(source: string): unknown }

function reviverOf(keep: KeepNumber): Reviver {
  return (_key, value, context) =>
    typeof value === 'number' ? keep(context?.source ?? String(value), value) : value
}
