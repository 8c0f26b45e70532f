import { Hono } from "hono";

const app = new Hono();
app.get("/", (c) => c.text(`Hello from Bun ${Bun.version}\n`));

export default { port: Number(process.env.PORT), fetch: app.fetch };
