import express from 'express';
import { answerUsage } from '../harness.ts';
import { listenAndTell } from './listen.ts';
import { find, Query, say } from './tools.ts';

// The least that answers the same call: express, the body parser, the same zod parse and the same text.
const app = express();
app.use(express.json());
app.post('/mcp', (req, res) => {
  const { id, params } = req.body;
  const text = say(find(Query.parse(params.arguments)));
  res.json({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } });
});
answerUsage();
listenAndTell(app);
