// The panes that can stand in the place of the detail, by name.

export const paneNames = ['statistics', 'advice', 'answer', 'faults'] as const
export type PaneName = (typeof paneNames)[number]

/** Null for what names none. */
export function paneOrNull(value: unknown): PaneName | null {
  return paneNames.find((name) => name === value) ?? null
}
