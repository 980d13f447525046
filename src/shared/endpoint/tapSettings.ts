// The settings of a tap: where it listens, and what it changes and records of what passes.

/** Fields that are changed on the way, so that a program and its server find each other though each sees another address. */
export interface TapChanges {
  /** `Host` of requests names the server. */
  readonly host: boolean
  /** `Origin` and `Referer` of requests that name the tap name the server. */
  readonly origin: boolean
  /** `Location` and `Content-Location` of answers that name the server name the tap. */
  readonly location: boolean
  /** `Set-Cookie` loses a `Domain` that is the server's, and `Secure` where the program speaks no TLS. */
  readonly cookies: boolean
}

export interface TapSettings {
  /** On this machine; null takes a free one. */
  readonly port: number | null
  /** What looks like a credential is recorded as it is. */
  readonly keepCredentials: boolean
  readonly change: TapChanges
}

export const defaultTapSettings: TapSettings = {
  port: null,
  keepCredentials: false,
  change: { host: true, origin: true, location: true, cookies: true },
}

export const mostPort = 65_535

/** Whether one can listen there, and others find it. */
export function isPort(port: unknown): port is number {
  return Number.isInteger(port) && (port as number) >= 1 && (port as number) <= mostPort
}
