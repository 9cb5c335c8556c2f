#!/bin/sh
# Starts the platform once, on free ports and an empty folder, and stops it as soon as it runs: what Node compiles on the way stays in
# NODE_COMPILE_CACHE, or with the packages, and the first start is as quick as the second. Run from the project's root, by
# `npm ci` and by the image's build.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf 'data: %s/data\nbroker: { mqttPort: 0 }\nhttp: { port: 0 }\n' "$folder" >"$folder/canhdong.yaml"

node --disable-warning=ExperimentalWarning --max-semi-space-size=4 --v8-pool-size=1 app/canhdong.js \
  --config "$folder/canhdong.yaml" start >"$folder/out" 2>&1 &
server=$!

tries=0
until [ -f "$folder/data/server.json" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 600 ] || ! kill -0 "$server" 2>/dev/null; then
    cat "$folder/out" >&2
    echo "the platform did not start" >&2
    exit 1
  fi
  sleep 0.1
done
kill -TERM "$server"
wait "$server"
[ -n "$(ls "${NODE_COMPILE_CACHE:-node_modules/.cache/canhdong}")" ]
