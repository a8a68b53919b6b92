// The package that a statement is about: its subjects are named by purls (NPM-2, PURL-1), and only the canonical spelling of one counts.

import { type Check, quote } from '../../core/index.ts'
import { buildPurl, parsePurl } from '../../snapshot/purl/index.ts'
import type { Statement, Subject } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { PackageExpectation } from '../expectation.ts'
import { compareText } from '../provenance/comparison.ts'
import type { MatchedSubject } from '../verified.ts'

/**
 * One check for each expectation. Nothing was expected: nothing is checked.
 *
 * @param matched the subjects that stand for the artifacts; what else a statement is about, names no package here
 */
export function checkPackage(
  { subjects }: Statement,
  matched: readonly MatchedSubject[],
  { purl, name, version }: PackageExpectation = {},
): readonly Check[] {
  return [
    ...(purl === undefined ? [] : [checkOnlySubject(subjects, purl)]),
    ...(name === undefined && version === undefined
      ? []
      : matched.flatMap(({ subject }) => checkName(subject, { name, version }))),
  ]
}

interface Asked {
  readonly name: string | undefined
  readonly version: string | undefined
}

function checkName(subject: string | undefined, { name, version }: Asked): readonly Check[] {
  const found = subject === undefined ? undefined : readPackage(subject)
  if (found === undefined) {
    const message = 'The statement does not say of which package it is'
    const facts = {
      expected: 'a canonical purl with a version',
      found: subject === undefined ? 'a subject without a name' : quote(subject),
    }
    return [failed('package', 'missing', 'verify/package-unnamed', message, facts)]
  }
  return [
    ...compareText('package name', 'verify/package-name', name, found.name),
    ...compareText('package version', 'verify/package-version', version, found.version),
  ]
}

/** Name and version of a purl, which is refused where it is not spelt as the specification has it: another tool may read another. */
function readPackage(text: string): { name: string; version: string } | undefined {
  const purl = parsePurl(text)
  if (!purl.ok) return undefined
  const canonical = buildPurl(purl.value)
  const { namespace, name, version } = purl.value
  if (!canonical.ok || canonical.value !== text || version === undefined) return undefined
  return { name: namespace === undefined ? name : `${namespace}/${name}`, version }
}

/** NPM-2: the package by its purl, and by nothing but SHA-512. */
function checkOnlySubject(subjects: readonly Subject[], purl: string): Check {
  const facts = {
    expected: `${quote(purl)} by sha512, and nothing else`,
    found: subjects.slice(0, SHOWN_MAX).map(describe).join('; '),
  }
  const isEach = subjects.every(
    ({ name, digest }) => name === purl && Object.keys(digest).join() === 'sha512',
  )
  if (isEach && subjects.length === 1) {
    return passed('package', 'The statement is about this package and nothing else', facts)
  }
  const message = 'The statement is not about this package alone'
  return failed('package', 'rejected', 'verify/package-subject', message, facts)
}

/** Subjects that one message shows. */
const SHOWN_MAX = 3

function describe({ name, digest }: Subject): string {
  const called = name == null ? 'without a name' : quote(name)
  return `${called} by ${Object.keys(digest).map(quote).join(', ')}`
}
