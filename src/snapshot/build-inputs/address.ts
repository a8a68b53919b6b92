// Addresses in inputs, made fit to show: what could carry a credential is cut before anything else sees it.

/** The address without user, password, query and fragment; anything that is no URL is not shown at all. */
export function publicAddress(address: string): string | undefined {
  const scp = SCP_ADDRESS.exec(address)?.groups
  if (scp !== undefined) return `ssh://${scp['host']}/${scp['path']}`
  try {
    const url = new URL(address)
    // A path on somebody's disk is no public address.
    if (url.host === '' || url.protocol === 'file:') return undefined
    return `${url.protocol}//${url.host}${url.pathname}`
  } catch {
    // `new URL` throws for what is no URL; there is no more to tell.
    return undefined
  }
}

/** `git@host:team/app.git`, the short form of an SSH address. */
const SCP_ADDRESS = /^(?:[^@/\s]+@)?(?<host>[\w.-]+\.[\w.-]+|localhost):(?!\/\/)(?<path>[\w./~-]+)$/
