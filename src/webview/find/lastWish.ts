// Does one thing at a time; of those that are wished for meanwhile only the last.

/** What fails is reported. */
export function createLastWish(
  report: (problem: unknown) => void,
): (act: () => Promise<void>) => void {
  let wanted: (() => Promise<void>) | null = null
  let busy = false

  async function actAll(): Promise<void> {
    busy = true
    for (let act = wanted; act !== null; act = wanted) {
      wanted = null
      await act().catch(report)
    }
    busy = false
  }

  return (act) => {
    wanted = act
    if (!busy) void actAll()
  }
}
