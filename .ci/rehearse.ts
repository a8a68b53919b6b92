// `npm run rehearse -- build`: fills the cache folder with the programs that the rehearsal runs.
// `npm run rehearse [-- COMMAND…]`: starts Sigstore's services on loopback, for a command or until Ctrl-C, so that anyone can sign
// keyless with no account.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { buildPrograms } from '../test/rehearsal/programs/build.ts'
import { missingPrograms, programPath } from '../test/rehearsal/programs/catalog.ts'
import { type Rehearsal, startRehearsal } from '../test/rehearsal/rehearsal.ts'
import { ISSUER_KINDS } from '../test/rehearsal/stack/identity-provider.ts'

/** Tokens are good for ten minutes. */
const TOKEN_RENEWAL_MS = 5 * 60 * 1000

const [command, ...args] = process.argv.slice(2)
if (command === 'build' && args.length === 0) {
  if (!buildPrograms()) process.exitCode = 1
} else if (missingPrograms().length > 0) {
  process.stderr.write(
    `error: Cannot start the rehearsal: ${missingPrograms().join(', ')} is not built\n` +
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
  try {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    process.stderr.write(`rehearsal: Fulcio, Rekor and timestamps are up (${seconds} s)\n`)
    process.exitCode = command === undefined ? await waitForPerson(env) : await runCommand(env)
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

/** The exit code of the command, which finds cosign and sigstore-go in its path. */
async function runCommand(variables: Readonly<Record<string, string>>): Promise<number> {
  const programs = [programPath('cosign'), programPath('sigstore-go')].map(dirname)
  const path = [...programs, process.env['PATH']].join(delimiter)
  // Ctrl-C reaches the command too, and its end is ours.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  const child = spawn(command ?? '', args, {
    stdio: 'inherit',
    env: { ...process.env, ...variables, PATH: path },
  })
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  } catch (error) {
    process.stderr.write(`error: Cannot run ${command}: ${(error as Error).message}\n`)
    return 127
  }
}

async function waitForPerson(variables: Readonly<Record<string, string>>): Promise<number> {
  const exports = Object.entries(variables).map(([name, value]) => `  export ${name}=${value}\n`)
  process.stdout.write(
    `\nIn another terminal:\n\n${exports.join('')}\n` +
      `  PATH=${dirname(programPath('cosign'))}:$PATH\n` +
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
