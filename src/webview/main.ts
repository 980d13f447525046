// Entry of the timeline page: registers its elements. The host's page must look like this:
//
//   <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-N';
//     style-src ${cspSource} 'nonce-N'; font-src ${cspSource}; img-src ${cspSource} data:">
//   <link rel="stylesheet" nonce="N" id="vscode-codicon-stylesheet" href="…/dist/codicon.css">
//   <link rel="stylesheet" nonce="N" href="…/dist/webview.css">
//   <body>
//     <lifeline-timeline data-panel-state="{&quot;sessionId&quot;:&quot;…&quot;, …}"></lifeline-timeline>
//     <script type="module" nonce="N" src="…/dist/webview.js"></script>
//   </body>
//
// For several sessions it is `<lifeline-together>` with `sessionIds` and the number of the `page`.
//
// `data-panel-state` is any JSON object (escaped for an attribute) with a string `sessionId`. The page
// keeps it as it is: what it hands to `setState`, and so what the host's serializer gets back, is
// `{ ...panelState, view: {…} }`, where `view` belongs to the page alone. The id on codicon.css is how
// vscode-elements finds the icon font.

import './page/page.css'
import './page/timelinePage.ts'
import './together/togetherPage.ts'
