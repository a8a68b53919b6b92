// Issuers that are known to vouch for nothing but runs of a CI system (Fulcio, config/identity/config.yaml).

const CI_ISSUERS: readonly string[] = [
  'https://agent.buildkite.com',
  'https://gitlab.com',
  'https://oidc.circleci.com',
  'https://oidc.codefresh.io',
  // GitHub Enterprise Cloud appends the enterprise.
  'https://token.actions.githubusercontent.com',
]

/** True for a well-known issuer of a CI system, and for one under it. */
export function isCiIssuer(issuer: string): boolean {
  return CI_ISSUERS.some((known) => issuer === known || issuer.startsWith(`${known}/`))
}
