// What must not be signed, because signing publishes it: credentials in URLs and tokens of
// well-known form. A guard at the last door, told by name; the value itself is never shown.

import { encodeJsonPointer, isJsonObject, type JsonValue } from '../core/index.ts'
import type { StatementProblem } from './problem.ts'
import { hasCredentials, maskCredentials } from './uri.ts'

/**
 * Each form by the name that a person knows. Linear patterns only: they run over text from
 * anywhere.
 */
const TOKENS: ReadonlyMap<string, RegExp> = new Map([
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----/],
  ['an age secret key', /AGE-SECRET-KEY-1[0-9A-Z]{20}/],
  ['an AWS access key id', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/],
  ['an Anthropic key', /sk-ant-[\w-]{20}/],
  ['an Azure storage key', /AccountKey=[A-Za-z0-9+/]{40}/],
  ['a Docker access token', /dckr_pat_[\w-]{20}/],
  ['a GitHub token', /(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_\w{22})/],
  ['a GitLab token', /gl(?:pat|ptt|dt|rt|cbt|ft|imt|agent|soat|ffct)-[\w-]{20}/],
  ['a Google API key', /AIza[\w-]{35}/],
  ['a Google OAuth token', /ya29\.[\w-]{20}/],
  ['a Hugging Face token', /(?<!\w)hf_[A-Za-z0-9]{30}/],
  ['a JSON Web Token', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}/],
  ['an npm token', /(?<!\w)npm_[A-Za-z0-9]{36}/],
  ['an OpenAI key', /sk-(?:proj|svcacct|admin)-[\w-]{20}/],
  ['a PyPI token', /pypi-AgE[\w-]{20}/],
  ['a SendGrid key', /(?<![\w-])SG\.[\w-]{16,}\.[\w-]{16}/],
  ['a Slack token', /xox[abeoprs]-[\w-]{10}/],
  ['a Stripe key', /[rs]k_live_[A-Za-z0-9]{16}/],
  ['a Vault token', /hv[bsr]\.[\w-]{24}/],
])

/**
 * Everything in the value that grants access to who reads it, with the place and the kind of each,
 * and never the value.
 *
 * @param value a statement, or a part of one
 */
export function findSecrets(value: JsonValue, at = ''): readonly StatementProblem[] {
  if (typeof value === 'string') return problemsOf(value, at)
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) {
    return value.flatMap((member: JsonValue, index) => findSecrets(member, `${at}/${index}`))
  }
  const jwk =
    isJsonObject(value) && typeof value['kty'] === 'string' && typeof value['d'] === 'string'
      ? [secret('a private JWK', at)]
      : []
  return [
    ...jwk,
    ...Object.entries(value).flatMap(([name, member]) => findInMember(name, member, at)),
  ]
}

function findInMember(name: string, member: JsonValue, at: string): readonly StatementProblem[] {
  const inName = problemsOf(name, at)
  // A name that is itself a secret must not be shown in the place of what is under it.
  const token = inName.length > 0 ? '/…' : encodeJsonPointer([name])
  return [...inName, ...findSecrets(member, `${at}${token}`)]
}

function problemsOf(text: string, at: string): readonly StatementProblem[] {
  const found = [...TOKENS].flatMap(([name, pattern]) =>
    pattern.test(text) ? [secret(name, at)] : [],
  )
  if (!hasCredentials(text)) return found
  const message = 'Expected a URL without credentials, found one with a login or a secret parameter'
  return [...found, { code: 'statement/url-credentials', message, at }]
}

function secret(name: string, at: string): StatementProblem {
  return {
    code: 'statement/secret',
    message: `Expected nothing secret, found ${name}`,
    at,
    hint: 'Take it out, and revoke it: whatever it opens should be closed',
  }
}

const ANY_TOKEN = new RegExp(
  [
    String.raw`-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----[^"]*?(?:-----END [A-Z0-9 ]+-----|$)`,
    ...[...TOKENS.values()].map(({ source }) => String.raw`(?:${source})[\w.+/=-]*`),
  ].join('|'),
  'g',
)
const ANY_URL = /[a-z0-9+.-]{0,3}:\/\/[^\s"'<>\\]+/gi

/** The text without what {@link findSecrets} finds in it, for everything that is shown: each secret as `…`, and all else as it is. */
export function maskSecrets(text: string): string {
  const masked = text.replace(ANY_TOKEN, '…')
  return masked.includes('://') ? masked.replace(ANY_URL, maskCredentials) : masked
}
