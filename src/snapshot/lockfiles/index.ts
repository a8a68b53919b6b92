// The formats that are read, by the name of the file. A line for each parser.

import type { LockfileInput, LockfileParser } from '../dependency.ts'
import { parsePackagesLock } from './dotnet/packages-lock.ts'
import { parseGoSum } from './go/go-sum.ts'
import { parseBunLock } from './javascript/bun-lock.ts'
import { parsePackageLock } from './javascript/npm/package-lock.ts'
import { parsePnpmLock } from './javascript/pnpm-lock.ts'
import { parseYarnBerryLock } from './javascript/yarn/yarn-berry-lock.ts'
import { parseYarnLock } from './javascript/yarn/yarn-lock.ts'
import { parseGradleLockfile } from './jvm/gradle-lockfile.ts'
import { parseComposerLock } from './php/composer-lock.ts'
import { parsePipfileLock } from './python/pipfile-lock.ts'
import { parsePoetryLock } from './python/poetry-lock.ts'
import { parseRequirements } from './python/requirements.ts'
import { parseUvLock } from './python/uv-lock.ts'
import { parseGemfileLock } from './ruby/gemfile-lock.ts'
import { parseCargoLock } from './rust/cargo-lock.ts'

/** By the pattern that the file's name, without its folder, matches whole. */
const PARSERS: readonly (readonly [RegExp, LockfileParser])[] = [
  [/^(?:package-lock|npm-shrinkwrap)\.json$/, parsePackageLock],
  [/^pnpm-lock\.yaml$/, parsePnpmLock],
  [/^yarn\.lock$/, parseYarnFile],
  [/^bun\.lock$/, parseBunLock],
  [/^Cargo\.lock$/, parseCargoLock],
  [/^go\.sum$/, parseGoSum],
  [/^uv\.lock$/, parseUvLock],
  [/^poetry\.lock$/, parsePoetryLock],
  [/^Pipfile\.lock$/, parsePipfileLock],
  [/^(?:[^/]*[-_.])?requirements(?:[-_.][^/]*)?\.txt$/, parseRequirements],
  [/^(?:Gemfile\.lock|gems\.locked)$/, parseGemfileLock],
  [/^composer\.lock$/, parseComposerLock],
  [/^packages\.lock\.json$/, parsePackagesLock],
  [/^(?:buildscript-|settings-)?gradle\.lockfile$/, parseGradleLockfile],
]

/** The parser of a lockfile, found by its path; nothing for a name that no format has. */
export function findLockfileParser(path: string): LockfileParser | undefined {
  // pip has no fixed name, but a folder for it: requirements/production.txt.
  if (/(?:^|\/)requirements\/[^/]+\.txt$/.test(path)) return parseRequirements
  const name = path.slice(path.lastIndexOf('/') + 1)
  return PARSERS.find(([pattern]) => pattern.test(name))?.[1]
}

/** Two formats share the name; only the later one has `__metadata` at its head. */
function parseYarnFile(input: LockfileInput): ReturnType<LockfileParser> {
  const head = new TextDecoder().decode(input.bytes.subarray(0, 4096))
  return /^__metadata:/m.test(head) ? parseYarnBerryLock(input) : parseYarnLock(input)
}
