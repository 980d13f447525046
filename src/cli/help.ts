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
  --curl <'curl …'>         the request of a curl command, as browsers copy it, instead of
                            a URL
  --query <'name=value'>    added to the URL's query; may be repeated
  --bearer <token>          send the token in the header Authorization
  --user <'name:password'>  send user name and password in the header Authorization
  --api-key <place>         send a key: header:<Name>=<key> or query:<name>=<key>
  --no-cookies              send none of the cookies that answers set
  --request <method>        the HTTP request method (default: GET, with a body POST)
  --body <text>             the HTTP request's body
  --body-file <file>        the same from a file
  --subprotocol <name>      WebSocket: a subprotocol to offer; may be repeated
  --send <text>             WebSocket: a message to send when it opens, or the name of a
                            saved one; may be repeated, as may the next three
  --send-hex <digits>       WebSocket: a binary message, in hexadecimal
  --send-base64 <text>      WebSocket: a binary message, in base64
  --send-file <file>        WebSocket: a binary message, from a file
  --repeat <text>           WebSocket: a message to send again and again
  --repeat-every <duration> WebSocket: the time between
  --ping-interval <duration>
                            WebSocket: ping so often, to measure the round trip and find a
                            peer that is gone
  --no-auto-pong            WebSocket: leave pings unanswered
  --no-compression          WebSocket: do not offer permessage-deflate
  --interval <duration>     polling: from the start of one request to the start of the next
  --allow-faster-than-100ms polling: lift the limit on --interval
  --jitter <share>          polling: vary the interval by up to 0.1 or 10% of it
  --change <path>           polling: an answer has changed when the value at this JSON path
                            has
  --timeout <duration>      how long an answer may take
  --cursor-from <source>    long polling: header:<Name> or json:<path>, where an answer has
                            its cursor; or validators, for Last-Modified and ETag
  --cursor-to <target>      long polling: query:<name>, header:<Name> or body:<path>, where
                            the next request has it
  --stream <format>         SSE: auto, sse, ndjson, json-seq or text (default: auto, by the
                            content type)
  --reconnect               connect again when the connection is lost (the default)
  --no-reconnect            end when the connection is lost
  --reconnect-as-browser    SSE: connect again as a browser's EventSource does
  --allow-untrusted         accept a TLS certificate that is not trusted
  --ca <file>               trust the certificates in this PEM file, too
  --cert <file>             the client's certificate, PEM
  --key <file>              its key, PEM
  --pfx <file>              both in one PKCS #12 file
  --passphrase <text>       of the key or the PKCS #12 file
  --server-name <name>      ask for and check this name instead of the URL's host
  --min-tls <version>       1.0, 1.1, 1.2 or 1.3
  --proxy <proxy>           auto, none, an http: or a socks5: URL (default: auto, which reads
                            HTTP_PROXY, HTTPS_PROXY and NO_PROXY; this machine is always
                            reached directly)

When to end
  --for <duration>          after this time
  --frames <n>              when this many frames have been printed
  Ctrl+C                    now; a second time without waiting for the closing handshake,
                            or for a reader of the output who does not read

What to print
  --format <format>         ascii: a sequence diagram, as it grows (the default)
                            ndjson: one JSON object a line, one line a frame
                            mermaid: a sequenceDiagram for Markdown
  --width <columns>         ascii: 40 to 1000 (default: the terminal's width up to 120,
                            or 80)
  --times                   ascii: the time since the row before
  --run-length <n>          ascii, mermaid: like frames in a row that are drawn before the
                            rest is counted (default: 50 for watch, 12 for show)
  --wire                    ascii, mermaid: the wire layer too, which ndjson always has:
                            fragments of WebSocket messages, and lines of event streams
                            that clients ignore
  --capture <file>          keep the capture in a new file, which Lifeline in VS Code opens

  Files start at the current folder; those of a profile at its own.

General
  -h, --help                this text
  --version                 the version

Durations are written 1500ms, 2s, 1m or 1h.

In profiles and options, \${env:NAME} is an environment variable, \${workspaceFolder} the
folder, \${userHome} the home folder, \${secret:name} the environment variable
LIFELINE_SECRET_NAME and \${input:id} LIFELINE_INPUT_ID. Secrets are not recorded.

Exit status: 0 ended as asked, 1 ended by an error, 2 the command line needs a change,
130 ended by a second Ctrl+C.
`
