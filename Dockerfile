# syntax=docker/dockerfile:1
# Three images: `app` (the platform; the last, so it is what `docker build .` makes), `flows` (Node-RED with our nodes).
# No build step for the server: Node runs the TypeScript as it is. Only the page is built.

ARG NODE=node:24.21.0-bookworm-slim

FROM ${NODE} AS page
WORKDIR /build
COPY package.json package-lock.json ./
# Install scripts of packages are not run; what is needed of them comes as packages of its own.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE} AS packages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE} AS flow-packages
WORKDIR /build
COPY dashboards/flows/package.json dashboards/flows/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE} AS base
# The same number in every image and on every machine, so that volumes can be moved.
RUN groupadd --gid 10001 canhdong \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin canhdong \
 && install -d -o 10001 -g 10001 -m 700 /var/lib/canhdong /var/backups/canhdong /var/lib/canhdong-flows \
 && install -d -o 10001 -g 10001 -m 755 /var/cache/canhdong
WORKDIR /opt/canhdong
COPY --from=packages /build/node_modules node_modules
COPY . .
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/var/cache/canhdong \
    UV_THREADPOOL_SIZE=16 \
    MALLOC_ARENA_MAX=2
USER 10001:10001

FROM base AS flows
COPY --from=flow-packages /build/node_modules dashboards/flows/node_modules
ENV FLOWS_FOLDER=/var/lib/canhdong-flows
VOLUME /var/lib/canhdong-flows
CMD ["node", "--disable-warning=ExperimentalWarning", "dashboards/flows/start.ts"]

FROM base AS app
COPY --from=page /build/dashboards/web/dist dashboards/web/dist
# As the user who will run it: the cache of compiled code is kept by user.
RUN sh deploy/warm-up.sh
VOLUME ["/var/lib/canhdong", "/var/backups/canhdong"]
EXPOSE 8080 1883 8883
# Without a shell between, SIGTERM reaches the program.
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=4", "--v8-pool-size=1", "app/canhdong.js"]
CMD ["--config", "/etc/canhdong/canhdong.yaml", "start"]
