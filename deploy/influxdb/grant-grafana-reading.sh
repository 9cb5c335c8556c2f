#!/bin/bash
# Run once by the image of InfluxDB, when it sets itself up: Grafana may read the bucket, and nothing else. It asks in InfluxQL, as
# a user of the 1.x interface; the bucket answers there under its own name.
set -euo pipefail

# Where the server is while it sets itself up, and with which rights, is in the image's own configuration of this command.
influx v1 auth create \
  --org "$DOCKER_INFLUXDB_INIT_ORG" \
  --username grafana \
  --password "$(cat /run/secrets/grafana-influx-password)" \
  --read-bucket "$DOCKER_INFLUXDB_INIT_BUCKET_ID" \
  --description "Grafana, reading"
