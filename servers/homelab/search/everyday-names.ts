/** Names of products that are also everyday words: they count as the product in a path, a title or an image, not in running text. */
export const EVERYDAY_NAMES = `
actual, amp, ark, arc, beats, bind, board, bookshelf, broadcast, cache, channel, chef, chrome, chroma, conduit,
continue, copy, cortex, crafty, cup, cups, dash, davis, deluge, dex, dim, distribution, documents, dragonfly, drop,
drone, element, envoy, ergo, fathom, feed, fleet, flame, flood, flow, flux, focal, forge, fusion, garage, garmin,
ghost, glance, glances, grav, gravity, harbor, harvester, headphones, helm, homepage, homer, hugo, hydra, jump, kind,
kitchen, knot, kong, lens, link, mail, mango, matrix, maybe, memos, mimir, mirror, modem, monica, monit, nebula, newt,
nexus, nomad, nut, obsidian, omnivore, outline, pelican, phase, piper, plane, play, plausible, polaris, pulse, puppet,
radio, raid, reader, recipes, redirect, registry, remotely, renovate, rook, router, rust, salt, send, sentry, seq,
share, shelf, shelly, shepherd, sink, smart, snapper, sonic, stash, steam, stump, sunshine, sure, swarm, swag, talk,
telegram, tempo, tesla, timer, transmission, traces, trip, tunnel, unison, vault, vector, vigil, wanderer, webdav,
whisper, wings, wolf, zone
`;
