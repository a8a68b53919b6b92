// what looks like a secret in a project's files is in no output of `assay snapshot`. The tokens are put together
// here, so that this file holds none.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createHost } from '../../src/host/index.ts'
import { git, makeFolder, makeRepository, writeFiles } from '../host/git-repository.ts'
import { createTestHost } from '../host/test-host.ts'
import { PACKAGE_LOCK } from '../snapshot/project.ts'

const run = (length: number, alphabet = 'aB3dE6gH9jK2mN5pQ8') =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length)

/** Twenty shapes of tokens, each with a body of its service's length. */
const TOKENS = [
  `ghp_${run(36)}`,
  `github_pat_${run(82)}`,
  `ghs_${run(36)}`,
  `glpat-${run(20)}`,
  `npm_${run(36)}`,
  `pypi-${run(60)}`,
  `AKIA${run(16, 'ABCDEFGHIJ234567')}`,
  `xoxb-${run(12, '1234567890')}-${run(24)}`,
  `sk_live_${run(24)}`,
  `sk-ant-api03-${run(40)}`,
  `AIza${run(35)}`,
  `dop_v1_${run(64, 'abcdef0123456789')}`,
  `hf_${run(34)}`,
  `rnd_${run(28)}`,
  `SG.${run(22)}.${run(43)}`,
  `eyJ${run(20)}.eyJ${run(30)}.${run(43)}`,
  `AGE-SECRET-KEY-1${run(58, 'QPZRY9X8GF2TVDW0')}`,
  `shpat_${run(32, 'abcdef0123456789')}`,
  `dckr_pat_${run(27)}`,
  `whsec_${run(32)}`,
] as const

function projectWith(token: string): Record<string, string> {
  const locked = JSON.stringify(PACKAGE_LOCK).replaceAll(
    'https://registry.example/',
    `https://user:${token}@registry.example/`,
  )
  return {
    'package.json': '{"dependencies":{"ms":"1"}}',
    'package-lock.json': locked.replaceAll('.tgz"', `.tgz?token=${token}"`),
    '.env.example': `A=${token}\nexport B="${token}\n${token}"\n`,
    '.env.signer.example': `KEY='${token}'\n`,
    'render.yaml': `services: [ { type: web, repo: "https://x:${token}@git.example/r.git", envVars: [ { key: K, value: "${token}" } ] } ]`,
    'compose.yaml': `services: { a: { image: "x:1", environment: { K: "${token}" }, build: { args: { T: "${token}" } } } }`,
    Dockerfile: `ARG TOKEN=${token}\nFROM x:1\nENV K=${token}\nADD https://u:${token}@f.example/a?t=${token} /a\n`,
    '.github/workflows/ci.yml': `env: { K: "${token}" }\njobs: { a: { container: { image: "x:1", credentials: { password: "${token}" } }, steps: [ { uses: a/b@v1, with: { token: "${token}" } } ] } }`,
    '.gitlab-ci.yml': `variables: { K: "${token}" }\ninclude: [ { remote: "https://o:${token}@ci.example/x.yml?private_token=${token}" } ]\n`,
    'scripts/release.sh': `export T=${token}\ncurl https://u:${token}@get.example/x?t=${token}\n`,
  }
}

async function outputs(folder: string): Promise<string> {
  const texts: string[] = []
  for (const format of ['text', 'json', 'cyclonedx']) {
    const { host, output } = createTestHost(folder)
    const exit = await runCli(['snapshot', '.', '--format', format], host)
    texts.push(`${exit}`, output.stdout, output.stderr)
  }
  return texts.join('\n')
}

describe('assay snapshot prints no secret (A-119)', () => {
  it.each(TOKENS)('shaped like %s', async (token) => {
    const folder = makeFolder()
    writeFiles(folder, projectWith(token))
    const printed = await outputs(folder)
    expect(printed).toMatch(/^0\n/)
    expect(printed).toContain('https://registry.example')
    expect(printed).not.toContain(token.slice(0, 20))
  })

  it('of the addresses of a repository', async () => {
    const folder = makeRepository({ 'package.json': '{}' })
    git(folder, 'remote', 'add', 'origin', 'x')
    for (const token of TOKENS) {
      const address = `https://ci:${token}@git.example/team/app.git?token=${token}`
      git(folder, 'remote', 'set-url', 'origin', address)
      const source = JSON.stringify(await createHost(folder).readSource('.'))
      expect(source).toContain('"repository":"https://git.example/team/app.git"')
      expect(source).not.toContain(token.slice(0, 20))
    }
  })

  it('not even of files that it refuses', async () => {
    const folder = makeFolder()
    for (const [path, text] of Object.entries(projectWith(TOKENS[0]))) {
      const broken = path === 'Dockerfile' ? `???${TOKENS[0]}\n` : `${text}\n  : [ "${TOKENS[0]}\n`
      writeFiles(join(folder, path.replaceAll('/', '-')), { [path]: broken })
      const printed = await outputs(join(folder, path.replaceAll('/', '-')))
      expect(printed).not.toContain(TOKENS[0])
    }
  })
})
