// The address by which the user's own machine reaches a tap: in a remote window another than the one it listens on.

export interface OutsideAddress {
  /** As `SessionStatus.outside`; null where it is absent. */
  of(listening: string | null): string | null
}

export interface OutsideAddressOptions {
  /** The URL by which `http://localhost:53124` is reached; null where the window is on the session's machine. */
  readonly find: ((origin: string) => Promise<string>) | null
  /** The tap is spoken to by this name, too. */
  allowHost(host: string): Promise<void>
  /** `of` answers otherwise from now on. */
  onFound(): void
  onFailure(error: unknown): void
}

/** The way that is found is used as long as the session lives and kept nowhere: who knows it may come in. */
export function createOutsideAddress({
  find,
  allowHost,
  onFound,
  onFailure,
}: OutsideAddressOptions): OutsideAddress {
  /** By where it listens; null while or where it is not known. */
  const found = new Map<string, string | null>()

  async function look(listening: string, way: (origin: string) => Promise<string>): Promise<void> {
    try {
      found.set(listening, await outside(listening, way, allowHost))
    } catch (error) {
      onFailure(error)
      found.set(listening, null)
    }
    onFound()
  }

  return {
    of(listening) {
      if (listening === null || find === null) return null
      if (!found.has(listening)) {
        found.set(listening, null)
        void look(listening, find)
      }
      return found.get(listening) ?? null
    },
  }
}

/** With the path and query of where it listens. VS Code knows the way to URLs of HTTP alone. */
async function outside(
  listening: string,
  find: (origin: string) => Promise<string>,
  allowHost: (host: string) => Promise<void>,
): Promise<string> {
  const [, scheme = '', authority = '', rest = ''] =
    /^([a-z]+):\/\/([^/?#]*)(.*)$/s.exec(listening) ?? []
  const isSocket = scheme.startsWith('ws')
  const url = await find(`${scheme.replace('ws', 'http')}://${authority}`)
  await allowHost(new URL(url).hostname)
  const start = url.replace(/[?#].*$/s, '').replace(/\/$/, '')
  return (isSocket ? start.replace(/^http/, 'ws') : start) + rest
}
