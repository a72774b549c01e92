import asyncio
import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
listener.bind(("server", 8080))


async def main():
    clients, over = [], asyncio.Event()

    async def serve(reader, writer):
        clients.append(writer)
        writer.write(b"B")
        await reader.read()  # looks like a call that sleeps
        writer.close()
        if all(client.is_closing() for client in clients):
            over.set()

    await asyncio.start_server(serve, sock=listener, backlog=64)
    await over.wait()
    print("B served", len(clients))

asyncio.run(main())
