import assert from "node:assert/strict";
import { test } from "node:test";

import { frame, text } from "../stage/decode/websocket.js";
import { bytesOf } from "../stage/streams.js";
import { ascii, Conversation, covered, hex, inspected, join, values } from "./frames.js";

const own = (f) => Object.fromEntries(f.fields.map((x) => [x.name, x.value]));
const KEY = [0x37, 0xfa, 0x21, 0x3d];
const masked = (opcode, data, first = 0x80) => join([first | opcode, 0x80 | data.length], KEY, [...data].map((b, i) => b ^ KEY[i % 4]));

// The examples of RFC 6455, section 5.7.
test("the frames of the RFC", () => {
  for (const [bytes, want, said] of [
    ["81 05 48 65 6c 6c 6f", { fin: 1, opcode: 1, mask: 0, length: 5 }, "Hello"],
    ["81 85 37 fa 21 3d 7f 9f 4d 51 58", { fin: 1, opcode: 1, mask: 1, length: 5, key: "37 fa 21 3d" }, "Hello"],
    ["01 03 48 65 6c", { fin: 0, opcode: 1, mask: 0, length: 3 }, "Hel"],
    ["80 02 6c 6f", { fin: 1, opcode: 0, mask: 0, length: 2 }, "lo"],
    ["89 05 48 65 6c 6c 6f", { fin: 1, opcode: 9, mask: 0, length: 5 }, "Hello"],
    ["8a 85 37 fa 21 3d 7f 9f 4d 51 58", { fin: 1, opcode: 10, mask: 1, length: 5, key: "37 fa 21 3d" }, "Hello"],
  ]) {
    const f = frame(hex(bytes), 0);
    const { rsv1, rsv2, rsv3, data, ...rest } = own(f);
    assert.deepEqual([rest, rsv1 + rsv2 + rsv3, data, f.end], [want, 0, undefined, hex(bytes).length], bytes);
    assert.equal(text(hex(bytes), f, f.headEnd, f.end), said);
  }
});

test("lengths of 16 and of 64 bits", () => {
  const middle = frame(join(hex("82 7e 01 00"), new Uint8Array(256)), 0);
  assert.deepEqual([own(middle).length, own(middle).length16, middle.end], [126, 256, 260]);
  const long = frame(join(hex("82 7f 00 00 00 00 00 01 00 00"), new Uint8Array(65536)), 0);
  assert.deepEqual([own(long).length, own(long).length64, long.end], [127, 65536, 65546]);
  assert.deepEqual(frame(hex("82 ff ff ff ff ff ff ff ff ff 01 02 03 04 05"), 0).end, null);
});

test("a frame that closes", () => {
  const bytes = masked(8, join([3, 232], ascii("bye")));
  const f = frame(bytes, 0);
  assert.deepEqual([own(f).code, text(bytes, f, f.headEnd + 2, f.end)], [1000, "bye"]);
  assert.deepEqual(Object.keys(own(frame(hex("88 00"), 0))), ["fin", "rsv1", "rsv2", "rsv3", "opcode", "mask", "length"]);
  assert.equal(own(frame(hex("88 01 07"), 0)).code, undefined);
});

test("what is no text is not shown as one", () => {
  assert.equal(text(hex("82 03 00 01 02"), frame(hex("82 03 00 01 02"), 0), 2, 5), "3 B");
  assert.equal(text(hex("c1 03 61 62 63"), frame(hex("c1 03 61 62 63"), 0), 2, 5), "3 B");
  const korean = masked(1, ascii("안녕"));
  assert.equal(text(korean, frame(korean, 0), 6, 12), "안녕");
});

test("no bytes at all, and any that are cut, are read as far as they go", () => {
  for (const whole of [hex("82 ff 00 00 00 00 00 00 00 02 01 02 03 04 05 06"), masked(1, ascii("Hello")), hex("88 05 03 e8 62 79 65")]) {
    for (let n = 0; n <= whole.length; n++) {
      const f = frame(whole.slice(0, n), 0);
      assert.equal(f.fields.reduce((bits, x) => bits + x.bits, 0), n * 8, `${n} bytes`);
      assert.equal(f.end, n === whole.length ? n : null);
    }
  }
});

/** upgraded is a connection that was upgraded; its client has the packet 4, the server the packet 5. */
function upgraded(answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", tail = []) {
  const c = new Conversation();
  c.send("client", { data: "GET /chat HTTP/1.1\r\nHost: s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n" });
  c.send("server", { data: join(ascii(answer), tail) });
  return c;
}

test("after an upgrade both sides speak frames", () => {
  const c = upgraded(undefined, hex("81 02 68 69"));
  const hello = c.send("client", { data: masked(1, ascii("Hello")) });
  const both = c.send("server", { data: join(hex("81 05"), ascii("HELLO"), hex("89 00")) });
  const { said, layers } = inspected(c.events);
  assert.deepEqual(said(5).map((l) => [l.name, l.at]), [["http", 54], ["websocket", 54 + 56]]);
  assert.deepEqual([values(said(5)[1]).data, values(said(hello)[0]).data, values(said(hello)[0]).opcode], ["hi", "Hello", 1]);
  assert.deepEqual(said(both).map((l) => values(l).opcode), [1, 9]);
  assert.equal(layers(both).at(-1).name, "websocket");
});

test("without the answer 101 there are no frames", () => {
  const c = upgraded("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  assert.equal(inspected(c.events).said(c.send("client", { data: masked(1, ascii("Hello")) })) ?? null, null);
});

test("a frame over segments: which packet it goes on from, and how much of it is there", () => {
  const c = upgraded();
  const whole = masked(1, ascii("Hello"));
  const first = c.send("client", { data: whole.slice(0, 4) });
  c.send("client", { data: whole.slice(4, 8) });
  c.send("client", { data: whole.slice(8) });
  const { said } = inspected(c.events);
  assert.deepEqual([said(first)[0].says, values(said(first)[0]).key], [[["websocket-head", {}]], "37 fa"]);
  assert.deepEqual(said(first + 1)[0].says, [["websocket-continues", { id: first }], ["websocket-so-far", { got: 2, length: 5 }]]);
  assert.deepEqual([values(said(first + 1)[0]), values(said(first + 2)[0])], [{ key: "37 fa 21 3d", data: "He" }, { data: "llo" }]);
  assert.deepEqual(said(first + 2)[0].says, [["websocket-continues", { id: first }], ["websocket-all", { got: 5, length: 5 }]]);
});

test("a message over frames, with a ping between them", () => {
  const c = upgraded();
  const first = c.send("client", { data: masked(1, ascii("Hel"), 0) });
  const ping = c.send("client", { data: masked(9, ascii("?")) });
  const last = c.send("client", { data: masked(0, ascii("lo")) });
  const { said } = inspected(c.events);
  assert.deepEqual([said(first)[0].says, said(ping)[0].says, said(last)[0].says], [[], [], [["websocket-fragment", { id: first, opcode: 1 }]]]);
});

test("the fields cover each segment, whatever it is cut into", () => {
  const stream = join(masked(1, ascii("Hello")), masked(2, new Uint8Array(90)), hex("82 fe 00 80"), KEY, new Uint8Array(128), masked(8, join([3, 232], ascii("bye"))));
  for (let size = 1; size < 60; size++) {
    const c = upgraded();
    const ids = [];
    for (let at = 0; at < stream.length; at += size) ids.push(c.send("client", { data: stream.slice(at, at + size) }));
    const { layers, packet } = inspected(c.events);
    for (const id of ids) assert.equal(covered(layers(id)), bytesOf(packet(id)).length * 8, `${size} bytes, packet ${id}`);
  }
});
