# Two commands: `make run` serves the course, `make test` passes all tests.
# What Debian lacks for them, or Ubuntu for the first, is installed when we may,
# and otherwise named in one line.

.PHONY: run test soak generate record vendor need-run need-test need-soak

run: need-run
	go run ./server

need-run:
	@.ci/need python3

need-test:
	@.ci/need python3 cc:gcc /usr/include/stdlib.h:libc6-dev strace tcpdump tshark ss:iproute2 unshare:util-linux nsenter:util-linux node:nodejs chromium dockerd:docker.io tcc fc-list:fontconfig
	@.ci/need --font 'Noto Sans CJK KR' fonts-noto-cjk

need-soak: need-test
	@.ci/need nc:netcat-openbsd curl redis-server redis-cli:redis-tools nginx:nginx-light sshd:openssh-server dig:bind9-dnsutils dnsmasq:dnsmasq-base iperf3 mn:mininet \
		qemu-system-aarch64:qemu-system-arm cpio /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring

generate:
	go tool templ generate
	gofmt -w web

# The recorded runs beside the labs, where they no longer fit.
record: need-run
	go run ./server record lessons

# The editor's modules, from the npm registry, as package-lock.json has them.
vendor:
	cd static/vendor/codemirror/build && npm ci --ignore-scripts && npm run build

# -p 1: the packages' tests run real programs on the machine's two cores.
# atexit_sleep_ms: each sandbox is a process of its own, which would wait a
# second at its end.
test: need-test
	go mod verify
	go tool templ generate -log-level error
	@git diff --exit-code -- web || { echo 'generated code is not current: run make generate and commit'; exit 1; }
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'not formatted: run gofmt -w .'; exit 1; }
	go vet ./...
	GOOS=darwin go vet ./sandbox/ ./sandbox/event ./sandbox/lab
	GOARCH=arm64 go vet ./sandbox/...
	for system in darwin windows; do GOOS=$$system go build -o /dev/null ./server || exit 1; done
	go tool staticcheck ./...
	cd static && node --test test
	GORACE=atexit_sleep_ms=0 go test -race -p 1 -timeout 45m ./...
	.ci/fuzz 20s

# What takes longer: programs of others on the wire, a thousand starts at
# once, every look at every lesson, axe-core on each in every theme, the engine
# on arm64, the course twenty times while it runs a second time beside, every
# parser fuzzed for minutes, and the measurements.
soak: need-soak
	go vet -tags soak ./...
	go test -tags soak -timeout 30m -run 'TestPeers|TestThousandStarts' -v ./sandbox
	go test -tags soak -timeout 30m -run TestEveryLesson ./server
	.ci/arm64
	go build -o /tmp/fivetuple-soak ./server
	for i in $$(seq 20); do /tmp/fivetuple-soak check --once & /tmp/fivetuple-soak check --once && wait $$! || exit 1; done
	.ci/fuzz 3m
	/tmp/fivetuple-soak bench
	go test ./server -run xxx -bench Stage -benchtime 1x -timeout 20m
