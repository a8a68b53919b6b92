// Release scripts, in any language: commands that fetch something from outside, found line by line. What is not found
// here may still be fetched: a script's own digest is what a review is about.

import { accept } from '../../core/index.ts'
import { publicAddress } from '../address.ts'
import type { InputReader, InputReference } from '../build-input.ts'
import { expandVariables, readImage } from './image.ts'

interface Command {
  readonly pattern: RegExp
  readonly kind: 'download' | 'image' | 'package'
}

/** Each finds one word: the package, image or address. */
const COMMANDS: readonly Command[] = [
  {
    kind: 'package',
    pattern:
      /\b(?:npx|bunx|pnpm dlx|yarn dlx|npm exec)\s+(?:-y\s+|--yes\s+|--\s+)*(?<word>[^\s-][^\s;|&)]*)/g,
  },
  {
    kind: 'package',
    pattern:
      /\b(?:npm (?:install|i)|pnpm add|yarn global add|yarn add|bun add)\s+(?:-\S+\s+)*(?<word>[^\s-][^\s;|&)]*)/g,
  },
  {
    kind: 'package',
    pattern:
      /\b(?:pipx? install|uv tool install|uvx|pipx run)\s+(?:-\S+\s+)*(?<word>[^\s-][^\s;|&)]*)/g,
  },
  { kind: 'package', pattern: /\bgo (?:install|run)\s+(?<word>[\w.-]+\.[\w-]+\/[^\s;|&)]+)/g },
  {
    kind: 'package',
    pattern: /\b(?:gem install|cargo install)\s+(?:-\S+\s+)*(?<word>[^\s-][^\s;|&)]*)/g,
  },
  { kind: 'image', pattern: /\b(?:docker|podman) pull\s+(?:-\S+\s+)*(?<word>[^\s;|&)]+)/g },
  {
    kind: 'download',
    pattern: /\b(?:curl|wget)\b[^\n;|&]*?["']?(?<word>https?:\/\/[^\s"';|&)]+)/g,
  },
]

/** In UTF-16 units; what a person writes is shorter, and a generated line is not searched. */
const LINE_MAX = 4_000

/** Reads a script; one that fetches nothing that is known here has no references. */
export const readReleaseScript: InputReader = ({ bytes }) => {
  // Bytes that are no UTF-8 become U+FFFD: a word with one in it is not shown.
  const lines = new TextDecoder().decode(bytes).split('\n')
  const references = lines.flatMap((text, index) =>
    text.length > LINE_MAX || /^\s*(?:#|\/\/|\*)/.test(text)
      ? []
      : COMMANDS.flatMap(({ kind, pattern }) =>
          [...text.matchAll(pattern)].map(({ groups }) =>
            readWord(kind, unquote(groups?.['word'] ?? ''), index + 1),
          ),
        ),
  )
  return accept({ references, uses: [] })
}

function readWord(kind: Command['kind'], word: string, line: number): InputReference {
  if (kind === 'download') {
    return { kind, name: publicAddress(word) ?? '', pinState: 'floating', line }
  }
  if (kind === 'image') {
    const { text, variables } = expandVariables(word, () => undefined)
    return readImage(text, { line, variables })
  }
  const { name, version } = PACKAGE.exec(word)?.groups ?? {}
  if (name === undefined) return { kind, name: '', pinState: 'floating', line }
  const isExact = version !== undefined && /^v?\d+\.\d+\.\d+(?:[-+.][\w.-]+)?$/.test(version)
  return {
    kind,
    name,
    ...(version !== undefined && { version }),
    pinState: isExact ? 'tag-pinned' : 'floating',
    line,
  }
}

/** `name`, `@scope/name@1.2.3`, `name==1.2.3`, `host/module@v1.2.3`. */
const PACKAGE = /^(?<name>@?[\w.-]+(?:\/[\w.-]+)*)(?:(?:@|==)(?<version>[\w.+~^-]+))?$/

function unquote(word: string): string {
  return word.replace(/^["']|["']$/g, '')
}
