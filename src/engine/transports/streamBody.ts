// A response body for a fetch-like client, filled from outside with bytes as they come.

type ReadResult =
  | { readonly done: false; readonly value: Uint8Array }
  | { readonly done: true; readonly value?: undefined }

export interface StreamBody {
  /** Lends the bytes: nobody may write to them afterwards. */
  push(bytes: Uint8Array): void
  end(): void
  fail(error: Error): void
  /** There is one reader, which reads one chunk at a time. */
  getReader(): { read(): Promise<ReadResult>; cancel(): Promise<void> }
}

export function createStreamBody(): StreamBody {
  let waiting: PromiseWithResolvers<ReadResult> | null = null
  let chunks: Uint8Array[] = []
  let outcome: (() => Promise<ReadResult>) | null = null

  function read(): Promise<ReadResult> {
    const value = chunks.shift()
    if (value !== undefined) return Promise.resolve({ done: false, value })
    if (outcome !== null) return outcome()
    waiting = Promise.withResolvers()
    return waiting.promise
  }

  function finish(how: () => Promise<ReadResult>): void {
    outcome = how
    waiting?.resolve(how())
    waiting = null
  }

  return {
    push(bytes) {
      if (waiting === null) chunks.push(bytes)
      else waiting.resolve({ done: false, value: bytes })
      waiting = null
    },
    end: () => finish(() => Promise.resolve({ done: true })),
    fail: (error) => finish(() => Promise.reject(error)),
    getReader: () => ({
      read,
      async cancel() {
        chunks = []
      },
    }),
  }
}
