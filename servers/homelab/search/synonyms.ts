/** Words of operations that people use for one another; a line is a group, and multi-word phrases count as one. */
export const SYNONYMS = `
restore, recover, recovery, bring back, get back, undelete, roll back, rollback, revert, lost, accidentally deleted
backup, back up, backups, snapshot, copy, dump
delete, remove, prune, clean up, cleanup, purge, wipe, get rid of, throw away
broken, break, fail, failing, failure, fails, error, down, crash, problem, trouble, not working, does not work, stopped working, dead, outage, troubleshoot, troubleshooting, fault, issue
hang, stuck, frozen, freeze, unresponsive, hung, blocked
slow, performance, latency, lag, sluggish, takes forever, speed, fast, tune, tuning
full, out of space, no space, disk space, running out, storage full, fill up, capacity, space
disk, drive, hdd, ssd, nvme, storage, volume
login, log in, sign in, signin, auth, authentication, authenticate, sso, credentials
password, passphrase, credential, secret
user, users, account, accounts, people, member
address, ip, addresses, static ip
domain, dns, hostname, fqdn, name resolution, url, web address
update, upgrade, bump, newer version, new version, patch
reboot, restart, power cycle, turn off and on
start, boot, startup, comes up, power on
stop, shut down, shutdown, power off, turn off
schedule, cron, timer, nightly, weekly, daily, every night, how often, periodic, interval, when
owner, responsible, maintainer, contact
decision, decide, decided, choose, chose, chosen, picked, rationale, reason, why, instead of, rather than, alternatives, adr
where, host, runs on, located, location, lives, machine, server, node, box, computer, hardware
laptop, macbook, notebook, mac
nas, network storage, qnap, synology, truenas, file server, network attached storage
raspberry, rpi, raspberry pi, pi, sbc
gpu, graphics card, nvidia, cuda, video card, hardware acceleration, transcoding
cpu, processor, cores, load
memory, ram, oom, out of memory, swap, killed
how, guide, howto, how to, steps, procedure, instructions, setup, set up, tutorial, walkthrough
install, installation, setup, set up, deploy, deployment, provision, bootstrap, add, create
configure, configuration, config, settings, setting, options, adjust
cannot, unable, limitation, unsupported, not supported, constraint, cannot do, impossible, not possible, never, forbidden, not allowed
limit, maximum, quota, cap, threshold
alert, alarm, notification, notify, warn, warning, page, ping me, tell me
monitor, monitoring, watch, observe, metrics, observability
log, logs, logging, journal
certificate, cert, tls, ssl, https, lets encrypt, padlock
expire, expiry, expired, expiration, renew, renewal, run out
port, ports, listen, listens, listening
internet, public, outside, exposed, expose, external, wan, world
remote, remotely, away from home, from outside, on the road, vpn
local, lan, internal, home network, inside
network, vlan, subnet, segment, networking
isolate, isolation, separate, segregate, segmentation, untrusted, guest
firewall, rules, allow, deny, block, filter, acl
proxy, reverse proxy, ingress, gateway
permission, permissions, uid, gid, puid, pgid, chown, ownership, access denied, rights, user id, read only, not writable
share, shared, mount, mounted, nfs, smb, samba, network drive
container, containers, docker, compose, podman, stack
image, images, tag, version, pin, pinned
build, compile, dockerfile, buildx, building
registry, pull, push, image store
database, db, postgres, postgresql, mysql, mariadb, sqlite
query, sql, select
migrate, migration, move, moving, transfer, switch over, relocate
replace, swap, change out, new disk, exchange
encrypt, encryption, encrypted, decrypt, luks, gpg, sops
offsite, off site, remote backup, cloud copy, elsewhere, burns down, fire, disaster, disaster recovery, theft
retention, keep, how long, old versions, history, prune, rotate, rotation
replica, replication, secondary, standby, second, failover, high availability, ha, redundant, redundancy, backup server
leader, primary, main, master
test, verify, check, validate, verification, drill, make sure
health, healthcheck, healthy, alive, heartbeat, probe
dependency, depends, depends on, needs, requires, before
policy, rule, convention, standard, guideline, naming
naming, names, naming scheme, named
cost, price, money, expensive, cheap, electricity, power consumption, watts
power, ups, outage, blackout, electricity, power cut, battery
temperature, hot, heat, overheat, cooling, fan, noise, loud
wifi, wireless, ssid, access point
router, gateway, firewall, modem, isp
phone, mobile, android, iphone, ios, app, smartphone
tv, television, living room, couch
kids, children, child, parental
partner, wife, husband, family, household
email, mail, smtp, e-mail, mailbox
timezone, tz, clock, time zone, ntp, time
environment, env, variable, variables, dotenv
script, scripts, automation, automate, automatic, automatically, job
emergency, incident, urgent, disaster, runbook, panic, postmortem
secret, secrets, token, api key, key
onboard, new service, adding a service, add a service, checklist
architecture, overview, diagram, big picture, topology, layout
hardware, specs, specification, machine, model
retire, decommission, remove, phase out, shut down for good
history, changelog, journal, diary, what happened, post mortem, incident report
traffic, bandwidth, throughput, transfer
client, device, devices, endpoint
root, admin, administrator, sudo
kernel, driver, module, firmware
corrupt, corruption, corrupted, damaged, inconsistent, integrity
sync, synchronise, synchronize, mirror, replicate, rsync, syncthing
pull request, merge, branch, commit, review
lock, locked, locked out, lockout
duplicate, conflict, collision, clash, twice
queue, broker, mqtt, message, messages
webhook, callback, hook
cache, caching, cached
rented server, vps, cloud server, hosted server, root server, dedicated server, hetzner
rebuild, reinstall, from scratch, start over, fresh install, set up again, bare metal
switched off, switch off, turned off, retire, decommission, phase out, sunset, end of life, discontinue
file, document
computer, pc, desktop, workstation
guest, guests, visitor, visitors
vm, virtual machine, guest
enlarge, resize, grow, expand, extend, bigger, increase, more space
shrink, reduce, smaller, downsize
newer release, release line, major version, major upgrade, newer version, upgrade
dump, export, load, import
pair, pairing, join, add a device, connect
disconnect, lose connection, drops out, drop, flaky, unstable, unreachable, offline, no connection
stutter, lag, jitter, buffering, choppy, pausing, qos, shaping, congestion
hospital, sick, away, vacation, holiday, bus factor, when i am gone, die, death
granny, grandma, grandmother, grandparents, mum, mom, mother, dad, father, parents, relatives, in-laws
shed, garden, garage, outbuilding, barn, cellar, basement, attic
invoice, bill, receipt
label, sticker, barcode, tag
printer, print, toner
scan, scanner, scanned
cable, cables, wiring, patch panel, ethernet
rack, cabinet, shelf
fire, flood, theft, burglary
ssh, shell, terminal, console
key, keys, keypair, public key
bastion, jump host
unit, systemd, daemon, service file
benchmark, speed test, measure, measurement
checksum, bit rot, scrub, integrity
raid, mirror, zpool, pool, array, vdev, resilver, degraded
quick reference, cheat sheet, commands
undo, take back, revert, roll back, rollback, restore
want back, get back, recover, restore, undelete
removed, deleted, delete, remove
operating system, os, distribution, distro, linux, windows
lock, smart lock, door opener, keyless
turn on, wake, power on, wake on lan, boot
vacuum, robot, roomba
television, tv
meeting, conference, call
planned, plan, roadmap, future, todo, wish list
forbidden, not allowed, banned, prohibited, never
agreed, agreement, rule, policy, decided
replacement, spare, swap, replace
first, initial, onboarding, getting started
graphics card, gpu, nvidia, dri, quicksync, vaapi, nvenc, igpu, passthrough, hardware acceleration
usb stick, dongle, ttyusb, ttyacm, serial, adapter, stick
log rotation, logrotate, rotate logs, max-size, json-file
memory limit, mem_limit, limits, resources, ram
docker socket, docker.sock
host network, network_mode, macvlan
health check, healthcheck, healthy
capability, cap_add, privileged, net_admin
bind mount, volume, volumes, mounted, mount
pod, deployment, statefulset, daemonset, workload
helm, chart, helmrelease
persistent volume, pvc, storageclass, claim
playbook, role, ansible, task
flake, nixos, nix, module
terraform, opentofu, infrastructure as code, provision
timer, oncalendar, cron, schedule, crontab
rate limit, throttled, too many requests, seats, sessions, locked out, lock out
tile, widget, dashboard, card
board, raspberry, pi, sbc, single board computer
login, logins, credentials, passwords
copied, copy, backup
offsite, off site, off premises, off-premises, remote copy
encrypt, encrypted, at rest, ciphertext
password hash, htpasswd, basicauth, basic auth
whitelist, allowlist, allow, permit
blacklist, blocklist, denylist, deny, block
redirect, rewrite, forward
subdomain, host name, virtual host
country, geoip, geoblock, abroad
header, headers, middleware
wildcard, dns challenge, acme, certificate
upstream, resolver, forwarder, dns server
dhcp, lease, reservation, static lease, static ip
nat, port forwarding, forwarded, hairpin
trunk, tagged, untagged, vlan, switch port
bond, lacp, link aggregation
speed, throughput, gigabit, mbit
mirror, raid1, redundancy
parity, snapraid, raid5, raidz
snapshot, zfs, btrfs
spin down, spindown, standby, sleep, idle
cold spare, spare, replacement drive
smart, smartctl, disk health
firmware, bios, uefi, bmc, ipmi, idrac, ilo
kvm, console, screen, monitor
template, clone, cloud-init, golden image
live migration, migrate, evacuate, drain, maintenance
quorum, cluster, corosync, split brain
kubeconfig, kubectl, k8s, api server
scrape, exporter, metrics, target
threshold, rule, alert rule, expression
silence, mute, quiet hours, snooze
on call, notification, pager
retention, keep, days, how long
trace, debug, diagnose, investigate, troubleshoot
workaround, fix, solution, resolve, cure
known issue, bug, quirk, gotcha, pitfall, caveat, limitation
lesson, lessons learned, post mortem, retrospective
requirement, prerequisite, needed, before you start
cheap, cost, price, budget, euros, dollars
wishlist, backlog, todo, ideas, planned
holiday, travel, away
bedroom, living room, kitchen, office, room
light, lights, lamp, bulb
heating, thermostat, temperature, radiator
door, window, contact sensor
motion, presence, occupancy
washing machine, dryer, appliance, power plug
scene, automation, routine
import, ingest, scan library
thumbnail, preview, previews
subtitle, subtitles, captions
transcode, transcoding, tone mapping, hardware decode
library, collection
exposed, reachable from outside, published, public
upload, uploading, import, ingest
download, downloading, fetch
`;

/** Names that mean the same product or field. */
export const SAME = `
homeassistant, home assistant, hass, hassio, haos
adguard, adguardhome, adguard home, agh
pihole, pi hole
vaultwarden, bitwarden
postgres, postgresql, psql
kubernetes, k8s, kube
qbittorrent, qbit
zigbee2mqtt, z2m
letsencrypt, lets encrypt, acme, certbot
wireguard, wg
uptimekuma, uptime kuma, kuma
paperless, paperlessngx
plex, plexmediaserver
mariadb, mysql
proxmox, pve
prometheus, prom
grafana, dashboards
certificate, cert, certs
authentication, auth
config, configuration, conf
repository, repo
directory, folder, dir
database, db
virtual machine, vm
raspberry pi, rpi, raspi
two factor, 2fa, mfa, totp
single sign on, sso
high availability, failover
ad blocking, adblock, ad blocker
reverse proxy, ingress
photo, picture, image
film, movie
e book, ebook
e mail, email
wifi, wlan, wireless
nginx proxy manager, npm
object storage, s3, bucket
windows share, smb, samba, cifs
`;
