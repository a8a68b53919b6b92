// Which builder a certificate may speak for. PROV-10, A-42: signer and builder count only as a pair, for who signs can write any
// builder into a provenance.

import { type Check, quote } from '../../core/index.ts'
import type { CertificateIdentity } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { SignerIdentity } from '../signer/find-signer.ts'

/** GitHub Actions, to Fulcio. */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'

/** A reusable workflow, or an own one, as a builder: GitHub's attestations and the SLSA generators. */
const WORKFLOW = /^https:\/\/[^/@]+\/[^/@]+\/[^/@]+\/\.github\/workflows\/[^/@]+@.+$/u

/** Whose builders have names of known forms: those who make the certificates of workflows and jobs, and Google Cloud Build. */
const HOSTS = ['github.com', 'ghe.com', 'gitlab.com', 'cloudbuild.googleapis.com']

/** Parts that only builders of theirs have, also on servers of one's own. */
const KNOWN_PARTS = ['/.github/workflows/', '/-/runners/', '/slsa-github-generator/']

/** What npm calls the runners of GitHub, since 2023 with their environment; before, it called itself the builder. */
const GITHUB_RUNNER = 'https://github.com/actions/runner'
const NPM_CLI = /^https:\/\/github\.com\/npm\/cli@[0-9A-Za-z.+-]+$/u
const ENVIRONMENTS = ['github-hosted', 'self-hosted']

/** A runner of GitLab, below the project that it worked for. */
const GITLAB_RUNNER = /^(?<project>https:\/\/[^@]+)\/-\/runners\/\d+$/u

/** Generators that sign for a workflow which they called: which one, only the verifier can say. */
const DELEGATOR =
  /^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\/\.github\/workflows\/delegator_[a-z0-9_-]+\.yml@refs\/tags\/v[0-9.]+$/u

/** True for a builder that npm's provenances can name. */
export function isNpmBuilder(builderId: string): boolean {
  return isGitHubRunner(builderId) || NPM_CLI.test(builderId) || GITLAB_RUNNER.test(builderId)
}

/** The builder as the provenance calls it, and as it does with the runner's environment that only the certificate tells. */
export function namesOfBuilder(builderId: string, signer: SignerIdentity): readonly string[] {
  if (signer.type !== 'certificate' || builderId !== GITHUB_RUNNER) return [builderId]
  const { runnerEnvironment } = signer.identity.claims
  return runnerEnvironment === undefined
    ? [builderId]
    : [builderId, `${builderId}/${runnerEnvironment}`]
}

/**
 * May the holder of this certificate name this builder?
 *
 * @param expected the builder that the verifier asks for
 */
export function checkPair(
  builderId: string,
  signer: SignerIdentity,
  expected: string | undefined,
): readonly Check[] {
  // Whom a key speaks for, the trust document says: its role, and who holds it.
  if (signer.type !== 'certificate') return []
  const needed = signerOf(builderId, signer.identity, expected)
  if (needed === undefined) return []
  const { san, issuer } = signer.identity
  const facts = {
    expected: `${needed.says} for the builder ${quote(builderId)}`,
    found: `${quote(san.value)}, by the word of ${quote(issuer)}`,
  }
  if (needed.isMet) return [passed('builder-signer', 'The signer may name this builder', facts)]
  const message = 'The provenance names a builder that its signer can not speak for'
  return [failed('builder-signer', 'rejected', 'verify/builder-signer', message, facts)]
}

interface Needed {
  readonly says: string
  readonly isMet: boolean
}

/** What a builder of each kind needs; nothing is known of any other, unless it is spelt like one of these. */
function signerOf(
  builderId: string,
  { issuer, san, claims }: CertificateIdentity,
  expected: string | undefined,
): Needed | undefined {
  if (WORKFLOW.test(builderId)) {
    const isDelegated = DELEGATOR.test(san.value) && expected === builderId
    return { says: 'the same workflow', isMet: san.value === builderId || isDelegated }
  }
  if (isGitHubRunner(builderId) || NPM_CLI.test(builderId)) {
    const environment = builderId.startsWith(`${GITHUB_RUNNER}/`)
      ? builderId.slice(GITHUB_RUNNER.length + 1)
      : undefined
    const isThere = environment === undefined || environment === claims.runnerEnvironment
    return { says: 'a workflow of GitHub', isMet: issuer === GITHUB_ISSUER && isThere }
  }
  const project = GITLAB_RUNNER.exec(builderId)?.groups?.['project']
  if (project !== undefined) {
    return { says: 'a job of its project', isMet: claims.sourceRepositoryUri === project }
  }
  if (!isOfKnownHost(builderId)) return undefined
  // Google Cloud Build signs with keys.
  return { says: 'nobody but a signer of this very name', isMet: san.value === builderId }
}

/**
 * Does the id belong to those whose builders we know? In whatever spelling: a reader that is less exact than we are would take it for
 * one of theirs. What is no URL is no spelling of anything else.
 */
function isOfKnownHost(builderId: string): boolean {
  const url = URL.parse(builderId)
  if (url === null) return true
  const host = url.hostname.toLowerCase().replace(/\.$/u, '')
  if (HOSTS.some((known) => host === known || host.endsWith(`.${known}`))) return true
  const spelt = builderId.toLowerCase()
  return KNOWN_PARTS.some((part) => spelt.includes(part))
}

function isGitHubRunner(builderId: string): boolean {
  if (builderId === GITHUB_RUNNER) return true
  return ENVIRONMENTS.some((environment) => builderId === `${GITHUB_RUNNER}/${environment}`)
}
