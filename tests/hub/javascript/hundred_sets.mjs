// Joins a session with the official client, sends all sets at once, and prints what came back.
//
// Usage: node hundred_sets.mjs '{"url", "token", "transports", "session_id", "sets": [...]}'
import { Fetch, WebSocket, io } from "./vendor/socket.io.esm.min.mjs";

const asked = JSON.parse(process.argv[2]);
const transports = { polling: Fetch, websocket: WebSocket };
const socket = io(asked.url, {
  path: "/hubs/workout",
  auth: { token: asked.token },
  transports: asked.transports.map((name) => transports[name]),
  reconnection: false,
});

const events = [];
const everything = new Promise((resolve) => {
  socket.on("SetLogged", (event) => {
    events.push(event.sequence);
    if (events.length === asked.sets.length) resolve();
  });
});
const refused = new Promise((_, reject) => {
  socket.on("connect_error", (error) => reject(new Error(JSON.stringify(error.data))));
});

await Promise.race([new Promise((resolve) => socket.on("connect", resolve)), refused]);
const engine = socket.io.engine;
const joined = await socket.emitWithAck("JoinWorkoutSession", { session_id: asked.session_id });
const order = [];
const acks = await Promise.all(
  asked.sets.map(async (set, number) => {
    const ack = await socket.emitWithAck("LogSet", set);
    order.push(number);
    return ack;
  }),
);
await everything;
if (asked.transports.length > 1 && engine.transport.name !== "websocket") {
  await new Promise((resolve) => engine.once("upgrade", resolve));
}
console.log(
  JSON.stringify({
    transport: engine.transport.name,
    joined: joined.success,
    order,
    acks: acks.map((ack) => ack.data?.sequence ?? ack),
    events,
  }),
);
socket.disconnect();
