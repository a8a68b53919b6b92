// Identity tokens for tests: nobody here judges their signatures, so that they have none to speak of.

export const TOKEN_TIME = Date.UTC(2026, 0, 10, 12)

const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sigstore',
  sub: 'repo:o/r:ref:refs/tags/v1',
  job_workflow_ref: 'o/r/.github/workflows/release.yml@refs/tags/v1',
  exp: TOKEN_TIME / 1_000 + 600,
}

/** A token with these claims in place of the usual ones. */
export function makeToken(claims: object = {}): string {
  const parts = [{ alg: 'RS256', typ: 'JWT' }, { ...CLAIMS, ...claims }, { a: 'signature of it' }]
  return parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
}
