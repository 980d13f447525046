// One line of the detail: a name and a value.

export interface Fact {
  readonly name: string
  readonly value: string
  /** The frame that the value leads to. */
  readonly seq?: number
  readonly tone?: 'warning' | 'error'
}

/** `Frame: #3 · text · out` a line, to be copied. */
export function factText(facts: readonly Fact[]): string {
  return facts.map(({ name, value }) => `${name}: ${value}`).join('\n')
}
