// Which packets are a socket's own.

/** carries says of a packet whether the socket sent it or is to get it. */
export function carries(socket) {
  const ours = (address) => socket.local !== undefined && same(socket.local, address);
  const theirs = (address) => socket.remote === undefined || same(socket.remote, address);
  return ({ summary, from, to }) => summary?.proto === socket.proto.toUpperCase() &&
    ((from === socket.host && ours(summary.src) && theirs(summary.dst)) || (to === socket.host && ours(summary.dst) && theirs(summary.src)));
}

/** same says whether an address is the one of a socket, or one of all of its host. */
function same(own, address) {
  const any = /^(0\.0\.0\.0|\[::\])(?=:)/.exec(own);
  return any ? address.endsWith(own.slice(any[0].length)) : own === address;
}
