// Credentials in the user information of a URL, which need not be valid.

/** A user name without a password, as some take a key: `https://key@host/`. Shorter ones are names. */
export const loneUser = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#\\@:$]{8,}):?@/i

/** Scheme, user and password; a password that is a reference is none. */
export const userAndPassword = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#\\@:]*):((?!\$\{)[^/?#\\]+)@/i
