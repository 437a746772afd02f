/** Products that keep a lab running, in the form of the household's list. */
export const OPERATIONS = `
backup, back up, restore, snapshot, archive, offsite, off-site, recover, recovery
  restic, resticker, restic-rest-server, rest-server, backrest, resticprofile, autorestic, rustic
  borg, borgmatic, borgbackup, borgbase, vorta, borgwarehouse
  kopia, duplicati, duplicacy, duplicity, bacula, bareos, urbackup, zerobyte, velero, k8up, volsync, proxmox-backup-server, pbs, veeam, kasten, longhorn-backup, vzdump, timeshift, snapper, rsnapshot
  zfs-autobackup, sanoid, syncoid, znapzend, pyznap, zrepl, btrbk, hyper-backup: snapshots, replicate, replication
  docker-volume-backup, offen, volumerize, db-backup, pgbackrest, pgbackweb, barman, wal-g, pg_dump, pgdump, mysqldump, automysqlbackup, postgres-backup, postgres-backup-local: database dump
  rclone, rsync, syncthing, resilio, resilio-sync, unison, osync, lsyncd, seafile-sync: sync, synchronise, cloud storage, keep folders the same
reverse proxy, proxy, ingress, web entry, front door, virtual host, subdomain, routing, tls termination, https, url, expose
  traefik, traefik-kop
  caddy, caddy-docker-proxy
  nginx, swag, nginx-proxy-manager, npm, npmplus, nginxproxymanager, nginx-proxy, ingress-nginx, openresty, haproxy, envoy, envoy-gateway, istio, zoraxy, bunkerweb, apache, httpd, pomerium, kong, goproxy, sablier, safeline
  cloudflared, cloudflare-tunnel, cloudflare, ngrok, frp, frps, frpc, rathole, pangolin, newt, zrok, bore, sish: tunnel, without opening ports, from the internet
  ddclient, ddns, ddns-updater, cloudflare-ddns, inadyn, duckdns, dynamic-dns, dyndns, ddns-go, godns: dynamic ip, home address changes, public ip
certificate, tls, ssl, https, padlock, renew, expire, expiry, trusted
  letsencrypt, acme, acme-sh, certbot, cert-manager, step-ca, smallstep, certwarden, certimate, mkcert, cfssl, easyrsa, pki, acmesh
vpn, remote access, tunnel, from outside, away from home, on the road, phone access, travelling
  wireguard, wg, wg-easy, wgeasy, wg-quick, wireguard-ui, wg-access-server, firezone, amneziawg
  tailscale, headscale, headplane, netbird, zerotier, nebula, netmaker, twingate, openziti, innernet
  openvpn, strongswan, ipsec, softether, pritunl, algo, xray, v2ray, shadowsocks, outline-vpn, cloudflare-warp
  gluetun, vpn-client, privoxy, mullvad, protonvpn, airvpn, nordvpn: hide traffic, commercial vpn provider, kill switch, download traffic
ad blocking, ad blocker, ads, adblock, block advertising, block adverts, dns, name resolution, resolver, resolve names, tracking, tracker domains, blocklist, local names, domain names
  pihole, pi-hole, ftl, gravity, orbital-sync, nebula-sync, gravity-sync
  adguard, adguardhome, adguard-home, agh, adguardhome-sync
  blocky, technitium, unbound, bind, bind9, coredns, powerdns, pdns, dnsmasq, dnscrypt-proxy, knot, dnsdist, stubby, cloudflared-dns, external-dns, k8s-gateway, ctrld, nextdns, netboot-dns, octodns
network, router, firewall, gateway, wifi, wireless, access point, switch, lan, internet, dhcp, vlan, subnet
  opnsense, pfsense, openwrt, mikrotik, routeros, vyos, ubiquiti, unifi, unifi-controller, unifi-network-application, omada, omada-controller, edgerouter, fritzbox, unpoller, tplink, ipfire, netgate, dd-wrt
  keepalived, vrrp, metallb, kube-vip, haproxy-vip, cilium, calico, flannel, bgp, frr: virtual ip, floating address, failover, load balancer
  kea, isc-dhcp-server, dhcpd, netboot, netbootxyz, netboot-xyz, pxe, tftp, ipxe, matchbox, tinkerbell: addresses, lease, network boot, install machines
  netbox, phpipam, nautobot, ipam, netdisco, netalertx, pialert, watchyourlan, scanopy, arpwatch, nmap, wakeonlan, upsnap, wol, etherwake: address plan, devices on network, new device, unknown device, wake up, power on
  speedtest, speedtest-tracker, librespeed, openspeedtest, iperf, iperf3, smokeping, myspeed, blackbox: internet speed, bandwidth, latency, ping, slow internet
  crowdsec, fail2ban, suricata, snort, zenarmor, wazuh, ossec, trivy, falco, clamav, lynis, cowrie, greenbone, openvas, geoblock, nftables, iptables, ufw, firewalld: intrusion, attack, ban, block attackers, brute force, malware, virus, security
  squid, apt-cacher-ng, apt-cacher, lancache, nexus, harbor, registry, docker-registry, zot, verdaccio, devpi, pulp, spegel, registry-mirror, gitea-registry: cache, image registry, package cache, store images
login, sign in, sso, single sign-on, authentication, account, identity, users, oidc, oauth, two factor, mfa, 2fa, access control
  authelia, authentik, keycloak, zitadel, kanidm, pocket-id, pocketid, tinyauth, oauth2-proxy, casdoor, ory, kratos, logto, vouch, traefik-forward-auth, rauthy, voidauth
  lldap, openldap, ldap, freeipa, glauth, samba-ad, active-directory, 389ds: directory, groups, user accounts
password, credential, login data, passphrase, secret, passkey, vault
  vaultwarden, bitwarden, bitwarden_rs, passbolt, psono, keepass, keepassxc, keeweb, padloc, teampass, passky
  vault, openbao, infisical, sops, sealed-secrets, external-secrets, onepassword, 1password, doppler, git-crypt, ansible-vault, agenix, sops-nix: api keys, tokens, encrypted secrets
  2fauth, yubikey, privacyidea: one time code, second factor
git, code, source code, repository, version control, pull request, commit
  gitea, forgejo, gitlab, gitlab-ce, gogs, onedev, soft-serve, cgit, gitolite, gitness, sourcehut
  drone, woodpecker, woodpecker-ci, jenkins, gitea-runner, act-runner, act_runner, forgejo-runner, gitlab-runner, github-runner, actions-runner, actions-runner-controller, buildkite, concourse, teamcity, tekton, buildkit, buildx, kaniko, docker-in-docker, dind, argo-workflows: build, ci, pipeline, build images, runner, continuous integration
  argocd, argo-cd, flux, fluxcd, rancher, komodo, doco-cd, renovate, renovatebot, dependabot, atlantis, semaphore, semaphoreui, awx, rundeck, ansible, terraform, opentofu, pulumi, saltstack, puppet, chef, nixos, colmena, comin, deploy-rs, packer, cloud-init: deploy, gitops, rollout, configuration management, provisioning, infrastructure as code, dependency updates
  code-server, vscode, openvscode, gitpod, jupyter, jupyterlab, jupyterhub, theia, guacamole, guacd, webtop, kasm, kasmweb, rustdesk, hbbs, hbbr, meshcentral, remotely, xrdp, apache-guacamole, neko, termix, sshwifty, wetty, ttyd, nexterm: editor, ide, remote desktop, browser terminal, screen sharing
up, down, uptime, reachable, is it alive, outage, availability, status page, health check, ping
  uptime-kuma, uptimekuma, kuma, gatus, healthchecks, healthchecks-io, statping, cachet, upptime, blackbox-exporter, monika, tianji, checkmate, autokuma, kener, peekaping, cronitor, vigil: notify when offline
metrics, monitoring, monitor, graphs, charts, measure, performance, usage, load, dashboards
  prometheus, victoriametrics, victoria-metrics, vmsingle, vmagent, vmalert, thanos, mimir, cortex, pushgateway, kube-prometheus-stack
  grafana, chronograf, perses, kibana: graphs, panels, visualise
  influxdb, telegraf, kapacitor, timescaledb, graphite, questdb: time series
  node-exporter, node_exporter, cadvisor, snmp-exporter, snmp_exporter, smartctl-exporter, smartctl_exporter, windows-exporter, nut-exporter, zfs-exporter, process-exporter, mktxp, pve-exporter, speedtest-exporter, adguard-exporter, pihole-exporter: host metrics, cpu, memory, temperature
  netdata, zabbix, checkmk, nagios, icinga, librenms, observium, cacti, munin, beszel, beszel-agent, glances, dashdot, monit, cockpit, scouter, ctop, btop, sysstat, nezha: server stats, cpu, ram
  scrutiny, smartd, smartmontools, smartctl: disk health, drive health, failing drive, hard drive
alert, alerting, alarm, notify, notification, push, message, phone message, warn, page me
  alertmanager, karma, ntfy, gotify, apprise, apprise-api, pushover, pushbits, shoutrrr, mailrise, novu, signal-cli, signal-cli-rest-api, telegram, telegram-bot, grafana-oncall, keephq, healthchecks-alert, dunst, matrix-alertmanager
log, logs, logging, log lines, events, search logs, journal
  loki, promtail, alloy, grafana-agent, vector, fluentd, fluent-bit, fluentbit, logstash, filebeat, elasticsearch, opensearch, elk, graylog, victorialogs, vlogs, syslog, syslog-ng, rsyslog, openobserve, quickwit, signoz, dozzle, logdy, journald, papertrail, goaccess, logrotate
  tempo, jaeger, otel, opentelemetry, otel-collector, zipkin, sentry, glitchtip, bugsink, pyroscope: traces, tracing, errors, exceptions, crash reports
dashboard, start page, landing page, home page, links, overview, portal, bookmarks
  homepage, gethomepage, homarr, homer, dashy, heimdall, flame, organizr, glance, mafl, homelable, starbase, fenrus, dasherr, hajimari, linkstack, muximux
container, containers, docker, stacks, image updates, manage containers
  portainer, portainer-agent, dockge, yacht, lazydocker, docker-socket-proxy, socket-proxy, dockerproxy, swarmpit, cosmos, casaos, runtipi, umbrel, coolify, dokploy, caprover, dokku, kasm-agent, arcane, dockhand, easypanel, cup-docker
  watchtower, diun, ouroboros, whats-up-docker, wud, tugtainer, dockcheck, podman-auto-update: update containers, new image, new version, automatic updates, upgrades
  autoheal, docker-autoheal, deunhealth, willfarrell: restart unhealthy, hung
  podman, quadlet, containerd, lxc, lxd, incus, docker-swarm, swarm, nomad, docker-engine: runtime
cluster, kubernetes, k8s, nodes, pods, orchestration
  k3s, k0s, talos, talhelper, microk8s, kubeadm, rke2, kubespray, k3d, kind-cluster, headlamp, k9s, kubernetes-dashboard, descheduler, reloader, kured, system-upgrade-controller, node-feature-discovery, kyverno, helm, helmfile, kustomize
  longhorn, rook, rook-ceph, ceph, openebs, democratic-csi, csi-driver-nfs, nfs-subdir, local-path-provisioner, linstor, glusterfs, seaweedfs, moosefs, csi-driver-smb: volumes, persistent storage, distributed storage
virtual machine, vm, vms, hypervisor, virtualisation, guest, virtual server
  proxmox, pve, proxmox-ve, esxi, vmware, vsphere, xcp-ng, xenserver, xen-orchestra, libvirt, qemu, kvm, virt-manager, harvester, hyper-v, kubevirt, vagrant, multipass, unraid, truenas
file, files, share, folder, cloud, drive, storage, upload, sync files, shared folder, nas
  nextcloud, nextcloud-aio, owncloud, ocis, opencloud, seafile, pydio, cloudreve, filerun, cozy
  samba, smb, smbd, cifs, nfs, nfsd, nfs-server, nfs-ganesha, webdav, sftp, sftpgo, ftp, vsftpd, proftpd, afp, netatalk, timemachine, time-machine: network drive, mount, windows share
  filebrowser, file-browser, filestash, sist2, copyparty, dufs, cloudcommander, filegator, nginx-files, tinyfilemanager, h5ai, filebrowser-quantum: browse files
  pairdrop, snapdrop, localsend, gokapi, pingvin, pingvin-share, picoshare, zipline, chibisafe, xbackbone, wormhole, transfer-sh, psitransfer, palmr, erugo, sharry: send files, large files, share link, airdrop
  privatebin, pastebin, opengist, hastebin, microbin, rustypaste, wastebin, yopass, paaster, snippet-box, bytestash: paste, snippet, one time secret
  minio, garage, s3, seaweedfs-s3, rustfs, objectstore, localstack, zenko: object storage, bucket, buckets, s3 compatible
  truenas, openmediavault, omv, unraid, synology, dsm, qnap, qts, snapraid, mergerfs, mdadm, raid, zfs, zpool, btrfs, lvm, iscsi, xpenology: disks, pool, array, parity, volume, redundancy
database, db, sql, tables, records, data store
  postgres, postgresql, pgvector, pgadmin, pgbouncer, cloudnative-pg, cnpg, cloudnativepg, vectorchord, pgvecto-rs, patroni
  mysql, mariadb, phpmyadmin, percona, galera, adminer, cloudbeaver, dbgate, sqlite, litestream, rqlite, cockroachdb, mssql, clickhouse, duckdb, metabase, superset, redash: admin, reports
  mongodb, mongo, mongo-express, couchdb, surrealdb, ferretdb, arangodb, neo4j, cassandra: documents
  redis, valkey, keydb, dragonfly, dragonflydb, memcached, redis-commander, redisinsight: cache, key value, in memory
  meilisearch, typesense, elasticsearch, solr, zincsearch, manticore: full text search, search engine
mail, email, e-mail, inbox, smtp, imap, mailbox, outgoing mail, send mail
  mailcow, mailu, docker-mailserver, mailserver, stalwart, postfix, dovecot, rspamd, maddy, poste, modoboa, iredmail, smtp-relay, msmtp, proton-bridge, protonmail-bridge, simplelogin, addy, anonaddy, mailpit, mailhog, mailrise, opensmtpd, exim, boky-postfix
  roundcube, snappymail, rainloop, cypht, sogo: webmail
  listmonk, mautic, keila, mailtrain: newsletter, mailing list
chat, messaging, talk, call, voice chat, video call, meeting, conference
  matrix, synapse, dendrite, conduit, continuwuity, tuwunel, element, element-web, mautrix, mattermost, rocketchat, rocket-chat, zulip, revolt, xmpp, prosody, ejabberd, snikket, ergo, thelounge, znc, irc, mumble, murmur, teamspeak, ts3, jitsi, jitsi-meet, jicofo, jvb, livekit, bigbluebutton, nextcloud-talk, coturn
  mastodon, gotosocial, pixelfed, lemmy, peertube, misskey, akkoma, pleroma, owncast, discourse, flarum, friendica, bluesky, pds: social network, fediverse, community, forum
ai, llm, language model, gpt, chatbot, assistant, model, inference, gpu
  ollama, open-webui, openwebui, localai, llama-cpp, llamacpp, vllm, librechat, anythingllm, litellm, text-generation-webui, lobe-chat, lobechat, kobold, tabby, langfuse, dify, perplexica, khoj, lm-studio, tgi, big-agi, oterm, mcpo, mcp
  comfyui, stable-diffusion, automatic1111, invokeai, sdnext, fooocus: generate images, pictures, text to image
  qdrant, chroma, chromadb, weaviate, milvus: embeddings, vector store
web search, search engine, private search, anonymous
  searxng, searx, whoogle, yacy, 4get, librey
  invidious, piped, nitter, libreddit, redlib, teddit, libremdb, rimgo, breezewiki, libretranslate, languagetool, lingva, simplytranslate, deepl: frontend, translate, translation, grammar, spelling, private youtube
website statistics, visitors, analytics, page views
  plausible, umami, matomo, goatcounter, shynet, ackee, posthog, fathom, rybbit, swetrix, openpanel
  changedetection, changedetection-io, urlwatch, webchangemonitor, huginn-watch, kibitzr, browserless, playwright-chrome, sockpuppetbrowser: watch a website, price drop, web page changes, website changes, headless browser
power, ups, battery, electricity, blackout, outage of power, power cut, shutdown on power failure, mains
  nut, upsd, upsmon, apcupsd, peanut, nutify, webnut, networkupstools, network-ups-tools, shelly, powertop
time, clock, ntp, schedule, cron, timer, job, nightly, periodic
  chrony, chronyd, ntpd, ntpsec, timesyncd: clock sync, wrong time, time server
  ofelia, cronicle, crontab, cron, anacron, supercronic, healthchecks-cron, swarm-cronjob, crontab-ui, jobber, gocron, zane-ops: scheduled jobs
form, survey, questionnaire, signup
  formbricks, limesurvey, heyform, ohmyform
  it-tools, ittools, cyberchef, omni-tools, convertx, networking-toolbox, reactive-resume, hoppscotch, bruno, swagger: toolbox, converters, developer tools
`;
