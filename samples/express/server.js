const express = require('express');

const app = express();
app.use((request, response, next) => {
  console.log(`${request.method} ${request.url}`);
  next();
});
app.get('/', (request, response) => response.send('Hello from Express\n'));

const server = app.listen(process.env.PORT ?? 3000, () => console.log(`listening on port ${server.address().port}`));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
