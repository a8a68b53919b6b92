import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildSelector, parseBaseline } from '../../../src/snapshot/baseline/baseline.ts'
import { computeControlState, NO_FACTS } from '../../../src/snapshot/index.ts'

const SHIPPED = readFileSync(
  join(import.meta.dirname, '../../../policies/provenance-baseline.yaml'),
)

const SMALL = `schema: assay/provenance-baseline/v1
leaveOut: []
entries:
  - id: supply_chain.a
    scope: repo_build
    criticality: high
    parts:
      - name: x
        kind: lockfile
        paths: ["**/package-lock.json"]
`

const refusals = (text: string) => {
  const baseline = parseBaseline(Buffer.from(text))
  return baseline.ok ? 'accepted' : baseline.problems.map(({ code, at }) => `${code} ${at}`)
}

describe('parseBaseline()', () => {
  it('reads the shipped baseline: six entries, with their scope and criticality', () => {
    const baseline = parseBaseline(SHIPPED)
    expect(
      baseline.ok && baseline.value.entries.map((e) => [e.id, e.scope, e.criticality]),
    ).toEqual([
      ['supply_chain.root_npm_workspace_lockfile', 'repo_build', 'critical'],
      ['supply_chain.github_actions_workflows', 'repo_validation_and_release', 'critical'],
      ['supply_chain.node20_alpine_container_bases', 'container_build', 'critical'],
      ['supply_chain.local_compose_infra_images', 'local_rehearsal', 'high'],
      [
        'supply_chain.render_blueprint_and_env_contract',
        'staging_and_production_rollout',
        'critical',
      ],
      [
        'supply_chain.release_gate_and_provenance_scripts',
        'staging_and_production_rollout',
        'critical',
      ],
    ])
  })

  it.each([
    ['an unknown member', 'leaveOut: []', 'leaveOut: []\nextra: 1', 'line 3, column 1'],
    ['an unknown member of a part', 'name: x', 'name: x\n        more: 1', 'line 9, column 9'],
    ['an unknown kind', 'kind: lockfile', 'kind: lock', 'line 9, column 9'],
    ['an unknown criticality', 'high', 'huge', 'line 6, column 5'],
    ['another schema', 'baseline/v1', 'baseline/v2', 'line 1, column 1'],
    ['an id of another family', 'supply_chain.a', 'other.a', 'line 4, column 5'],
    ['no pattern', '["**/package-lock.json"]', '[]', 'line 10, column 9'],
  ])('refuses %s with line and column', (_, before, after, at) => {
    expect(refusals(SMALL.replace(before, after))).toEqual([`snapshot/baseline ${at}`])
    expect(refusals(SMALL)).toBe('accepted')
  })

  it('refuses an entry twice, and what is no YAML', () => {
    const entry = SMALL.slice(SMALL.indexOf('  - id'))
    expect(refusals(SMALL + entry)).toEqual(['snapshot/baseline undefined'])
    expect(refusals(SMALL + entry.replace('.a', '.b'))).toBe('accepted')
    expect(refusals('a: [')).toEqual(['yaml/syntax line 1, column 5'])
  })
})

describe('buildSelector()', () => {
  const baseline = parseBaseline(SHIPPED)
  const select = baseline.ok ? buildSelector(baseline.value) : () => undefined

  it.each([
    ['package-lock.json', 'lockfile', 'lockfiles'],
    ['apps/web/package.json', 'manifest', 'manifests'],
    ['.github/workflows/ci.yml', 'github-workflow', 'github_workflows'],
    ['.gitlab-ci.yml', 'gitlab-ci', 'gitlab_ci'],
    ['apps/web/Dockerfile.prod', 'container-file', 'container_files'],
    ['docker-compose.test.yaml', 'compose', 'compose'],
    ['render.yaml', 'render-blueprint', 'blueprint'],
    ['.env.example', 'env-contract', 'env_contract'],
    ['services/signer/.env.example', 'env-contract', 'signer_env_contract'],
    ['.env.signer.example', 'env-contract', 'signer_env_contract'],
    ['scripts/release.sh', 'release-script', 'scripts'],
  ])('puts %s where it belongs', (path, kind, part) => {
    expect(select(path)).toMatchObject({ state: 'counts', kind, membership: { part } })
  })

  it('leaves out what was installed, and does not know the rest', () => {
    expect(select('a/node_modules/b/package.json')).toEqual({ state: 'left-out' })
    expect(select('src/index.ts')).toEqual({ state: 'unknown' })
    // A file of values is no contract.
    expect(select('.env')).toEqual({ state: 'unknown' })
  })
})

describe('computeControlState()', () => {
  const files = [
    { pinState: 'lockfile-pinned', sha256: 'a' },
    { pinState: 'tag-pinned', sha256: 'b' },
  ] as const

  it('says no to review and attestation until every file is covered', () => {
    const state = (...digests: string[]) => {
      const facts = { reviewed: new Set(digests), attested: new Set(digests) }
      const { pins, review, attestation } = computeControlState(files, facts)
      return [pins, review, attestation]
    }
    expect(computeControlState(files, NO_FACTS)).toEqual({
      pins: 'tag-pinned',
      review: 'not-reviewed',
      attestation: 'not-attested',
    })
    expect(state('a')).toEqual(['tag-pinned', 'partly-reviewed', 'partly-attested'])
    expect(state('a', 'b')).toEqual(['tag-pinned', 'reviewed', 'attested'])
    expect(state('c')).toEqual(['tag-pinned', 'not-reviewed', 'not-attested'])
  })

  it('takes nothing for reviewed where there is nothing', () => {
    const facts = { reviewed: new Set(['a']), attested: new Set(['a']) }
    expect(computeControlState([], facts)).toEqual({
      pins: 'nothing-found',
      review: 'not-reviewed',
      attestation: 'not-attested',
    })
  })
})
