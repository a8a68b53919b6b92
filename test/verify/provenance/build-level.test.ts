// The level of SLSA's build track is looked up by signer and builder together, and never higher than such a signature can show.

import { describe, expect, it } from 'vitest'
import { findBuildLevel } from '../../../src/verify/provenance/build-level.ts'

type Signer = Parameters<typeof findBuildLevel>[1]

const REUSED = 'https://github.com/o/builders/.github/workflows/build.yml@refs/tags/v1'
const OWN = 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1'
const KEY: Signer = { type: 'key', name: 'ci', keyId: 'x', principal: 'ci' }

const certificate = (value: string, claims: object = {}): Signer => ({
  type: 'certificate',
  name: 'workflow',
  identity: {
    issuer: 'https://token.actions.githubusercontent.com',
    san: { type: 'uri', value },
    claims,
  },
  root: { name: 'public', mark: 'live', sha256: '', isPublicGood: true },
  principal: 'workflow',
})

const pair = (id: string, signer: string, buildLevel: number) => ({
  builders: [{ name: 'b', id, signers: [signer], buildLevel }],
})

describe('findBuildLevel()', () => {
  it('finds nothing for another signer, or another builder', () => {
    const trust = pair('https://ci.example/builder', 'ci', 2)
    expect(findBuildLevel('https://ci.example/builder', KEY, trust)).toBe(2)
    expect(findBuildLevel('https://ci.example/builder/', KEY, trust)).toBeUndefined()
    expect(
      findBuildLevel('https://ci.example/builder', { ...KEY, name: 'other' }, trust),
    ).toBeUndefined()
  })

  it('is level 3 for a workflow that another one called, and never for one that signs for itself', () => {
    const called = certificate(REUSED, { buildConfigUri: OWN })
    expect(findBuildLevel(REUSED, called, pair(REUSED, 'workflow', 3))).toBe(3)
    const own = certificate(OWN, { buildConfigUri: OWN })
    expect(findBuildLevel(OWN, own, pair(OWN, 'workflow', 3))).toBe(2)
    expect(findBuildLevel(OWN, own, pair(OWN, 'workflow', 1))).toBe(1)
    expect(findBuildLevel(OWN, certificate(OWN), pair(OWN, 'workflow', 3))).toBe(3)
  })

  it('knows a runner of GitHub by the environment that its certificate tells', () => {
    const runner = 'https://github.com/actions/runner'
    const hosted = certificate(REUSED, { runnerEnvironment: 'github-hosted' })
    const trust = pair(`${runner}/github-hosted`, 'workflow', 2)
    expect(findBuildLevel(runner, hosted, trust)).toBe(2)
    const own = certificate(REUSED, { runnerEnvironment: 'self-hosted' })
    expect(findBuildLevel(runner, own, trust)).toBeUndefined()
  })
})
