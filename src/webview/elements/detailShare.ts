// The share of the window that the detail may take.

export const leastShare = 0.15
export const mostShare = 0.75

/** The detail never takes all, nor so little that nothing can be read. */
export function clampShare(share: number): number {
  return Math.min(mostShare, Math.max(leastShare, share))
}
