// The timeline page's html: a strict policy, two stylesheets, one script.

import { randomBytes } from 'node:crypto'
import { Uri, type Webview } from 'vscode'
import type { AskedComparison } from '../../shared/calls/togetherApi.ts'

/** What the page keeps for the serializer; it comes back in `deserializeWebviewPanel`. */
export type PanelState =
  | { readonly sessionId: string }
  | {
      readonly sessionIds: readonly string[]
      readonly name: string | null
      readonly comparison: AskedComparison | null
      /** The session that is active where the page remembers none of them. */
      readonly activeId: string
      /** Of the panel's pages: which one it is. */
      readonly page: number
    }

/** `dist` holds the built files; each page has a nonce of its own. */
export function timelineHtml(webview: Webview, dist: Uri, state: PanelState): string {
  const nonce = randomBytes(16).toString('base64url')
  const source = webview.cspSource
  const address = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString()
  const element = 'sessionIds' in state ? 'lifeline-together' : 'lifeline-timeline'
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
    `img-src ${source} data: blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" id="vscode-codicon-stylesheet" href="${address('codicon.css')}">
<link rel="stylesheet" nonce="${nonce}" href="${address('webview.css')}">
<title>Lifeline</title>
</head>
<body>
<${element} data-panel-state="${escapeAttribute(JSON.stringify(state))}"></${element}>
<script type="module" nonce="${nonce}" src="${address('webview.js')}"></script>
</body>
</html>`
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
