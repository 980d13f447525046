// Sets of frames as spans of their numbers: what a selection of any length is kept as.

/** The first and the last one. */
export type FrameSpan = readonly [first: number, last: number]

/** In order, apart: between one and the next there is a frame of neither. */
export type FrameSpans = readonly FrameSpan[]

/** With the frames of `added`. */
export function addSpan(spans: FrameSpans, [first, last]: FrameSpan): FrameSpans {
  const joins = ([from, to]: FrameSpan) => from <= last + 1 && to >= first - 1
  const joined = spans.filter(joins)
  const whole: FrameSpan = [
    Math.min(first, joined[0]?.[0] ?? first),
    Math.max(last, joined.at(-1)?.[1] ?? last),
  ]
  const rest = spans.filter((span) => !joins(span))
  return [...rest.filter(([from]) => from < first), whole, ...rest.filter(([from]) => from > first)]
}

/** Without the frames of `removed`. */
export function removeSpan(spans: FrameSpans, [first, last]: FrameSpan): FrameSpans {
  return spans.flatMap(([from, to]): FrameSpans => {
    if (to < first || from > last) return [[from, to]]
    return [
      ...(from < first ? [[from, first - 1] as const] : []),
      ...(to > last ? [[last + 1, to] as const] : []),
    ]
  })
}

/** Whether one of the frames from `first` to `last` is in it. */
export function overlapsSpans(spans: FrameSpans, [first, last]: FrameSpan): boolean {
  return spans.some(([from, to]) => from <= last && to >= first)
}

export function sameSpans(one: FrameSpans, other: FrameSpans): boolean {
  return (
    one.length === other.length &&
    one.every(([first, last], at) => first === other[at]?.[0] && last === other[at]?.[1])
  )
}
