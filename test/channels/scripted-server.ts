import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';

export interface Asked {
  method: string;
  path: string;
  body: URLSearchParams;
}

export interface ScriptedServer {
  url: string;
  asked: Asked[];
  close(): Promise<void>;
}

/** An HTTP server that reads each request whole and then answers, or fails to, as told. */
export async function startScriptedServer(
  answer: (asked: Asked, response: ServerResponse, request: IncomingMessage) => void,
): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const { method = '', url = '' } = request;
      const read = { method, path: url, body: new URLSearchParams(body) };
      asked.push(read);
      answer(read, response, request);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
