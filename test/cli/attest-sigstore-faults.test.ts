// Every way in which the world fails while something is signed: the right exit code, nothing written, and the token nowhere.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { request } from '../../src/host/network/request.ts'
import { findClosedPort, say } from '../host/network/misbehaving-server.ts'
import { createTimelessWorld } from '../host/network/timeless-world.ts'
import { type Faults, STAMPED_AT } from '../host/sigstore/loopback-services.ts'
import {
  encodeSct,
  ISSUER,
  makeAuthority,
  makeLeaf,
  WORKFLOW,
} from '../verify/sigstore/test-authority.ts'
import {
  extension,
  generalName,
  makeKey,
  type TestExtension,
} from '../verify/sigstore/test-certificate.ts'
import { KEYLESS, signDisturbed, startInstance } from './attest-sigstore.ts'

const SERVICES = {
  'certificate authority': '/api/v2/signingCert',
  'timestamp authority': '/timestamp',
  log: '/api/v2/log/entries',
} as const
const NAMES = Object.keys(SERVICES) as (keyof typeof SERVICES)[]

/** Another answer of one service. */
const answering = (
  service: keyof typeof SERVICES,
  answer: (...args: Parameters<NonNullable<Faults['answer']>>) => void,
): Faults => ({
  answer: (response, asked) => {
    if (asked.path !== SERVICES[service]) return false
    answer(response, asked)
    return true
  },
})

describe.each(NAMES)('when the %s', (service) => {
  it.each<[string, Parameters<typeof answering>[1], number, string]>([
    [
      'refuses, and repeats what it was sent',
      (response, { body }) => say(response, 400, `{"message":"not this: ${body.toString()}"}`),
      3,
      'host/http-status',
    ],
    ['is overloaded', (response) => say(response, 429, 'later'), 3, 'host/http-status'],
    ['is broken', (response) => say(response, 503, 'broken'), 3, 'host/http-status'],
    [
      'drips',
      (response) => {
        response.writeHead(201)
        const timer = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(timer))
      },
      3,
      'host/timed-out',
    ],
    ['is silent', () => undefined, 3, 'host/timed-out'],
    ['hangs up', (response) => void response.destroy(), 3, 'host/unreachable'],
    [
      'redirects',
      (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
      3,
      'host/http-redirect',
    ],
    [
      'answers without an end',
      (response) => void response.writeHead(200).end('x'.repeat(2_000_000)),
      3,
      'host/http-response',
    ],
  ])('%s, it ends with 3', async (_, answer, exitCode, code) => {
    const ran = await signDisturbed({
      faults: answering(service, answer),
      ...(code === 'host/timed-out' && { impatientAt: SERVICES[service] }),
    })
    expect([ran.exitCode, ran.codes]).toEqual([exitCode, [code]])
  })

  it('answers garbage, it says whose', async () => {
    const ran = await signDisturbed({
      faults: answering(service, (response) => say(response, 200, '<html>')),
    })
    const codes = {
      'certificate authority': 'sign/certificate-response',
      'timestamp authority': 'sign/timestamp-response',
      log: 'sign/log-response',
    }
    expect([ran.exitCode, ran.codes[0]]).toEqual([2, codes[service]])
  })

  it('is not there, it says so', async () => {
    const port = await findClosedPort()
    const instance = await startInstance()
    const config = join(instance.folder, 'config.json')
    const member = {
      'certificate authority': 'caUrls',
      'timestamp authority': 'tsaUrls',
      log: 'rekorTlogUrls',
    }
    const document = JSON.parse(readFileSync(config, 'utf8')) as Record<string, [{ url: string }]>
    const [first] = document[member[service]] ?? []
    if (first !== undefined) first.url = `http://127.0.0.1:${port}`
    writeFileSync(config, JSON.stringify(document))
    const ran = await instance.run(KEYLESS, {}, (host) => ({
      ...host,
      request: (asked) => request(asked, createTimelessWorld()),
    }))
    expect([ran.exitCode, ran.codes, ran.isWritten]).toEqual([3, ['host/unreachable'], false])
  })

  it('fails once, it is asked again', async () => {
    let count = 0
    const ran = await signDisturbed({
      faults: {
        answer: (response, { path }) => {
          if (path !== SERVICES[service] || ++count > 1) return false
          say(response, 503)
          return true
        },
      },
    })
    expect([ran.exitCode, count]).toEqual([0, 2])
  })
})

/** A certificate with this name, issuer or subject in place of those of the token. */
const certifying = (...extensions: readonly TestExtension[]): Faults => ({
  certificate: (options) => ({ ...options, extensions }),
})

describe('a certificate for somebody else (CS-12)', () => {
  const uri = (name: string) => certifying(extension.names(generalName.uri(name)))
  const email = (name: string) => certifying(extension.names(generalName.email(name)))
  const issued = (issuer: string) =>
    certifying(extension.claim(1, issuer), extension.claim(8, issuer))
  const PIPELINE = 'gitlab.com/o/r//.gitlab-ci.yml@refs/heads/main'
  const gitlab = { job_workflow_ref: undefined, ci_config_ref_uri: PIPELINE }
  const person = { email: 'a@b.example', email_verified: true }

  it.each<[string, object, Faults, Faults]>([
    ['of another workflow', {}, uri('https://github.com/evil/r/x.yml@refs/heads/main'), {}],
    ['of another ref', {}, uri(`${WORKFLOW}.1`), uri(WORKFLOW)],
    ['of another host', {}, uri(WORKFLOW.replace('github.com', 'github.evil')), uri(WORKFLOW)],
    ['of a person', {}, email('a@b.example'), uri(WORKFLOW)],
    ['of another issuer', {}, issued('https://evil.example'), issued(ISSUER)],
    [
      'of another subject',
      {},
      certifying(extension.claim(24, 'repo:evil/r:ref:refs/tags/v1')),
      certifying(extension.claim(24, 'repo:o/r:ref:refs/tags/v1')),
    ],
    ['of another pipeline', gitlab, uri(`https://${PIPELINE}2`), uri(`https://${PIPELINE}`)],
    ['of another address', person, email('a@b.example.evil'), email('a@b.example')],
    ['of a workflow, for a person', person, uri(WORKFLOW), email('a@b.example')],
  ])('%s is refused before anything is published', async (_, token, faults, twin) => {
    const ran = await signDisturbed({ faults, token })
    expect([ran.exitCode, ran.codes, ran.isPublished]).toEqual([
      2,
      ['sign/certificate-identity'],
      false,
    ])
    const accepted = await signDisturbed({ faults: twin, token })
    expect([accepted.codes, accepted.exitCode, accepted.isPublished]).toEqual([[], 0, true])
  })

  it('says what it can not compare', async () => {
    const token = { job_workflow_ref: undefined }
    const named = 'repo:o/r:ref:refs/tags/v1'
    const ran = await signDisturbed({ faults: certifying(extension.claim(24, named)), token })
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain(
      `Not compared with the token: the name in the certificate, ${WORKFLOW}`,
    )
    const untold = await signDisturbed({ faults: {}, token })
    expect([untold.codes, untold.isPublished]).toEqual([['sign/certificate-identity'], false])
  })
})

describe('what a service must not get away with', () => {
  const MINUTE = 60_000
  const OTHER_KEY = makeKey()
  const other = Buffer.alloc(32, 7)

  it.each<[string, Faults, string]>([
    [
      'a certificate for another key',
      { certificate: (options) => ({ ...options, key: OTHER_KEY }) },
      'sign/certificate-mismatch',
    ],
    [
      'a certificate without a promise',
      { certificate: (options) => ({ ...options, scts: () => [] }) },
      'verify/sct-missing',
    ],
    [
      'a promise about another certificate',
      {
        certificate: (options) => ({
          ...options,
          scts: ({ issuerSpki }) => [
            encodeSct({ issuerSpki, precertificate: makeLeaf({ key: OTHER_KEY }) }),
          ],
        }),
      },
      'verify/sct-invalid',
    ],
    [
      'a promise of a log that nobody knows',
      {
        certificate: (options) => ({
          ...options,
          scts: (request) => [encodeSct(request, { key: OTHER_KEY })],
        }),
      },
      'verify/sct-log-unknown',
    ],
    [
      'a timestamp over other bytes',
      { timestamp: (answer) => ({ ...answer, imprint: other }) },
      'sign/timestamp-mismatch',
    ],
    [
      'a timestamp with another nonce',
      { timestamp: (answer) => ({ ...answer, nonce: other.subarray(0, 8) }) },
      'sign/timestamp-mismatch',
    ],
    [
      'a timestamp of a clock that is late',
      { timestamp: (answer) => ({ ...answer, at: STAMPED_AT - 60 * MINUTE }) },
      'sign/timestamp-time',
    ],
    [
      'a timestamp of a clock that is early',
      { timestamp: (answer) => ({ ...answer, at: STAMPED_AT + 60 * MINUTE }) },
      'sign/timestamp-time',
    ],
    [
      'a timestamp from before the certificate',
      { timestamp: (answer) => ({ ...answer, at: STAMPED_AT - 2 * MINUTE }) },
      'verify/certificate-time',
    ],
    [
      'a certificate of another authority',
      { certificate: (options) => ({ ...options, by: makeAuthority({ name: 'evil' }) }) },
      'verify/certificate-authority-unknown',
    ],
  ])('%s: nothing of it is published', async (_, faults, code) => {
    const ran = await signDisturbed({ faults })
    expect([ran.exitCode, ran.isPublished]).toEqual([2, false])
    const isOurs = code.startsWith('sign/')
    expect(ran.codes).toEqual(isOurs ? [code] : ['cli/certificate-not-verified', code])
  })

  it.each([1, 2] as const)('an entry of Rekor v%i for another envelope', async (logVersion) => {
    const digest = other.toString('base64')
    const faults = { logged: (request) => ({ ...request, digest }) } satisfies Faults
    const ran = await signDisturbed({ faults, logVersion })
    expect(ran.exitCode).toBe(2)
    expect(ran.codes).toEqual(
      expect.arrayContaining(['cli/bundle-not-verified', 'verify/log-digest-mismatch']),
    )
  })

  it.each([1, 2] as const)('an entry of Rekor v%i for another signature', async (logVersion) => {
    const signature = Buffer.from('3006020101020101', 'hex').toString('base64')
    const faults = { logged: (request) => ({ ...request, signature }) } satisfies Faults
    const ran = await signDisturbed({ faults, logVersion })
    expect(ran.exitCode).toBe(2)
    expect(ran.codes).toContain('verify/log-signature-mismatch')
  })
})
