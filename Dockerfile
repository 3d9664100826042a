# wakeful as a service: no shell is needed, nothing is written but to /state.
FROM node:22-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --ignore-scripts
COPY src src
COPY assets assets
RUN npx tsc -p tsconfig.build.json && npm prune --omit=dev --ignore-scripts && npm install --no-save --ignore-scripts kafkajs@2.2.4

FROM node:22-slim
WORKDIR /wakeful
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/package.json package.json
COPY assets assets
COPY models models
RUN mkdir /state && chown node:node /state
VOLUME /state
USER node
ENTRYPOINT ["node", "dist/cli/main.js"]
