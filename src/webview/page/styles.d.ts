// Style sheets are imported for esbuild, which writes them to dist/webview.css.

declare module '*.css'
