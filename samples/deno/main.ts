import { Hono } from "hono";

const app = new Hono();
app.get("/", (c) => c.text(`Hello from Deno ${Deno.version.deno}\n`));

Deno.serve({ port: Number(Deno.env.get("PORT")) }, app.fetch);
