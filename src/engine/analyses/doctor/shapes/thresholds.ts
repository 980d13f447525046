// The thresholds of all rules by family: milliseconds, bytes, shares and counts. Where no source is named they are ours.

export const streamThresholds = {
  /** [spec] HTML 9.2.7: a comment every 15 s or so keeps proxies from dropping the connection. */
  silenceMs: { hint: 15_000, risk: 30_000, cut: 60_000 },
} as const
