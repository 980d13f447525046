// Finds for a worker what only VS Code knows: the proxy for a URL and the certificates of the system.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { env, workspace } from 'vscode'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { chooseProxy, mayUseTls } from '../../shared/session/proxyChoice.ts'
import type { NetworkSettings } from '../../shared/session/sessionPlan.ts'
import { isLoopback } from '../../shared/url/loopback.ts'
import { writtenProxy } from '../../shared/url/proxyUrl.ts'
import { readUnixUrl } from '../../shared/url/unixUrl.ts'
import type { Log } from '../window/log.ts'

export interface NetworkFinder {
  /** Never rejects: what cannot be found out gets its default. */
  settingsFor(resolved: Endpoint): Promise<NetworkSettings>
}

/** The part of VS Code's own proxy module that is used; it is no public API and may be missing. */
interface ProxyModule {
  resolveProxyURL(url: string): Promise<string | undefined>
}

type ProxyChoice = Omit<NetworkSettings, 'caPems'>

const direct: ProxyChoice = { proxyUrl: null }

const certificateLimitMs = 10_000

export function createNetworkFinder(log: Log): NetworkFinder {
  let proxyModule: ProxyModule | null | undefined
  let certificates: Promise<readonly string[] | null> | undefined

  async function resolveProxy(url: string): Promise<ProxyChoice> {
    const settings = workspace.getConfiguration('http')
    if (settings.get('proxySupport') === 'off') return direct
    // VS Code knows http: and https: only; a WebSocket takes the way of its handshake.
    const asked = url.replace(/^ws/i, 'http')
    if (isLoopback(new URL(asked).hostname)) return direct
    proxyModule ??= loadProxyModule()
    if (proxyModule) {
      try {
        return { proxyUrl: writtenProxy((await proxyModule.resolveProxyURL(asked)) ?? '') || null }
      } catch (error) {
        log.fault('VS Code could not tell the proxy', error)
      }
    }
    return chooseProxy(asked, {
      proxy: settings.get('proxy', ''),
      noProxy: settings.get<string[]>('noProxy', []),
      env: process.env,
    })
  }

  function systemCertificates(): Promise<readonly string[] | null> {
    certificates ??= readSystemCertificates().catch((error) => {
      log.fault('The system’s certificates could not be read', error)
      certificates = undefined
      return null
    })
    return certificates
  }

  return {
    async settingsFor({ url, proxy }) {
      // A Unix socket is on this machine.
      if (readUnixUrl(url)) return { proxyUrl: null, caPems: null }
      const fromSystem = workspace.getConfiguration('http').get('systemCertificates', true)
      const [chosen, caPems] = await Promise.all([
        proxy === 'auto' ? resolveProxy(url) : { proxyUrl: proxy === 'none' ? null : proxy },
        mayUseTls(new URL(url)) && fromSystem ? systemCertificates() : null,
      ])
      return { ...chosen, caPems }
    },
  }
}

/** Desktop builds keep their modules in an archive, servers in a folder. */
function loadProxyModule(): ProxyModule | null {
  const require = createRequire(join(env.appRoot, 'package.json'))
  for (const folder of ['node_modules.asar', 'node_modules']) {
    try {
      const found: unknown = require(join(env.appRoot, folder, '@vscode', 'proxy-agent'))
      if (isProxyModule(found)) return found
    } catch {
      // This place has none. Without the module the settings are read.
    }
  }
  return null
}

function isProxyModule(value: unknown): value is ProxyModule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'resolveProxyURL' in value &&
    typeof value.resolveProxyURL === 'function'
  )
}

/** In a thread of its own: on some systems reading them takes seconds, and it cannot be interrupted. */
function readSystemCertificates(): Promise<readonly string[]> {
  const source = `require('node:worker_threads').parentPort.postMessage(require('node:tls').getCACertificates('system'))`
  return new Promise((resolve, reject) => {
    const worker = new Worker(source, { eval: true })
    const timer = setTimeout(() => {
      reject(new Error(`they did not come within ${certificateLimitMs} ms`))
      void worker.terminate()
    }, certificateLimitMs)
    worker.once('message', (pems: readonly string[]) => resolve(pems))
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('their thread ended without an answer'))
    })
  })
}
