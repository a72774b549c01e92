// Messages of HTTP/1.0 and HTTP/1.1 in the bytes of one direction of a
// connection, however they were cut into segments.
//
// Source: RFC 9112; RFC 9110 for what the words mean.

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
const LONGEST_HEAD = 64 << 10;

const latin = (bytes) => Array.from(bytes, (b) => String.fromCharCode(b)).join("");

/** begins says whether bytes may be, as far as they go, the beginning of a message. */
export function begins(bytes) {
  const line = latin(bytes.subarray(0, 200)).split(/\r?\n/);
  if (line.length > 1) return start(line[0]) !== null;
  const [method] = line[0].split(" ");
  if (line[0].startsWith("HTTP/1.")) return true;
  return line[0].length > method.length && METHODS.includes(method) && /^([/*]|https?:|[\w.-]+:\d|$)/.test(line[0].slice(method.length + 1));
}

/** start takes the first line of a message apart; null when it is none. */
function start(line) {
  const answer = /^(HTTP\/1\.[01]) (\d{3})(?: (.*))?$/.exec(line);
  if (answer) return { kind: "response", version: answer[1], code: Number(answer[2]), reason: answer[3] ?? "" };
  const request = /^([!#$%&'*+.^_`|~\w-]+) (\S+) (HTTP\/1\.[01])$/.exec(line);
  return request && { kind: "request", method: request[1], target: request[2], version: request[3] };
}

/**
 * message reads the message that begins at a place, as far as the bytes go.
 * Of an answer asked() says the method that was asked with. Null when it
 * is none, or when too little of it is there to know.
 *
 * {kind, at, headEnd, end, fields, body}: headEnd and end are null when they
 * are not there yet; a field is {name, from, to, value, label}, in places of
 * the direction; body is {how: none, length, chunks or close, from, length}.
 */
export function message(bytes, at, asked = () => "") {
  if (!begins(bytes.subarray(at, at + 200))) return null;
  const m = { at, headEnd: null, end: null, fields: [], headers: {}, body: null };
  let next = firstLine(bytes, m);
  while (next !== null && m.headEnd === null) next = header(bytes, m, next);
  if (m.headEnd === null) return bytes.length - at > LONGEST_HEAD ? null : m;
  m.body = framing(m, m.kind === "response" ? asked() : "");
  ({ length, chunks, close, none })[m.body.how](bytes, m);
  return m;
}

/** lineEnd is the place behind the line that begins at a place; null when its end is not there. */
function lineEnd(bytes, at) {
  const feed = bytes.indexOf(10, at);
  return feed < 0 ? null : feed + 1;
}

const trimmed = (bytes, from, to) => latin(bytes.subarray(from, to)).replace(/\r?\n$/, "");

/** breakOf is the name of a line break of so many bytes. */
const breakOf = (n) => (n > 1 ? "CR LF" : "LF");

function firstLine(bytes, m) {
  const end = lineEnd(bytes, m.at);
  const text = trimmed(bytes, m.at, end ?? bytes.length);
  Object.assign(m, start(text) ?? { kind: text.startsWith("HTTP/") ? "response" : "request" });
  const names = m.kind === "response" ? ["version", "code", "reason"] : ["method", "target", "version"];
  const parts = text.split(" ");
  const words = m.kind === "response" ? [parts[0], parts[1], parts.slice(2).join(" ")] : parts;
  let from = m.at;
  names.forEach((name, i) => {
    const to = i === 2 ? end ?? bytes.length : Math.min(from + (words[i] ?? "").length + 1, bytes.length);
    if (to > from) m.fields.push({ name, from, to, value: words[i] ?? "" });
    from = to;
  });
  return end;
}

/** header reads one line of the head, and returns where the next begins; null when the bytes end. */
function header(bytes, m, from) {
  const end = lineEnd(bytes, from);
  const to = end ?? bytes.length;
  if (to === from) return null;
  const text = trimmed(bytes, from, to);
  if (end !== null && text === "") {
    m.fields.push({ name: "end", from, to, value: breakOf(to - from) });
    m.headEnd = end;
    return end;
  }
  const [, label, value] = /^([^:\s]+):[ \t]*(.*?)[ \t]*\r?$/s.exec(text) ?? [];
  m.fields.push(label === undefined ? { name: "line", from, to, value: text } : { name: "header", label, from, to, value });
  if (label !== undefined && end !== null) m.headers[label.toLowerCase()] ??= value;
  return end;
}

/** framing says how long the body is. Source: RFC 9112, section 6.3. */
function framing(m, asked) {
  const { "transfer-encoding": coding, "content-length": announced } = m.headers;
  const from = m.headEnd;
  const answer = m.kind === "response";
  if (answer && (asked === "HEAD" || m.code < 200 || m.code === 204 || m.code === 304)) return { how: "none", from };
  if (answer && asked === "CONNECT" && m.code < 300) return { how: "none", from };
  if (/\bchunked$/i.test(coding ?? "")) return { how: "chunks", from, length: 0, count: 0 };
  if (/^\d{1,15}$/.test(announced ?? "")) return { how: "length", from, length: Number(announced) };
  return answer ? { how: "close", from } : { how: "none", from };
}

function none(_, m) {
  m.end = m.headEnd;
}

function length(bytes, m) {
  const { from, length } = m.body;
  const to = Math.min(from + length, bytes.length);
  if (to > from) m.fields.push({ name: "body", from, to });
  if (from + length <= bytes.length) m.end = from + length;
}

/** close: what comes until the connection is closed. */
function close(bytes, m) {
  if (bytes.length > m.headEnd) m.fields.push({ name: "body", from: m.headEnd, to: bytes.length });
}

/** chunks: each begins with a line that says its length, in hexadecimal. The last one is empty. */
function chunks(bytes, m) {
  for (let at = m.headEnd; at < bytes.length;) {
    const line = lineEnd(bytes, at);
    const text = trimmed(bytes, at, line ?? bytes.length);
    const size = parseInt(/^([0-9a-f]{1,8})(?:[ \t]*;.*)?$/i.exec(text)?.[1] ?? "", 16);
    const field = { name: size === 0 ? "chunk-last" : "chunk-size", from: at, to: line ?? bytes.length, value: text, size };
    if (line === null || Number.isNaN(size)) {
      m.fields.push({ ...field, name: line === null ? "chunk-size" : "line" });
      return;
    }
    m.fields.push(field);
    if (size === 0) return trailers(bytes, m, line);
    at = chunk(bytes, m, line, size);
  }
}

/** chunk takes the data of a chunk in, and the line break behind it; it returns where the next one begins. */
function chunk(bytes, m, from, size) {
  const to = Math.min(from + size, bytes.length);
  if (to > from) m.fields.push({ name: "chunk", from, to });
  m.body.length += to - from;
  m.body.count++;
  const end = lineEnd(bytes, from + size) ?? bytes.length;
  if (end > from + size) m.fields.push({ name: "chunk-end", from: from + size, to: end, value: breakOf(end - from - size) });
  return end;
}

/** trailers are headers behind the last chunk, to an empty line. */
function trailers(bytes, m, from) {
  const head = m.headEnd;
  m.headEnd = null;
  for (let next = from; next !== null && m.headEnd === null;) next = header(bytes, m, next);
  m.end = m.headEnd;
  m.headEnd = head;
}
