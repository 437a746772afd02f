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
