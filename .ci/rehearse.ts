// `npm run rehearse -- build`: fills the cache folder with the programs that the rehearsal runs.
// `npm run rehearse [-- COMMAND…]`: starts Sigstore's services on loopback, for a command or until Ctrl-C, so that anyone can sign
// keyless with no account. The command runs where the person stands, with `assay` and cosign in its path.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPrograms } from '../test/rehearsal/programs/build.ts'
import { missingPrograms, programPath } from '../test/rehearsal/programs/catalog.ts'
import { type Rehearsal, startRehearsal } from '../test/rehearsal/rehearsal.ts'
import { ISSUER_KINDS } from '../test/rehearsal/stack/identity-provider.ts'

/** Tokens are good for ten minutes. */
const TOKEN_RENEWAL_MS = 5 * 60 * 1000

const USAGE = `npm run rehearse -- build          fills the cache with the programs; once, about five minutes
npm run rehearse -- COMMAND…       starts the services for the command, with assay and cosign in its path
npm run rehearse                   starts them, says how to use them, and waits for Ctrl-C
`

const [command, ...args] = process.argv.slice(2)
const missing = missingPrograms()
if (command === '--help' || command === '-h') {
  process.stdout.write(USAGE)
} else if (command?.startsWith('-') === true) {
  process.stderr.write(`error: Expected a command, found ${JSON.stringify(command)}\n${USAGE}`)
  process.exitCode = 2
} else if (command === 'build' && args.length === 0) {
  if (!buildPrograms()) process.exitCode = 1
} else if (missing.length > 0) {
  process.stderr.write(
    `error: Cannot start the rehearsal, not built: ${missing.join(', ')}\n` +
      'hint: npm run rehearse -- build\n',
  )
  process.exitCode = 2
} else {
  await rehearse()
}

async function rehearse(): Promise<void> {
  const begun = performance.now()
  const rehearsal = await startRehearsal()
  const tokens = await writeTokens(rehearsal)
  const renewal = setInterval(() => void writeTokens(rehearsal), TOKEN_RENEWAL_MS)
  const env = listVariables(rehearsal, tokens)
  const peers = [programPath('cosign'), programPath('sigstore-go')].map(dirname)
  const programs = [writeLauncher(rehearsal), ...peers]
  try {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    process.stderr.write(`rehearsal: Fulcio, Rekor and timestamps are up (${seconds} s)\n`)
    process.exitCode =
      command === undefined ? await waitForPerson(env, programs) : await runCommand(env, programs)
  } finally {
    clearInterval(renewal)
    await rehearsal.stop()
  }
}

/** One file for each kind of identity, readable by its owner only. */
async function writeTokens(rehearsal: Rehearsal): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {}
  for (const kind of ISSUER_KINDS) {
    const path = join(rehearsal.folder, `token.${kind}`)
    writeFileSync(path, await rehearsal.token({ kind }), { mode: 0o600 })
    files[`ASSAY_REHEARSAL_TOKEN_${kind.toUpperCase()}`] = path
  }
  return files
}

/** `assay` as a program: the command line of this checkout. */
function writeLauncher({ folder }: Rehearsal): string {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  const script = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`
  writeFileSync(join(programs, 'assay'), script, { mode: 0o755 })
  return programs
}

/** What the command finds in its environment. */
function listVariables(rehearsal: Rehearsal, tokens: Readonly<Record<string, string>>) {
  const { documents, folder, issuers } = rehearsal
  return {
    ASSAY_REHEARSAL_DIR: folder,
    ASSAY_REHEARSAL_TRUSTED_ROOT: documents.trustedRoot,
    ASSAY_REHEARSAL_SIGNING_CONFIG: documents.signingConfigs.rekor,
    ASSAY_REHEARSAL_SIGNING_CONFIG_V1: documents.signingConfigs.rekorV1,
    ASSAY_REHEARSAL_TRUST_CONFIG: documents.trustConfigs.rekor,
    ...Object.fromEntries(
      ISSUER_KINDS.map((kind) => [`ASSAY_REHEARSAL_ISSUER_${kind.toUpperCase()}`, issuers[kind]]),
    ),
    ...tokens,
  }
}

/** The exit code of the command. */
async function runCommand(
  variables: Readonly<Record<string, string>>,
  programs: readonly string[],
): Promise<number> {
  const path = [...programs, process.env['PATH']].join(delimiter)
  // npm starts scripts in the checkout; paths count from the folder where the person stood.
  const { INIT_CWD: origin, ...environment } = process.env
  // Ctrl-C reaches the command too, and its end is ours.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  const child = spawn(command ?? '', args, {
    stdio: 'inherit',
    ...(origin !== undefined && origin !== '' && { cwd: origin }),
    env: { ...environment, ...variables, PATH: path },
  })
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  } catch (error) {
    process.stderr.write(`error: Cannot run ${command}: ${(error as Error).message}\n`)
    return 127
  }
}

async function waitForPerson(
  variables: Readonly<Record<string, string>>,
  programs: readonly string[],
): Promise<number> {
  const exports = Object.entries(variables).map(([name, value]) => `  export ${name}=${value}\n`)
  process.stdout.write(
    `\nIn another terminal:\n\n${exports.join('')}` +
      `  export PATH=${programs.join(delimiter)}:$PATH\n\n` +
      '  assay attest provenance --set DIR --out FILE.sigstore.json --sigstore \\\n' +
      '    --identity-token-file $ASSAY_REHEARSAL_TOKEN_GITHUB \\\n' +
      '    --signing-config $ASSAY_REHEARSAL_SIGNING_CONFIG \\\n' +
      '    --trusted-root $ASSAY_REHEARSAL_TRUSTED_ROOT\n' +
      '  assay trust init --out trust.json\n' +
      '  assay trust add-root $ASSAY_REHEARSAL_TRUSTED_ROOT --name rehearsal --rehearsal\n' +
      '  assay verify FILE.sigstore.json --set DIR --trust trust.json\n\n' +
      '  cosign sign-blob --yes --identity-token $ASSAY_REHEARSAL_TOKEN_EMAIL \\\n' +
      '    --trusted-root $ASSAY_REHEARSAL_TRUSTED_ROOT \\\n' +
      '    --signing-config $ASSAY_REHEARSAL_SIGNING_CONFIG --bundle FILE.sigstore.json FILE\n' +
      '  cosign verify-blob --trusted-root $ASSAY_REHEARSAL_TRUSTED_ROOT \\\n' +
      '    --certificate-identity release@example.org \\\n' +
      '    --certificate-oidc-issuer $ASSAY_REHEARSAL_ISSUER_EMAIL --bundle FILE.sigstore.json FILE\n' +
      '\nCtrl-C ends it, and nothing of it is left.\n',
  )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  return 0
}
