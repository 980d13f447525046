// Durations as people write them: `1500ms`, `2s`, `1m`, `1h`.

const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

const durationShape = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/

/** Milliseconds, or null when it is no duration. A number is milliseconds already; text needs a unit. */
export function parseDuration(written: unknown): number | null {
  if (typeof written === 'number') return Number.isFinite(written) && written >= 0 ? written : null
  if (typeof written !== 'string') return null
  const match = durationShape.exec(written.trim())
  if (!match) return null
  const ms = Number(match[1]) * unitsMs[match[2] as keyof typeof unitsMs]
  return Number.isFinite(ms) ? ms : null
}

/** The shortest text that `parseDuration` reads back as the same number: `2s`, `1500ms`. */
export function formatDuration(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const) {
    if (ms > 0 && ms % unitsMs[unit] === 0) return `${ms / unitsMs[unit]}${unit}`
  }
  return `${ms}ms`
}
