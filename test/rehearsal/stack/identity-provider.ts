// OIDC issuers (OpenID Connect Discovery 1.0) as Fulcio reads them: a person's e-mail, a workflow of GitHub, a pipeline of GitLab.

import type { JWK } from 'jose'
import { type HttpServer, serve } from './http-server.ts'

/** The kinds of identity that Fulcio is told about; each has an issuer of its own. */
export const ISSUER_KINDS = ['email', 'github', 'gitlab'] as const
export type IssuerKind = (typeof ISSUER_KINDS)[number]

export type Issuers = Readonly<Record<IssuerKind, string>>

/** One server stands for all issuers: they differ in their path. */
export async function serveIssuers(
  publicKey: JWK,
): Promise<{ issuers: Issuers; server: HttpServer }> {
  const server = await serve((url) => ({
    'GET /jwks': () => ({ body: { keys: [publicKey] } }),
    ...Object.fromEntries(
      ISSUER_KINDS.map((kind) => [
        `GET /${kind}/.well-known/openid-configuration`,
        () => ({ body: discoveryDocument(`${url}/${kind}`, `${url}/jwks`) }),
      ]),
    ),
  }))
  const issuer = (kind: IssuerKind) => `${server.url}/${kind}`
  return {
    issuers: { email: issuer('email'), github: issuer('github'), gitlab: issuer('gitlab') },
    server,
  }
}

function discoveryDocument(issuer: string, keys: string) {
  return {
    issuer,
    jwks_uri: keys,
    authorization_endpoint: `${issuer}/authorize`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}
