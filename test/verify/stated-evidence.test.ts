import { describe, expect, it } from 'vitest'
import { verifyStated } from '../../src/verify/index.ts'
import { OTHER_VERIFIER, summary, TRUST as VERIFIERS } from './cases/summary-case.ts'
import { codesOf, NOW, readBundle, TRUST } from './question.ts'
import {
  COMMIT,
  type Json,
  messageBundle,
  readTrust,
  signedBundle,
  SOURCE,
  statement,
  trust,
  trustedKey,
} from './release.ts'
import type { TrustDocument } from '../../src/trust/index.ts'

function ask(bundle: Json, document: TrustDocument = TRUST, now = NOW) {
  return verifyStated({ bundle: readBundle(bundle), trust: document, now })
}

describe('Evidence that is kept', () => {
  it('is the word of somebody who may say it, and is compared with nothing', () => {
    const { verdict, verified } = ask(signedBundle(statement()))
    expect(codesOf(verdict)).toEqual([])
    expect(verified?.value.predicateType).toBe('https://slsa.dev/provenance/v1')
    expect(verified?.subjects).toEqual([])
    expect(verified?.signer.name).toBe('release')
  })

  it('counts for the target that it is about, under a role that names targets', () => {
    const roles = (targets: string[]) => [{ name: 'stager', targets, threshold: 1 }]
    const keys = [trustedKey('release', { roles: ['stager'] })]
    const held = ask(
      signedBundle(statement()),
      readTrust(trust(keys, roles(['render_staging_rollout']))),
    )
    expect(held.verdict.outcome).toBe('accepted')
    const other = ask(
      signedBundle(statement()),
      readTrust(trust(keys, roles(['render_production']))),
    )
    expect(codesOf(other.verdict)).toEqual(['verify/role-missing'])
    expect(other.verified).toBeUndefined()
  })

  it('is a summary of a verifier for whom its signer speaks, whatever it says', () => {
    const document = readTrust(VERIFIERS)
    const failed = summary({ verificationResult: 'FAILED', verifiedLevels: ['FAILED'] })
    for (const said of [summary(), failed]) {
      expect(ask(said, document).verified?.value.predicate).toHaveProperty('resourceUri')
      const nobodys = ask(said)
      expect(codesOf(nobodys.verdict)).toEqual(['verify/verifier-signer'])
      expect(nobodys.verified).toBeUndefined()
    }
    const others = ask(summary({ verifier: { id: OTHER_VERIFIER } }), document)
    expect(codesOf(others.verdict)).toEqual(['verify/verifier-signer'])
  })

  it('is alone: a role that asks for two signers is counted by whoever folds records', () => {
    const keys = [trustedKey('release', { roles: ['approver'] })]
    const document = readTrust(trust(keys, [{ name: 'approver', threshold: 2 }]))
    const { verified } = ask(signedBundle(statement()), document)
    expect(verified?.signer.roles).toMatchObject([{ name: 'approver', threshold: 2 }])
  })

  it.each([
    [
      'of an unknown key',
      signedBundle(statement(), {}),
      readTrust(trust([trustedKey('other')])),
      'verify/key-unknown',
    ],
    [
      'of an older version',
      signedBundle(statement({ _type: 'https://in-toto.io/Statement/v0.1' })),
      TRUST,
      'verify/statement-version',
    ],
    ['over bare bytes', messageBundle('bytes'), TRUST, 'verify/statement-malformed'],
    [
      'that breaks the rules of its type',
      signedBundle(statement({ predicate: {} })),
      TRUST,
      'verify/predicate-malformed',
    ],
  ])('is refused %s', (_, bundle, document, code) => {
    const { verdict, verified } = ask(bundle, document)
    expect(codesOf(verdict)).toEqual([code])
    expect(verified).toBeUndefined()
  })

  it('is not judged at a time that is none', () => {
    const { verdict, verified } = ask(signedBundle(statement()), TRUST, 1_775_000_000)
    expect(codesOf(verdict)).toEqual(['verify/time-malformed'])
    expect(verified).toBeUndefined()
  })
})

describe('The claims of a provenance', () => {
  function claimsOf(changes: Json) {
    const { verified, provenance } = ask(signedBundle(statement(changes)))
    if (verified === undefined) throw new Error('Expected evidence')
    return provenance
  }

  it('are builder, workflow, source and what went into the build', () => {
    expect(claimsOf({})).toMatchObject({
      builderId: 'https://git.example/team/app/.github/workflows/r.yml@refs/tags/v1.2.0',
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      workflow: `${SOURCE}/.github/workflows/r.yml@refs/tags/v1.2.0`,
      source: { uri: SOURCE, commit: COMMIT },
      dependencies: [{ digest: { gitCommit: COMMIT } }, {}],
    })
  })

  it('have the level that the trust document gives their builder by their signer', () => {
    const { builderId = '' } = claimsOf({}) ?? {}
    const builders = [{ name: 'ci', id: builderId, signers: ['release'], buildLevel: 2 }]
    const { provenance } = ask(signedBundle(statement()), readTrust({ ...trust(), builders }))
    expect(provenance).toMatchObject({ builderId, buildLevel: 2 })
    expect(claimsOf({})).not.toHaveProperty('buildLevel')
  })

  const definition = (changes: Json) => ({
    predicate: {
      buildDefinition: { buildType: 'https://ci.example/v1', externalParameters: {}, ...changes },
      runDetails: { builder: { id: 'https://ci.example/builder' } },
    },
  })

  it.each([
    ['none where the build type has none', {}, undefined],
    ['of GitLab, without a ref', { source: SOURCE, entryPoint: 'build' }, `${SOURCE}/build`],
    ['none where it has no path', { workflow: { repository: SOURCE } }, undefined],
  ])('have a workflow: %s', (_, externalParameters, workflow) => {
    const claims = claimsOf(definition({ externalParameters }))
    expect(claims?.workflow).toBe(workflow)
    expect(claims).not.toHaveProperty('source')
    expect(claims?.dependencies).toEqual([])
  })

  it('have the state of the work tree and the tree of the commit where the builder says them', () => {
    const internalParameters = { assay_source: { state: 'dirty', tree: '9fe3ab0c' } }
    const claims = claimsOf(definition({ internalParameters }))
    expect(claims).toMatchObject({ sourceState: 'dirty', sourceTree: '9fe3ab0c' })
    expect(claimsOf(definition({}))).not.toHaveProperty('sourceState')
    expect(claimsOf(definition({}))).not.toHaveProperty('sourceTree')
  })

  it('are read alike from SLSA v0.2', () => {
    const builder = { id: 'https://ci.example/builder' }
    const old = (rest: Json) => ({
      predicateType: 'https://slsa.dev/provenance/v0.2',
      predicate: { builder, buildType: 'https://ci.example/v0', ...rest },
    })
    const configSource = { uri: SOURCE, digest: { sha1: COMMIT }, entryPoint: 'r.yml' }
    const materials = [{ uri: `git+${SOURCE}`, digest: { sha1: COMMIT } }]
    expect(claimsOf(old({ invocation: { configSource }, materials }))).toMatchObject({
      workflow: `${SOURCE}/r.yml`,
      source: { uri: SOURCE, commit: COMMIT },
      dependencies: materials,
    })
    expect(claimsOf(old({}))).toMatchObject({ dependencies: [] })
  })

  it('are none of a statement of another type', () => {
    const predicate = { result: 'PASSED', configuration: [], passedTests: ['lint'] }
    const predicateType = 'https://in-toto.io/attestation/test-result/v0.1'
    expect(claimsOf({ predicateType, predicate })).toBeUndefined()
    expect(claimsOf({ predicateType: 'urn:example:other:v1', predicate: {} })).toBeUndefined()
  })
})
