import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import {
  contentTypeOf,
  findSmokeReason,
  followRedirect,
  isRedirect,
  type SmokeAnswer,
} from '../../../../src/record/observation/index.ts'
import { CHECK, planOf } from './plans.ts'

const URL_ASKED = 'https://web.example/health'

function answerOf(body: string | Uint8Array, rest: Partial<SmokeAnswer> = {}): SmokeAnswer {
  return { url: URL_ASKED, httpStatus: 200, body: Buffer.from(body), ...rest }
}

/** The reason why an answer does not meet what is expected. */
function reasonOf(expected: object, answer: SmokeAnswer) {
  const [check] = planOf({ checks: [{ ...CHECK, expect: { status: 200, ...expected } }] }).checks
  return check && findSmokeReason(check, answer)
}

const JSON_BODY = '{"status":"ok","list":[{"a/b":1}],"none":null,"version":"3.1.0","~":true}'

describe('findSmokeReason()', () => {
  it('takes the status that is expected, and no other', () => {
    expect(reasonOf({}, answerOf(''))).toBeUndefined()
    expect(reasonOf({}, answerOf('', { httpStatus: 204 }))).toEqual({
      why: 'http-status',
      expected: '200',
      found: '204',
    })
  })

  it.each([
    ['text/html', true],
    ['Text/HTML; charset=utf-8', true],
    ['text/plain', true],
    ['text/htmlx', false],
    ['application/json', false],
    ['', false],
    ['<script>', false],
    [undefined, false],
  ])('judges the content type %s', (contentType, passes) => {
    const answer = answerOf('', contentType === undefined ? {} : { contentType })
    const reason = reasonOf({ contentTypes: ['text/html', 'text/plain'] }, answer)
    const found = contentTypeOf(answer) ?? 'none'
    const expected = { why: 'content-type', expected: 'text/html or text/plain', found }
    expect(reason).toEqual(passes ? undefined : expected)
  })

  it.each<[object, boolean]>([
    [{ contains: '"status":"ok"' }, true],
    [{ contains: 'status":"OK' }, false],
    [{ matches: '{"status"*true}' }, true],
    [{ matches: '*list*version*' }, true],
    [{ matches: '*version*list*' }, false],
    [{ matches: '{' }, false],
    [{ matches: JSON_BODY }, true],
    [{ matches: 'x*' }, false],
    [{ matches: '*x' }, false],
    [{ matches: '*true}*true}' }, false],
    [{ pointer: '/status', equals: 'ok' }, true],
    [{ pointer: '/status', equals: 'down' }, false],
    [{ pointer: '/list/0/a~1b', equals: 1 }, true],
    [{ pointer: '/list/0/a~1b', equals: '1' }, false],
    [{ pointer: '/list/00', present: true }, false],
    [{ pointer: '/list/1', present: true }, false],
    [{ pointer: '/list/length', present: true }, false],
    [{ pointer: '/~0', equals: true }, true],
    [{ pointer: '/none', equals: null }, true],
    [{ pointer: '/none/more', present: true }, false],
    [{ pointer: '/toString', present: true }, false],
    [{ pointer: '', present: true }, true],
    [{ pointer: '/version', matches: '3.*' }, true],
    [{ pointer: '/version', matches: '2.*' }, false],
    [{ pointer: '/list', matches: '*' }, false],
  ])('judges content by %j', (content, passes) => {
    const reason = reasonOf({ content: [content] }, answerOf(JSON_BODY))
    expect(reason?.why).toBe(passes ? undefined : 'content')
  })

  it('says what was expected, and nothing of what was found', () => {
    const answer = answerOf('{"token":"hunter2-hunter2"}')
    const reasons = [
      { contains: 'a' },
      { matches: 'a*' },
      { pointer: '/token', equals: 'a' },
      { pointer: '/token', equals: 7 },
      { pointer: '/token', matches: 'b*' },
      { pointer: '/other', present: true },
    ].map((content) => reasonOf({ content: [content] }, answer))
    expect(reasons.map((reason) => reason?.expected)).toEqual([
      'content with "a"',
      'content that matches "a*"',
      '"a" at "/token"',
      '7 at "/token"',
      'a text that matches "b*" at "/token"',
      'a value at "/other"',
    ])
    expect(JSON.stringify(reasons)).not.toContain('hunter2')
  })

  it('keeps what it says short enough for a record', () => {
    const text = '\u{e0fff}'.repeat(2_000)
    const content = [{ pointer: `/${'\u001b'.repeat(900)}`, matches: text }]
    const reason = reasonOf({ content }, answerOf(`{"${'\\u001b'.repeat(900)}":1}`))
    expect(reason?.expected).toMatch(/^a text that matches "/)
    expect(reason?.expected?.length).toBeLessThan(LIMITS.recordTextMax)
  })

  it('wants every predicate to hold, in strict JSON and UTF-8', () => {
    const content = [{ contains: 'status' }, { pointer: '/status', equals: 'ok' }]
    expect(reasonOf({ content }, answerOf(JSON_BODY))).toBeUndefined()
    const twice = answerOf('{"status":"ok","status":"ok"}')
    expect(reasonOf({ content }, twice)).toMatchObject({ why: 'content', expected: 'strict JSON' })
    expect(reasonOf({ content }, answerOf(Uint8Array.of(0xff)))).toMatchObject({
      expected: 'text in UTF-8',
    })
  })

  it('does not look into what is compressed', () => {
    const content = [{ contains: 'status' }]
    for (const contentEncoding of ['gzip', 'br', 'identity, gzip']) {
      const reason = reasonOf({ content }, answerOf(JSON_BODY, { contentEncoding }))
      expect(reason?.why).toBe('content-encoding')
    }
    expect(
      reasonOf({ content }, answerOf(JSON_BODY, { contentEncoding: 'Identity' })),
    ).toBeUndefined()
    expect(reasonOf({}, answerOf('', { contentEncoding: 'gzip' }))).toBeUndefined()
  })

  it.each([
    ['/login', true],
    ['https://web.example/login', true],
    ['login', true],
    ['/login/', false],
    ['/login?next=/health', false],
    ['https://evil.example/login', false],
    ['https://', false],
    [undefined, false],
  ])('judges a redirect to %s', (location, passes) => {
    const expected = { status: 302, redirectTo: '/login' }
    const answer = answerOf('', { httpStatus: 302, ...(location !== undefined && { location }) })
    expect(reasonOf(expected, answer)?.why).toBe(passes ? undefined : 'redirect')
  })

  it('takes no redirect for the one that is expected where neither is an address', () => {
    const expected = { status: 302, redirectTo: 'https://' }
    const answer = answerOf('', { httpStatus: 302, location: 'https://' })
    expect(reasonOf(expected, answer)?.why).toBe('redirect')
  })
})

describe('followRedirect()', () => {
  it('leads on the same server, without the fragment', () => {
    expect(followRedirect({ url: URL_ASKED, location: '/a?b#c' })).toEqual({
      to: 'https://web.example/a?b',
    })
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    'http://web.example/',
    'https://web.example:444/',
    'https://user:pass@web.example/',
    'javascript:alert(1)',
    'https://',
    undefined,
  ])('does not lead to %s', (location) => {
    const answer = { url: URL_ASKED, ...(location !== undefined && { location }) }
    expect(followRedirect(answer)).toMatchObject({ reason: { why: 'redirect' } })
  })

  it('knows which statuses redirect', () => {
    expect([200, 300, 301, 302, 303, 304, 307, 308].filter(isRedirect)).toEqual([
      301, 302, 303, 307, 308,
    ])
  })
})
