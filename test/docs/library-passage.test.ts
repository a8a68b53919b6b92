// The lines of README.md for users of the library: they compile, and judge what an identity and what a key has signed.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { type Instance, startInstance } from '../cli/attest-sigstore.ts'
import { readCodeBlocks } from './code-blocks.ts'

const SURFACE = join(ROOT, 'src/index.ts')
const passage = readCodeBlocks('README.md', 'ts')
const [lines = ''] = passage

const SUBJECT = 'attest https://example.org/made/v1 --predicate p.json --artifact app.tar.gz'
const SERVICES =
  '--sigstore --signing-config config.json --trusted-root root.json --identity-token-file token'
const IDENTITY =
  '--issuer https://token.actions.githubusercontent.com --san https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1'

let instance: Instance
beforeAll(async () => {
  instance = await startInstance()
  writeFileSync(join(instance.folder, 'app.tar.gz'), 'a release')
  for (const line of [
    'key generate --type p256 --out me --unsafe-unencrypted',
    'trust init',
    'trust add-key me.pub.pem --name me --role release',
    'trust add-root root.json --name loopback --rehearsal',
    `trust add-identity --name workflow ${IDENTITY} --role release --ci`,
    `${SUBJECT} --key me.key.pem --out by-key.json`,
    `${SUBJECT} ${SERVICES} --out by-identity.json`,
  ]) {
    const { exitCode, everything } = await instance.run(line)
    expect(exitCode, everything).toBe(0)
  }
})

describe('the lines of README.md for the library', () => {
  it('are one program', () => {
    expect(passage).toHaveLength(1)
    expect(lines).toContain("from 'assay'")
  })

  it('compile', { timeout: 60_000 }, () => {
    const text = lines.replaceAll("'assay'", "'../../src/index.ts'")
    expect(compile(join(ROOT, 'test/docs/lines-of-readme.ts'), text)).toEqual([])
  })

  it.each([
    ['an identity', 'by-identity.json', 'workflow'],
    ['a key', 'by-key.json', 'me'],
  ])('verify what %s has signed', (_, bundle, signer) => {
    const { status, stdout, stderr } = run(instance.folder, bundle, 'app.tar.gz')
    expect(status, stderr).toBe(0)
    expect(stdout).toBe(`signed by ${signer}\n`)
  })

  it.each(['by-identity.json', 'by-key.json'])('refuse another file than that of %s', (bundle) => {
    const { status, stderr } = run(instance.folder, bundle, 'a.txt')
    expect(status).toBe(1)
    expect(stderr).toContain('Error: rejected  The bundle is not accepted')
  })
})

/** The lines, about these files. */
function run(folder: string, bundle: string, artifact: string) {
  const file = join(folder, `${bundle}-${artifact}.mts`)
  writeFileSync(
    file,
    lines
      .replaceAll("'assay'", `'${pathToFileURL(SURFACE).href}'`)
      .replaceAll('app.sigstore.json', bundle)
      .replaceAll('app.tar.gz', artifact),
  )
  return spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
}

/** What the compiler says of a file that is not on disk, under the rules of this repository. */
function compile(file: string, text: string): readonly string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, target, ...rest) =>
    name === file ? ts.createSourceFile(name, text, target) : read(name, target, ...rest)
  const has = host.fileExists.bind(host)
  host.fileExists = (name) => name === file || has(name)
  const program = ts.createProgram([file], options, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
