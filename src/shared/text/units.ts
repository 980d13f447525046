// Numbers as people read them: sizes, delays, times of day and counts.

/** `42 B`, `1.2 kB`, `1.6 MB`: decimal units, one digit after the point from a kilobyte on. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  let value = bytes
  let unit = 'B'
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    // 999,950 bytes would round to 1000.0 kB, so it already counts as a megabyte.
    if (value < 999.95) break
    value /= 1000
    unit = next
  }
  return `${value.toFixed(1)} ${unit}`
}

/** A named limit, in the unit in which it is set: `16 MiB`; one below a mebibyte as a size. */
export function formatLimit(bytes: number): string {
  const mebibytes = bytes / 2 ** 20
  return mebibytes < 1 ? formatSize(bytes) : `${Math.floor(mebibytes)} MiB`
}

/** `0.3 ms`, `12 ms`, `12.3 s`, `2 min 5 s`, `3 h 4 min`. */
export function formatDelay(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`
}

/** `6.3`, `59`, `1,187 ms`: the last has the unit of all where one will do, else each has its own. */
export function formatRising(ms: readonly number[]): readonly string[] {
  const most = ms.at(-1) ?? 0
  const texts = ms.map(most < 9999.5 ? inMilliseconds : formatDelay)
  const units = new Set(texts.map((text) => text.replace(/^\S+/, '')))
  if (most >= 59_950 || units.size > 1) return texts
  return texts.map((text, index) => (index < ms.length - 1 ? text.replace(/ .*/, '') : text))
}

function inMilliseconds(ms: number): string {
  return `${ms < 9.95 ? ms.toFixed(1) : formatCount(ms)} ms`
}

/** Always in seconds with one digit below a minute, so that a ticking number keeps its place. */
export function formatRunning(ms: number): string {
  return ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : formatDelay(ms)
}

/** As a delay in one unit: `8 µs`, `12 ms`, `4.0 s`, `2.0 min`, `1.5 h`. */
export function formatSpan(ms: number): string {
  if (ms > 0 && ms < 0.9995) return `${Math.round(ms * 1000)} µs`
  if (ms < 59_950) return formatDelay(ms)
  const minutes = ms / 60_000
  return minutes < 59.95 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`
}

/** `12,461`, whatever the machine's language, so that exports are the same everywhere. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 frame`, `12,461 frames`. */
export function countFrames(frames: number): string {
  return frames === 1 ? '1 frame' : `${formatCount(frames)} frames`
}

/** `2.1 to 2.4 ms`. */
export function formatDelays(leastMs: number, mostMs: number): string {
  const [least, most] = [formatDelay(leastMs), formatDelay(mostMs)]
  if (least === most) return most
  const [number, unit] = least.split(' ')
  const isOfOneUnit = least.split(' ').length === 2 && most.endsWith(` ${unit}`)
  return `${isOfOneUnit ? number : least} to ${most}`
}

/** `trade × 12,300`, without a place where a line may break before the number. */
export function formatTimes(name: string, count: number): string {
  return `${name}\u00a0×\u00a0${formatCount(count)}`
}

/** `842/s`; one digit below ten. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0/s'
  return perSecond < 9.95 ? `${perSecond.toFixed(1)}/s` : `${formatCount(perSecond)}/s`
}

/** Local time of day with milliseconds, from epoch milliseconds: `14:22:07.318`. */
export function formatClock(at: number): string {
  const date = new Date(at)
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** How long something has been going on: `00:02:14`; hours are not cut at a day. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(':')
}

/** Time from the row before, to the precision that the delay deserves: `+4.1 ms`, `+12.304 s`. */
export function formatSince(ms: number): string {
  if (ms < 999.5) return `+${formatDelay(Math.max(0, ms))}`
  if (ms < 59_999.5) return `+${(ms / 1000).toFixed(3)} s`
  return `+${formatDelay(ms)}`
}

/** Time since the start, to the millisecond: `0.000`, `12.304`, `2:05.120`, `1:00:00.000`. */
export function formatFromStart(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  const seconds = Math.floor(whole / 1000)
  const rest = `.${String(whole % 1000).padStart(3, '0')}`
  if (seconds < 60) return `${seconds}${rest}`
  const minutes = Math.floor(seconds / 60)
  const below = `${twoDigits(seconds % 60)}${rest}`
  if (minutes < 60) return `${minutes}:${below}`
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${below}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
