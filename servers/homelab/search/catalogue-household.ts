/** Products people host for themselves and their household: a category's words on a flush line, then `name, alias, alias: own words`. */
export const HOUSEHOLD = `
photo, picture, image gallery, album, camera roll, snapshot, family pictures, phone pictures, media library
  immich, immich-server, immich-machine-learning: face recognition, mobile backup, selfie, phone upload
  photoprism, librephotos, lychee, piwigo, pigallery2, photoview, ente, chevereto, damselfly, nextcloud-memories
  icloudpd: apple icloud download
film, movie, video, tv, television, watch, stream, streaming, media server, cinema, couch, living room
  jellyfin, jellyfin-vue, jellyswarrm: watch party
  plex, plexmediaserver, pms
  emby, emby-server
  kodi, stash, stremio, olaris, streamyfin
  tautulli, jellystat, streamystats: watch statistics, who watched, viewing history
  tdarr, fileflows, unmanic, handbrake: transcode, re-encode, convert, compress, codec, h265, hevc
  jellyseerr, overseerr, ombi, seerr, petio, requestrr: request, wish list, ask for, request portal
  kometa, plex-meta-manager, posterizarr, titlecardmaker: poster, collection, artwork
  maintainerr, janitorr: clean up, delete watched, remove unwatched
  threadfin, xteve, tvheadend, dispatcharr, ersatztv, tunarr, iptv: iptv, live tv, channels, antenna
series, show, episode, season, grab, download automatically, new release
  sonarr: tv series, tv shows, episodes
  radarr: movies, films
  bazarr: subtitles, captions, srt
  lidarr, headphones: albums, artists, discography
  readarr, lazylibrarian, bookshelf, chaptarr: books, ebooks, authors
  whisparr, mylar, mylar3, kapowarr: comics, issues
  prowlarr, jackett, nzbhydra2, hydra2: indexer, tracker, search torrents, search sources
  recyclarr, profilarr, configarr, notifiarr, unpackerr, autobrr, cross-seed, decluttarr, huntarr, buildarr: quality profiles, custom formats, unpack
  flaresolverr, byparr: captcha, cloudflare challenge
  pinchflat, ytdl-sub, metube, youtube-dl, yt-dlp, ytdlp, youtubedl, tubearchivist, tube-archivist: youtube, channel, save videos, clips
torrent, torrents, download client, downloader, p2p, seed, seeding, leech, peers
  qbittorrent, qbit, qbittorrentvpn, qbittorrent-nox, qui, vuetorrent
  transmission, transmission-openvpn, deluge, rtorrent, rutorrent, flood, aria2, ariang, jdownloader, jdownloader-2, pyload
  sabnzbd, sab, nzbget, nzbdav: usenet, nzb, newsgroups
  slskd, soulseek, soularr, nicotine: music sharing
  rdtclient, decypharr, zurg, debrid: debrid, real-debrid
music, song, audio, playlist, listen, album, sound, speaker
  navidrome, airsonic, airsonic-advanced, gonic, funkwhale, ampache, koel, subsonic, polaris, swing-music, mstream
  snapcast, mopidy, mpd, music-assistant, owntone, forked-daapd, shairport-sync, librespot, roon, logitech-media-server, lyrion: multi room, airplay, hifi, speakers
  beets, picard, musicbrainz, lidify, spotdl, deemix, multi-scrobbler, maloja, your-spotify, koito: tag, scrobble, listening history
  azuracast, icecast: radio station, broadcast
book, ebook, e-book, reading, novel, library, kindle, epub
  calibre, calibre-web, calibre-web-automated, cwa, booklore, kavita, ubooquity, openbooks, shelfmark: reader
  komga, tachidesk, suwayomi, kaizoku, mango: comics, manga
  audiobookshelf, booksonic: audiobook, audio book, podcast, narrated
  podgrab, podfetch, pinepods, antennapod: podcast
document, paper, scan, scanned, letter, invoice, receipt, ocr, paperwork, filing, pdf, tax
  paperless, paperless-ngx, paperless-ng, paperless-webserver, paperless-ai, paperless-gpt, papra, docspell, mayan, mayan-edms, teedy
  stirling-pdf, stirlingpdf, bentopdf: merge pdf, split pdf, edit pdf, convert
  gotenberg, tika, apache-tika: convert, extract text
  scanservjs, docuseal, documenso, opensign: scanner, sign, signature, esign
note, notes, wiki, knowledge base, write down, markdown, notebook, documentation
  bookstack, wikijs, wiki-js, outline, dokuwiki, mediawiki, xwiki, docmost, gollum, otterwiki, mkdocs, docusaurus, silverbullet, affine, appflowy, siyuan
  joplin, joplin-server, trilium, triliumnext, obsidian, obsidian-livesync, couchdb-livesync, memos, standardnotes, flatnotes, hedgedoc, etherpad, notesnook, blinko, anytype, logseq: notes sync
  excalidraw, drawio, draw-io: whiteboard, draw, diagram, sketch
recipe, cook, cooking, meal, dinner, kitchen, food, ingredient, shopping list, eat
  mealie, tandoor, grocy, kitchenowl, recipesage, cookcli, cooklang, barcodebuddy, specifically-clementines: groceries, pantry, shopping list, household
money, budget, finance, bank, spending, expense, bill, accounting, savings
  firefly, firefly-iii, fireflyiii, firefly-importer, actual, actualbudget, actual-budget, actual-server, ghostfolio, ezbookkeeping, wallos, invoiceninja, invoice-ninja, akaunting, kresus, splitpro, spliit: subscriptions, invoice, stocks, split bills
task, todo, to-do, chore, project, kanban, plan, ticket
  vikunja, planka, wekan, kanboard, focalboard, leantime, taskwarrior, nocodb, baserow, donetick, tududi, super-productivity, focalboard, redmine, openproject, glpi: board, reminders
  calcom, rallly, cal-com, easyappointments: appointment, booking, poll, schedule meeting
calendar, contact, contacts, address book, appointment, birthday, caldav, carddav, phone sync
  radicale, baikal, davis, xandikos, sabre, davx5, monica: personal
link, bookmark, read later, save article, url
  linkwarden, linkding, karakeep, hoarder, shiori, wallabag, readeck, omnivore, linkace, shaarli, archivebox, archive-box, pinry: archive web pages, favourites, article
  shlink, yourls, kutt, chhoto, chhoto-url, sink: short url, short link, shorten, redirect
news, rss, feed, blog, headlines, subscribe, article
  freshrss, miniflux, tt-rss, ttrss, rsshub, rss-bridge, rssbridge, commafeed, yarr, feedbin, fivefilters, full-text-rss, fusion, glance-rss
  ghost, wordpress, hugo, jekyll, writefreely, grav, joomla, drupal, strapi, directus, nginx-static, publii: blog, website, web page, cms
smart home, home automation, light, lamp, switch, sensor, thermostat, heating, blinds, automation, domotica
  homeassistant, home-assistant, hass, hassio, haos, ha: scene, dashboard, voice assistant
  openhab, domoticz, iobroker, fhem, homebridge, scrypted, hoobs, matterbridge, matter-server, otbr, appdaemon: homekit, apple home, matter, thread
  zigbee2mqtt, z2m, deconz, zha: zigbee, dongle, coordinator, bulb, pairing
  zwave-js, zwavejs, zwave-js-ui, zwavejs2mqtt, openzwave: z-wave, stick
  mosquitto, emqx, mqtt, mqttx, hivemq, vernemq, rabbitmq, nats, kafka, redpanda: message broker, publish, message queue, messages, broker
  esphome, tasmota, tasmoadmin, tasmobackup, wled, espeasy: microcontroller, esp32, esp8266, firmware, flash
  node-red, nodered, n8n, huginn, activepieces, windmill, kestra, automatisch, flowise, airflow, ifttt: flow, workflow, automate, glue
  whisper, faster-whisper, wyoming, piper, openwakeword, rhasspy, willow: voice, speech, microphone, talk
  evcc, solaranzeige, emoncms, openems, powerwall-dashboard, tesla, teslamate, lubelogger, ha-energy, solar-assistant, growatt, opendtu, evse: car, electric vehicle, charging, solar, energy, battery, electricity, mileage, vehicle, fuel
  rtl_433, rtl433, rtlamr2mqtt, room-assistant, espresense, ble, theengs: radio, presence, weather station, meter
camera, cctv, nvr, surveillance, doorbell, recording, motion, security camera, footage, driveway
  frigate, frigate-nvr, shinobi, zoneminder, motioneye, blueiris, agentdvr, go2rtc, mediamtx, double-take, doubletake, compreface, viseron, unifi-protect, codeproject: object detection, coral, rtsp, person detection
game, gaming, play, minecraft, server for kids, world, multiplayer
  minecraft, minecraft-server, itzg, bedrock, crafty, mcsmanager, pterodactyl, wings, pelican, valheim, factorio, terraria, satisfactory, palworld, ark, zomboid, enshrouded, sevendaystodie, vrising, linuxgsm, csgo, cs2, necesse
  romm, emulatorjs, retronas, gaseous, sunshine, moonlight, steam, steam-headless, gamevault, playnite, drop: roms, retro, emulator, stream games
health, fitness, sport, running, weight, workout, baby, pet, plant
  wger, fittrackee, endurain, workout-tracker, garmin, healthchecks-body, babybuddy, sparkyfitness, openscale, statistics-for-strava: training, exercise
family, genealogy, location, travel, map, gps
  gramps, gramps-web, webtrees: family tree, ancestors
  owntracks, traccar, dawarich, adventurelog, wanderer, nominatim, tileserver, openstreetmap, osrm, valhalla, surmai, reitti: track, where was i, location history, route
print, printer, 3d
  octoprint, klipper, moonraker, mainsail, fluidd, spoolman, manyfold, obico, bambuddy, orcaslicer: 3d printer, filament, slicer
  cups, cupsd, airprint: printer, print
inventory, stuff, belongings, warranty, storage boxes, things
  homebox, snipe-it, snipeit, partdb, part-db, inventree, itemdb, warracker: asset, items, parts
`;
