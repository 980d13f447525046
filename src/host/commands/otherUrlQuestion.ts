// The question before credentials go to another server, or unprotected, because an error named another URL.

import { window } from 'vscode'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { sayUrl } from '../../shared/frame/otherUrl.ts'
import { plainMessage } from '../window/plainMessage.ts'
import { otherUrlRisk } from './otherUrlRisk.ts'

const act = 'Connect'

/** False where the user says no. Nothing is asked where nothing is at stake. */
export async function askOtherUrl(before: Endpoint, next: Endpoint): Promise<boolean> {
  const risk = otherUrlRisk(before, next)
  if (risk === null) return true
  const question = `Connect to ${sayUrl(next.url)}?`
  const options = { modal: true, detail: plainMessage(risk) }
  return (await window.showWarningMessage(plainMessage(question), options, act)) === act
}
