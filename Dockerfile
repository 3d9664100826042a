# wakeful as a service: no shell is needed, nothing is written but to /state.
FROM node:22-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --ignore-scripts
COPY src src
COPY web web
COPY assets assets
COPY scripts scripts
RUN npm run build && npm prune --omit=dev --ignore-scripts && npm install --no-save --ignore-scripts kafkajs@2.2.4

FROM node:22-slim
WORKDIR /wakeful
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/package.json package.json
COPY assets assets
COPY models models
COPY samples samples
RUN mkdir /state && chown node:node /state
ENV STATE_DIRECTORY=/state
VOLUME /state
USER node
EXPOSE 8053
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:8053/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
