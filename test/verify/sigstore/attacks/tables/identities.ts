// Certificates of others, under a root that is trusted and with everything else in order.

import { CLAIM_ARCS, type ClaimName, type TrustDocument } from '../../../../../src/trust/index.ts'
import { COMMIT } from '../../../release.ts'
import { ISSUER, WORKFLOW } from '../../test-authority.ts'
import { extension, generalName, IDS, type TestExtension } from '../../test-certificate.ts'
import type { Family } from '../attack.ts'
import { type Making, STATEMENT } from '../scene.ts'

const named = (san: string): Making => ({
  leaf: { extensions: [extension.names(generalName.uri(san))] },
})
const issuedFor = (...issuers: readonly TestExtension[]): Making => ({
  leaf: { extensions: issuers, without: [1, 8].map((arc) => `${IDS.fulcio}.${arc}`) },
})
const ways = <T>(list: readonly T[], make: (one: T) => Making): Readonly<Record<string, Making>> =>
  Object.fromEntries(list.map((one) => [String(one), make(one)]))

const MAIL = 'release@example.org'
const PATTERN = { san: WORKFLOW.replace('v1', 'v*'), isRefGlob: true }

/** Names that are near the one that is trusted. */
const NEAR = [
  `https://evil.example/${WORKFLOW}`,
  `https://evil.example/?${WORKFLOW}`,
  `${WORKFLOW}.evil`,
  `${WORKFLOW}0`,
  WORKFLOW.slice(0, -1),
  WORKFLOW.replace('github.com', 'github-com'),
  WORKFLOW.replace('github.com', 'github.com.evil.example'),
  WORKFLOW.replace('github.com', 'github.com@evil.example'),
  WORKFLOW.replace('/o/r/', '/o/r-evil/'),
  WORKFLOW.replace('/o/r/', '/O/r/'),
  WORKFLOW.replace('/o/r/', '/x/../o/r/'),
  WORKFLOW.replace('/o/r/', '/o/%72/'),
  WORKFLOW.replace('release.yml', 'release.yml.evil.yml'),
  WORKFLOW.replace('release.yml', 'releaseXyml'),
]

/** Refs that are near `refs/tags/v1`. */
const NEAR_REFS = [
  'refs/heads/refs/tags/v1',
  'refs/heads/v1',
  'refs/tags/V1',
  'refs/tags/v1^{}',
  'refs/tags/v1@refs/heads/main',
  'refs/pull/1/merge',
]

/** Every claim that an identity can pin. */
const CLAIMS = Object.entries(CLAIM_ARCS) as [ClaimName, number][]
const claiming = (arc: number, text: string): Making => ({
  leaf: { extensions: [extension.claim(arc, text)] },
})
const pinning = (claim: ClaimName, value: string, making: Making = {}): Making => ({
  ...making,
  identity: { claims: { [claim]: value } },
})

const SOURCE = 'https://github.com/o/r'
const CALLED: Making = {
  leaf: { extensions: [extension.claim(9, WORKFLOW), extension.claim(12, SOURCE)] },
  identity: { claims: { buildSignerUri: WORKFLOW, sourceRepositoryUri: SOURCE } },
}
const calledWith = (arc: number, text: string): Making => ({
  ...CALLED,
  leaf: {
    extensions: [
      extension.claim(9, WORKFLOW),
      extension.claim(12, SOURCE),
      extension.claim(arc, text),
    ].filter((one, at, all) => all.findLastIndex(({ id }) => id === one.id) === at),
  },
})

/** A provenance that the certificate bears out. */
const provenance = (builder = WORKFLOW, parameters = {}): Making => ({
  leaf: {
    extensions: [
      extension.claim(12, SOURCE),
      extension.claim(13, COMMIT),
      extension.claim(14, 'refs/tags/v1'),
    ],
  },
  expectation: { provenance: { sourceUri: SOURCE } },
  statement: {
    ...STATEMENT,
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: { ref: 'refs/tags/v1', repository: SOURCE, path: '.github/workflows/r.yml' },
          ...parameters,
        },
        resolvedDependencies: [
          { uri: `git+${SOURCE}@refs/tags/v1`, digest: { gitCommit: COMMIT } },
        ],
      },
      runDetails: { builder: { id: builder } },
    },
  },
})

/** Two identities with the same name and issuer that are one principal, where two have to sign. */
const inTwoNames = (trust: TrustDocument): TrustDocument => ({
  ...trust,
  roles: [{ name: 'two', threshold: 2 }],
  identities: trust.identities.flatMap((one) => [
    { ...one, principal: 'ann', roles: ['two'] },
    { ...one, name: 'bot', principal: 'ann', roles: ['two'] },
  ]),
})

export const IDENTITIES: Family = {
  name: 'identities',
  attacks: [
    {
      ids: ['A-33', 'SJ-1'],
      defect: 'the name of the certificate is near the one that is trusted',
      codes: ['verify/identity-unexpected'],
      ways: ways(NEAR, named),
    },
    {
      ids: ['A-41'],
      defect: 'the ref is near the one that is trusted',
      codes: ['verify/identity-unexpected'],
      ways: ways(NEAR_REFS, (ref) => named(WORKFLOW.replace('refs/tags/v1', ref))),
      alike: 'the ref is a part of the name',
    },
    {
      ids: ['A-46'],
      defect: 'the pattern means something to another glob',
      codes: ['verify/identity-unexpected'],
      ways: {
        'a star, not declared as one': { identity: { ...PATTERN, isRefGlob: false } },
        'a question mark': { identity: { ...PATTERN, san: WORKFLOW.replace('v1', 'v?') } },
        'a class': { identity: { ...PATTERN, san: WORKFLOW.replace('v1', 'v[!0]') } },
        braces: { identity: { ...PATTERN, san: WORKFLOW.replace('v1', 'v{1,2}') } },
        'a star over a slash': { ...named(`${WORKFLOW}/evil`), identity: PATTERN },
      },
      twin: { identity: PATTERN },
      alike: 'the pattern is a part of the name',
    },
    {
      ids: ['A-37'],
      defect: 'the name is of another type',
      codes: ['verify/identity-unexpected'],
      ways: {
        'an e-mail address': {
          leaf: { extensions: [extension.names(generalName.email(WORKFLOW))] },
        },
        'a user name': { leaf: { extensions: [extension.names(generalName.user(WORKFLOW))] } },
        'a URI, in place of an e-mail address': { ...named(MAIL), identity: { san: MAIL } },
      },
      alike: 'the type is a part of the name',
    },
    {
      ids: ['A-34'],
      defect: 'the trust document names no identity',
      codes: ['verify/identity-none'],
      ways: { none: { trust: (trust) => ({ ...trust, identities: [] }) } },
    },
    {
      ids: ['A-36'],
      defect: 'another issuer vouches for the name',
      codes: ['verify/issuer-unexpected'],
      ways: ways(
        [`${ISSUER}/`, `${ISSUER}.evil.example`, ISSUER.toUpperCase(), 'https://evil.example'],
        (issuer) => issuedFor(extension.claim(1, issuer), extension.claim(8, issuer)),
      ),
    },
    {
      ids: ['A-36'],
      defect: 'the two forms of the issuer differ',
      codes: ['verify/issuer-ambiguous'],
      ways: {
        'the older one is right': issuedFor(
          extension.claim(1, ISSUER),
          extension.claim(8, 'https://evil.example'),
        ),
        'the newer one is right': issuedFor(
          extension.claim(1, 'https://evil.example'),
          extension.claim(8, ISSUER),
        ),
        'the newer one is empty': issuedFor(extension.claim(1, ISSUER), extension.claim(8, '')),
      },
      twin: issuedFor(extension.claim(8, ISSUER)),
    },
    {
      ids: [],
      defect: 'no issuer is named',
      codes: ['verify/issuer-missing'],
      ways: { none: issuedFor() },
      twin: issuedFor(extension.claim(1, ISSUER)),
    },
    {
      ids: ['A-35', 'A-39', 'A-40', 'SJ-4'],
      defect: 'the certificate has another value for a pinned claim, or none',
      codes: ['verify/claim-unexpected'],
      ways: Object.fromEntries([
        ...CLAIMS.map(([claim, arc]) => [claim, pinning(claim, 'right', claiming(arc, 'wrong'))]),
        ['none', pinning('sourceRepositoryVisibility', 'right')],
        ['a prefix', pinning('sourceRepositoryIdentifier', '12345')],
        ['another repository', pinning('sourceRepositoryIdentifier', '123457')],
      ]),
      twin: pinning('sourceRepositoryIdentifier', '123456'),
    },
    {
      ids: ['A-38'],
      defect: 'caller and signer of a reusable workflow are not both the trusted ones',
      codes: ['verify/claim-unexpected'],
      ways: {
        'foreign caller': calledWith(12, 'https://github.com/evil/r'),
        'foreign signer': calledWith(9, WORKFLOW.replace('/o/r/', '/evil/r/')),
      },
      twin: CALLED,
      alike: 'each of the two is a claim',
    },
    {
      ids: ['A-42'],
      defect: 'the provenance names a builder for which the signer can not speak',
      codes: ['verify/builder-signer'],
      ways: {
        'a runner of another environment': provenance(
          'https://github.com/actions/runner/self-hosted',
        ),
        'a generator': provenance(
          'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@refs/tags/v2.1.0',
        ),
      },
      twin: provenance(),
    },
    {
      ids: ['A-43'],
      defect: 'the build had a parameter that its build type does not know',
      codes: ['verify/parameter-unexpected'],
      ways: { flags: provenance(WORKFLOW, { flags: '-DEVIL' }) },
      twin: provenance(),
    },
    {
      ids: ['A-49'],
      defect: 'one principal signs for two, under two names',
      codes: ['verify/role-threshold'],
      ways: { 'two identities': { trust: inTwoNames } },
    },
  ],
}
