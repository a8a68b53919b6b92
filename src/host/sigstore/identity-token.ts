// Where an identity token comes from: a file, the environment, or GitHub's own service. Never from the command line, which every
// process can read.

import {
  AssayError,
  accept,
  encodeUtf8,
  isJsonObject,
  LIMITS,
  parseJson,
  parseUtf8,
  type Result,
  refuse,
} from '../../core/index.ts'
import {
  type IdentityToken,
  parseIdentityToken,
  SIGSTORE_AUDIENCE,
  type SigstoreSignProblem,
} from '../../sign/index.ts'
import type { Host } from '../host.ts'
import type { HostProblem } from '../problem.ts'

/** The variable that GitLab fills (`id_tokens: SIGSTORE_ID_TOKEN`), and that any other system may fill. */
const TOKEN_VARIABLE = 'SIGSTORE_ID_TOKEN'

/** GitHub Actions sets both where a job has the permission `id-token: write`. */
const GITHUB = {
  url: 'ACTIONS_ID_TOKEN_REQUEST_URL',
  bearer: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
} as const

type TokenHost = Pick<Host, 'now' | 'readEnvironment' | 'readKeyFile' | 'request'>

/**
 * The token of this run.
 *
 * @param file where a person named one: refused where others can read it, as a key file is
 */
export async function obtainIdentityToken(
  host: TokenHost,
  file?: string,
): Promise<Result<IdentityToken, SigstoreSignProblem | HostProblem>> {
  const text = await obtainText(host, file)
  return text.ok ? parseIdentityToken(text.value, host.now()) : text
}

async function obtainText(
  host: TokenHost,
  file: string | undefined,
): Promise<Result<string, SigstoreSignProblem | HostProblem>> {
  if (file !== undefined) {
    const bytes = await host.readKeyFile(file, { bytesMax: LIMITS.keyBytesMax })
    if (!bytes.ok) return bytes
    const text = parseUtf8(bytes.value)
    // What is not UTF-8 is no token either, and none of it is shown.
    return accept(text.ok ? text.value : '')
  }
  const given = host.readEnvironment(TOKEN_VARIABLE)
  if (given !== undefined && given !== '') return accept(given)
  const url = host.readEnvironment(GITHUB.url)
  const bearer = host.readEnvironment(GITHUB.bearer)
  if (url !== undefined && bearer !== undefined) return requestGitHubToken(host, url, bearer)
  return refuse({
    code: 'sign/token-missing',
    message: 'Expected an identity token, found none',
    hint: `--identity-token-file FILE, the variable ${TOKEN_VARIABLE} (GitLab: id_tokens), or the permission id-token: write of GitHub Actions`,
  })
}

/** What stands in a header: printable ASCII. */
const BEARER = /^[\x20-\x7e]*[\x21-\x7e]$/

/** https://docs.github.com/actions/reference/security/oidc: the audience is a parameter of the address that the runner gives. */
async function requestGitHubToken(
  { request }: TokenHost,
  address: string,
  bearer: string,
): Promise<Result<string, SigstoreSignProblem | HostProblem>> {
  if (!BEARER.test(bearer)) {
    return refuse({
      code: 'sign/token-malformed',
      message: `Expected a bearer token in the variable ${GITHUB.bearer}, found none that can be sent`,
      hint: 'It is printable ASCII, without a line break',
    })
  }
  // Before a fragment, which no server sees.
  const [target = ''] = address.split('#')
  const join = target.includes('?') ? '&' : '?'
  const url = `${target}${join}audience=${SIGSTORE_AUDIENCE}`
  const response = await request({ url, method: 'GET', bearer })
  if (!response.ok) return response
  const json = parseJson(response.value.body)
  const token = json.ok && isJsonObject(json.value) ? json.value['value'] : undefined
  if (typeof token === 'string' && encodeUtf8(token).length > 0) return accept(token)
  throw new AssayError(
    'host/http-response',
    'Expected an identity token from GitHub Actions, found another answer',
  )
}
