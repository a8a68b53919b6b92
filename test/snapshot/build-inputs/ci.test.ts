import { describe, expect, it } from 'vitest'
import { readGithubAction, readGithubWorkflow } from '../../../src/snapshot/build-inputs/github.ts'
import { readGitlabCi } from '../../../src/snapshot/build-inputs/gitlab.ts'
import { COMMIT, readInput, SHA256 } from './reading.ts'

describe('readGithubWorkflow()', () => {
  it('finds every use, container and service, with its pin', () => {
    const workflow = `on: push
env: { TOKEN: ghp_never_shown }
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:20-alpine
    services:
      db: { image: "postgres:16@sha256:${SHA256}", env: { PASSWORD: secret } }
      cache: { image: redis }
    steps:
      - uses: actions/checkout@${COMMIT} # v4
      - uses: actions/setup-node@v4.1.0
        with: { token: ghp_never_shown }
      - uses: owner/repo/path/to@main
      - uses: owner/repo@b4ffde6
      - uses: ./.github/actions/local
      - uses: docker://ghcr.io/owner/tool:1.2
      - run: echo hi
      - uses: \${{ matrix.action }}
  call:
    uses: owner/repo/.github/workflows/build.yml@v1
  local:
    uses: ./.github/workflows/other.yml
  none:
    container: { image: "\${{ inputs.image }}" }
`
    expect(readInput(readGithubWorkflow, workflow)).toEqual([
      '6: image node 20-alpine tag-pinned',
      '8: image postgres 16 sha256:9f86 digest-pinned',
      '9: image redis floating',
      '11: action actions/checkout gitCommit:b4ff commit-pinned',
      '12: action actions/setup-node v4.1.0 tag-pinned',
      '14: action owner/repo/path/to main floating',
      '15: action owner/repo b4ffde6 floating',
      '17: image ghcr.io/owner/tool 1.2 tag-pinned',
      '19: action - floating',
      '21: workflow owner/repo/.github/workflows/build.yml v1 tag-pinned',
      '25: image - floating',
      '16: uses github-action .github/actions/local/action.yml|.github/actions/local/action.yaml',
      '23: uses github-workflow .github/workflows/other.yml',
    ])
  })

  it.each([
    ['no jobs', 'on: push\n', 'snapshot/input-shape'],
    ['a key twice', 'jobs: {}\njobs: {}\n', 'yaml/duplicate-key line 2, column 1'],
    ['what is no YAML', 'jobs: [\n', 'yaml/syntax line 2, column 1'],
  ])('refuses %s, and reads the like that is one', (_, text, expected) => {
    expect(readInput(readGithubWorkflow, text)).toEqual([expected])
    expect(readInput(readGithubWorkflow, 'on: push\njobs: {}\n')).toEqual([])
  })
})

describe('readGithubAction()', () => {
  it('reads composite, container and script actions', () => {
    const steps = `runs:\n  using: composite\n  steps:\n    - uses: a/b@${COMMIT}\n    - uses: ./c\n`
    expect(readInput(readGithubAction, steps, 'x/action.yml')).toEqual([
      '4: action a/b gitCommit:b4ff commit-pinned',
      '5: uses github-action c/action.yml|c/action.yaml',
    ])
    const image = (text: string) => `runs:\n  using: docker\n  image: ${text}\n`
    expect(readInput(readGithubAction, image('docker://alpine:3'), 'x/action.yml')).toEqual([
      '3: image alpine 3 tag-pinned',
    ])
    expect(readInput(readGithubAction, image('Dockerfile'), 'x/action.yml')).toEqual([
      '3: uses container-file x/Dockerfile',
    ])
    expect(readInput(readGithubAction, 'runs: { using: node24, main: a.js }')).toEqual([])
    expect(readInput(readGithubAction, 'name: x')).toEqual(['snapshot/input-shape'])
  })
})

describe('readGitlabCi()', () => {
  it('finds every include and image, with variables filled in', () => {
    const pipeline = `spec:
  inputs: { job: {} }
---
variables:
  NODE: "20-alpine"
  BASE: { value: "node:$NODE" }
  PASSWORD: secret-never-shown
include:
  - local: /ci/build.yml
  - local: /ci/jobs/*.yml
  - project: team/ci
    ref: ${COMMIT}
    file: /a.yml
  - project: team/other
    file: b.yml
  - remote: https://user:glpat-secret@ci.example/c.yml?private_token=glpat-secret
  - remote: https://ci.example/d.yml
    integrity: sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=
  - template: Jobs/Build.gitlab-ci.yml
  - component: gitlab.example/team/lint@1.2.0
default:
  image: $BASE
.hidden: &hidden
  image: alpine:3.20
test:
  <<: *hidden
  services: [ "postgres:16", { name: "redis@sha256:${SHA256}", alias: r } ]
  script: [ !reference [.hidden, script] ]
build:
  variables: { NODE: "22" }
  image: { name: "node:\${NODE}" }
unknown:
  image: $CI_REGISTRY_IMAGE/tool:1
child:
  trigger: { include: ci/child.yml }
`
    expect(readInput(readGitlabCi, pipeline)).toEqual([
      '11: include team/ci gitCommit:b4ff commit-pinned',
      '14: include team/other HEAD floating',
      '16: include https://ci.example/c.yml floating',
      '17: include https://ci.example/d.yml sha256:9f86 digest-pinned',
      '19: include Jobs/Build.gitlab-ci.yml floating',
      '20: include gitlab.example/team/lint 1.2.0 tag-pinned',
      '22: image node 20-alpine tag-pinned $BASE,NODE',
      '24: image alpine 3.20 tag-pinned',
      '24: image alpine 3.20 tag-pinned',
      '27: image postgres 16 tag-pinned',
      `27: image redis sha256:9f86 digest-pinned`,
      '31: image node 22 tag-pinned $NODE',
      '33: image - floating $CI_REGISTRY_IMAGE',
      '9: uses gitlab-ci ci/build.yml',
      '10: uses gitlab-ci ci/jobs/*.yml',
      '35: uses gitlab-ci ci/child.yml',
    ])
    expect(readInput(readGitlabCi, 'include: https://ci.example/x.yml\n')).toEqual([
      '1: include https://ci.example/x.yml floating',
    ])
    expect(readInput(readGitlabCi, '- a\n')).toEqual(['snapshot/input-shape line 1'])
  })
})
