import http.client

connection = http.client.HTTPConnection("server", 8080)
for path in ("/", "/none"):
    connection.request("GET", path)
    response = connection.getresponse()
    print(response.status, len(response.read()), "bytes")
connection.close()
http.client.HTTPConnection("server", 8080).connect()
