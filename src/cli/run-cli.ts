// One run of the program: arguments and a host in, output and an exit code out. Nothing here touches the process.

import { AssayError, encodeDocument, type Problem } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import { maskSecrets } from '../statement/index.ts'
import { type Answer, EXIT, exitCodeOf, refused } from './answer.ts'
import type { RunContext } from './context.ts'
import { problemDocument, problemOfWorld, renderProblems } from './render.ts'
import { VERSION } from './version.ts'

/**
 * Runs one command line.
 *
 * @param args what follows the program's name
 * @returns the exit code, after everything was written
 */
export async function runCli(args: readonly string[], host: Host): Promise<number> {
  const json = wantsJson(args)
  const showing = withoutSecrets(host)
  try {
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
      await host.print(`${VERSION}\n`)
      return EXIT.accepted
    }
    const { answer, exitCode } = await answerTo(args, showing)
    if (answer === undefined) return exitCode
    await printAnswer(answer, showing, json)
    return exitCodeOf(answer)
  } catch (thrown) {
    return printFailure(thrown, showing, json)
  }
}

/** whatever a document, an address or a service put into a message or a result, no credentials are shown. */
function withoutSecrets(host: Host): Host {
  return {
    ...host,
    print: (part) => host.print(typeof part === 'string' ? maskSecrets(part) : part),
    tell: (text) => host.tell(maskSecrets(text)),
    askPassphrase: (prompt) => host.askPassphrase(maskSecrets(prompt)),
  }
}

interface Outcome {
  /** Absent when the framework printed help. */
  readonly answer?: Answer
  readonly exitCode: number
}

async function answerTo(args: readonly string[], host: Host): Promise<Outcome> {
  const help: string[] = []
  const complaints: string[] = []
  const context: RunContext = {
    host,
    process: {
      stdout: { write: (text) => void help.push(text) },
      stderr: { write: (text) => void complaints.push(text) },
    },
  }
  const { runApplication } = await import('./application.ts')
  const frameworkCode = await runApplication(args, context)
  if (context.failure !== undefined) throw context.failure.thrown
  if (context.answer !== undefined) return { answer: context.answer, exitCode: 0 }
  if (frameworkCode !== 0) {
    return { answer: refused([usageProblem(complaints.join(''))]), exitCode: EXIT.cannotJudge }
  }
  const asked = args.some((arg) => ['--help', '-h', '--help-all', '-H'].includes(arg))
  await (asked ? host.print(help.join('')) : host.tell(help.join('')))
  // A script whose command was an empty variable must not read this as success.
  return { exitCode: asked ? EXIT.accepted : EXIT.cannotJudge }
}

const HELP = 'assay --help lists the commands, assay COMMAND --help the options of one'
const TRUST_HELP =
  'Nobody is trusted by default: assay trust init makes a trust document, assay trust add-key or add-root and add-identity say whose signatures count; then --trust trust.json'

function usageProblem(complaint: string): Problem {
  const message = complaint.trim().replaceAll('\n', '; ')
  const isTrustMissing = message.includes('Expected a value for --trust,')
  return { code: 'cli/usage', message, hint: isTrustMissing ? TRUST_HELP : HELP }
}

async function printAnswer(answer: Answer, host: Host, json: boolean): Promise<void> {
  if (answer.kind === 'refused') {
    const words = renderProblems(answer.problems, host.style)
    if (!json) return host.tell(words)
    await host.print(encodeDocument(problemDocument(answer.problems)))
    return tellBeside(host, words)
  }
  const notes = answer.notes ?? []
  if (notes.length > 0) await host.tell(`${notes.join('\n')}\n`)
  await host.print(json ? encodeDocument(answer.document) : answer.text)
}

/** The document says the same: where nobody hears the words, it stands, and no second one follows it. */
async function tellBeside(host: Host, words: string): Promise<void> {
  try {
    await host.tell(words)
  } catch (thrown) {
    if (!(thrown instanceof AssayError)) throw thrown
  }
}

async function printFailure(thrown: unknown, host: Host, json: boolean): Promise<number> {
  const world = thrown instanceof AssayError
  const problem = world ? problemOfWorld(thrown) : bug(thrown)
  try {
    if (json) await host.print(encodeDocument(problemDocument([problem])))
    await host.tell(renderProblems([problem], host.style))
  } catch {
    // Nobody listens any more; the exit code still tells.
  }
  return world ? EXIT.world : EXIT.bug
}

function bug(thrown: unknown): Problem {
  const [, ...frames] = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : []
  return {
    code: 'cli/bug',
    message: `Assay failed on its own: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    because: frames.map((frame) => ({ code: 'cli/bug', message: frame.trim() })),
  }
}

/** Usage errors are told before any option is parsed, so the format is looked for in the raw arguments. */
function wantsJson(args: readonly string[]): boolean {
  return args.some((arg, index) => {
    return arg === '--format=json' || (arg === 'json' && args[index - 1] === '--format')
  })
}
