import urllib.request

with urllib.request.urlopen("http://server:8080/") as page:
    print(page.status, page.reason)
