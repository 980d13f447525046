// Rounds times to the microseconds that were measured, without the digits that arithmetic adds.

/** Milliseconds with at most three digits after the point; epoch milliseconds too. */
export function roundToMicroseconds(ms: number): number {
  // The fraction alone: an epoch time has no room for another three digits before its rounding.
  const whole = Math.floor(ms)
  return (whole * 1000 + Math.round((ms - whole) * 1000)) / 1000
}
