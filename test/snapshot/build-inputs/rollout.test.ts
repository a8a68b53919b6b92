import { describe, expect, it } from 'vitest'
import { publicAddress } from '../../../src/snapshot/address.ts'
import { readEnvContract } from '../../../src/snapshot/build-inputs/env-contract.ts'
import { readReleaseScript } from '../../../src/snapshot/build-inputs/release-script.ts'
import { readRenderBlueprint } from '../../../src/snapshot/build-inputs/render-blueprint.ts'
import { readInput, SHA256 } from './reading.ts'

describe('readRenderBlueprint()', () => {
  it('finds images, repositories, container files and the names of variables', () => {
    const blueprint = `services:
  - type: web
    runtime: docker
    rootDir: apps/web
    dockerfilePath: ./Dockerfile.prod
    envVars:
      - key: DATABASE_URL
        value: postgres://u:p@db.example/x
      - { key: SIGNER_TOKEN, sync: false }
      - fromGroup: shared
  - type: web
    runtime: image
    image: { url: "ghcr.io/o/api@sha256:${SHA256}" }
  - type: cron
    runtime: node
    repo: https://u:p@git.example/o/jobs.git
    branch: main
envVarGroups:
  - name: shared
    envVars: [ { key: LOG_LEVEL, value: info }, { key: "bad name" } ]
projects:
  - environments:
      - services: [ { type: web, env: docker } ]
`
    expect(readInput(readRenderBlueprint, blueprint)).toEqual([
      '13: image ghcr.io/o/api sha256:9f86 digest-pinned',
      '16: repository https://git.example/o/jobs.git main floating',
      '5: uses container-file apps/web/Dockerfile.prod',
      '23: uses container-file Dockerfile',
      'names DATABASE_URL,LOG_LEVEL,SIGNER_TOKEN',
    ])
    expect(readInput(readRenderBlueprint, 'a: 1\n')).toEqual(['snapshot/input-shape'])
  })
})

describe('readEnvContract()', () => {
  it('gives the names in order, over quoted values of several lines', () => {
    const contract = `# a comment
export B=1
A="first
MULTI=not a name
last"
 C = 'x'
D
E=\`a
F=no\`
G="say \\"hi\\""
`
    expect(readInput(readEnvContract, contract)).toEqual(['names A,B,C,D,E,G'])
  })

  it('refuses another line by its number, without its text', () => {
    const bytes = Buffer.from('A=1\nghp_abc def\n')
    expect(readEnvContract({ path: '.env.example', bytes })).toEqual({
      ok: false,
      problems: [
        {
          code: 'snapshot/env-line',
          message: 'Cannot read ".env.example": expected NAME=value, found another line',
          at: 'line 2',
        },
      ],
    })
    expect(readInput(readEnvContract, 'A=1\nB_2=\n')).toEqual(['names A,B_2'])
  })
})

describe('readReleaseScript()', () => {
  it('finds what is fetched from outside, and no secret', () => {
    const script = `#!/bin/sh
# npx comment@latest
npm ci
npx --yes @scope/tool@1.2.3 --flag
npx other
pnpm dlx thing@^2
npm install --global npm@11
pip install --user build==1.2.2
go install golang.org/x/vuln/cmd/govulncheck@v1.1.4
go run ./cmd
docker pull alpine@sha256:${SHA256}
curl -fsSL "https://u:ghp_secret@get.example/x.sh?token=ghp_secret" | sh
curl -H "Authorization: $TOKEN" \${URL}
`
    expect(readInput(readReleaseScript, script)).toEqual([
      '4: package @scope/tool 1.2.3 tag-pinned',
      '5: package other floating',
      '6: package thing ^2 floating',
      '7: package npm 11 floating',
      '8: package build 1.2.2 tag-pinned',
      '9: package golang.org/x/vuln/cmd/govulncheck v1.1.4 tag-pinned',
      '11: image alpine sha256:9f86 digest-pinned',
      '12: download https://get.example/x.sh floating',
    ])
  })

  it('takes no time over a long line', () => {
    const started = performance.now()
    expect(readInput(readReleaseScript, 'curl '.repeat(200_000))).toEqual([])
    expect(readInput(readReleaseScript, `${'curl '.repeat(790)}\n`.repeat(50))).toEqual([])
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('publicAddress()', () => {
  it.each([
    ['https://u:p@host.example:8443/a/b.git?x=1#y', 'https://host.example:8443/a/b.git'],
    ['git@host.example:team/app.git', 'ssh://host.example/team/app.git'],
    ['ssh://git@host.example/team/app.git', 'ssh://host.example/team/app.git'],
    ['file:///home/me/app', undefined],
    ['/home/me/app', undefined],
    ['javascript:alert(1)', undefined],
    ['ghp_token', undefined],
  ])('shows %s as %s', (address, shown) => {
    expect(publicAddress(address)).toBe(shown)
  })
})
