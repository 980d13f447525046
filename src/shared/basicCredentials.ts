// The credentials of HTTP's Basic authentication.

/** [rfc7617] 2: what follows `Basic `, the user name and password in UTF-8. */
export function basicCredentials(user: string, password: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))
}
