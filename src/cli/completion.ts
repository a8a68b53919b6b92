// `assay completion SHELL`: a script for the shell, which asks this program what may follow.

import { buildCommand, buildRouteMap, proposeCompletions } from '@stricli/core'
import type { Answer } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import type { NoFlags } from './flags.ts'

/** The shell hands over the words after `assay`; an empty answer lets it complete file names. */
const SCRIPTS = {
  bash: `_assay() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(assay completion propose -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _assay assay
`,
  zsh: `#compdef assay
_assay() {
  local -a proposals
  proposals=("\${(@f)$(assay completion propose -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "$proposals" ]] && compadd -- $proposals || _files
}
compdef _assay assay
`,
  fish: `complete -c assay -a '(assay completion propose -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const

export const command = buildRouteMap({
  routes: {
    bash: scriptCommand('bash', 'eval "$(assay completion bash)" in ~/.bashrc'),
    zsh: scriptCommand('zsh', 'eval "$(assay completion zsh)" in ~/.zshrc, after compinit'),
    fish: scriptCommand('fish', 'assay completion fish | source in config.fish'),
    propose: buildCommand<NoFlags, string[], RunContext>({
      docs: { brief: 'Print what may follow the given words, one proposal a line' },
      parameters: {
        flags: {},
        positional: { kind: 'array', parameter: { brief: 'Words so far', parse: (word) => word } },
      },
      func: answering(async (host, _flags: NoFlags, ...words: string[]): Promise<Answer> => {
        const proposals = await propose(words, { host, process: SILENT })
        return {
          kind: 'finished',
          outcome: 'accepted',
          text: proposals.map((proposal) => `${proposal}\n`).join(''),
          document: { schema: 'assay/completion/v1', proposals },
        }
      }),
    }),
  },
  docs: { brief: 'Print a completion script for bash, zsh or fish', hideRoute: { propose: true } },
})

const SILENT = { stdout: { write: () => undefined }, stderr: { write: () => undefined } }

async function propose(words: readonly string[], context: RunContext): Promise<string[]> {
  const { loadWholeApplication } = await import('./application.ts')
  const found = await proposeCompletions(await loadWholeApplication(), words, context)
  return found.map(({ completion }) => completion)
}

function scriptCommand(shell: keyof typeof SCRIPTS, usage: string) {
  return buildCommand<NoFlags, [], RunContext>({
    docs: { brief: `The script for ${shell}: ${usage}` },
    parameters: { flags: {} },
    func: answering(async (): Promise<Answer> => {
      return {
        kind: 'finished',
        outcome: 'accepted',
        text: SCRIPTS[shell],
        document: { schema: 'assay/completion/v1', shell, script: SCRIPTS[shell] },
      }
    }),
  })
}
