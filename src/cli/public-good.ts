// The root of the public Sigstore, which is built in: how a person names it where a file of a trusted root is expected.

/** In place of a file. A file of that name is `./public-good`. */
export const PUBLIC_GOOD = 'public-good'
