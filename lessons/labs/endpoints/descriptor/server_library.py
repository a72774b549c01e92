import http.server

server = http.server.HTTPServer(("server", 8080), http.server.SimpleHTTPRequestHandler)
server.handle_request()
server.server_close()
