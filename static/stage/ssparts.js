// A line of ss taken apart: what each of its columns says of its socket, in
// words. t gives the words; nothing of the page.

/** headParts is what the columns mean. */
export function headParts(t) {
  const heads = [["Netid", "netid"], ["State", "state"], ["Recv-Q", "recv"], ["Send-Q", "send"], ["Local Address:Port", "local"], ["Peer Address:Port", "peer"], ["Process", "process"]];
  return { say: t("say-head"), parts: heads.map(([head, key]) => [head, t(`col-${key}`)]) };
}

/** socketParts is {say, parts} of the line of a socket: cells are its columns. */
export function socketParts({ socket, cells }, t) {
  const [netid, state, recv, send, local, port, peer, peerPort] = cells;
  const kind = state === "LISTEN" ? "-listen" : netid === "tcp" ? "" : netid === "udp" ? "-udp" : "-unix";
  const unix = netid.startsWith("u_");
  return {
    say: socket.fd === undefined ? t("say-no-fd") : t("say-socket", { program: socket.program ?? "?", fd: socket.fd }),
    parts: [
      [`Netid ${netid}`, t(`netid-${netid}`)], [`State ${state}`, t(`state-${state}`)],
      [`Recv-Q ${recv}`, t(`recv${kind === "-unix" ? (netid === "u_dgr" ? "-u_dgr" : "") : kind}`, { n: recv })], [`Send-Q ${send}`, t(`send${kind}`, { n: send })],
      [`Local ${local}${port}`, unix ? t(local === "* " ? "local-unnamed" : "local-unix") : localWords(local, port, t)],
      [`Peer ${peer}${peerPort}`, unix ? t(peerPort === "0" ? "peer-none" : "peer-unix") : peerWords(peer, peerPort, t)],
    ],
  };
}

const ANY = { "0.0.0.0:": "local-any4", "[::]:": "local-any6", "*:": "local-any" };

const host = (address) => address.replace(/:$/, "").replace(/^\[(.*)\]$/, "$1");

function localWords(local, port, t) {
  const words = t(ANY[local] ?? "local", { address: host(local), port });
  return local.startsWith("[::ffff:") ? `${words} · ${t("mapped")}` : words;
}

const peerWords = (peer, port, t) => (port === "*" ? t("peer-none") : t("peer", { address: host(peer), port }));
