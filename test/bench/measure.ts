// The measurements: their figures, their aims, and how they are printed.

/** One figure beside its aim. */
export interface Measure {
  /** Begins with the letter that picks it: `(a) …`. */
  readonly name: string
  readonly value: number
  /** Empty for a ratio. */
  readonly unit: '' | 'ms' | 'MB' | '/s'
  readonly aim: number
  /** Whether the aim is a floor or a ceiling. */
  readonly better: 'more' | 'less'
  /** What the value was made from, and what helps to judge it. */
  readonly detail: Readonly<Record<string, number>>
}

/** What every measurement may use. */
export interface Bench {
  /** Of the peer, on 127.0.0.1. */
  readonly port: number
  /** A folder of this run's own. */
  readonly scratch: string
  /** A capture's path in it; each measurement replaces the file. */
  readonly capturePath: string
  /** The number of frames to send, fewer in a trial run (`LIFELINE_BENCH_SCALE`). */
  scaled(count: number): number
}

export type Measurement = (bench: Bench) => Promise<readonly Measure[]>

export function reached({ value, aim, better }: Measure): boolean {
  return better === 'more' ? value >= aim : value < aim
}

/** Three digits tell enough. */
export const round = (value: number): number => Number(value.toPrecision(3))

/** One line of the table. A missed aim is marked. */
export function tableRow(measure: Measure): string {
  const { name, value, unit, aim, better, detail } = measure
  const mark = reached(measure) ? ' ' : '!'
  const figure = `${round(value)} ${unit}`.trim()
  const wanted = `${better === 'more' ? '≥' : '<'} ${aim} ${unit}`.trim()
  const beside = Object.entries(detail).map(([key, one]) => `${key} ${round(one)}`)
  return `${mark} ${name.padEnd(62)} ${figure.padStart(9)}  (aim ${wanted})  ${beside.join(', ')}`
}
