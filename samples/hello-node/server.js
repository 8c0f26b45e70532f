// A web process in its smallest form: it listens on $PORT, logs a line per request, and finishes what it has begun when it is told to stop.
const http = require('node:http');

const server = http.createServer((request, response) => {
  console.log(`${request.method} ${request.url}`);
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`Hello from ${process.env.DYNO ?? 'a dyno'} on Node.js ${process.version}\n`);
});

server.listen(process.env.PORT ?? 3000, () => console.log(`listening on port ${server.address().port}`));

process.on('SIGTERM', () => {
  console.log('told to stop: finishing open requests');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
