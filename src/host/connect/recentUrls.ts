// URLs that were connected to lately, newest first, without credentials.

import type { Memento } from 'vscode'
import type { Endpoint, Method } from '../../shared/endpoint/endpoint.ts'
import { isMethod } from '../../shared/endpoint/methods.ts'
import { withoutQueryCredentials } from '../../shared/secrets/credentialNames.ts'
import { withoutUserInfo } from '../../shared/url/userInfo.ts'

export interface RecentUrl {
  readonly url: string
  readonly method: Method
}

const key = 'lifeline.recentUrls'
const kept = 20

export function readRecentUrls(memento: Memento): readonly RecentUrl[] {
  const stored = memento.get<unknown>(key)
  // Earlier versions kept what stood in the query.
  return Array.isArray(stored) ? stored.filter(isRecent).map(withoutCredentials) : []
}

export async function rememberUrl(memento: Memento, endpoint: Endpoint): Promise<void> {
  const { url, method } = withoutCredentials(endpoint)
  const others = readRecentUrls(memento).filter((other) => {
    return other.url !== url || other.method !== method
  })
  await memento.update(key, [{ url, method }, ...others].slice(0, kept))
}

function withoutCredentials({ url, method }: RecentUrl): RecentUrl {
  return { url: withoutQueryCredentials(withoutUserInfo(url)), method }
}

function isRecent(value: unknown): value is RecentUrl {
  if (typeof value !== 'object' || value === null || !('url' in value) || !('method' in value)) {
    return false
  }
  return typeof value.url === 'string' && isMethod(value.method)
}
