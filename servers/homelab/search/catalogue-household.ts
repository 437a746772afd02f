/** Products people host for themselves and their household: a category's words on a flush line, then `name, alias, alias: own words`. */
export const HOUSEHOLD = `
photo, picture, image gallery, album, camera roll, holiday pictures, google photos, icloud photos, memories, selfie, gallery, jpeg, raw files
  immich, immich-server, immich-machine-learning: face recognition, mobile backup, selfie, phone upload
  photoprism, librephotos, lychee, piwigo, pigallery2, photoview, ente, chevereto, damselfly, nextcloud-memories
  icloudpd: apple icloud download
film, movie, video, tv, television, watch, stream, streaming, media server, cinema, couch, living room, netflix, chromecast, fire stick, apple tv, dvd, blu-ray, evening
  jellyfin, jellyfin-vue, jellyswarrm: watch party
  plex, plexmediaserver, pms
  emby, emby-server
  kodi, stash, stremio, olaris, streamyfin
  kometa, plex-meta-manager, posterizarr, titlecardmaker: poster, collection, artwork
  maintainerr, janitorr: clean up, delete watched, remove unwatched
series, show, episode, season, grab, download automatically, new release
  sonarr: tv series, tv shows, episodes
  radarr: movies, films
  bazarr: subtitles, captions, srt, language, translated
  lidarr, headphones: albums, artists, discography, new albums
  readarr, lazylibrarian, bookshelf, chaptarr: books, ebooks, authors
  whisparr, mylar, mylar3, kapowarr: comics, issues
  recyclarr, profilarr, configarr, notifiarr, unpackerr, autobrr, cross-seed, decluttarr, huntarr, buildarr: quality profiles, custom formats, unpack
  flaresolverr, byparr: captcha, cloudflare challenge
torrent, torrents, bittorrent, download client, downloader, download, p2p, seed, seeding, leech, peers, magnet link, linux isos
  qbittorrent, qbit, qbittorrentvpn, qbittorrent-nox, qui, vuetorrent
  transmission, transmission-openvpn, deluge, rtorrent, rutorrent, flood, aria2, ariang, jdownloader, jdownloader-2, pyload
  slskd, soulseek, soularr, nicotine: music sharing
  rdtclient, decypharr, zurg, debrid: debrid, real-debrid
music, song, audio, playlist, listen, album, sound, speaker, spotify, mp3, flac, tunes, stream music, record collection, radio
  navidrome, airsonic, airsonic-advanced, gonic, funkwhale, ampache, koel, subsonic, polaris, swing-music, mstream
  snapcast, mopidy, mpd, music-assistant, owntone, forked-daapd, shairport-sync, librespot, roon, logitech-media-server, lyrion: multi room, airplay, hifi, speakers
  beets, picard, musicbrainz, lidify, spotdl, deemix, multi-scrobbler, maloja, your-spotify, koito: tag, scrobble, listening history
  azuracast, icecast: radio station, broadcast
book, ebook, e-book, reading, read, novel, library, kindle, epub, e-reader, kobo
  calibre, calibre-web, calibre-web-automated, cwa, booklore, kavita, ubooquity, openbooks, shelfmark: reader, ebook library
document, paper, scan, scanned, letter, invoice, receipt, ocr, paperwork, filing, pdf, tax, contracts, bills, post, correspondence, insurance
  paperless, paperless-ngx, paperless-ng, paperless-webserver, paperless-ai, paperless-gpt, papra, docspell, mayan, mayan-edms, teedy
  gotenberg, tika, apache-tika: convert, extract text
  scanservjs, docuseal, documenso, opensign: scanner, sign, signature, esign
note, notes, wiki, knowledge base, write down, notebook, documentation, notion, evernote, confluence, manual, handbook, onenote
  bookstack, wikijs, wiki-js, outline, dokuwiki, mediawiki, xwiki, docmost, gollum, otterwiki, mkdocs, docusaurus, silverbullet, affine, appflowy, siyuan
  joplin, joplin-server, trilium, triliumnext, obsidian, obsidian-livesync, couchdb-livesync, memos, standardnotes, flatnotes, hedgedoc, etherpad, notesnook, blinko, anytype, logseq: notes sync, quick notes, jot, memo, diary
recipe, cook, cooking, meal, dinner, kitchen, food, ingredient, shopping list, eat, bake, lunch, menu, plan meals
  mealie, tandoor, grocy, kitchenowl, recipesage, cookcli, cooklang, barcodebuddy, specifically-clementines: groceries, pantry, shopping list, household, supplies, fridge, supermarket, expiry of food, chores
money, budget, finance, bank, spending, expense, bill, accounting, savings, salary, transactions, pay, wealth, ledger, household costs
  firefly, firefly-iii, fireflyiii, firefly-importer, actual, actualbudget, actual-budget, actual-server, ghostfolio, ezbookkeeping, wallos, invoiceninja, invoice-ninja, akaunting, kresus, splitpro, spliit: subscriptions, subscription, monthly payments, invoice, stocks, shares, portfolio, split bills
task, todo, to-do, to do list, chore, project, kanban, ticket, trello, asana, reminders, planning board
  vikunja, planka, wekan, kanboard, focalboard, leantime, taskwarrior, nocodb, baserow, donetick, tududi, super-productivity, focalboard, redmine, openproject, glpi: board, reminders
  calcom, rallly, cal-com, easyappointments: appointment, booking, poll, schedule meeting
calendar, contact, contacts, address book, appointment, birthday, caldav, carddav, phone sync, google calendar, events, friends
  radicale, baikal, davis, xandikos, sabre, davx5, monica: personal
link, bookmark, read later, save article, save links, pocket, instapaper, favourites, web clippings
  linkwarden, linkding, karakeep, hoarder, shiori, wallabag, readeck, omnivore, linkace, shaarli, archivebox, archive-box, pinry: archive web pages, favourites, article
news, rss, feed, blog, headlines, subscribe, article, feedly, atom, newspaper, news reader
  freshrss, miniflux, tt-rss, ttrss, rsshub, rss-bridge, rssbridge, commafeed, yarr, feedbin, fivefilters, full-text-rss, fusion, glance-rss
smart home, home automation, light, lights, lamp, bulb, switch, sensor, thermostat, heating, blinds, motion sensor, automation, domotica, iot, gadgets, alexa, google home, hue, garage door, washing machine, radiator, plug, smart plug
  homeassistant, home-assistant, hass, hassio, haos, ha: scene, dashboard, voice assistant
  openhab, domoticz, iobroker, fhem, homebridge, scrypted, hoobs, matterbridge, matter-server, otbr, appdaemon: homekit, apple home, matter, thread
  zwave-js, zwavejs, zwave-js-ui, zwavejs2mqtt, openzwave: z-wave, stick
  rtl_433, rtl433, rtlamr2mqtt, room-assistant, espresense, ble, theengs: radio, presence, weather station, meter
camera, cctv, nvr, surveillance, doorbell, recording, motion, security camera, footage, driveway, burglar, ring, video of the garden, intruder, front door
  frigate, frigate-nvr, shinobi, zoneminder, motioneye, blueiris, agentdvr, go2rtc, mediamtx, double-take, doubletake, compreface, viseron, unifi-protect, codeproject: object detection, coral, rtsp, person detection
game, gaming, play, multiplayer, game server, friends online, kids play, world save
  minecraft, minecraft-server, papermc, itzg, bedrock, crafty, mcsmanager, pterodactyl, wings, pelican, valheim, factorio, terraria, satisfactory, palworld, ark, zomboid, enshrouded, sevendaystodie, vrising, linuxgsm, csgo, cs2, necesse
health, fitness, sport, weight, workout, gym, exercise, training, calories, baby, pet, plant, strava
  wger, fittrackee, endurain, workout-tracker, garmin, healthchecks-body, babybuddy, sparkyfitness, openscale, statistics-for-strava: training, exercise
location, travel, trip, map, gps, places, holiday, vacation, navigation
  owntracks, traccar, dawarich, adventurelog, wanderer, nominatim, tileserver, openstreetmap, osrm, valhalla, surmai, reitti: track, where was i, location history, route, where have i been, google timeline, phone position
print, printer, 3d
  octoprint, klipper, moonraker, mainsail, fluidd, spoolman, manyfold, obico, bambuddy, orcaslicer: 3d printer, filament, slicer
  cups, cupsd, airprint: printer, print
inventory, stuff, belongings, possessions, warranty, storage boxes, things, attic, serial numbers, household items
  homebox, snipe-it, snipeit, partdb, part-db, inventree, itemdb, warracker: asset, items, parts, home inventory
request, wish list, ask for, request portal, ask for a film, request movies, request films, suggest
  jellyseerr, overseerr, ombi, seerr, petio, requestrr
transcode, re-encode, convert video, compress, codec, h265, hevc, shrink video, smaller files
  tdarr, fileflows, unmanic, handbrake
watch statistics, who watched, viewing history, watched, most watched, plex statistics
  tautulli, jellystat, streamystats
iptv, live tv, channels, antenna, broadcast
  threadfin, xteve, tvheadend, dispatcharr, ersatztv, tunarr, iptv
indexer, indexers, tracker, search torrents, search sources
  prowlarr, jackett, nzbhydra2, hydra2
youtube, youtube channel, youtube videos, save videos, clips, vimeo
  pinchflat, ytdl-sub, metube, youtube-dl, yt-dlp, ytdlp, youtubedl, tubearchivist, tube-archivist
usenet, nzb, newsgroups, downloader, download
  sabnzbd, sab, nzbget, nzbdav
audiobook, audio book, audio books, podcast, narrated, audible, listen to books
  audiobookshelf, booksonic
comics, comic, manga, graphic novels
  komga, tachidesk, suwayomi, kaizoku, mango
podcast, podcasts, episodes
  podgrab, podfetch, pinepods, antennapod
pdf, merge pdf, split pdf, edit pdf, combine pdf, rotate pages, convert pdf
  stirling-pdf, stirlingpdf, bentopdf
short url, short urls, short link, shorten, short links, tiny url, bitly, redirect
  shlink, yourls, kutt, chhoto, chhoto-url, sink
blog, website, web page, cms, blogging, posts, publish, personal site
  ghost, wordpress, hugo, jekyll, writefreely, grav, joomla, drupal, strapi, directus, nginx-static, publii
zigbee, dongle, usb stick, coordinator, bulb, bulbs, pairing, remotes, door sensors, aqara, ikea
  zigbee2mqtt, z2m, deconz, zha
message broker, publish, message queue, messages, broker, mqtt, mqtt broker, pub sub, event bus, topics
  mosquitto, emqx, mqtt, mqttx, hivemq, vernemq, rabbitmq, nats, kafka, redpanda
microcontroller, esp32, esp8266, firmware, flash, boards, led strip
  esphome, tasmota, tasmoadmin, tasmobackup, wled, espeasy
flow, flows, workflow, automate, zapier, ifttt, triggers, integrations, workflow automation
  node-red, nodered, n8n, huginn, activepieces, windmill, kestra, automatisch, flowise, airflow, ifttt
voice, voice assistant, speech, microphone, speech to text
  whisper, faster-whisper, wyoming, piper, openwakeword, rhasspy, willow
car, electric car, electric vehicle, ev, charging, wallbox, solar, solar power, photovoltaic, pv, energy, battery, electricity, mileage, vehicle, fuel, tesla, maintenance of the car
  evcc, solaranzeige, emoncms, openems, powerwall-dashboard, tesla, teslamate, lubelogger, ha-energy, solar-assistant, growatt, opendtu, evse
roms, retro, emulator, stream games, console, retro console, nintendo, playstation, remote play
  romm, emulatorjs, retronas, gaseous, sunshine, moonlight, steam, steam-headless, gamevault, playnite, drop
family tree, ancestors, grandparents, genealogy, relatives
  gramps, gramps-web, webtrees
whiteboard, draw, diagram, sketch
  excalidraw, drawio, draw-io
`;
