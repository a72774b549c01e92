import socket

inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
inbox.bind("/tmp/inbox")
for _ in range(2):
    question, sender = inbox.recvfrom(100)
    print(question, "from", sender)
    if sender:
        inbox.sendto(b"you are " + sender.encode(), sender)
inbox.close()
