// What `lifeline --help` prints.

export const help = `Usage
  lifeline watch <url> [options]        watch an endpoint and print what crosses the wire
  lifeline watch --profile <name>       watch a profile of .vscode/lifeline.json
  lifeline show <capture> [options]     print a saved capture

What to watch
  --method <method>         polling, long-polling, sse or websocket; ws: and wss: URLs are
                            websocket by themselves
  --profile <name>          a saved profile; other options go before what it says
  --workspace <folder>      the folder whose .vscode/lifeline.json has the profile
                            (default: the current one)
  -H, --header <'N: value'> a request header; may be repeated
  --subprotocol <name>      WebSocket: a subprotocol to offer; may be repeated
  --send <text>             WebSocket: a message to send when it opens; may be repeated
  --request <method>        the HTTP request method (default: GET, with --body POST)
  --body <text>             the HTTP request's body
  --interval <duration>     polling: from the start of one request to the start of the next
  --allow-faster-than-100ms polling: lift the limit on --interval
  --timeout <duration>      how long an answer may take
  --cursor-from <source>    long polling: header:<Name> or json:<path>, where an answer has
                            its cursor
  --cursor-to <target>      long polling: query:<name> or header:<Name>, where the next
                            request has it
  --reconnect               connect again when the connection is lost (the default)
  --no-reconnect            end when the connection is lost
  --allow-untrusted         accept a TLS certificate that is not trusted
  --proxy <proxy>           auto, none or an http: URL (default: auto, which reads HTTP_PROXY,
                            HTTPS_PROXY and NO_PROXY; this machine is always reached directly)

When to end
  --for <duration>          after this time
  --frames <n>              when this many frames have been printed
  Ctrl+C                    now; a second time without waiting for the closing handshake

What to print
  --format <format>         ascii: a sequence diagram, as it grows (the default)
                            ndjson: one JSON object a line, one line a frame
                            mermaid: a sequenceDiagram for Markdown
  --width <columns>         ascii: at least 40 (default: the terminal's width up to 120,
                            or 80)
  --times                   ascii: the time since the row before
  --run-length <n>          ascii, mermaid: like frames in a row that are drawn before the
                            rest is counted (default: 50 for watch, 12 for show)
  --wire                    ascii, mermaid: the wire layer too, which ndjson always has:
                            fragments of WebSocket messages, and lines of event streams
                            that clients ignore
  --capture <file>          keep the capture in a new file, which Lifeline in VS Code opens

General
  -h, --help                this text
  --version                 the version

Durations are written 1500ms, 2s, 1m or 1h.

In profiles and options, \${env:NAME} is an environment variable, \${workspaceFolder} the
folder, \${userHome} the home folder, \${secret:name} the environment variable
LIFELINE_SECRET_NAME and \${input:id} LIFELINE_INPUT_ID. Secrets are not recorded.

Exit status: 0 ended as asked, 1 ended by an error, 2 the command line needs a change.
`
