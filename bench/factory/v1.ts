import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import express from 'express';
import { answerUsage } from '../harness.ts';
import { listenAndTell } from './listen.ts';
import { describe, find, NAMES, Query, say } from './tools.ts';

// The stateless server as SDK v1's documentation shows it: a server with all its tools, and a transport, for each request. No authentication, no log.
function makeServer(): McpServer {
  const server = new McpServer({ name: 'mcp-bench', version: '1.0.0' });
  for (const name of NAMES) {
    server.registerTool(name, { title: name, description: describe(name), inputSchema: Query }, async (input) => ({
      content: [{ type: 'text', text: say(find(input)) }],
    }));
  }
  return server;
}

const app = express();
app.use(express.json());
app.post('/mcp', async (req, res) => {
  const server = makeServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  res.on('close', () => {
    transport.close();
    server.close();
  });
  await server.connect(transport as Transport);
  await transport.handleRequest(req, res, req.body);
});
answerUsage();
listenAndTell(app);
