/** Words for machines, places and things around a lab that people use for one another, in the form of the operations' list. */
export const THINGS = `
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
