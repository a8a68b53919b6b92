// The server that a demo smokes: a process of its own, because the commands that ask it are waited for. Prints its address.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerAsWebEdge } from '../../../test/host/smoke/web-edge.ts'

const { ASSAY_SMOKE_SITE_ACCESS: siteAccess = '', ASSAY_SMOKE_OPERATOR: operator = '' } =
  process.env
const answer = answerAsWebEdge({ siteAccess, operator })
const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { method = '', url: path = '', headers } = request
    void answer(response, { method, path, headers, body: Buffer.concat(parts) }, 1)
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
// Whoever started it holds the other end of standard input; without them it ends.
process.stdin.on('end', () => process.exit(0)).resume()
