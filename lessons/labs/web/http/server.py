import http.server


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        page = b"<h1>It works</h1>\n" if self.path == "/" else b"nothing here\n"
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, form, *words):
        print(form % words)


server = http.server.HTTPServer(("server", 8080), Page)
for connection in range(2):
    server.handle_request()
server.server_close()
