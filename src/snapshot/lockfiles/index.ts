// Which parser reads which file: by the file's name, for that is how the tools themselves find their lockfiles.

import type { LockfileInput, LockfileParser } from '../dependency.ts'
import { parseBunLock } from './javascript/bun-lock.ts'
import { parsePackageLock } from './javascript/package-lock.ts'
import { parsePnpmLock } from './javascript/pnpm-lock.ts'
import { parseYarnBerryLock } from './javascript/yarn-berry-lock.ts'
import { parseYarnLock } from './javascript/yarn-lock.ts'

export { floatingManifests } from './manifests.ts'

const PARSERS: ReadonlyMap<string, LockfileParser> = new Map<string, LockfileParser>([
  ['bun.lock', parseBunLock],
  ['npm-shrinkwrap.json', parsePackageLock],
  ['package-lock.json', parsePackageLock],
  ['pnpm-lock.yaml', parsePnpmLock],
  ['yarn.lock', parseYarnFile],
])

/** The parser of a lockfile, by its path's last part; nothing for other files. */
export function lockfileParser(path: string): LockfileParser | undefined {
  return PARSERS.get(path.slice(path.lastIndexOf('/') + 1))
}

/** Two formats share the name; only the later one begins with `__metadata`. */
function parseYarnFile(input: LockfileInput): ReturnType<LockfileParser> {
  const berry = /^__metadata:/m.test(new TextDecoder().decode(input.bytes.subarray(0, 4096)))
  return berry ? parseYarnBerryLock(input) : parseYarnLock(input)
}
