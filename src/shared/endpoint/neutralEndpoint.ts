// What each field of an endpoint is when nobody asks for anything.

import type { Compression, Endpoint, Tls } from './endpoint.ts'

export const neutralTls: Tls = {
  allowUntrusted: false,
  ca: null,
  cert: null,
  key: null,
  pfx: null,
  passphrase: null,
  serverName: null,
  minVersion: null,
}

/** permessage-deflate as every browser offers it. */
export const neutralCompression: Compression = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: null,
  clientMaxWindowBits: null,
}

/** Polling: what a page that shows fresh figures does; a setting changes it. */
export const defaultIntervalMs = 5000

/** With back-off 1, 2, 4 … 30 s this is some three minutes: longer than a restart or a deployment. */
export const defaultReconnectAttempts = 10

/** All fields but those that no endpoint goes without. */
export const neutralEndpoint: Omit<Endpoint, 'url' | 'method'> = {
  query: [],
  request: 'GET',
  headers: [],
  auth: null,
  cookies: true,
  body: null,
  bodyFile: null,
  subprotocols: [],
  send: [],
  repeat: null,
  compression: neutralCompression,
  autoPong: true,
  pingIntervalMs: null,
  intervalMs: defaultIntervalMs,
  allowFasterThan100ms: false,
  jitter: 0,
  change: null,
  timeoutMs: 30_000,
  cursor: null,
  stream: 'auto',
  reconnectAs: 'back-off',
  reconnectAttempts: defaultReconnectAttempts,
  tls: neutralTls,
  proxy: 'auto',
  requests: [],
  messages: [],
}
