// What must not be signed, because signing publishes it: credentials in URLs and tokens of
// well-known form. A guard at the last door, told by name; the value itself is never shown.

import { encodeJsonPointer, isJsonObject, type JsonValue } from '../core/index.ts'
import { maskPrivateKeys, PRIVATE_KEY } from './private-key.ts'
import type { StatementProblem } from './problem.ts'
import { hasCredentials, maskCredentials } from './uri.ts'

/** The beginning of a word, also where an escape of the text before it ends in a letter or a digit. */
const WORD = String.raw`(?:(?<![\w-])|(?<=\\[bfnrt]|\\x[\da-f]{2}|\\u[\da-f]{4}|%[\dA-Fa-f]{2}|\[[\d;]{0,8}m))`
/** What has no capital is a name of words, and no token: `sk-admin-controller-of-the-fleet`. */
const RANDOM = String.raw`(?=[\w-]{0,80}[A-Z])`

/** A beginning of letters, digits and signs of base64url; after so many of these it is a part of a longer value, of a modulus say. */
const alone = (beginning: string): string => String.raw`${beginning}(?<![\w-]{48}${beginning})`

/** Each form by the name that a person knows. Linear patterns only: they run over text from anywhere. */
const TOKENS: readonly (readonly [name: string, pattern: string])[] = [
  ['an age secret key', 'AGE-SECRET-KEY-1[0-9A-Z]{20}'],
  ['an AWS access key id', `${WORD}(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])`],
  ['an Anthropic key', String.raw`sk-ant-${RANDOM}[\w-]{20}`],
  ['an Azure storage key', 'AccountKey=[A-Za-z0-9+/]{40}'],
  ['a Docker access token', String.raw`dckr_pat_[\w-]{20}`],
  ['a GitHub token', `(?:${alone('gh[oprsu]_')}[A-Za-z0-9]{36}|github_pat_\\w{22})`],
  ['a GitLab token', String.raw`gl(?:pat|ptt|dt|rt|cbt|ft|imt|agent|soat|ffct)-${RANDOM}[\w-]{20}`],
  ['a Google API key', String.raw`${WORD}AIza[\w-]{35}`],
  ['a Google OAuth token', String.raw`ya29\.[\w-]{20}`],
  ['a Hugging Face token', `${WORD}hf_[A-Za-z0-9]{30}`],
  ['a JSON Web Token', String.raw`${WORD}eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}`],
  ['an npm token', `${alone('npm_')}[A-Za-z0-9]{36}`],
  ['an OpenAI key', String.raw`sk-(?:proj|svcacct|admin)-${RANDOM}[\w-]{20}`],
  [
    'an OpenAI key',
    `${WORD}sk-(?=[a-z0-9]{0,47}[A-Z])(?=[A-Za-z]{0,47}\\d)[A-Za-z0-9]{48}(?![A-Za-z0-9])`,
  ],
  ['a PyPI token', String.raw`pypi-AgE[\w-]{20}`],
  ['a SendGrid key', String.raw`${WORD}SG\.${RANDOM}[\w-]{16,64}\.[\w-]{16}`],
  ['a Slack token', String.raw`xox[abeoprs]-(?:\d{9}|${RANDOM}[\w-]{10})`],
  [
    'a Slack webhook',
    String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/\w{6,}/\w{6,}/\w{16}`,
  ],
  ['a Stripe key', '[rs]k_live_[A-Za-z0-9]{16}'],
  ['a Vault token', String.raw`hv[bsr]\.${RANDOM}[\w-]{24}`],
]

/** What lets a request in, of no form that says whose it is. */
const LOGINS: readonly (readonly [name: string, pattern: string])[] = [
  [
    'a login of a request',
    String.raw`[Bb]asic\s{1,4}(?<=[Aa]uthorization\W{1,12}[Bb]asic\s{1,4})(?=[A-Za-z0-9+/]{0,200}(?:\d|[a-z][A-Z]|=))[A-Za-z0-9+/]{8}`,
  ],
  [
    'a token of a request',
    String.raw`${WORD}[Bb]earer\s{1,4}(?![a-z]{1,40}[-./])(?=[A-Za-z.~+/_-]{0,200}\d)(?=[\d.~+/_-]{0,200}[A-Za-z])[\w.~+/-]{20}`,
  ],
]

type Form = readonly [name: string, pattern: RegExp]
const toForm = ([name, pattern]: readonly [string, string]): Form => [name, new RegExp(pattern)]
const FORMS: readonly Form[] = [['a private key', PRIVATE_KEY], ...TOKENS.map(toForm)]
const LOGIN_FORMS: readonly Form[] = LOGINS.map(toForm)

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
  const inForms = (forms: readonly Form[]) =>
    forms.flatMap(([name, pattern]) => (pattern.test(text) ? [secret(name, at)] : []))
  const known = inForms(FORMS)
  const found = known.length > 0 ? known : inForms(LOGIN_FORMS)
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
  `(?:${[...TOKENS, ...LOGINS].map(([, pattern]) => pattern).join('|')})[\\w.+/=-]*`,
  'g',
)

/** The text without what {@link findSecrets} finds in it, for everything that is shown: each secret as `…`, and all else as it is. */
export function maskSecrets(text: string): string {
  return maskCredentials(maskPrivateKeys(text).replace(ANY_TOKEN, '…'))
}
