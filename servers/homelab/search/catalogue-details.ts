/** What people say when they mean one product and do not know its name; `names: words`, beside the categories of the other lists. */
export const DETAILS = `
  immich: google photos, icloud photos, apple photos, vacation pictures, holiday snapshots, snapshots from the phone, camera upload, face recognition, people in photos, photo backup, photo library, photo server
  photoprism: photo library, browse pictures, picture index
  nextcloud, owncloud: icloud, icloud drive, dropbox, google drive, onedrive, office documents, file cloud, shared calendar, groupware, replace google
  syncthing, resilio: same files on both, same documents on both, files on all devices, peer to peer folders, mirror folders between machines, sync laptop
  vaultwarden, bitwarden: shared credentials, family passwords, browser extension logins, emergency access, password vault, wifi password
  jellyfin, plex, emby: movie night, watch movies, film server, home cinema, stream to tv, media library, tv in the living room, hardware transcoding, netflix at home
  sonarr: sitcoms, tv shows, new episodes, series automatically, when they air, fetch episodes, download series
  radarr: new movies, film downloader, download films, movies automatically
  bazarr: subtitles, srt, captions, foreign movies, language of movies
  lidarr: new albums, download music, discography
  prowlarr, jackett: torrent sites, trackers, indexers, search torrents
  jellyseerr, overseerr, ombi: ask for a film, request movies, movie requests, suggest a show, wish list
  qbittorrent, transmission, deluge: torrents, magnet links, sharing files, seeding ratio, linux isos
  sabnzbd, nzbget: usenet, newsgroups, binaries, nzb
  gluetun: hide our ip, mask our ip, vpn provider, downloads through vpn, kill switch, mullvad, exit country, anonymous downloads
  tdarr, unmanic, fileflows: convert recordings, hevc, shrink videos, save space on movies, smaller video files
  tautulli, jellystat: who watches, play history, viewing statistics
  tubearchivist, pinchflat, metube, ytdl-sub: youtube videos, download youtube, keep youtube, channel archive
  navidrome, airsonic, gonic: record collection, mp3 collection, music in the car, spotify replacement, stream music, music player
  audiobookshelf: audio books, being read to, read aloud, podcasts, audible, bedtime stories, listen to books, harry potter
  kavita, komga: comics, graphic novels, manga, comic reader
  calibre-web, calibre, booklore: epub, ebooks, ebook shelf, send to kindle, e-reader, digital books
  paperless, paperless-ngx: letters, scanned letters, digitize letters, insurance papers, tax papers, filing cabinet, scan documents, ocr, receipts, paperless office, document archive
  stirling-pdf: join pdf, merge pages, split pages, one pdf file, compress pdf, sign pdf
  mealie, tandoor: recipes, what to cook, what can we cook, dinner plan, meal plan, cookbook, cooking tonight
  grocy: pantry, groceries, best before, expiry dates, fridge content, household stock
  firefly, firefly-iii, actual, actualbudget: salary, bank account, where does the money go, household budget, spending, savings
  wallos: subscriptions, monthly bills, recurring payments, netflix bill, renewals
  vikunja, planka, wekan: to-do list, reminders, chores, kanban board, task list, shopping list
  bookstack, wikijs, outline, dokuwiki: wiki, handbook, internal documentation, manuals, knowledge base
  memos, joplin, trilium, obsidian: jot down, quick notes, diary, note taking, scribble
  freshrss, miniflux, tt-rss: rss, news feeds, subscribe to blogs, news reader, headlines
  linkwarden, karakeep, linkding, wallabag: bookmarks, read later, interesting articles, save articles, saved links, stash links
  changedetection: back in stock, price changes, website changed, watch a page, notify when a page changes
  searxng: private google, google alternative, web search, look things up, search the internet, without tracking, metasearch
  radicale, baikal: birthdays, appointments, address book, phone calendar, contacts on all devices, caldav
  homebox: which box, attic boxes, belongings, where did i put, home inventory, warranty papers
  pairdrop, snapdrop, localsend: airdrop, picture from phone to pc, send to the computer, file to another device nearby
  filebrowser: web file manager, browse files, files in the browser
  shlink, yourls: short links, tiny urls, shorten a link
  gitea, forgejo, gitlab: pull requests, repositories, own github, code hosting, push code, git server, issues and merge requests
  woodpecker, drone, jenkins, gitea-runner, forgejo-runner: compile on push, build pipeline, ci jobs, run tests on commit
  registry, harbor, zot: own docker hub, push images, container images of our own, image registry
  renovate, dependabot: dependency updates, version bumps, update pull requests, automatic image upgrades
  watchtower, diun, wud: automatic container updates, automatic image upgrades, new image, outdated images
  code-server: code in the browser, vs code on the tablet, write code, web ide
  n8n, node-red, huginn: glue services together, triggers, if this then that, automation flows, zapier
  minio, garage: s3, buckets, aws style storage, object store
  ollama, localai: chatbot offline, local ai, language model at home, own chatgpt, run models
  open-webui, librechat: chatgpt page, chat with ai, ask a chatbot, ai chat page
  comfyui, automatic1111: stable diffusion, image generation, generate pictures
  adminer, phpmyadmin, pgadmin, cloudbeaver, dbgate: look into the database, poke at tables, sql in the browser, edit rows, mysql tables, database gui
  guacamole: rdp in the browser, remote desktop, vnc in the browser, ssh in the browser
  rustdesk, meshcentral: remote help, help my parents, remote support, control another computer, teamviewer, mum's computer
  homeassistant, openhab, iobroker: turn the lights off, lights, smart devices, scenes, house automation, blinds, heating control, smart plugs, home control
  zigbee2mqtt, deconz: ikea bulbs, zigbee stick, zigbee coordinator, bulbs and door sensors, mesh of sensors
  mosquitto, emqx: mqtt, messages of sensors, pub sub, broker
  esphome, tasmota: self made sensors, esp boards, flash firmware, d1 mini
  frigate, zoneminder, shinobi, motioneye: rang the bell, front door camera, doorbell, video surveillance, person detection, camera recordings, security cameras, cctv, yard cameras
  evcc: wallbox, photovoltaics, charge the car, solar surplus, pv charging
  teslamate: tesla, how far did the car drive, battery of the car, trips
  lubelogger: oil change, car service, fuel log, vehicle maintenance
  octoprint, klipper, mainsail: 3d printer, plastic parts, print jobs, filament
  unifi, omada: access points, ssid, wifi controller, wifi access point controller, wireless clients, switch ports
  netbox, phpipam: which ip addresses are taken, free address, ip plan, rack plan, cable plan, network documentation
  netalertx, pialert, watchyourlan: unknown device, intruder on wifi, new devices, who is on my network
  speedtest-tracker, librespeed, myspeed: megabits, isp speed, internet speed, provider keeps its promise, bandwidth test
  smokeping: packet loss, latency, ping times, jitter over time
  netbootxyz: boot an installer, pxe, install over the network
  upsnap, wakeonlan: wake a computer, wake up my desktop, turn on a pc remotely, power on from afar
  nut, apcupsd: power cut, blackout, mains failure, ups, shut down on battery, power outage
  chrony, ntp: clock, time server, out of sync, exact time
  prometheus, victoriametrics, influxdb: metrics store, time series, collected metrics, scrape targets
  grafana: charts, pretty charts, graphs, panels, dashboards, visualise
  alertmanager: route alarms, alert routing, who gets the alert, silences, sends the alarm
  loki, graylog, elasticsearch, opensearch, victorialogs: all logs, grep logs, log search, central logs, log aggregation, log storage
  promtail, alloy, fluent-bit, vector, filebeat: ship logs, log shipper, collect logs, log agent
  dozzle: tail a container, live container logs, follow logs, logs in the browser
  uptime-kuma, gatus, statping: is the site up, website reachable, status page, uptime, site monitor, outage page
  healthchecks: did the job run, backup did not report, missed cron, dead man's switch, cron watch, job report
  scrutiny: disk about to die, failing disk, smart values, disk health, hard drive failure, bad sectors
  beszel, netdata, glances, checkmk, zabbix, librenms: server load, host monitoring, cpu and ram of the machines, resource usage, server statistics
  cadvisor: container metrics, container cpu
  ntfy, gotify, pushover, apprise: message on my phone, push messages, phone notification, notification when something breaks
  homepage, homarr, dashy, heimdall, homer, glance: landing page, start page, all links, links to apps, portal, browser start page
  portainer, dockge, komodo, yacht, arcane: docker gui, gui for docker, manage containers, container web interface, start and stop stacks, web ui for stacks
  traefik, caddy, nginx, haproxy, swag, nginx-proxy-manager: https for apps, terminates tls, https, hostnames, virtual hosts, subdomains, entry point, web entry, route requests, certificates for websites
  authentik, authelia, keycloak, zitadel, pocket-id: identity provider, single login, one login, login page, who may log in, forgot their login, accounts for users, two factor, sso
  lldap, openldap, freeipa: user directory, groups, directory of users
  crowdsec, fail2ban: brute force, attackers, ban ips, hackers, intrusion, block bad ips
  cloudflared, pangolin, frp, rathole: without a public ip, no open ports, publish a site, behind cgnat, tunnel to the internet
  ddclient, ddns-updater, inadyn, cloudflare-ddns: new address from the provider, changing address, update the dns record, dynamic ip, provider changes our ip
  wireguard, wg-easy, tailscale, headscale, openvpn, netbird, zerotier: from the airport, from a hotel, on the road, reach the nas from outside, laptop outside, get home from abroad, phone on mobile data, access from anywhere
  pihole, adguardhome, adguard, blocky, technitium: commercials, stop ads, ads on the tv, ad blocker, dns server of the house, block trackers, block domains, dns filter
  unbound: recursive resolver, root servers, own resolver
  restic, borg, kopia, duplicati, backrest, borgmatic, duplicacy, urbackup: encrypted snapshots, backup to the cloud, offsite copy, nightly backup, restore files, deduplication
  urbackup, veeam: windows image backup, image backup, backup of windows clients
  proxmox-backup-server, pbs: vm backup, backup of virtual machines, container backup
  velero, k8up, volsync: cluster backup, backup of volumes
  rclone: copy to the cloud, cloud remote, google drive copy, onedrive copy, bucket copy
  samba, nfs: drive letter, map a drive, windows share, network drive, file share, mount the nas
  plausible, umami, matomo, goatcounter: how many people visit, how many people read, visitors, page views, traffic of the website
  ghost, wordpress, hugo: blog, posts, publish my writing, articles, website
  mailserver, docker-mailserver, mailcow, mailu, stalwart: smtp and imap, own mail, mailboxes, mail server, email accounts
  listmonk, mautic: newsletter, subscriber list, mail everybody
  synapse, matrix, element, mattermost, rocketchat, conduit, zulip: own messenger, group chat, chat server, encrypted messages, whatsapp replacement
  mumble, teamspeak: talk to friends, voice while playing, voice during games, headset, discord replacement
  jitsi: video call, video meeting, zoom replacement, videoconference, call with granny
  minecraft, crafty: creeper, redstone, block world, whitelist of players, kids game server
  valheim: viking, norse, coop survival
  romm, emulatorjs: super nintendo, retro games, roms, old consoles, game boy
  steam-headless, sunshine, wolf: stream games, play pc games on tv
  dawarich, owntracks, traccar: google timeline, where have i been, location history, gps tracker, phone location
  wger, endurain, fittrackee: gym, workouts, training log, exercise
  gramps, webtrees: ancestors, family tree, genealogy
  monica: friends' birthdays, remember people, relationships
  tika, gotenberg: convert office files, extract text
  postgres, mariadb, mysql: database server, sql database
  redis, valkey: cache, key value store, sessions
  vault, sops, infisical, openbao: secrets, api keys, encrypted secrets
  cert-manager, step-ca, acme-sh, certbot, letsencrypt: certificates, renew certificates, tls certificates, own ca
  metallb, keepalived, kube-vip: floating ip, virtual ip, load balancer address, failover address
  longhorn, rook, ceph, openebs: replicated volumes, cluster storage, persistent volumes
  argocd, flux, fluxcd: gitops, deploy from git, sync cluster with git
  ansible, semaphore, awx: configure servers, playbooks, configuration management
  opnsense, pfsense, openwrt, mikrotik, vyos: router, firewall rules, gateway of the house, port forwarding
  truenas, openmediavault, unraid, synology, qnap: nas, storage box, file server, disks and pools
  proxmox, esxi, xcp-ng: hypervisor, virtual machines, vm host
  invidious, piped: watch youtube without ads, youtube without tracking
  libretranslate: translate text, translation
  languagetool: grammar check, spelling check
  snipe-it: asset tags, company hardware
  excalidraw: sketch, whiteboard, drawing
  privatebin: share a password once, paste text, self destructing note
  filestash, sftpgo, sftp: upload by ftp, sftp access
  cups: print from anywhere, print server, shared printer
  scanservjs: scan in the browser, scanner in the network
  octoprint, obico: watch a print
  traggo, kimai, wakapi: time tracking, hours worked, timesheet
  invoiceninja: invoices to customers, quotes, billing
  calcom, rallly: find a date, appointment booking, poll for a date
`;
