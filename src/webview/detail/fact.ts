// One line of the detail: a name and a value.

export interface Fact {
  readonly name: string
  readonly value: string
  /** The frame that the value leads to. */
  readonly seq?: number
  readonly tone?: 'warning' | 'error'
}
