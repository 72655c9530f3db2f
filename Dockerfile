# The service without a database of its own: see compose.yaml.
FROM node:24.21.0-bookworm-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends libvoikko1 voikko-fi \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /avoin
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force
COPY src ./src
COPY bin ./bin
COPY data ./data
RUN install -d -o node -g node /data

USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data MALLOC_ARENA_MAX=1
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: the container's stop signal reaches it without anybody in between.
CMD ["node", "--heap-growing-percent=70", "--max-semi-space-size=12", "--import", "./bin/setup/typescript.mjs", "src/main.ts"]
