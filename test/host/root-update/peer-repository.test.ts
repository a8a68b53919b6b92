// A repository that the tools of the TUF project made and signed, without consistent snapshots.

import { initializeTUFRepo, tufHandlers } from '@tufjs/repo-mock'
import { describe, expect, it } from 'vitest'
import { say, startServer } from '../network/misbehaving-server.ts'
import { createClient } from './root-client.ts'

describe('fetchTrustedRoot()', () => {
  it('takes what @tufjs/repo-mock signed', async () => {
    const content = '{"made":"elsewhere"}'
    const built = initializeTUFRepo([{ name: 'trusted_root.json', content }])
    const handlers = new Map(
      tufHandlers(built, { metadataPathPrefix: '' }).map(({ path, fn }) => [path, fn]),
    )
    const { url } = await startServer((response, { path }) => {
      const { statusCode, response: body } = handlers.get(path)?.() ?? {
        statusCode: 404,
        response: '',
      }
      say(response, statusCode, body.toString())
    })
    const metadata = Buffer.from(JSON.stringify(built.rootMeta))
    const result = await createClient().fetch(url, metadata)
    expect(result.ok && Buffer.from(result.value.trustedRoot).toString()).toBe(content)
  })
})
