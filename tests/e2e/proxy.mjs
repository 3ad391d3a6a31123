// Stands before the program as a network does: slow, broken, or with other pages than the program has.
import {createServer, request} from 'node:http';
import {closedAtEnd} from './left_open.mjs';

/** `change(request)` may give an answer of its own, `{status, type, body, headers}`; what it does not answer is the program's. */
export async function startProxy(program, change = () => undefined) {
  const to = new URL(program);
  const proxy = {change};
  const server = createServer((asked, answer) => {
    const pieces = [];
    asked.on('data', (piece) => pieces.push(piece));
    asked.on('end', async () => {
      const own = await proxy.change(asked);
      if (own) {
        answer.writeHead(own.status, {'Content-Type': own.type ?? 'application/problem+json', ...own.headers});
        return answer.end(own.body ?? '');
      }
      const headers = {...asked.headers, host: to.host};
      if (headers.origin) headers.origin = to.origin;
      request({host: to.hostname, port: to.port, method: asked.method, path: asked.url, headers}, (told) => {
        answer.writeHead(told.statusCode, told.headers);
        told.pipe(answer);
      }).on('error', () => answer.destroy()).end(Buffer.concat(pieces));
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  proxy.address = `http://127.0.0.1:${server.address().port}`;
  proxy.stop = closedAtEnd(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return proxy;
}
