// A project that is full of secrets: in its environment, keys, addresses, contracts, documents and test reports.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../../../.ci/checkout.ts'
import { ENVIRONMENT_NAMES } from '../../../src/statement/index.ts'
import { PACKAGE_LOCK } from '../../snapshot/project.ts'
import { createAdoptionWorld } from '../adoption-world.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { CANARIES } from './canaries.ts'

/** Where nobody listens: whoever asks there is refused, and has to say so without the login. */
export const NOBODY = `https://ci:${CANARIES.serviceLogin}@127.0.0.1:9/x?token=${CANARIES.serviceQuery}`

const CI: Readonly<Record<string, string>> = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/tags/v1.2.0',
  GITHUB_REPOSITORY: 'team/app',
  GITHUB_REPOSITORY_ID: '4711',
  GITHUB_REPOSITORY_OWNER_ID: '11',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '4711',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_SHA: 'c27d339ee6075c1f744c5d4b200f7901aad2c369',
  GITHUB_WORKFLOW_REF: 'team/app/.github/workflows/release.yml@refs/tags/v1.2.0',
  RUNNER_ENVIRONMENT: 'github-hosted',
}

/** What nobody reads, or reads and keeps. */
const SECRET_ENVIRONMENT: Readonly<Record<string, string>> = {
  ASSAY_KEY_PASSPHRASE: CANARIES.passphrase,
  AWS_SECRET_ACCESS_KEY: CANARIES.awsSecret,
  GITHUB_TOKEN: CANARIES.githubToken,
  NPM_TOKEN: CANARIES.unrelated,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: CANARIES.requestToken,
  ACTIONS_ID_TOKEN_REQUEST_URL: NOBODY,
  HTTP_PROXY: `http://u:${CANARIES.proxyLogin}@127.0.0.1:9`,
  HTTPS_PROXY: `http://u:${CANARIES.proxyLogin}@127.0.0.1:9`,
  OPERATOR_SESSION: CANARIES.operatorSession,
}

/** The environments in which every command runs: a machine of somebody, a CI run, and one whose addresses have logins. */
export const ENVIRONMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  local: SECRET_ENVIRONMENT,
  ci: { ...CI, ...SECRET_ENVIRONMENT },
  login: {
    ...CI,
    ...SECRET_ENVIRONMENT,
    GITHUB_SERVER_URL: `https://u:${CANARIES.serverLogin}@github.example?token=${CANARIES.jobToken}`,
    SIGSTORE_ID_TOKEN: CANARIES.identityToken,
  },
  gitlab: {
    ...SECRET_ENVIRONMENT,
    ...Object.fromEntries(ENVIRONMENT_NAMES.gitlab.map((name) => [name, 'x1'])),
    GITLAB_CI: 'true',
    CI_JOB_STARTED_AT: '2026-04-10T11:00:00Z',
    CI_PROJECT_URL: `https://u:${CANARIES.serverLogin}@gitlab.example/team/app`,
    CI_JOB_URL: `https://gitlab.example/job/1?private_token=${CANARIES.jobToken}`,
  },
}

const FILES: Readonly<Record<string, string>> = {
  'project/package.json': '{"dependencies":{"ms":"1"}}',
  'project/package-lock.json': JSON.stringify(PACKAGE_LOCK).replaceAll(
    'https://registry.example/',
    `https://user:${CANARIES.registryLogin}@registry.example/`,
  ),
  'project/.npmrc': `//registry.example/:_authToken=${CANARIES.npmrc}\n`,
  'project/.env': `SESSION=${CANARIES.envFile}\n`,
  'project/.env.example': `SESSION=${CANARIES.envFile}\nexport B='${CANARIES.envFile}'\n`,
  'project/render.yaml': `services: [ { type: web, name: web, repo: "https://x:${CANARIES.remoteLogin}@git.example/r.git", envVars: [ { key: K, value: "${CANARIES.renderValue}" } ] } ]`,
  'token.yaml': `check: gate.release_target.render_staging_rollout#x\nreason: ${CANARIES.documentToken}\nowner: team\nexpires: 2026-05-01T00:00:00Z\n`,
  'login.yaml': `check: gate.release_target.render_staging_rollout#x\nreason: see https://u:${CANARIES.documentLogin}@ci.example/run\nowner: team\nexpires: 2026-05-01T00:00:00Z\n`,
  'waiver.yaml':
    'check: gate.release_target.render_staging_rollout#x\nreason: The scanner is down\nowner: team\nexpires: 2026-05-01T00:00:00Z\n',
  'broken.yaml': `reason: [ "${CANARIES.documentToken}", "${CANARIES.envFile}\n: }`,
  'account.json': JSON.stringify({
    schema: 'assay/service-account/v1',
    type: 'service_account',
    private_key_id: CANARIES.serviceAccount,
    private_key: `-----BEGIN PRIVATE KEY-----\n${CANARIES.serviceAccount}\n-----END PRIVATE KEY-----\n`,
    keys: [{ [CANARIES.documentToken]: CANARIES.serviceAccount }],
  }),
  'junit.xml': `<testsuites><testsuite name="unit"><testcase name="adds"><system-out>${CANARIES.systemOut}</system-out></testcase><system-err>${CANARIES.systemOut}</system-err></testsuite></testsuites>`,
  'project/talk.cjs': `console.log('${CANARIES.commandOutput}'); console.error('${CANARIES.commandError}')\n`,
  'token.txt': CANARIES.identityToken,
  'smoke.json': JSON.stringify({
    schema: 'assay/smoke-plan/v1',
    name: 'edge',
    unlock: [
      {
        name: 'operator',
        kind: 'operator-session',
        secret: 'OPERATOR_SESSION',
        exchange: {
          path: '/session',
          contentType: 'application/json',
          body: `{"token":"{secret}","more":"${CANARIES.smokeBody}"}`,
          status: 201,
          cookie: 'operator',
        },
      },
    ],
    checks: [{ name: 'home', path: '/', needs: ['operator'], expect: { status: 200 } }],
  }),
  'statement.json': '{"made":true}',
  'a.txt': 'an artifact\n',
}

/** The world, and in it secrets of its own: what its private keys are made of. */
export async function openSecretWorld(): Promise<LedgerWorld & { readonly head: string }> {
  const world = await createAdoptionWorld()
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(world.folder, path)), { recursive: true })
    writeFileSync(join(world.folder, path), text)
  }
  for (const folder of ['deployment-readiness', 'production-readiness'])
    cpSync(join(ROOT, 'policies', folder), join(world.folder, folder), { recursive: true })
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
      cwd: join(world.folder, 'project'),
      stdio: 'pipe',
    })
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'first')
  const login = `https://ci:${CANARIES.remoteLogin}@git.example/team/app.git?token=${CANARIES.remoteQuery}`
  git('remote', 'add', 'origin', login)
  return { ...world, head: git('rev-parse', 'HEAD').toString().trim() }
}

/** What a private key is, in the spellings in which files have it. */
export function secretsOfKey(folder: string, name: string): readonly string[] {
  const pem = readFileSync(join(folder, name), 'utf8')
  const [, ...lines] = pem.trim().split('\n').slice(0, -1)
  const der = Buffer.from(lines.join(''), 'base64')
  const body = lines.filter((line) => line.length === 64)
  // The scalar of P-256 in PKCS#8 as OpenSSL writes it.
  const at = der.indexOf(Buffer.from([0x02, 0x01, 0x01, 0x04, 0x20])) + 5
  const scalar = der.subarray(at, at + 32)
  if (at < 5 || scalar.length !== 32) throw new Error('Expected a P-256 key')
  return [
    ...body.slice(0, 1),
    scalar.toString('hex'),
    scalar.toString('base64url'),
    scalar.toString('base64').replaceAll('=', ''),
  ]
}
