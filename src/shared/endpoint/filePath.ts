// Paths of files as profiles have them, for every system: what is relative starts at the profile's folder.

/** `/etc/ca.pem`, `C:\ca.pem`, `\\server\share\ca.pem`. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[a-z]:[/\\])/i.test(path)
}

/** `folder` is absolute. An absolute or empty path stays as it is. */
export function absolutePath(path: string, folder: string): string {
  if (path === '' || isAbsolutePath(path)) return path
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.replace(/[/\\]$/, '') + separator + path.replace(/^\.[/\\]/, '')
}
