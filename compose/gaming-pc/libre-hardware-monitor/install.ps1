# Installs LibreHardwareMonitor, switches its web server on (port 8085, read by glances-exporter) and starts it at every logon with highest rights:
# without them it reads no temperatures. Written after its documentation; it has not been run. In an administrator's PowerShell: .\install.ps1
$ErrorActionPreference = 'Stop'
$folder = 'C:\Program Files\LibreHardwareMonitor'
$program = Join-Path $folder 'LibreHardwareMonitor.exe'
$config = Join-Path $folder 'LibreHardwareMonitor.config'
$task = 'LibreHardwareMonitor'

if (-not (Test-Path $program)) {
  winget install --id LibreHardwareMonitor.LibreHardwareMonitor --exact --location $folder --accept-package-agreements --accept-source-agreements
}
if (-not (Test-Path $program)) { throw "$program is not there: install it into that folder by hand." }

# It writes its settings when it ends, so it must not run while they are changed.
Get-Process LibreHardwareMonitor -ErrorAction SilentlyContinue | Stop-Process

[xml]$settings = if (Test-Path $config) { Get-Content $config -Raw } else { '<configuration><appSettings /></configuration>' }
$list = $settings.SelectSingleNode('/configuration/appSettings')
foreach ($pair in @{ runWebServerMenuItem = 'true'; listenerPort = '8085'; minTrayMenuItem = 'true'; startMinMenuItem = 'true' }.GetEnumerator()) {
  $entry = $list.SelectSingleNode("add[@key='$($pair.Key)']")
  if (-not $entry) {
    $entry = $settings.CreateElement('add')
    $entry.SetAttribute('key', $pair.Key)
    [void]$list.AppendChild($entry)
  }
  $entry.SetAttribute('value', $pair.Value)
}
$settings.Save($config)

# The LAN only: its page asks nobody who they are.
if (-not (Get-NetFirewallRule -DisplayName $task -ErrorAction SilentlyContinue)) {
  New-NetFirewallRule -DisplayName $task -Direction Inbound -Protocol TCP -LocalPort 8085 -RemoteAddress LocalSubnet -Action Allow | Out-Null
}
$action = New-ScheduledTaskAction -Execute $program -WorkingDirectory $folder
$trigger = New-ScheduledTaskTrigger -AtLogOn
Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger -RunLevel Highest -Force | Out-Null
Start-ScheduledTask -TaskName $task
