import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';
import { answerUsage } from '../harness.ts';
import { listenAndTell } from './listen.ts';
import { describe, find, NAMES, Query, say } from './tools.ts';

// The server as SDK v2's documentation shows it, for the 2026-07-28 protocol: what our own builder and transport are held against.
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'mcp-bench', version: '1.0.0' });
  for (const name of NAMES) {
    server.registerTool(name, { title: name, description: describe(name), inputSchema: Query }, async (input) => ({
      content: [{ type: 'text', text: say(find(input)) }],
    }));
  }
  return server;
});

const app = express();
app.use(express.json());
const answer = toNodeHandler(handler);
app.all('/mcp', (req, res) => void answer(req, res, req.body));
answerUsage();
listenAndTell(app);
