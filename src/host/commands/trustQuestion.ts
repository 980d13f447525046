// The question whether a certificate is to be trusted: all that tells which one it is, and what is wrong with it.

import { window } from 'vscode'
import type { CertificateDetail } from '../../shared/frame/frame.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { plainMessage } from '../window/plainMessage.ts'

export type Trust = 'session' | 'profile'

const acts: Readonly<Record<Trust, string>> = {
  session: 'Trust for This Session',
  profile: 'Trust and Save in Profile',
}

/** Undefined where the user does not trust it. `hasProfile`: it can be kept there. */
export async function askTrust(
  certificate: CertificateDetail,
  hasProfile: boolean,
): Promise<Trust | undefined> {
  const offered: readonly Trust[] = hasProfile ? ['session', 'profile'] : ['session']
  const question = `Trust this certificate of ${visibleLine(certificate.host)}?`
  const options = { modal: true, detail: trustWords(certificate) }
  const labels = offered.map((trust) => acts[trust])
  const answer = await window.showWarningMessage(plainMessage(question), options, ...labels)
  return offered.find((trust) => acts[trust] === answer)
}

/** A fact a line. What a server says of itself is one line each, however it is written. */
export function trustWords(certificate: CertificateDetail): string {
  const { subject, issuer, names, validFrom, validTo, fingerprint, flaws } = certificate
  const shownNames = names.length === 0 ? 'none' : names.slice(0, mostNames).join(', ')
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  const lines = [
    `Not trusted because ${flaws.join(', and ')}.`,
    '',
    `Subject: ${subject}`,
    `Issuer: ${issuer}`,
    `Names: ${shownNames}${more}`,
    `Valid: ${validFrom} to ${validTo}`,
    `SHA-256: ${fingerprint}`,
    '',
    'Exactly this certificate will be accepted from this host, and no other. Compare the fingerprint with what the server’s owner says: whoever holds its key can read what you send.',
  ]
  return lines.map((line) => visibleLine(line, longestLine)).join('\n')
}

const mostNames = 10
const longestLine = 500
