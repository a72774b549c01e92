# The image of fivetuple: the program, python3, a small C compiler, and as
# little else as these need. Any engine builds it; nothing here needs BuildKit.
#
# --build-arg BUILD=… names another image with Go, --build-arg SYSTEM=…
# another Debian, or an image that brings the files of the system in /image.

ARG BUILD=golang:1.26-bookworm
ARG SYSTEM=debian:bookworm-slim

FROM ${BUILD} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /fivetuple ./server

# tcc is the C compiler: 0.8 MB, where gcc with its assembler, linker and
# library takes 150 MB; both need libc6-dev and linux-libc-dev, 19 MB. Of the
# packages that these depend on, only the files go into the image: no package
# tools, no perl, nothing with a set-user-ID bit.
FROM ${SYSTEM} AS system
COPY .ci/system-files /
RUN set -eu; \
    [ ! -d /image ] || exit 0; \
    apt-get update; \
    apt-get install -y --no-install-recommends python3 tcc libc6-dev; \
    mkdir -p /image/proc /image/data /image/tmp; \
    /system-files | tar -c --no-recursion --ignore-failed-read -T - | tar -x -C /image; \
    find /image -perm /6000 -exec chmod a-s {} +; \
    chmod 1777 /image/tmp; \
    chown 65532:65532 /image/data

FROM scratch
COPY --from=system /image/ /
COPY --from=build /fivetuple /usr/local/bin/fivetuple
USER 65532:65532
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["fivetuple", "health"]
ENTRYPOINT ["fivetuple"]
CMD ["serve", "--addr", ":8080", "--data", "/data"]
