import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { WEB_EDGE_CHECKS } from '../../../../src/policy/index.ts'
import { parseSmokePlan } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'
import { CHECK, GATE, OPERATOR, planOf, writePlan } from './plans.ts'

const SHIPPED = join(import.meta.dirname, '../../../../policies/smoke-plans/web-edge.yaml')
const read = (members: object) => parseSmokePlan(writePlan(members), 'json')
const readCheck = (members: object) => read({ checks: [{ ...CHECK, ...members }] })
const POST = { method: 'POST', body: '{}', contentType: 'application/json' }

describe('the shipped plan', () => {
  const plan = valueOf(parseSmokePlan(readFileSync(SHIPPED)))

  it('has the ten checks of a web edge, in the order of the policies', () => {
    expect(plan.checks.map(({ name }) => name)).toEqual(WEB_EDGE_CHECKS)
  })

  it('uses the session of an operator for two of them, and the gate of a closed site for all', () => {
    const needing = (step: string) => plan.checks.filter(({ needs }) => needs.includes(step))
    expect(needing('operator-session').map(({ name }) => name)).toEqual(WEB_EDGE_CHECKS.slice(8))
    expect(needing('site-access-gate')).toHaveLength(WEB_EDGE_CHECKS.length)
  })
})

describe('parseSmokePlan()', () => {
  it('reads YAML and JSON, and gives both the same digest', () => {
    const yaml = Buffer.from(
      '# a comment\nname: test\nschema: assay/smoke-plan/v1\nchecks: [{ name: health, path: /health, expect: { status: 200 } }]\n',
    )
    expect(valueOf(parseSmokePlan(yaml))).toEqual(planOf())
    expect(planOf()).toEqual({
      name: 'test',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      requestMs: 10_000,
      deadlineMs: 120_000,
      unlock: [],
      checks: [
        {
          name: 'health',
          path: '/health',
          method: 'GET',
          needs: [],
          needsTls: false,
          redirectsMax: 0,
          bytesMax: 1_048_576,
          expect: { status: 200, content: [] },
        },
      ],
    })
  })

  it('has another digest for another plan', () => {
    expect(planOf({ requestSeconds: 11 }).digest).not.toBe(planOf().digest)
  })

  it('reads every member', () => {
    const expected = { status: 308, contentTypes: ['text/html'], redirectTo: '/login' }
    const plan = planOf({
      requestSeconds: 2,
      deadlineSeconds: 3,
      unlock: [
        { ...GATE, optional: true },
        { ...OPERATOR, needs: ['gate'] },
      ],
      deployedSet: { path: '/release.json', pointer: '/set', needs: ['operator'] },
      checks: [
        { ...CHECK, ...POST, needs: ['operator'], tls: true, bytesMax: 5 },
        {
          ...CHECK,
          name: 'other',
          follow: 2,
          expect: { status: 200, content: [{ contains: 'a' }] },
        },
        { ...CHECK, name: 'third', expect: expected },
      ],
    })
    expect(plan).toMatchObject({
      requestMs: 2_000,
      deadlineMs: 3_000,
      unlock: [
        { name: 'gate', isOptional: true, needs: [], use: { kind: 'exchange', path: '/gate' } },
        {
          name: 'operator',
          isOptional: false,
          needs: ['gate'],
          use: { kind: 'present', as: 'bearer' },
        },
      ],
      // What its steps need, it needs too.
      deployedSet: { path: '/release.json', pointer: '/set', needs: ['gate', 'operator'] },
      checks: [
        // And so does a check.
        { ...POST, needs: ['gate', 'operator'], needsTls: true, bytesMax: 5 },
        { redirectsMax: 2, expect: { content: [{ contains: 'a' }] } },
        { expect: expected },
      ],
    })
  })

  it('names the line and the column of what is wrong', () => {
    const text =
      'schema: assay/smoke-plan/v1\nname: test\nchecks:\n  - name: a\n    path: health\n    expect: { status: 200, tone: warm }\n'
    expect(parseSmokePlan(Buffer.from(text))).toMatchObject({
      problems: [
        {
          code: 'record/smoke-plan',
          at: 'line 5, column 5',
          message: expect.stringContaining('a path'),
        },
        {
          code: 'record/smoke-plan',
          at: 'line 6, column 28',
          message: expect.stringContaining('tone'),
        },
      ],
    })
  })

  it.each<[string, object]>([
    ['no checks', { checks: [] }],
    ['a check twice', { checks: [CHECK, CHECK] }],
    [
      'more checks than are read',
      {
        checks: Array.from({ length: LIMITS.smokeChecksMax + 1 }, (_, index) => ({
          ...CHECK,
          name: `c${index}`,
        })),
      },
    ],
    ['a step twice', { unlock: [GATE, { ...OPERATOR, name: 'gate' }] }],
    [
      'two steps that show one header',
      {
        unlock: [
          OPERATOR,
          { ...OPERATOR, name: 'two', present: { as: 'header', name: 'Authorization' } },
        ],
      },
    ],
    [
      'two steps that show one cookie',
      { unlock: [GATE, { ...OPERATOR, present: { as: 'cookie', name: 'gate' } }] },
    ],
    ['a step that does nothing', { unlock: [{ name: 'a', kind: 'site-gate', secret: 'A' }] }],
    ['a step that does two things', { unlock: [{ ...GATE, ...OPERATOR }] }],
    [
      'a set that needs a step that is not there',
      { deployedSet: { path: '/release', pointer: '/set', needs: ['operator'] } },
    ],
    ['a step that needs a later one', { unlock: [{ ...GATE, needs: ['operator'] }, OPERATOR] }],
    ['a secret that stands in the plan', { unlock: [{ ...GATE, secret: 'hunter2!' }] }],
    [
      'a body without the secret',
      { unlock: [{ ...GATE, exchange: { ...GATE.exchange, body: 'a' } }] },
    ],
    [
      'a body with the secret twice',
      { unlock: [{ ...GATE, exchange: { ...GATE.exchange, body: '{secret}{secret}' } }] },
    ],
    [
      'a header that a request has by itself',
      { unlock: [{ ...OPERATOR, present: { as: 'header', name: 'Host' } }] },
    ],
    ['no time at all', { requestSeconds: 0 }],
    ['an unknown schema', { schema: 'assay/smoke-plan/v2' }],
  ])('refuses %s', (_, members) => {
    expect(codes(read(members))).toEqual(['record/smoke-plan'])
  })

  it.each<[string, object]>([
    ['a need that is no step', { needs: ['gate'] }],
    ['a path of another server', { path: '//evil.example/' }],
    ['a path with a fragment', { path: '/a#b' }],
    ['a path with a blank', { path: '/a b' }],
    ['a body with GET', { body: '{}', contentType: 'application/json' }],
    ['a body without its type', { method: 'POST', body: '{}' }],
    ['another method', { method: 'DELETE' }],
    ['content of HEAD', { method: 'HEAD', expect: { status: 200, content: [{ contains: 'a' }] } }],
    ['a redirect of POST that is followed', { ...POST, follow: 1 }],
    ['a redirect without where it leads', { expect: { status: 302 } }],
    ['where no redirect leads', { expect: { status: 200, redirectTo: '/a' } }],
    [
      'a redirect that is expected and followed',
      { follow: 1, expect: { status: 302, redirectTo: '/a' } },
    ],
    ['more bytes than are read', { bytesMax: LIMITS.smokeAnswerBytesMax + 1 }],
    [
      'a content type with a parameter',
      { expect: { status: 200, contentTypes: ['text/html; charset=utf-8'] } },
    ],
    ['a predicate that is none', { expect: { status: 200, content: [{ pointer: '/a' }] } }],
    [
      'a pointer that is none',
      { expect: { status: 200, content: [{ pointer: 'a', present: true }] } },
    ],
  ])('refuses a check with %s', (_, members) => {
    expect(codes(readCheck(members))).toEqual(['record/smoke-plan'])
  })

  it('refuses what is no document, or too large a one', () => {
    expect(codes(parseSmokePlan(Buffer.from('a: b: c')))).toEqual(['record/smoke-plan'])
    expect(codes(parseSmokePlan(Buffer.from('a: *b')))).toEqual(['record/smoke-plan'])
    const large = Buffer.alloc(LIMITS.smokePlanBytesMax + 1, ' ')
    expect(codes(parseSmokePlan(large))).toEqual(['record/smoke-plan'])
  })
})
