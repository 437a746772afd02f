/** Products that keep a lab running, in the form of the household's list. */
export const OPERATIONS = `
backup, back up, copy, restore, snapshot, archive, offsite, off-site, recover, recovery, disaster, lost data, deleted, ransomware
  restic, resticker, restic-rest-server, rest-server, backrest, resticprofile, autorestic, rustic
  borg, borgmatic, borgbackup, borgbase, vorta, borgwarehouse
  kopia, duplicati, duplicacy, duplicity, bacula, bareos, urbackup, zerobyte, velero, k8up, volsync, proxmox-backup-server, pbs, veeam, kasten, longhorn-backup, vzdump, timeshift, snapper, rsnapshot
  zfs-autobackup, sanoid, syncoid, znapzend, pyznap, zrepl, btrbk, hyper-backup: snapshots, replicate, replication
  docker-volume-backup, offen, volumerize, db-backup, pgbackrest, pgbackweb, barman, wal-g, pg_dump, pgdump, mysqldump, automysqlbackup, postgres-backup, postgres-backup-local: database dump
reverse proxy, proxy, ingress, web entry, virtual host, subdomain, routing, tls termination, https, http, web traffic, url, expose, publish a service, entry point, web server, forward requests, port 443, redirect
  traefik, traefik-kop
  caddy, caddy-docker-proxy
  nginx, swag, nginx-proxy-manager, npm, npmplus, nginxproxymanager, nginx-proxy, ingress-nginx, openresty, haproxy, envoy, envoy-gateway, istio, zoraxy, bunkerweb, apache, httpd, pomerium, kong, goproxy, sablier, safeline
certificate, tls, ssl, https, padlock, renew, expire, expiry, trusted
  letsencrypt, acme, acme-sh, certbot, cert-manager, step-ca, smallstep, certwarden, certimate, mkcert, cfssl, easyrsa, pki, acmesh
vpn, remote access, tunnel, from outside, away from home, on the road, phone access, travel, hotel, abroad, connect from, reach home, outside the house, home network from, mesh network, roaming, road warrior
  wireguard, wg, wg-easy, wgeasy, wg-quick, wireguard-ui, wg-access-server, firezone, amneziawg
  tailscale, headscale, headplane, netbird, zerotier, nebula, netmaker, twingate, openziti, innernet
  openvpn, strongswan, ipsec, softether, pritunl, algo, xray, v2ray, shadowsocks, outline-vpn, cloudflare-warp
ad blocking, ad blocker, ads, adblock, block advertising, advertising, adverts, advertisement, banners, dns, name resolution, resolver, name server, nameserver, resolve names, tracking, tracker domains, blocklist, local names, domain names, malicious sites, parental control, lookup
  pihole, pi-hole, ftl, gravity, orbital-sync, nebula-sync, gravity-sync
  adguard, adguardhome, adguard-home, agh, adguardhome-sync
  blocky, technitium, unbound, bind, bind9, coredns, powerdns, pdns, dnsmasq, dnscrypt-proxy, knot, dnsdist, stubby, cloudflared-dns, external-dns, k8s-gateway, ctrld, nextdns, netboot-dns, octodns
router, firewall, gateway, wifi, wireless, access point, access points, ssid, switch, dhcp, vlan, subnet, ethernet, mesh, guest network, modem, isp
  opnsense, pfsense, openwrt, mikrotik, routeros, vyos, ubiquiti, unifi, unifi-controller, unifi-network-application, omada, omada-controller, edgerouter, fritzbox, unpoller, tplink, ipfire, netgate, dd-wrt
login, sign in, sso, single sign-on, single login, authentication, account, identity, users, oidc, oauth, two factor, mfa, 2fa, access control, log in once, identity provider, forward auth, who may log in
  authelia, authentik, keycloak, zitadel, kanidm, pocket-id, pocketid, tinyauth, oauth2-proxy, casdoor, ory, kratos, logto, vouch, traefik-forward-auth, rauthy, voidauth
  lldap, openldap, ldap, freeipa, glauth, samba-ad, active-directory, 389ds: directory, groups, user accounts
password, password manager, credential, login data, passphrase, secret, passkey, vault, lastpass, 1password, family passwords
  vaultwarden, bitwarden, bitwarden_rs, passbolt, psono, keepass, keepassxc, keeweb, padloc, teampass, passky
git, code, source code, repository, version control, pull request, commit, github, code hosting, forge
  gitea, forgejo, gitlab, gitlab-ce, gogs, onedev, soft-serve, cgit, gitolite, gitness, sourcehut
uptime, reachable, is it alive, outage, availability, status page, health check, ping, site up, site down, is the site up, online, heartbeat, went offline, service down, monitor websites, pings my sites
  uptime-kuma, uptimekuma, kuma, gatus, statping, cachet, upptime, blackbox-exporter, monika, tianji, checkmate, autokuma, kener, peekaping, vigil: notify when offline
metrics, monitoring, monitor, graphs, charts, measure, performance, usage, load, dashboards, trend, statistics, time series
  prometheus, victoriametrics, victoria-metrics, vmsingle, vmagent, vmalert, thanos, mimir, cortex, pushgateway, kube-prometheus-stack
  grafana, chronograf, perses, kibana: graphs, panels, visualise
  influxdb, telegraf, kapacitor, timescaledb, graphite, questdb: time series
  node-exporter, node_exporter, cadvisor, snmp-exporter, snmp_exporter, smartctl-exporter, smartctl_exporter, windows-exporter, nut-exporter, zfs-exporter, process-exporter, mktxp, pve-exporter, speedtest-exporter, adguard-exporter, pihole-exporter: host metrics, cpu, memory, temperature
  netdata, zabbix, checkmk, nagios, icinga, librenms, observium, cacti, munin, beszel, beszel-agent, glances, dashdot, monit, cockpit, scouter, ctop, btop, sysstat, nezha: server stats, cpu, ram
alert, alerting, alarm, notify, notification, push, phone message, push messages, warn, page me, pager, telegram, message on my phone
  alertmanager, karma, ntfy, gotify, apprise, apprise-api, pushover, pushbits, shoutrrr, mailrise, novu, signal-cli, signal-cli-rest-api, telegram, telegram-bot, grafana-oncall, keephq, healthchecks-alert, dunst, matrix-alertmanager
log, logs, logging, log aggregation, log collection, log lines, log files, events, search logs, journal, stdout, container logs
  loki, promtail, alloy, grafana-agent, vector, fluentd, fluent-bit, fluentbit, logstash, filebeat, elasticsearch, opensearch, elk, graylog, victorialogs, vlogs, syslog, syslog-ng, rsyslog, openobserve, quickwit, signoz, dozzle, logdy, journald, papertrail, goaccess, logrotate
dashboard, start page, landing page, home page, front page, overview, portal, links to all, all apps, new tab page, list of services
  homepage, gethomepage, homarr, homer, dashy, heimdall, flame, organizr, glance, mafl, homelable, starbase, fenrus, dasherr, hajimari, linkstack, muximux
container, containers, docker, stacks, manage containers, container ui, start and stop containers
  portainer, portainer-agent, dockge, yacht, lazydocker, docker-socket-proxy, socket-proxy, dockerproxy, swarmpit, cosmos, casaos, runtipi, umbrel, coolify, dokploy, caprover, dokku, kasm-agent, arcane, dockhand, easypanel, cup-docker
  podman, quadlet, containerd, lxc, lxd, incus, docker-swarm, swarm, nomad, docker-engine: runtime
cluster, kubernetes, k8s, nodes, pods, orchestration
  k3s, k0s, talos, talhelper, microk8s, kubeadm, rke2, kubespray, k3d, kind-cluster, headlamp, k9s, kubernetes-dashboard, descheduler, reloader, kured, system-upgrade-controller, node-feature-discovery, kyverno, helm, helmfile, kustomize
  longhorn, rook, rook-ceph, ceph, openebs, democratic-csi, csi-driver-nfs, nfs-subdir, local-path-provisioner, linstor, glusterfs, seaweedfs, moosefs, csi-driver-smb: volumes, persistent storage, distributed storage
virtual machine, vm, vms, hypervisor, virtualisation, guest, virtual server
  proxmox, pve, proxmox-ve, esxi, vmware, vsphere, xcp-ng, xenserver, xen-orchestra, libvirt, qemu, kvm, virt-manager, harvester, hyper-v, kubevirt, vagrant, multipass, unraid, truenas
file, files, share, folder, cloud, cloud storage, upload, sync files, shared folder, dropbox, google drive, onedrive, file hosting
  nextcloud, nextcloud-aio, owncloud, ocis, opencloud, seafile, pydio, cloudreve, filerun, cozy
  filebrowser, file-browser, filestash, sist2, copyparty, dufs, cloudcommander, filegator, nginx-files, tinyfilemanager, h5ai, filebrowser-quantum: browse files, file manager, browse folders
database, db, sql, tables, records, data store, rows
  postgres, postgresql, pgvector, pgadmin, pgbouncer, cloudnative-pg, cnpg, cloudnativepg, vectorchord, pgvecto-rs, patroni
  mysql, mariadb, phpmyadmin, percona, galera, adminer, cloudbeaver, dbgate, sqlite, litestream, rqlite, cockroachdb, mssql, clickhouse, duckdb, metabase, superset, redash: admin, reports, look into database, database tool, browse tables
  mongodb, mongo, mongo-express, couchdb, surrealdb, ferretdb, arangodb, neo4j, cassandra: documents
  redis, valkey, keydb, dragonfly, dragonflydb, memcached, redis-commander, redisinsight: cache, key value, in memory
mail, email, e-mail, inbox, smtp, imap, mailbox, outgoing mail, incoming mail, send mail, gmail, spam
  mailcow, mailu, docker-mailserver, mailserver, stalwart, postfix, dovecot, rspamd, maddy, poste, modoboa, iredmail, smtp-relay, msmtp, proton-bridge, protonmail-bridge, simplelogin, addy, anonaddy, mailpit, mailhog, mailrise, opensmtpd, exim, boky-postfix
  roundcube, snappymail, rainloop, cypht, sogo: webmail
chat, group chat, messaging, messenger, talk, slack, whatsapp, telegram, encrypted chat, direct messages
  matrix, synapse, dendrite, conduit, continuwuity, tuwunel, element, element-web, mautrix, mattermost, rocketchat, rocket-chat, zulip, revolt, xmpp, prosody, ejabberd, snikket, ergo, thelounge, znc, irc, nextcloud-talk
ai, llm, language model, language models, gpt, chatgpt, chatbot, assistant, inference, gpu, copilot, artificial intelligence, prompt
  ollama, open-webui, openwebui, localai, llama-cpp, llamacpp, vllm, librechat, anythingllm, litellm, text-generation-webui, lobe-chat, lobechat, kobold, tabby, langfuse, dify, perplexica, khoj, lm-studio, tgi, big-agi, oterm, mcpo, mcp
web search, search engine, metasearch, private search, google, bing, google search, google alternative, search the web, anonymous, duckduckgo
  searxng, searx, whoogle, yacy, 4get, librey
website statistics, visitors, visitor statistics, analytics, page views, google analytics, how many people visit
  plausible, umami, matomo, goatcounter, shynet, ackee, posthog, fathom, rybbit, swetrix, openpanel
power, ups, battery, electricity, blackout, outage of power, power cut, power failure, power outage, shutdown on power failure, mains, mains power, uninterruptible
  nut, upsd, upsmon, apcupsd, peanut, nutify, webnut, networkupstools, network-ups-tools, shelly, powertop
time, clock, ntp, schedule, cron, timer, job, nightly, periodic
  chrony, chronyd, ntpd, ntpsec, timesyncd: clock sync, wrong time, time server, clock drift, exact time
form, survey, questionnaire, signup
  formbricks, limesurvey, heyform, ohmyform
  it-tools, ittools, cyberchef, omni-tools, convertx, networking-toolbox, reactive-resume, hoppscotch, bruno, swagger: toolbox, converters, developer tools
sync, synchronise, synchronize, mirror, copy data, replicate folders, keep folders the same, same folder on, google drive, onedrive, backblaze, laptop and desktop, between computers
  rclone, rsync, syncthing, resilio, resilio-sync, unison, osync, lsyncd, seafile-sync
tunnel, without opening ports, no open ports, cgnat, from the internet, from the outside world, publish to the internet, expose to the internet
  cloudflared, cloudflare-tunnel, cloudflare, ngrok, frp, frps, frpc, rathole, pangolin, newt, zrok, bore, sish
dynamic ip, dynamic dns, home address changes, address changes, public ip, changing ip, domain pointed, external address
  ddclient, ddns, ddns-updater, cloudflare-ddns, inadyn, duckdns, dynamic-dns, dyndns, ddns-go, godns
hide traffic, hidden traffic, commercial vpn provider, vpn provider, vpn, kill switch, download traffic, anonymous downloads
  gluetun, vpn-client, privoxy, mullvad, protonvpn, airvpn, nordvpn
virtual ip, floating address, failover, load balancer, load balancing, high availability, pod network
  keepalived, vrrp, metallb, kube-vip, haproxy-vip, cilium, calico, flannel, bgp, frr
network boot, install machines, boot over the network, install operating system, os installer, dhcp, address lease, leases
  kea, isc-dhcp-server, dhcpd, netboot, netbootxyz, netboot-xyz, pxe, tftp, ipxe, matchbox, tinkerbell
address plan, ip plan, ip addresses, racks, cables, network documentation, devices on network, new device, unknown device, who is on the network
  netbox, phpipam, nautobot, ipam, netdisco, netalertx, pialert, watchyourlan, scanopy, arpwatch, nmap
wake up, wake on lan, power on, power on remotely, sleeping computer, turn on a computer
  wakeonlan, upsnap, wol, etherwake
internet speed, speed, bandwidth, latency, ping, slow internet, internet line, isp, packet loss, jitter, megabit
  speedtest, speedtest-tracker, librespeed, openspeedtest, iperf, iperf3, smokeping, myspeed, blackbox
intrusion, attack, ban, block attackers, hackers, bots, brute force, malware, virus, security, hammering, banned ip, vulnerability
  crowdsec, fail2ban, suricata, snort, zenarmor, wazuh, ossec, trivy, falco, clamav, lynis, cowrie, greenbone, openvas, geoblock, nftables, iptables, ufw, firewalld
cache, image registry, docker hub, own docker hub, docker images, docker image store, container images, image store, package cache, pull through, mirror, store images
  squid, apt-cacher-ng, apt-cacher, lancache, nexus, harbor, registry, docker-registry, zot, verdaccio, devpi, pulp, spegel, registry-mirror, gitea-registry
build, builds, ci, pipeline, build images, runner, continuous integration, github actions, test on push
  drone, woodpecker, woodpecker-ci, jenkins, gitea-runner, act-runner, act_runner, forgejo-runner, gitlab-runner, github-runner, actions-runner, actions-runner-controller, buildkite, concourse, teamcity, tekton, buildkit, buildx, kaniko, docker-in-docker, dind, argo-workflows
deploy, gitops, rollout, configuration management, provisioning, infrastructure as code, dependency updates, update pull requests, playbook
  argocd, argo-cd, flux, fluxcd, rancher, komodo, doco-cd, renovate, renovatebot, dependabot, atlantis, semaphore, semaphoreui, awx, rundeck, ansible, terraform, opentofu, pulumi, saltstack, puppet, chef, nixos, colmena, comin, deploy-rs, packer, cloud-init
editor, ide, vs code, notebook, remote desktop, rdp, vnc, browser terminal, screen sharing, remote control, remote help, remote support, take over a screen, desktop in the browser, teamviewer
  code-server, vscode, openvscode, gitpod, jupyter, jupyterlab, jupyterhub, theia, guacamole, guacd, webtop, kasm, kasmweb, rustdesk, hbbs, hbbr, meshcentral, remotely, xrdp, apache-guacamole, neko, termix, sshwifty, wetty, ttyd, nexterm
one time code, second factor, two factor, totp
  2fauth, yubikey, privacyidea
secret, secrets, api keys, tokens, encrypted secrets, secret store
  vault, openbao, infisical, sops, sealed-secrets, external-secrets, onepassword, 1password, doppler, git-crypt, ansible-vault, agenix, sops-nix
disk health, drive health, disk failure, drive failure, failure prediction, predict disk, failing drive, hard drive, hard drives, dying disk, drives dying, disk dying, bad sectors, disk temperature
  scrutiny, smartd, smartmontools, smartctl
update containers, new image, new image versions, new version, automatic updates, upgrades, update images, outdated images, pulls new
  watchtower, diun, ouroboros, whats-up-docker, wud, tugtainer, dockcheck, podman-auto-update
restart unhealthy, unhealthy container, hung container
  autoheal, docker-autoheal, deunhealth, willfarrell
traces, tracing, errors, exceptions, crash reports
  tempo, jaeger, otel, opentelemetry, otel-collector, zipkin, sentry, glitchtip, bugsink, pyroscope
disks, pool, array, raid, parity, volume, redundancy, storage pool
  truenas, openmediavault, omv, unraid, synology, dsm, qnap, qts, snapraid, mergerfs, mdadm, raid, zfs, zpool, btrfs, lvm, iscsi, xpenology
object storage, bucket, buckets, s3, s3 compatible, s3 storage
  minio, garage, s3, seaweedfs-s3, rustfs, objectstore, localstack, zenko
network drive, mount, share, shares, shared folder, windows share, windows network drive, mapped drive, explorer, finder, file server, nas
  samba, smb, smbd, cifs, nfs, nfsd, nfs-server, nfs-ganesha, webdav, sftp, sftpgo, ftp, vsftpd, proftpd, afp, netatalk, timemachine, time-machine
send files, send a file, large files, share link, airdrop, wetransfer, phone to pc, drop files
  pairdrop, snapdrop, localsend, gokapi, pingvin, pingvin-share, picoshare, zipline, chibisafe, xbackbone, wormhole, transfer-sh, psitransfer, palmr, erugo, sharry
paste, snippet, one time secret, share text
  privatebin, pastebin, opengist, hastebin, microbin, rustypaste, wastebin, yopass, paaster, snippet-box, bytestash
newsletter, mailing list, campaign, subscribers
  listmonk, mautic, keila, mailtrain
social network, fediverse, community, forum, twitter, facebook, reddit
  mastodon, gotosocial, pixelfed, lemmy, peertube, misskey, akkoma, pleroma, owncast, discourse, flarum, friendica, bluesky, pds
translate, translation, grammar, spelling, private youtube, youtube frontend
  invidious, piped, nitter, libreddit, redlib, teddit, libremdb, rimgo, breezewiki, libretranslate, languagetool, lingva, simplytranslate, deepl
watch a website, price drop, price, web page changes, website changes, page changes, headless browser, back in stock, scrape
  changedetection, changedetection-io, urlwatch, webchangemonitor, huginn-watch, kibitzr, browserless, playwright-chrome, sockpuppetbrowser
scheduled jobs, cron jobs, cron, nightly job, timer
  ofelia, cronicle, crontab, cron, anacron, supercronic, healthchecks-cron, swarm-cronjob, crontab-ui, jobber, gocron, zane-ops
full text search, search engine
  meilisearch, typesense, elasticsearch, solr, zincsearch, manticore
generate images, generate pictures, text to image, draw pictures
  comfyui, stable-diffusion, automatic1111, invokeai, sdnext, fooocus
embeddings, vector store, vector database
  qdrant, chroma, chromadb, weaviate, milvus
dead man's switch, cron monitoring, cron job run, did the job run, missed job, job finished, backup ran, heartbeat, ping
  healthchecks, healthchecks-io, cronitor, deadmanssnitch
video call, video conference, videoconference, video conferencing, videocall, meeting, conference, conference call, zoom, skype, facetime, webinar, online meeting
  jitsi, jitsi-meet, jicofo, jvb, livekit, bigbluebutton, coturn, galene, mirotalk
voice chat, voice, talk while gaming, headset, discord
  mumble, murmur, teamspeak, ts3
`;
