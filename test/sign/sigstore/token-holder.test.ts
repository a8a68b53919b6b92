import { describe, expect, it } from 'vitest'
import { judgeHolder, parseIdentityToken } from '../../../src/sign/index.ts'
import type { CertificateIdentity } from '../../../src/trust/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { makeToken, TOKEN_TIME } from './tokens.ts'

const GITHUB = 'https://token.actions.githubusercontent.com'
const OTHER = 'https://issuer.example/path'

const uri = (value: string) => ({ type: 'uri', value }) as const
const email = (value: string) => ({ type: 'email', value }) as const
const user = (value: string) => ({ type: 'other-name', value }) as const

interface Found {
  readonly san: CertificateIdentity['san']
  readonly issuer?: string
  readonly subject?: string
}

/** A token with these claims, against a certificate. */
function judge(claims: object, { san, issuer, subject }: Found) {
  const plain = { job_workflow_ref: undefined, ...claims }
  const token = valueOf(parseIdentityToken(makeToken(plain), TOKEN_TIME))
  return judgeHolder(token.holder, {
    issuer: issuer ?? token.issuer,
    san,
    claims: { ...(subject !== undefined && { tokenSubject: subject }) },
  })
}

describe('judgeHolder()', () => {
  const REF = 'o/r/.github/workflows/release.yml@refs/heads/main'
  const PIPELINE = 'gitlab.example/o/r//.gitlab-ci.yml@refs/heads/main'
  const buildkite = { organization_slug: 'o', pipeline_slug: 'p' }
  const dex = { email: 'a@b.example', email_verified: true, iss: OTHER }

  it.each<[string, object, Found['san'], Found['san']]>([
    ['a workflow', { job_workflow_ref: REF }, uri(`https://github.com/${REF}`), uri(REF)],
    [
      'a workflow of an enterprise',
      { job_workflow_ref: REF, iss: `${GITHUB}/acme` },
      uri(`https://github.com/${REF}`),
      uri(`https://github.example/${REF}`),
    ],
    [
      'a workflow of a server of GitHub elsewhere',
      { job_workflow_ref: REF, iss: OTHER },
      uri(`https://github.example/${REF}`),
      uri(`https://github.example/evil/${REF}`),
    ],
    [
      'a branch whose name Go spells in its own way',
      { job_workflow_ref: 'o/r/w.yml@refs/heads/ü(1)' },
      uri('https://github.com/o/r/w.yml@refs/heads/%C3%BC%281%29'),
      uri('https://github.com/o/r/w.yml@refs/heads%2F%C3%BC%281%29'),
    ],
    [
      'a branch with a percent sign',
      { job_workflow_ref: 'o/r/w.yml@refs/heads/100%' },
      uri('https://github.com/o/r/w.yml@refs/heads/100%'),
      uri('https://github.com/o/r/w.yml@refs/heads/100'),
    ],
    [
      'a pipeline of GitLab',
      { ci_config_ref_uri: PIPELINE },
      uri(`https://${PIPELINE}`),
      uri(`http://${PIPELINE}`),
    ],
    [
      'a pipeline of Buildkite',
      buildkite,
      uri('https://buildkite.com/o/p'),
      uri('https://buildkite.com/o/p2'),
    ],
    ['a person', dex, email('a@b.example'), email('A@b.example')],
    ['an address that is no address', dex, email('a@b.example'), uri('a@b.example')],
    ['a URI', { sub: 'https://a.example/x' }, uri('https://a.example/x'), uri('https://a.example')],
    [
      'a URI, and no user name',
      { sub: 'https://a.example' },
      uri('https://a.example'),
      uri('https://a.example!b'),
    ],
    [
      'a workload',
      { sub: 'spiffe://a.example/x' },
      uri('spiffe://a.example/x'),
      uri('spiffe://b.example/x'),
    ],
    [
      'a subject under its issuer',
      { sub: 'x/y', iss: `${OTHER}/` },
      uri(`${OTHER}/x/y`),
      uri(`${OTHER}/x`),
    ],
    ['a user name', { sub: 'alice' }, user('alice!b.example'), user('bob!b.example')],
    ['a user name with its domain', { sub: 'alice' }, user('alice!b.example'), user('alice')],
    [
      'a service account',
      { sub: 'system:serviceaccount:ci:signer' },
      uri('https://kubernetes.io/namespaces/ci/serviceaccounts/signer'),
      uri('https://kubernetes.io/namespaces/ci/serviceaccounts/other'),
    ],
  ])('knows %s', (_, claims, right, wrong) => {
    expect(valueOf(judge(claims, { san: right }))).toEqual({ isNameCompared: true })
    const refused = judge(claims, { san: wrong })
    expect(codes(refused)).toEqual(['sign/certificate-identity'])
  })

  it('compares the issuer; for a person also whoever stands behind it', () => {
    const san = email('a@b.example')
    const behind = { ...dex, federated_claims: { connector_id: 'https://login.example' } }
    expect(codes(judge(behind, { san }))).toBe('accepted')
    expect(codes(judge(behind, { san, issuer: 'https://login.example' }))).toBe('accepted')
    for (const claims of [dex, { ...behind, federated_claims: { connector_id: 'https://x' } }]) {
      const found = judge(claims, { san, issuer: 'https://login.example' })
      expect(codes(found)).toEqual(['sign/certificate-identity'])
    }
    const workflow = { job_workflow_ref: REF, federated_claims: { connector_id: OTHER } }
    const found = judge(workflow, { san: uri(`https://github.com/${REF}`), issuer: OTHER })
    expect(codes(found)).toEqual(['sign/certificate-identity'])
  })

  it('takes a name by an unknown rule where the certificate repeats the subject, and says so', () => {
    const san = uri('https://ci.example/projects/1')
    expect(valueOf(judge({ sub: 'project/1' }, { san, subject: 'project/1' }))).toEqual({
      isNameCompared: false,
    })
    for (const subject of [{}, { subject: 'project/2' }]) {
      const found = judge({ sub: 'project/1' }, { san, ...subject })
      expect(codes(found)).toEqual(['sign/certificate-identity'])
    }
    const known = judge({ sub: 's', job_workflow_ref: REF }, { san, subject: 's' })
    expect(codes(known)).toEqual(['sign/certificate-identity'])
  })

  it('holds the subject against `sub`, for a person too', () => {
    const san = email('a@b.example')
    expect(codes(judge({ ...dex, sub: 'u1' }, { san, subject: 'u1' }))).toBe('accepted')
    for (const sub of ['u2', undefined]) {
      const found = judge({ ...dex, sub }, { san, subject: 'u1' })
      expect(codes(found)).toEqual(['sign/certificate-identity'])
    }
  })

  it('says what it expected and what it found', () => {
    const found = judge({ job_workflow_ref: REF }, { san: uri('https://github.com/evil') })
    expect(found.ok ? '' : found.problems[0].message).toBe(
      `Expected a certificate with the name of the identity token, "https://github.com/${REF}", found "https://github.com/evil"`,
    )
  })
})
