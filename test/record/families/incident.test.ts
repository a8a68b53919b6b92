import { describe, expect, it } from 'vitest'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import { digestOf } from '../../verify/release.ts'
import { COMMIT_SUBJECT, foldedProvenance } from '../folded.ts'
import { readMembers, readWithout } from '../reading.ts'
import {
  GOLDEN,
  MEMBERS,
  CONTROL,
  RERUN,
  OPENING,
  incident,
  opening,
  closing,
  tests,
  rerun,
  viewOf,
  codesOf,
} from './incidents.ts'

describe('An incident record', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:incident:v1')
  })

  it('has a name, what began it and when; the rest comes when it is known', () => {
    expect(readWithout(INCIDENT, MEMBERS)).toEqual({
      incident: ['record/member /incident'],
      trigger: ['record/member /trigger'],
      openedAt: ['record/member /openedAt'],
      firstFailingControl: 'accepted',
      cause: 'accepted',
      correctiveAction: 'accepted',
      passingRerun: 'accepted',
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['no cause', { cause: '' }, ['record/member /cause']],
    [
      'a re-run that is not named by digest',
      { passingRerun: 'run 4711' },
      ['record/member /passingRerun'],
    ],
    ['a name on two lines', { incident: 'a\nb' }, ['record/member /incident']],
    ['an unknown member', { closedAt: '2026-04-10T16:00:00Z' }, ['record/member']],
    ['a judgement', { state: 'closed' }, ['record/judgement /state']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(INCIDENT, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(INCIDENT, MEMBERS)).toBe('accepted')
  })
})

describe('The view of an incident', () => {
  it('is out of its place where it answers evidence that is not there', () => {
    const last = incident(MEMBERS, 9, { evidence: 'evidence.gone' })
    const view = viewOf(last, rerun, opening)
    expect(view).toMatchObject({ status: 'out-of-place', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/policy-unknown'])
    expect(viewOf(opening, rerun, last).status).toBe('closed')
  })

  it('is open with its first record, reported by who signed', () => {
    expect(viewOf(opening)).toMatchObject({
      status: 'open',
      check: { outcome: 'missing' },
      facts: {
        reportedBy: 'olga',
        openedBy: 'olga',
        trigger: OPENING.trigger,
        openedAt: OPENING.openedAt,
      },
    })
    expect(codesOf(viewOf(opening))).toEqual(Array(4).fill('record/incident-open'))
  })

  it('is closed by a record with everything, for both', () => {
    const closed = { status: 'closed', check: { outcome: 'accepted' } }
    expect(viewOf(opening, rerun, closing)).toMatchObject({ ...closed, facts: { tells: 'opened' } })
    expect(viewOf(closing, rerun, opening)).toMatchObject({
      ...closed,
      facts: {
        ...{ reportedBy: 'operator', openedBy: 'olga', tells: 'closed' },
        incident: 'INC-2026-014',
        firstFailingControl: CONTROL,
      },
    })
  })

  it.each(['firstFailingControl', 'cause', 'correctiveAction', 'passingRerun'])(
    'stays open without %s',
    (member) => {
      const { [member as keyof typeof MEMBERS]: _, ...rest } = MEMBERS
      const half = incident(rest, 9)
      const view = viewOf(half, rerun, opening)
      expect(view.status).toBe('open')
      expect(view.check.outcome).not.toBe('accepted')
      expect(codesOf(view)).toContain('record/incident-open')
    },
  )

  it.each<[string, object]>([
    ['nothing but that it is so', {}],
    ['everything but a re-run', { ...MEMBERS, passingRerun: undefined }],
    ['another control', { ...MEMBERS, firstFailingControl: 'another' }],
  ])(
    'is opened again by what is told after it was closed, with %s, and takes another re-run',
    (_, told) => {
      const rest = { ...MEMBERS, ...told, passingRerun: undefined }
      const members = 'cause' in told ? rest : OPENING
      const again = incident(members, 12)
      const before = [opening, rerun, closing]
      expect(viewOf(again, ...before).status).toBe('open')
      const old = incident({ ...MEMBERS, ...told, passingRerun: RERUN }, 14)
      expect(viewOf(old, ...before, again).status).toBe('open')
      const control = 'firstFailingControl' in told ? String(told.firstFailingControl) : CONTROL
      const name = digestOf('another re-run')
      const another = tests(
        { result: 'PASSED', passedTests: [control] },
        { index: 13, sha256: name },
      )
      const anew = incident({ ...MEMBERS, ...told, passingRerun: name }, 14)
      expect(viewOf(anew, ...before, again, another).status).toBe('closed')
    },
  )

  it('stays closed where more is told with everything that closed it', () => {
    const more = incident({ ...MEMBERS, cause: 'The cause, in more words' }, 12)
    expect(viewOf(more, opening, rerun, closing).status).toBe('closed')
    expect(viewOf(incident(OPENING, 12), opening, rerun, closing).status).toBe('open')
  })

  it('is not closed by a word that is older than what was told, or by an older re-run', () => {
    const told = (hour: number) => ({ header: { reportedAt: `2026-04-10T${hour}:00:00Z` } })
    const first = incident(OPENING, 1, told(11))
    const again = tests({ result: 'PASSED', passedTests: [CONTROL] }, told(12))
    const more = incident({ ...OPENING, cause: 'Worse' }, 8, told(14))
    const at = (hour: number, run = again) =>
      viewOf(incident(MEMBERS, 9, told(hour)), first, run, more)
    expect(codesOf(at(13))).toEqual(['record/order'])
    expect(at(15).status).toBe('closed')
    const early = tests({ result: 'PASSED', passedTests: [CONTROL] }, told(10))
    expect(codesOf(at(15, early))).toEqual(['record/order'])
  })

  it('is opened again by a later record that is not whole', () => {
    const again = incident(OPENING, 12)
    expect(viewOf(opening, rerun, closing, again).status).toBe('open')
    const other = incident({ ...OPENING, incident: 'INC-2026-015' }, 12)
    expect(viewOf(opening, rerun, closing, other).status).toBe('closed')
  })

  it('stays closed where more is told that is whole as well', () => {
    const more = incident({ ...MEMBERS, cause: 'As before, told at length' }, 12)
    expect(viewOf(opening, rerun, closing, more).status).toBe('closed')
  })

  it('that was opened again is closed by a re-run since then, and not by the old one', () => {
    const again = incident(OPENING, 12)
    const old = incident(MEMBERS, 16)
    expect(viewOf(opening, rerun, closing, again, old).status).toBe('open')
    expect(codesOf(viewOf(old, opening, rerun, closing, again))).toEqual(['record/order'])
    const sha256 = digestOf('the second re-run')
    const since = tests({ result: 'PASSED', passedTests: [CONTROL] }, { index: 14, sha256 })
    const whole = incident({ ...MEMBERS, passingRerun: sha256 }, 16)
    expect(viewOf(opening, rerun, closing, again, since, whole).status).toBe('closed')
  })

  it.each<[string, object]>([
    ['another trigger', { trigger: 'web-proxy-health-ok failed once more' }],
    ['another time', { openedAt: '2026-04-11T15:00:00Z' }],
  ])(
    'of the same name with %s is another one: neither closes nor opens the other',
    (_, changes) => {
      const second = incident({ ...OPENING, ...changes }, 12)
      expect(viewOf(opening, rerun, closing, second).status).toBe('closed')
      expect(viewOf(second, rerun, closing, opening).status).toBe('open')
      const mixed = incident({ ...MEMBERS, ...changes }, 13)
      expect(viewOf(second, rerun, closing, opening, mixed)).toMatchObject({ status: 'open' })
      const sha256 = digestOf('the second re-run')
      const since = tests({ result: 'PASSED', passedTests: [CONTROL] }, { index: 14, sha256 })
      const own = incident({ ...MEMBERS, ...changes, passingRerun: sha256 }, 15)
      expect(viewOf(second, rerun, closing, opening, since, own).status).toBe('closed')
      expect(viewOf(opening, since, own).status).toBe('open')
    },
  )

  it('is not closed by one record alone: what opens it has to stand before the re-run', () => {
    const view = viewOf(closing, rerun)
    expect(view).toMatchObject({ status: 'open', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/order'])
  })

  it('may be about a commit, and does not mix with one of the same name about the set', () => {
    const about = COMMIT_SUBJECT
    const ofCommit = [
      foldedProvenance(),
      incident(OPENING, 1, { about }),
      tests({ result: 'PASSED', passedTests: [CONTROL] }, { about }),
    ]
    const last = incident(MEMBERS, 9, { about })
    const set = tests({ result: 'PASSED', passedTests: ['a'] }, { index: 2, sha256: digestOf('a') })
    expect(viewOf(last, set, ...ofCommit).status).toBe('closed')
    expect(viewOf(last, ...ofCommit)).toMatchObject({
      status: 'open',
      check: { checks: [{ code: 'record/provenance-missing' }, {}] },
    })
    expect(viewOf(opening, ...ofCommit, last).status).toBe('open')
  })

  it('is not closed where the record does not count for the release', () => {
    const other = incident(MEMBERS, 9, { about: COMMIT_SUBJECT })
    const view = viewOf(other, rerun, opening)
    expect(view).toMatchObject({ status: 'open', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/provenance-missing', 'record/order'])
  })
})
